"""The candidates that nobody has counted, a hundred to a page: what an inventory says of them, without a rank."""

from dataclasses import dataclass

from opmodel.load.operating_model import OperatingModel
from opmodel.model.candidates import Candidate
from opmodel.permalinks import addresses
from opmodel.readiness.ranking import CANDIDATES_ON_A_PAGE, candidate_pages, unranked_candidates
from opmodel.text.words import counted
from opmodel.views.blocks import Cell, Row, Table, columns, paragraphs_cell
from opmodel.views.candidates import owner_text, packet_cells, verdict_cell


@dataclass(frozen=True, kw_only=True)
class CandidateListView:
    """One page of the list; ``pages`` leads to all of them, and the present one leads nowhere."""

    address: str
    title: str
    description: str
    table: Table
    names: tuple[str, ...]
    """The titles on this page, for the search."""
    pages: tuple[Cell, ...]
    before: str
    """The address of the page before; empty on the first."""
    after: str
    csv: str = addresses.CANDIDATES_CSV


def candidate_list(model: OperatingModel, number: int) -> CandidateListView:
    """Return a page of the list, by its number from 1."""
    assert model.candidates, "without candidates there is no page of them"
    listed = unranked_candidates(model.candidates.value)
    first, of = (number - 1) * CANDIDATES_ON_A_PAGE, candidate_pages(model.candidates.value)
    shown = listed[first : first + CANDIDATES_ON_A_PAGE]
    which = f"{first + 1:,} to {first + len(shown):,}" if len(shown) > 1 else f"{first + 1:,}"
    return CandidateListView(
        address=addresses.candidate_list(number),
        title=f"Candidates {which}" if of > 1 else "Candidates that nobody has counted",
        description=f"{counted(len(listed), 'candidate')} that nobody has counted, in no order of value.",
        table=_table(model, shown),
        names=tuple(candidate.title for candidate in shown),
        pages=tuple(_page(each, number) for each in range(1, of + 1)) if of > 1 else (),
        before=addresses.candidate_list(number - 1) if number > 1 else "",
        after=addresses.candidate_list(number + 1) if number < of else "",
    )


def _page(each: int, number: int) -> Cell:
    return Cell(text=str(each), address="" if each == number else addresses.candidate_list(each))


def _table(model: OperatingModel, shown: tuple[Candidate, ...]) -> Table:
    judged = any(candidate.support for candidate in shown)
    titles = ("Candidate", "Purpose", "Output", "Stage", "Impact", *(("IT says",) if judged else ()))
    return Table(
        caption="Candidates that nobody has counted",
        columns=columns(*titles),
        rows=tuple(_row(model, candidate, judged=judged) for candidate in shown),
    )


def _row(model: OperatingModel, candidate: Candidate, *, judged: bool) -> Row:
    named = filter(None, (candidate.reference, owner_text(model, candidate)))
    cells = (
        Cell(text=candidate.title, note=" · ".join(named), items=tuple(packet_cells(model, candidate))),
        _text(candidate.purpose or candidate.drag),
        _text(candidate.output),
        _text(candidate.stage),
        _text(candidate.impact),
    )
    return Row(anchor=f"candidate-{candidate.id}", cells=(*cells, verdict_cell(candidate)) if judged else cells)


def _text(value: str | None) -> Cell:
    return paragraphs_cell(value) if value else Cell(text="–")
