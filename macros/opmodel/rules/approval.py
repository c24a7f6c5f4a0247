"""Rules on approval models. The findings come from the proof; this only gives them a place in the file."""

from collections.abc import Iterator

from opmodel.model.problem import Problem, Severity
from opmodel.readiness.approval_findings import MEANINGS, WARNINGS
from opmodel.rules.rule import Context, packet_rules


@packet_rules(MEANINGS)
def approval_findings(context: Context) -> Iterator[Problem]:
    """Yield every finding of every packet's control model at its place."""
    for name, assessment in context.assessments.items():
        packet = context.packets[name]
        for finding in assessment.control.findings:
            severity = Severity.WARNING if finding.rule in WARNINGS else Severity.ERROR
            yield Problem(packet.place(*finding.path), finding.rule, finding.message, severity)
