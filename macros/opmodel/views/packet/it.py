"""The sections of a packet that IT writes."""

from opmodel.addresses import row
from opmodel.load.operating_model import OperatingModel
from opmodel.model.packet import Access, Contract, Packet, Policy, Tier
from opmodel.model.vocabulary import Section
from opmodel.views.blocks import Cell, Facts, Row, Table, badge, columns, prose
from opmodel.views.packet.section import Blocks, role_cell, team_cell


def access(packet: Packet) -> Blocks:
    """What the agent may touch."""
    titles = columns("System", "May", "Which records", "Data class", "As", "Why")
    rows = tuple(_grant(grant) for grant in packet.it.access)
    return (Table(caption="What the agent may touch, as whom, and why", columns=titles, rows=rows),)


def forbidden(packet: Packet) -> Blocks:
    """What the agent must never do."""
    rows = tuple(
        Row(anchor=row(Section.FORBIDDEN, item.id), cells=(Cell(text=item.action), Cell(text=item.enforced_by)))
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
            ("How to stop the agent", prose(stop.how)),
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
        anchor=row(Section.ACCESS, grant.id),
        cells=(
            Cell(text=grant.system),
            Cell(items=operations),
            Cell(text=grant.scope),
            Cell(badge=badge("data", grant.data_class)),
            Cell(text=grant.identity),
            prose(grant.justification or "No justification yet"),
        ),
    )


def _contract(contract: Contract, model: OperatingModel) -> Row:
    cells = (contract.interface, None, contract.version, contract.limits, contract.on_failure)
    return Row(
        anchor=row(Section.CONTRACTS, contract.id),
        cells=tuple(Cell(text=cell) if cell is not None else team_cell(contract.owner, model) for cell in cells),
    )


def _policy(policy: Policy) -> Row:
    name = Cell(text=policy.name, href=policy.link or "")
    return Row(anchor=row(Section.POLICIES, policy.id), cells=(name, Cell(text=policy.met_by)))


def _tier(tier: Tier, model: OperatingModel) -> Row:
    cells = (Cell(text=tier.name), team_cell(tier.team, model), Cell(text=tier.hours), Cell(text=tier.response.words))
    return Row(anchor=row(Section.SUPPORT, tier.id), cells=cells)
