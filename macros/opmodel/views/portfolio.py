"""The portfolio: every packet, grouped by the team that owns its value."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from opmodel.load.operating_model import OperatingModel
from opmodel.model.packet_summary import PacketSummary
from opmodel.model.vocabulary import Status
from opmodel.permalinks import addresses
from opmodel.rules.check import Checked, unavailable_packets
from opmodel.text.words import counted, day, listed
from opmodel.views.blocks import ROWS_AT_A_TIME, Badge, Cell, badge
from opmodel.views.packet.fault import fault_summary
from opmodel.views.packet.readiness import owed_text, ready_badge
from opmodel.views.people import team_cell


@dataclass(frozen=True, kw_only=True)
class PortfolioRow:
    """One packet; ``order`` has the sort keys of status, readiness and next review."""

    id: str
    title: Cell
    summary: str
    sample: str
    """The mark of a sample, or an empty text."""
    fault: str
    """What a packet with errors says of itself, or an empty text."""
    status: Badge
    ready: Badge
    stale: tuple[str, ...]
    """A sentence for each side with changes since it signed."""
    owed: str
    """What was added after it was signed, which it owes at its next review."""
    value: str
    safety: str
    safety_team: Cell
    review: str
    late: str
    order: tuple[str, str, str]
    later: bool = False
    """Whether scripts hide the row until the reader chooses to show more."""


@dataclass(frozen=True, kw_only=True)
class PortfolioGroup:
    """The packets of one team; ``later`` says that scripts hide all of them at first."""

    id: str
    team: Cell
    rows: tuple[PortfolioRow, ...]
    later: bool


@dataclass(frozen=True, kw_only=True)
class PortfolioView:
    """The whole portfolio with the words that it can be filtered by."""

    summary: str
    caption: str
    columns: tuple[tuple[str, str], ...]
    """(key, title) of each column."""
    width: int
    """The number of columns."""
    groups: tuple[PortfolioGroup, ...]
    grouped: bool
    """Whether there are several groups."""
    statuses: tuple[Badge, ...]
    samples: str
    """The day on which samples are judged, or an empty text where there are none."""
    unavailable: tuple[tuple[Cell, str], ...]
    """Packets of which no version is shown, and why; only for the whole portfolio."""
    others: tuple[Cell, ...]
    """The same in other formats; only for the whole portfolio."""
    step: int
    """How many more rows are shown at a time, or 0 where all are shown at once."""


_COLUMNS = (
    ("title", "Workflow"),
    ("status", "Status"),
    ("value", "Value owner"),
    ("safety", "Safety owner"),
    ("readiness", "Readiness"),
    ("review", "Next review"),
)
_ORDER = {status: f"{position}" for position, status in enumerate(Status)}


def portfolio(checked: Checked, names: Iterable[str] | None = None, caption: str = "All workflows") -> PortfolioView:
    """Return the packets named (all of them by default), grouped by the team that owns their value."""
    summaries = checked.model.summaries
    chosen = sorted(summaries if names is None else names, key=lambda name: summaries[name].title.casefold())
    teams: dict[str, list[PortfolioRow]] = {}
    for name in chosen:
        teams.setdefault(summaries[name].value.team, []).append(_row(checked, name))
    groups = tuple(_groups(teams, checked.model))
    used = {summaries[name].status for name in chosen}
    return PortfolioView(
        summary=f"{counted(len(chosen), 'workflow')} in {counted(len(groups), 'team')}",
        caption=caption,
        columns=_COLUMNS,
        width=len(_COLUMNS),
        groups=groups,
        grouped=len(groups) > 1,
        statuses=tuple(badge("status", status) for status in Status if status in used),
        samples=_samples(summaries[name] for name in chosen),
        unavailable=tuple(_unavailable(checked)) if names is None else (),
        others=_OTHERS if names is None else (),
        step=ROWS_AT_A_TIME if len(chosen) > ROWS_AT_A_TIME else 0,
    )


def _samples(packets: Iterable[PacketSummary]) -> str:
    fixed = sorted({packet.sample_as_of for packet in packets if packet.sample_as_of})
    days = listed(day(each) for each in fixed)
    return f"The dates of samples are always judged as on {days}." if fixed else ""


def _fault(checked: Checked, name: str) -> str:
    return fault_summary(checked.faulty_packets[name]) if name in checked.faulty_packets else ""


def _unavailable(checked: Checked) -> Iterator[tuple[Cell, str]]:
    known = checked.model.names.get("packet") or frozenset()
    for name in unavailable_packets(checked):
        address = addresses.packet(name) if name in known else ""
        yield Cell(text=name, address=address), _fault(checked, name)


def _groups(teams: dict[str, list[PortfolioRow]], model: OperatingModel) -> Iterator[PortfolioGroup]:
    """Yield the rows of each team, by its name."""
    before = 0
    for cell, name in sorted(
        ((team_cell(name, model), name) for name in teams), key=lambda pair: pair[0].text.casefold()
    ):
        first = max(0, ROWS_AT_A_TIME - before)
        rows = (*teams[name][:first], *(replace(row, later=True) for row in teams[name][first:]))
        yield PortfolioGroup(id=name, team=cell, rows=rows, later=not first)
        before += len(rows)


_OTHERS = (
    Cell(text="Download as CSV", address=addresses.PORTFOLIO_CSV),
    Cell(text="Next reviews as a calendar", address=addresses.REVIEWS),
    Cell(text="Changes as a feed", address=addresses.FEED),
)


def _row(checked: Checked, name: str) -> PortfolioRow:
    packet = checked.model.summaries[name]
    until = "9999" if packet.retired else packet.next_review.isoformat()
    return PortfolioRow(
        id=name,
        title=Cell(text=packet.title, address=addresses.packet(name)),
        summary=packet.summary,
        fault=_fault(checked, name),
        sample="Sample" if packet.sample_as_of else "",
        status=badge("status", packet.status),
        ready=ready_badge(packet),
        stale=packet.stale,
        owed=owed_text(packet),
        value=packet.value.holder,
        safety=packet.safety.holder,
        safety_team=team_cell(packet.safety.team, checked.model),
        review="–" if packet.retired else day(packet.next_review),
        late="Overdue" if packet.overdue else "",
        order=(_ORDER[packet.status], f"{packet.gates_passed:03}", until),
    )
