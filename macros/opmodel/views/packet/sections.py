"""The sections of a packet's page as blocks, apart from approval, readiness and sign-offs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from opmodel.approval.bands import band_text
from opmodel.load.operating_model import OperatingModel
from opmodel.model.packet import FailureCase, Forbidden, Packet
from opmodel.model.values import plain
from opmodel.model.vocabulary import Layer, Section
from opmodel.permalinks.addresses import row_anchor
from opmodel.text.words import counted, day, listed
from opmodel.views.blocks import (
    COPYABLE,
    Badge,
    Cell,
    Column,
    Facts,
    Lists,
    Row,
    Table,
    Text,
    badge,
    columns,
    paragraphs,
    paragraphs_cell,
)
from opmodel.views.packet.approval import ApprovalBlock
from opmodel.views.packet.readiness import GatesBlock, SignoffsBlock
from opmodel.views.people import assignment_cell, role_cell, system_cell, system_name, team_cell

Block = Text | Facts | Lists | Table | ApprovalBlock | GatesBlock | SignoffsBlock
Blocks = tuple[Block, ...]

SECTION_LAYERS: dict[Section, Layer] = {
    **dict.fromkeys(
        (Section.PAIN, Section.SCOPE, Section.TRIGGER, Section.INPUTS, Section.OUTPUT, Section.OUTCOMES), Layer.BUSINESS
    ),
    **dict.fromkeys(
        (Section.ACCESS, Section.FORBIDDEN, Section.CONTRACTS, Section.POLICIES, Section.SUPPORT), Layer.IT
    ),
}
"""The layer that writes a section; every other section is shared."""


@dataclass(frozen=True, kw_only=True)
class SectionView:
    """One section: its anchor, title, meaning, layer and content; ``stale`` says that it changed since a sign-off."""

    id: str
    title: str
    meaning: str
    layer: Badge
    blocks: Blocks
    stale: str = ""


_TENTH = Decimal("0.1")


def _table(
    section: Section,
    caption: str,
    titles: tuple[Column, ...],
    rows: Iterable[Sequence[str | Cell]],
    copyable: bool = False,
) -> Table:
    """Return a table. The first value of each row is its id, of which the anchor is made."""
    data = COPYABLE if copyable else ()
    made = (Row(anchor=row_anchor(section, str(id)), cells=tuple(map(_cell, cells)), data=data) for id, *cells in rows)
    return Table(caption=caption, columns=titles, rows=tuple(made))


def _facts(*facts: tuple[str, str | Cell]) -> Facts:
    return Facts(facts=tuple((name, _cell(value)) for name, value in facts))


def _cell(value: str | Cell) -> Cell:
    return value if isinstance(value, Cell) else Cell(text=value)


def owners(packet: Packet, model: OperatingModel) -> Blocks:
    """Return both owners and the holders of all other roles."""
    owners = packet.owners
    accountable = (("Value owner", owners.value), ("Safety owner", owners.safety))
    rows = [
        (
            owner.role,
            Cell(text=title, note=role_cell(owner.role, model).text),
            owner.holder,
            team_cell(owner.team, model),
        )
        for title, owner in accountable
    ]
    rows += [(role, role_cell(role, model), h.holder, team_cell(h.team, model)) for role, h in owners.others.items()]
    titles = columns("Role", "Held by", "Team")
    return (_table(Section.OWNERS, "Who holds each role in this workflow", titles, rows),)


def pain(packet: Packet) -> Blocks:
    """Return the manual drag with its volume."""
    pain = packet.business.pain
    volume = pain.volume
    hours = plain((volume.minutes_each * volume.cases / 60).quantize(_TENTH))
    period = volume.per.words.removeprefix("1 ")
    facts = _facts(
        ("Volume", f"{counted(volume.cases, 'case')} every {period}"),
        *(
            ("Of these", f"{counted(band.cases, 'case')}: {band_text(packet.shared.approval, band.when)}")
            for band in pain.volume_bands
        ),
        ("Manual work", f"{plain(volume.minutes_each)} minutes each, {hours} hours every {period}"),
        ("Cost of an error", pain.cost_of_error),
    )
    return paragraphs(pain.drag), facts


def scope(packet: Packet) -> Blocks:
    """Return the lists of what is in and out of scope."""
    scope = packet.business.scope
    return (Lists(lists=(("in", "In scope", scope.included), ("out", "Stays with people", scope.excluded))),)


def trigger(packet: Packet) -> Blocks:
    """Return the event that starts a case, and who starts it."""
    trigger, approval = packet.business.trigger, packet.shared.approval
    starter = next((party.title for party in approval.parties if party.id == approval.started_by), approval.started_by)
    return (_facts(("Event", trigger.event), ("Seen in", trigger.source), ("Started by", starter)),)


def inputs(packet: Packet, model: OperatingModel) -> Blocks:
    """Return the inputs of the agent."""
    titles = columns("Input", "Source", "Data class", narrow="Data class")
    rows = (
        (g.id, g.name, Cell(text=g.source, note=system_name(g.system, model)), Cell(badge=badge("data", g.data_class)))
        for g in packet.business.inputs
    )
    return (_table(Section.INPUTS, "What the agent is given for a case", titles, rows),)


def output(packet: Packet) -> Blocks:
    """Return what good output looks like, with an example."""
    output = packet.business.output
    return paragraphs(output.good), Text(paragraphs=paragraphs(output.example).paragraphs, lead="Example")


def outcomes(packet: Packet) -> Blocks:
    """Return the metrics of the business."""
    titles = columns("Metric", "Before", "Target", "Read from")
    rows = ((m.id, m.metric, m.baseline, m.target, m.source) for m in packet.business.outcomes)
    return (_table(Section.OUTCOMES, "How the business measures that it works", titles, rows),)


def access(packet: Packet, model: OperatingModel) -> Blocks:
    """Return the access grants of the agent."""
    titles = columns("System", "May", "Which records", "Data class", "As", "Why")
    rows = (
        (
            grant.id,
            system_cell(grant.system, model),
            Cell(items=tuple(Cell(text=operation.label) for operation in grant.operations)),
            grant.scope,
            Cell(badge=badge("data", grant.data_class)),
            grant.identity,
            paragraphs_cell(grant.justification or "No justification yet"),
        )
        for grant in packet.it.access
    )
    return (_table(Section.ACCESS, "What the agent may touch, as whom, and why", titles, rows),)


def forbidden(packet: Packet, model: OperatingModel) -> Blocks:
    """Return the forbidden actions."""
    titles = columns("The agent never", "Enforced by")
    rows = (
        (item.id, Cell(text=item.action, note=_where(item, model)), item.enforced_by) for item in packet.it.forbidden
    )
    return (_table(Section.FORBIDDEN, "What the agent must never do", titles, rows),)


def _where(item: Forbidden, model: OperatingModel) -> str:
    """Return the system and operations that a forbidden action names."""
    operations = listed([operation.label.lower() for operation in item.operations])
    return ": ".join(filter(None, (system_name(item.system, model), operations)))


def contracts(packet: Packet, model: OperatingModel) -> Blocks:
    """Return the contracts of the interfaces in use."""
    titles = columns("Interface", "Owner", "Version", "Limits", "When it fails")
    rows = (
        (
            contract.id,
            Cell(text=contract.interface, note=system_name(contract.system, model)),
            team_cell(contract.owner, model),
            contract.version,
            contract.limits,
            contract.on_failure,
        )
        for contract in packet.it.contracts
    )
    return (_table(Section.CONTRACTS, "Interfaces that the workflow relies on", titles, rows),)


def policies(packet: Packet) -> Blocks:
    """Return the platform policies that apply."""
    titles = columns("Policy", "How it is met")
    rows = ((policy.id, Cell(text=policy.name, href=policy.link or ""), policy.met_by) for policy in packet.it.policies)
    return (_table(Section.POLICIES, "Platform rules and how they are met", titles, rows),)


def support(packet: Packet, model: OperatingModel) -> Blocks:
    """Return the support tiers, and how to stop the agent."""
    support = packet.it.support
    stop = support.stop
    facts = _facts(
        ("Channel", support.channel),
        ("Runbook", Cell(text="Runbook", href=support.runbook) if support.runbook else "None yet"),
        ("How to stop the agent", paragraphs_cell(stop.how)),
        ("Who may stop it", Cell(items=tuple(role_cell(role, model, packet) for role in stop.who))),
        ("Stopped within", stop.within.words),
    )
    titles = columns("Tier", "Team", "Hours", "Answers within")
    rows = ((t.id, t.name, team_cell(t.team, model), t.hours, t.response.words) for t in support.tiers)
    return facts, _table(Section.SUPPORT, "Support tiers", titles, rows)


def exceptions(packet: Packet, model: OperatingModel) -> Blocks:
    """Return the exception queue and its cases."""
    queue = packet.shared.exceptions
    facts = _facts(
        ("Queue", queue.queue),
        ("Owner", assignment_cell(queue.owner, model)),
        ("States of a case", " → ".join(queue.states) or "None listed"),
    )
    sent: dict[str, list[str]] = {}
    for rule in packet.shared.approval.rules:
        sent.setdefault(rule.exception or "", []).append(rule.id)
    titles = columns("Case", "Comes from", "Goes to", "Settled within", narrow="Settled within")
    rows = (
        (
            case.id,
            case.case,
            listed(sent.get(case.id, ())) or "elsewhere",
            assignment_cell(case.route, model),
            case.within.words,
        )
        for case in queue.cases
    )
    return facts, _table(Section.EXCEPTIONS, "Kinds of exception", titles, rows)


def failure_cases(packet: Packet, model: OperatingModel) -> Blocks:
    """Return the launch-blocking failure cases."""
    titles = columns("What could go wrong", "How it is noticed", "How it is tested", "Owner", "Result")
    rows = (
        (
            case.id,
            Cell(text=case.case, note=case.id),
            case.detection,
            case.test,
            assignment_cell(case.owner, model),
            _result(case),
        )
        for case in packet.shared.failure_cases
    )
    return (_table(Section.FAILURE_CASES, "Launch-blocking failure cases", titles, rows, copyable=True),)


def _result(case: FailureCase) -> Cell:
    when = (Cell(text=day(case.date)),) if case.date else ()
    evidence = (Cell(text="Evidence", href=case.evidence),) if case.evidence else ()
    return Cell(items=(Cell(badge=badge("result", case.result)), *when, *evidence))


def audit(packet: Packet, model: OperatingModel) -> Blocks:
    """Return the audit records, their retention and readers."""
    audit = packet.shared.audit
    facts = _facts(
        ("Kept for", audit.retention.words if audit.retention else "Not set"),
        ("Read by", Cell(items=tuple(role_cell(role, model, packet) for role in audit.readers))),
    )
    titles = columns("Event", "Holds", "Kept in")
    rows = (
        (record.id, record.event, record.fields, Cell(text=record.where, note=system_name(record.system, model)))
        for record in audit.records
    )
    return facts, _table(Section.AUDIT, "What is recorded", titles, rows)


def review(packet: Packet, model: OperatingModel, *, overdue: bool) -> Blocks:
    """Return the review dates."""
    review = packet.shared.review
    cadence = review.cadence or (model.site.value.review_cadence if model.site else None)
    return (
        _facts(
            ("Every", cadence.words if cadence else "–"),
            ("Last review", day(review.last)),
            ("Next review", Cell(text=day(review.next), note="Overdue" if overdue else "")),
            ("Last material change", day(packet.revised)),
        ),
    )
