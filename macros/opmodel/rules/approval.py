"""Rules on approval models: what their check and proof find, and the maximum of a delegation."""

from collections.abc import Iterable, Iterator

from opmodel.approval.delegation import stand_ins
from opmodel.load.document import Document
from opmodel.model.approval import Approval
from opmodel.model.problem import Problem, Severity
from opmodel.model.values import Duration
from opmodel.readiness.approval_findings import (
    APPROVAL_PATH,
    MEANINGS,
    WARNINGS,
    ApprovalFinding,
    check_approval_tree,
)
from opmodel.rules.rule import Context, packet_rule, packet_rules
from opmodel.source.tree import MapNode, Path


@packet_rules(MEANINGS)
def approval_findings(context: Context) -> Iterator[Problem]:
    """Yield the findings of each approval model with their places, also of a packet that has a fault elsewhere."""
    for name, assessment in context.assessments.items():
        yield from _problems(assessment.control.findings, context.packets[name].document)
    if not context.packets:
        for document in context.documents:
            if isinstance(document.node, MapNode) and "shared" in document.node.values:
                yield from _problems(check_approval_tree(document.node.plain), document)


def _problems(findings: Iterable[ApprovalFinding], document: Document) -> Iterator[Problem]:
    for finding in findings:
        severity = Severity.WARNING if finding.rule in WARNINGS else Severity.ERROR
        yield Problem(document.place(finding.path), finding.rule, finding.message, severity)


@packet_rule
def delegation_maximum(context: Context) -> Iterator[Problem]:
    """A delegation says how long it may last, no longer than delegation_max in data/site.yml. Where a packet says
    nothing, that maximum holds."""
    site = context.model.site
    longest = site.value.delegation_max if site else None
    for packet in context.packets.values():
        for path, message in _delegation_faults(packet.value.shared.approval, longest):
            yield Problem(packet.place(*APPROVAL_PATH, *path), "delegation-maximum", message)


@packet_rule
def working_time_unknown(context: Context) -> Iterator[Problem]:
    """A time limit in working hours or days needs the calendar that says which: working_time in data/site.yml."""
    site = context.model.site
    if site and site.value.working_time:
        return
    for packet in context.packets.values():
        for number, rule in enumerate(packet.value.shared.approval.rules):
            if rule.within and rule.within.is_working:
                place = packet.place(*APPROVAL_PATH, "rules", number, "within")
                message = f"{rule.within} need a calendar; add to data/site.yml: {_CALENDAR}"
                yield Problem(place, "working-time-unknown", message)


_CALENDAR = (
    "working_time: {days: [monday, tuesday, wednesday, thursday, friday], "
    'hours: "09:00-17:00", time_zone: Europe/Berlin, holidays: []}'
)


def _delegation_faults(approval: Approval, longest: Duration | None) -> Iterator[tuple[Path, str]]:
    for number, party in enumerate(approval.parties):
        if party.delegate is None:
            continue
        path, at_most = ("parties", number, "delegate"), party.delegate.at_most
        if at_most is None and longest is None:
            yield path, f"{party.id} may be stood in for without end; write at_most: P14D, or {_SET_FOR_ALL}"
        elif at_most and longest and at_most.seconds > longest.seconds:
            message = (
                f"expected a delegation of {longest.words} at most, which data/site.yml sets, found {at_most.words}"
            )
            yield (*path, "at_most"), f"{message}; write at_most: {longest}"
    if longest is None and any(not party.delegate and stand_ins(approval, party) for party in approval.parties):
        yield ("delegation",), f"delegation to the level below needs a maximum; {_SET_FOR_ALL}"


_SET_FOR_ALL = "set it for all packets with delegation_max: P30D in data/site.yml"
