"""Teams: an index by side, and a page per team with everything that it owns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from opmodel.load.operating_model import OperatingModel
from opmodel.model.organisation import Team
from opmodel.model.vocabulary import SIGNING_SIDES, Side
from opmodel.permalinks import addresses
from opmodel.rules.check import Checked
from opmodel.text.words import counted
from opmodel.views.blocks import (
    ROWS_AT_A_TIME,
    SHOWN_LATER,
    Badge,
    Cell,
    Column,
    Facts,
    FeedbackLink,
    Row,
    Table,
    badge,
    edit_address,
    feedback_links,
    layer_badge,
)
from opmodel.views.packet.fault import fault_summary
from opmodel.views.people import role_cell, team_cell
from opmodel.views.portfolio import PortfolioView, portfolio


@dataclass(frozen=True, kw_only=True)
class TeamView:
    """A team's page."""

    id: str
    address: str
    name: str
    side: Badge
    purpose: str
    description: str
    facts: Facts
    owned: PortfolioView | None
    reviews: str
    """Address of the calendar of its reviews."""
    duties: Table
    step: int
    """How many more duties are shown at a time, or 0 where all are shown at once."""
    source: str
    edit: str
    feedback: tuple[FeedbackLink, ...]


def team_page(checked: Checked, name: str) -> TeamView:
    """Return the page of the team ``name``. Raises KeyError if it is unknown."""
    entry = checked.model.teams[name]
    team = entry.value
    named = _packets_by_team(checked.model).get(name, ())
    owned = [packet for packet in named if name in checked.model.summaries[packet].owning_teams]
    duties = [_duties(checked, packet, name) for packet in named]
    return TeamView(
        id=name,
        address=addresses.team(name),
        name=team.name,
        side=layer_badge(team.side),
        purpose=team.purpose,
        description=team_description(team),
        facts=_facts(checked, team),
        owned=portfolio(checked, owned, f"Workflows that {team.name} owns") if owned else None,
        reviews=addresses.reviews(name),
        duties=_duty_table(team, duties),
        step=ROWS_AT_A_TIME if len(duties) > ROWS_AT_A_TIME else 0,
        source=entry.document.path,
        edit=edit_address(checked.model, entry.document.path),
        feedback=feedback_links(checked.model, team.name, addresses.team(name)),
    )


def team_description(team: Team) -> str:
    """Return what a team is for and where it is reached, in a line."""
    return f"{team.name}: {team.purpose} Reach it at {team.channel}."


def team_index(checked: Checked) -> tuple[Table, ...]:
    """Return a table of teams per side; the third side has one if it has teams."""
    tables = ((side, _side_table(checked, side)) for side in Side)
    return tuple(table for side, table in tables if table.rows or side in SIGNING_SIDES)


def _side_table(checked: Checked, side: Side) -> Table:
    columns = tuple(Column(title=title) for title in ("Team", "What it is for", "Channel", "Owns"))
    teams = [entry.value for entry in checked.model.teams.values() if entry.value.side is side]
    return Table(caption=f"{side.label} teams", columns=columns, rows=tuple(_index_row(checked, t) for t in teams))


def _index_row(checked: Checked, team: Team) -> Row:
    named = _packets_by_team(checked.model).get(team.id, ())
    owned = sum(team.id in checked.model.summaries[packet].owning_teams for packet in named)
    name = Cell(text=team.name, address=addresses.team(team.id))
    owns = counted(owned, "workflow") if owned else "–"
    return Row(anchor=team.id, cells=(name, Cell(text=team.purpose), Cell(text=team.channel), Cell(text=owns)))


def _facts(checked: Checked, team: Team) -> Facts:
    below = tuple(
        Cell(text=entry.value.name, address=addresses.team(name))
        for name, entry in checked.model.teams.items()
        if entry.value.escalates_to == team.id
    )
    above = team_cell(team.escalates_to, checked.model) if team.escalates_to else Cell(text="Nobody: it decides")
    facts = [("Channel", Cell(text=team.channel)), ("Contact", Cell(text=team.contact)), ("Escalates to", above)]
    return Facts(facts=(*facts, ("Takes over from", Cell(items=below))) if below else tuple(facts))


def _duty_table(team: Team, rows: Sequence[Row]) -> Table:
    columns = (Column(title="Workflow"), Column(title="Duties"), Column(title="Status", narrow=True))
    return Table(
        caption=f"Every duty of {team.name} in a workflow",
        columns=columns,
        rows=(*rows[:ROWS_AT_A_TIME], *(replace(row, data=SHOWN_LATER) for row in rows[ROWS_AT_A_TIME:])),
        empty="This team has no duty in any workflow yet.",
    )


def _duties(checked: Checked, name: str, team: str) -> Row:
    """Return the row of the packet ``name`` with the duties of a team in it."""
    summary = checked.model.summaries[name]
    duties = tuple(
        Cell(
            text=duty.words,
            address=addresses.packet(name, duty.section),
            note=role_cell(duty.role, checked.model).text if duty.role else "",
        )
        for duty in summary.duties
        if duty.team == team
    )
    fault = fault_summary(checked.faulty_packets[name]) if name in checked.faulty_packets else ""
    title = Cell(text=summary.title, address=addresses.packet(name), note=fault)
    return Row(cells=(title, Cell(items=duties), Cell(badge=badge("status", summary.status))))


@lru_cache(maxsize=2)
def _packets_by_team(model: OperatingModel) -> Mapping[str, Sequence[str]]:
    """Return the packets in which each team has a duty."""
    found: dict[str, list[str]] = {}
    for name, summary in model.summaries.items():
        for team in dict.fromkeys(duty.team for duty in summary.duties):
            found.setdefault(team, []).append(name)
    return found
