"""The sections of a packet's page that show what was written, as blocks. Computed ones have their own modules."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from opmodel.load.operating_model import OperatingModel
from opmodel.model.packet import (
    Access,
    Assignment,
    Contract,
    ExceptionCase,
    FailureCase,
    Given,
    Measure,
    Packet,
    Policy,
    Tier,
)
from opmodel.model.values import plain
from opmodel.model.vocabulary import Layer, Section
from opmodel.permalinks import addresses
from opmodel.permalinks.addresses import row_anchor
from opmodel.readiness.review_dates import is_overdue
from opmodel.text.words import counted, day
from opmodel.views.blocks import (
    COPYABLE,
    Badge,
    Cell,
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


def holder(role: str, packet: Packet) -> str:
    """Return the title of the function that holds a role in a packet, or an empty text."""
    owners = packet.owners
    for owner in (owners.value, owners.safety):
        if owner.role == role:
            return owner.holder
    return owners.others[role].holder if role in owners.others else ""


def team_cell(team: str, model: OperatingModel) -> Cell:
    """Return a team's name, linked to its page."""
    known = model.teams.get(team)
    return Cell(text=known.value.name if known else team, address=addresses.team(team) if known else "")


def role_cell(role: str, model: OperatingModel, packet: Packet | None = None) -> Cell:
    """Return a role's name, with the holder's title where a packet is given."""
    known = model.roles.get(role)
    return Cell(text=known.value.name if known else role, note=holder(role, packet) if packet else "")


def assignment_cell(to: Assignment, model: OperatingModel) -> Cell:
    """Return a team with the role that it holds."""
    team = team_cell(to.team, model)
    return Cell(text=team.text, address=team.address, note=role_cell(to.role, model).text)


_TENTH = Decimal("0.1")


def pain(packet: Packet) -> Blocks:
    """The manual drag, with its volume in numbers."""
    pain = packet.business.pain
    volume = pain.volume
    hours = plain((volume.minutes_each * volume.cases / 60).quantize(_TENTH))
    period = volume.per.words.removeprefix("1 ")
    return (
        paragraphs(pain.drag),
        Facts(
            facts=(
                ("Volume", Cell(text=f"{counted(volume.cases, 'case')} every {period}")),
                ("Manual work", Cell(text=f"{plain(volume.minutes_each)} minutes each, {hours} hours every {period}")),
                ("Cost of an error", Cell(text=pain.cost_of_error)),
            )
        ),
    )


def scope(packet: Packet) -> Blocks:
    """What is in and what stays out."""
    scope = packet.business.scope
    return (Lists(lists=(("in", "In scope", scope.included), ("out", "Stays with people", scope.excluded))),)


def trigger(packet: Packet) -> Blocks:
    """What starts a case and who starts it."""
    trigger, approval = packet.business.trigger, packet.shared.approval
    starter = next((party.title for party in approval.parties if party.id == approval.started_by), approval.started_by)
    return (
        Facts(
            facts=(
                ("Event", Cell(text=trigger.event)),
                ("Seen in", Cell(text=trigger.source)),
                ("Started by", Cell(text=starter)),
            )
        ),
    )


def inputs(packet: Packet) -> Blocks:
    """What the agent is given."""
    titles = columns("Input", "Source", "Data class", narrow="Data class")
    rows = tuple(_given(given) for given in packet.business.inputs)
    return (Table(caption="What the agent is given for a case", columns=titles, rows=rows),)


def output(packet: Packet) -> Blocks:
    """What good looks like."""
    output = packet.business.output
    return paragraphs(output.good), Text(paragraphs=paragraphs(output.example).paragraphs, lead="Example")


def outcomes(packet: Packet) -> Blocks:
    """How the business measures that it works."""
    titles = columns("Metric", "Before", "Target", "Read from")
    rows = tuple(_measure(measure) for measure in packet.business.outcomes)
    return (Table(caption="How the business measures that it works", columns=titles, rows=rows),)


def _given(given: Given) -> Row:
    return Row(
        anchor=row_anchor(Section.INPUTS, given.id),
        cells=(Cell(text=given.name), Cell(text=given.source), Cell(badge=badge("data", given.data_class))),
    )


def _measure(measure: Measure) -> Row:
    cells = (measure.metric, measure.baseline, measure.target, measure.source)
    return Row(anchor=row_anchor(Section.OUTCOMES, measure.id), cells=tuple(Cell(text=cell) for cell in cells))


def access(packet: Packet) -> Blocks:
    """What the agent may touch."""
    titles = columns("System", "May", "Which records", "Data class", "As", "Why")
    rows = tuple(_grant(grant) for grant in packet.it.access)
    return (Table(caption="What the agent may touch, as whom, and why", columns=titles, rows=rows),)


def forbidden(packet: Packet) -> Blocks:
    """What the agent must never do."""
    rows = tuple(
        Row(anchor=row_anchor(Section.FORBIDDEN, item.id), cells=(Cell(text=item.action), Cell(text=item.enforced_by)))
        for item in packet.it.forbidden
    )
    titles = columns("The agent never", "Enforced by")
    return (Table(caption="What the agent must never do", columns=titles, rows=rows),)


def contracts(packet: Packet, model: OperatingModel) -> Blocks:
    """The interfaces that the workflow relies on."""
    titles = columns("Interface", "Owner", "Version", "Limits", "When it fails")
    rows = tuple(_contract(contract, model) for contract in packet.it.contracts)
    return (Table(caption="Interfaces that the workflow relies on", columns=titles, rows=rows),)


def policies(packet: Packet) -> Blocks:
    """The platform rules that apply."""
    rows = tuple(_policy(policy) for policy in packet.it.policies)
    titles = columns("Policy", "How it is met")
    return (Table(caption="Platform rules and how they are met", columns=titles, rows=rows),)


def support(packet: Packet, model: OperatingModel) -> Blocks:
    """Who helps, how fast, and how to stop the agent."""
    support = packet.it.support
    stop = support.stop
    runbook = Cell(text="Runbook", href=support.runbook) if support.runbook else Cell(text="None yet")
    facts = Facts(
        facts=(
            ("Channel", Cell(text=support.channel)),
            ("Runbook", runbook),
            ("How to stop the agent", paragraphs_cell(stop.how)),
            ("Who may stop it", Cell(items=tuple(role_cell(role, model, packet) for role in stop.who))),
            ("Stopped within", Cell(text=stop.within.words)),
        )
    )
    titles = columns("Tier", "Team", "Hours", "Answers within")
    rows = tuple(_tier(tier, model) for tier in support.tiers)
    return facts, Table(caption="Support tiers", columns=titles, rows=rows)


def _grant(grant: Access) -> Row:
    operations = tuple(Cell(text=operation.label) for operation in grant.operations)
    return Row(
        anchor=row_anchor(Section.ACCESS, grant.id),
        cells=(
            Cell(text=grant.system),
            Cell(items=operations),
            Cell(text=grant.scope),
            Cell(badge=badge("data", grant.data_class)),
            Cell(text=grant.identity),
            paragraphs_cell(grant.justification or "No justification yet"),
        ),
    )


def _contract(contract: Contract, model: OperatingModel) -> Row:
    cells = (contract.interface, None, contract.version, contract.limits, contract.on_failure)
    return Row(
        anchor=row_anchor(Section.CONTRACTS, contract.id),
        cells=tuple(Cell(text=cell) if cell is not None else team_cell(contract.owner, model) for cell in cells),
    )


def _policy(policy: Policy) -> Row:
    name = Cell(text=policy.name, href=policy.link or "")
    return Row(anchor=row_anchor(Section.POLICIES, policy.id), cells=(name, Cell(text=policy.met_by)))


def _tier(tier: Tier, model: OperatingModel) -> Row:
    cells = (Cell(text=tier.name), team_cell(tier.team, model), Cell(text=tier.hours), Cell(text=tier.response.words))
    return Row(anchor=row_anchor(Section.SUPPORT, tier.id), cells=cells)


def owners(packet: Packet, model: OperatingModel) -> Blocks:
    """Who answers for value, who for safety, and who holds each other role."""
    owners = packet.owners
    accountable = (("Value owner", owners.value), ("Safety owner", owners.safety))
    rows = [
        Row(
            anchor=row_anchor(Section.OWNERS, owner.role),
            cells=(
                Cell(text=title, note=role_cell(owner.role, model).text),
                Cell(text=owner.holder),
                team_cell(owner.team, model),
            ),
        )
        for title, owner in accountable
    ]
    rows += [
        Row(
            anchor=row_anchor(Section.OWNERS, role),
            cells=(role_cell(role, model), Cell(text=held.holder), team_cell(held.team, model)),
        )
        for role, held in owners.others.items()
    ]
    titles = columns("Role", "Held by", "Team")
    return (Table(caption="Who holds each role in this workflow", columns=titles, rows=tuple(rows)),)


def exceptions(packet: Packet, model: OperatingModel) -> Blocks:
    """Where cases go that the agent may not finish."""
    queue = packet.shared.exceptions
    facts = Facts(
        facts=(
            ("Queue", Cell(text=queue.queue)),
            ("Owner", assignment_cell(queue.owner, model)),
            ("States of a case", Cell(text=" → ".join(queue.states) or "None listed")),
        )
    )
    titles = columns("Case", "Goes to", "Settled within", narrow="Settled within")
    rows = tuple(_case(case, model) for case in queue.cases)
    return facts, Table(caption="Kinds of exception", columns=titles, rows=rows)


def failure_cases(packet: Packet, model: OperatingModel) -> Blocks:
    """What must be shown not to go wrong."""
    titles = columns("What could go wrong", "How it is noticed", "How it is tested", "Owner", "Result")
    rows = tuple(_failure(case, model) for case in packet.shared.failure_cases)
    return (Table(caption="Launch-blocking failure cases", columns=titles, rows=rows),)


def audit(packet: Packet, model: OperatingModel) -> Blocks:
    """What is recorded, where, for how long, and who reads it."""
    audit = packet.shared.audit
    rows = tuple(
        Row(
            anchor=row_anchor(Section.AUDIT, record.id),
            cells=(Cell(text=record.event), Cell(text=record.fields), Cell(text=record.where)),
        )
        for record in audit.records
    )
    facts = Facts(
        facts=(
            ("Kept for", Cell(text=audit.retention.words if audit.retention else "Not set")),
            ("Read by", Cell(items=tuple(role_cell(role, model, packet) for role in audit.readers))),
        )
    )
    titles = columns("Event", "Holds", "Kept in")
    return facts, Table(caption="What is recorded", columns=titles, rows=rows)


def review(packet: Packet, model: OperatingModel, as_of: date) -> Blocks:
    """When both sides look again."""
    review = packet.shared.review
    cadence = review.cadence or (model.site.value.review_cadence if model.site else None)
    late = "Overdue" if is_overdue(packet.status, packet.shared.review.next, as_of) else ""
    return (
        Facts(
            facts=(
                ("Every", Cell(text=cadence.words if cadence else "–")),
                ("Last review", Cell(text=day(review.last))),
                ("Next review", Cell(text=day(review.next), note=late)),
                ("Last material change", Cell(text=day(packet.revised))),
            )
        ),
    )


def _case(case: ExceptionCase, model: OperatingModel) -> Row:
    cells = (Cell(text=case.case), assignment_cell(case.route, model), Cell(text=case.within.words))
    return Row(anchor=row_anchor(Section.EXCEPTIONS, case.id), cells=cells)


def _failure(case: FailureCase, model: OperatingModel) -> Row:
    evidence = (Cell(text="Evidence", href=case.evidence),) if case.evidence else ()
    when = (Cell(text=day(case.date)),) if case.date else ()
    result = Cell(items=(Cell(badge=badge("result", case.result)), *when, *evidence))
    texts = (Cell(text=case.case, note=case.id), Cell(text=case.detection), Cell(text=case.test))
    cells = (*texts, assignment_cell(case.owner, model), result)
    return Row(anchor=row_anchor(Section.FAILURE_CASES, case.id), cells=cells, data=COPYABLE)
