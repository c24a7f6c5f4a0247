"""The launch gates. Each is a function that looks at one packet; its docstring is the gate's published meaning.

The function yields a reason, with its path in the packet, for each requirement that is not met. Without reasons, the
gate passes.
"""

import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from pydantic import BaseModel

from opmodel.load.document import Entry
from opmodel.load.operating_model import OperatingModel
from opmodel.model.packet import Packet
from opmodel.model.packet_summary import GateResult
from opmodel.model.vocabulary import SIGNING_SIDES, Section, Side, TestResult
from opmodel.readiness.approval_findings import CheckedApproval
from opmodel.readiness.signoffs import SideSignature
from opmodel.source.tree import Path

PLACEHOLDER = re.compile(
    r"\b(tbd|tbc|xxx+|lorem ipsum)\b|\?\?\?|^\?+$"
    r"|(^|[:;,.(–-])\s*(to be (decided|defined|confirmed|written)|fill (this )?in)\W*$",  # not within a sentence
    re.I,
)
PLACEHOLDER_HINT = re.compile(rb"\?|tb[cd]|xxx|lorem|fill|to[\s\xc2\x85]+be|\xc4")
"""Matches every file with a placeholder, once A to Z are lower case: a fast test before the search text by text.

``to be`` may be divided by a line end, such as U+0085. ``\\xc4`` begins U+0130 and U+0131, which match an ``i``.
"""


def placeholders(record: BaseModel, data: bytes | None = None) -> Iterator[tuple[Path, str]]:
    """Yield path and text of every placeholder in a record. ``data`` is its file, if it is in memory."""
    # Without a backslash, the texts of a file appear in it unchanged.
    if data is None or b"\\" in data or PLACEHOLDER_HINT.search(data.lower()):
        yield from ((path, text) for path, text in _texts(record, ()) if PLACEHOLDER.search(text))


def _texts(value: object, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, BaseModel):
        for name, info in type(value).model_fields.items():
            yield from _texts(getattr(value, name), (*path, info.alias or name))
    elif isinstance(value, tuple):
        for position, item in enumerate(value):
            yield from _texts(item, (*path, position))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _texts(item, (*path, key))


@dataclass(frozen=True, kw_only=True)
class GateContext:
    """The input of gates: a packet with its checked approval model and both signatures."""

    packet: Packet
    model: OperatingModel
    control: CheckedApproval
    business: SideSignature
    it: SideSignature
    as_of: date
    stale_evidence: tuple[str, ...]
    """Why the evidence of each failure case is stale, or an empty text for each that is not."""
    data: bytes | None = None
    """The bytes of the packet's file, if they are in memory."""


Reason = tuple[Path, str]


@dataclass(frozen=True, kw_only=True)
class Gate:
    """A launch gate.

    Args:
        id: Its id.
        title: Its title.
        section: The section that it is about.
        reasons: The function that yields reasons.
        since: The version of opmodel that added it, if that is not the first: packets signed under an older one owe it.
    """

    id: str
    title: str
    section: Section
    reasons: Callable[[GateContext], Iterator[Reason]]
    since: str = ""

    @property
    def meaning(self) -> str:
        """What must be true for the gate to pass."""
        return inspect.cleandoc(self.reasons.__doc__ or "")


def definition_complete(context: GateContext) -> Iterator[Reason]:
    """Every section that business and IT write has content, and no text is a placeholder such as TBD."""
    packet = context.packet
    lists: dict[Path, tuple[object, ...]] = {
        ("business", "scope", "in"): packet.business.scope.included,
        ("business", "scope", "out"): packet.business.scope.excluded,
        ("business", "inputs"): packet.business.inputs,
        ("business", "outcomes"): packet.business.outcomes,
        ("it", "forbidden"): packet.it.forbidden,
        ("it", "contracts"): packet.it.contracts,
        ("it", "policies"): packet.it.policies,
    }
    for path, entries in lists.items():
        if not entries:
            yield path, f"{path[-1]} of {path[-2]} is empty"
    for path, text in placeholders(packet, context.data):
        yield path, f'"{text[:40]}" is a placeholder'


def volume_measured(context: GateContext) -> Iterator[Reason]:
    """The manual drag is stated in numbers: cases, period and minutes each are above zero. Value without a baseline
    cannot be shown later."""
    volume = context.packet.business.pain.volume
    if not volume.cases or not volume.minutes_each or not volume.per.seconds:
        yield ("business", "pain", "volume"), "cases, period and minutes must be above zero"


def access_justified(context: GateContext) -> Iterator[Reason]:
    """Every grant of access says why the workflow cannot do without it, and there is at least one grant: an agent
    that touches nothing needs no packet."""
    grants = context.packet.it.access
    if not grants:
        yield ("it", "access"), "no access is listed"
    for index, grant in enumerate(grants):
        if not grant.justification:
            yield ("it", "access", index), f'access "{grant.id}" has no justification'


def support_reachable(context: GateContext) -> Iterator[Reason]:
    """Support has a runbook, a first tier, and a tier on the IT side; each team exists and has a channel, and each tier
    states a time in which it answers."""
    support, teams = context.packet.it.support, context.model.teams
    if support.runbook is None:
        yield ("it", "support"), "there is no runbook"
    if not support.tiers:
        yield ("it", "support", "tiers"), "no tier is listed"
    elif all(t.team in teams and teams[t.team].value.side is not Side.IT for t in support.tiers):
        yield ("it", "support", "tiers"), "no tier is held by a team on the IT side"
    for index, tier in enumerate(support.tiers):
        if not tier.response.seconds:
            yield ("it", "support", "tiers", index, "response"), f'tier "{tier.id}" has no time in which it answers'


def agent_stoppable(context: GateContext) -> Iterator[Reason]:
    """Somebody on each side may stop the agent without asking, and it takes an hour at most until nothing runs."""
    stop, roles = context.packet.it.support.stop, context.model.roles
    sides = {roles[role].value.side if role in roles else None for role in stop.who}
    for side in SIGNING_SIDES:
        if side not in sides and None not in sides:  # None: a role with a mistake of its own could be on either side
            yield ("it", "support", "stop", "who"), f"nobody on the {side.label} side may stop the agent"
    if not stop.within.seconds:
        yield ("it", "support", "stop", "within"), "there is no time until nothing runs"
    elif stop.within.seconds > 3600:
        yield ("it", "support", "stop", "within"), f"stopping takes {stop.within.words}, more than an hour"


def thresholds_proven(context: GateContext) -> Iterator[Reason]:
    """The approval table is proven: every case of the declared domain is covered, by exactly one rule (or, under the
    first hit policy, no rule is unreachable), and every example gives its expected answer."""
    for finding in context.control.table_findings:
        yield finding.path, finding.message
    if not context.packet.shared.approval.examples:
        yield ("shared", "approval"), "there is no example to check the table against"


def duties_separated(context: GateContext) -> Iterator[Reason]:
    """Whoever starts a case never approves it, the agent approves nothing, silence never allows and has an
    end, escalation ends at someone, and delegation has a maximum time."""
    for finding in context.control.duty_findings:
        yield finding.path, finding.message
    for number, rule in enumerate(context.packet.shared.approval.rules):
        if rule.has_no_limit:
            yield ("shared", "approval", "rules", number, "within"), f"{rule.id} has no time limit: silence has no end"


def failure_cases_passed(context: GateContext) -> Iterator[Reason]:
    """At least one launch-blocking failure case is named, and each one passed its test, with evidence and a day, and
    nothing that the test covers has changed since."""
    cases = context.packet.shared.failure_cases
    if not cases:
        yield ("shared", "failure_cases"), "no failure case is listed"
    for index, case in enumerate(cases):
        path = ("shared", "failure_cases", index)
        if case.result is not TestResult.PASSED:
            yield (*path, "result"), f'failure case "{case.id}" has the result "{case.result}"'
        elif case.evidence is None or case.date is None:
            yield (*path, "result"), f'failure case "{case.id}" has no evidence or no date'
        elif case.date > context.as_of:
            yield (*path, "date"), f'the evidence of "{case.id}" is of {case.date}, which is still to come'
        elif context.stale_evidence[index]:
            yield (*path, "date"), context.stale_evidence[index]


def audit_retention_set(context: GateContext) -> Iterator[Reason]:
    """What is recorded is listed, the records are kept for a stated time, and someone may read them."""
    audit = context.packet.shared.audit
    if not audit.records:
        yield ("shared", "audit", "records"), "no record is listed"
    if audit.retention is None or not audit.retention.seconds:
        yield ("shared", "audit"), "no retention is set"
    if not audit.readers:
        yield ("shared", "audit", "readers"), "nobody may read the records"


def exceptions_owned(context: GateContext) -> Iterator[Reason]:
    """The exception queue has an owner, at least two states (open and settled) and a route with a time limit for
    each case."""
    queue = context.packet.shared.exceptions
    if len(queue.states) < 2:
        yield ("shared", "exceptions", "states"), "a queue needs at least two states"
    if not queue.cases:
        yield ("shared", "exceptions", "cases"), "no case is listed"
    for index, case in enumerate(queue.cases):
        if not case.within.seconds:
            yield ("shared", "exceptions", "cases", index, "within"), f'case "{case.id}" has no time limit'


def signed_by_business(context: GateContext) -> Iterator[Reason]:
    """The owner for value signed, and nothing material changed since."""
    if not context.business.current:
        yield ("owners", "value"), context.business.reason


def signed_by_it(context: GateContext) -> Iterator[Reason]:
    """The owner for safety signed, and nothing material changed since."""
    if not context.it.current:
        yield ("owners", "safety"), context.it.reason


GATES = (
    Gate(id="definition-complete", title="Definition complete", section=Section.SCOPE, reasons=definition_complete),
    Gate(id="volume-measured", title="Manual work measured", section=Section.PAIN, reasons=volume_measured),
    Gate(id="access-justified", title="Access justified", section=Section.ACCESS, reasons=access_justified),
    Gate(id="support-reachable", title="Support reachable", section=Section.SUPPORT, reasons=support_reachable),
    Gate(id="agent-stoppable", title="Agent stoppable", section=Section.SUPPORT, reasons=agent_stoppable),
    Gate(id="thresholds-proven", title="Thresholds proven", section=Section.APPROVAL, reasons=thresholds_proven),
    Gate(id="duties-separated", title="Duties separated", section=Section.APPROVAL, reasons=duties_separated),
    Gate(id="exceptions-owned", title="Exceptions owned", section=Section.EXCEPTIONS, reasons=exceptions_owned),
    Gate(
        id="failure-cases-passed",
        title="Failure cases passed",
        section=Section.FAILURE_CASES,
        reasons=failure_cases_passed,
    ),
    Gate(id="audit-retention-set", title="Audit retention set", section=Section.AUDIT, reasons=audit_retention_set),
    Gate(id="signed-by-business", title="Signed by business", section=Section.SIGNOFFS, reasons=signed_by_business),
    Gate(id="signed-by-it", title="Signed by IT", section=Section.SIGNOFFS, reasons=signed_by_it),
)
"""Every gate, in the order in which a packet is written. Signatures come last."""


def gate_results(context: GateContext, entry: Entry[Packet]) -> tuple[GateResult, ...]:
    """Return the results of all gates, with the place of each reason."""
    return tuple(
        GateResult(
            id=gate.id,
            title=gate.title,
            section=gate.section,
            reasons=tuple((entry.place(*path), text) for path, text in gate.reasons(context)),
        )
        for gate in GATES
    )
