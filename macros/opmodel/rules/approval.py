"""Rules on approval models, whose findings come from their proof."""

from collections.abc import Iterator

from opmodel.model.problem import Problem, Severity
from opmodel.readiness.approval_findings import MEANINGS, WARNINGS
from opmodel.rules.rule import Context, packet_rules


@packet_rules(MEANINGS)
def approval_findings(context: Context) -> Iterator[Problem]:
    """Yield the findings of each approval model with their places."""
    for name, assessment in context.assessments.items():
        packet = context.packets[name]
        for finding in assessment.control.findings:
            severity = Severity.WARNING if finding.rule in WARNINGS else Severity.ERROR
            yield Problem(packet.place(*finding.path), finding.rule, finding.message, severity)
