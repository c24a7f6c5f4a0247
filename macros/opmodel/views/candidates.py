"""The ranking of candidates: business order first, IT as a gate, and one example of the arithmetic."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from opmodel.load.operating_model import OperatingModel
from opmodel.model.candidates import Candidate, Candidates
from opmodel.model.values import plain
from opmodel.model.vocabulary import Section, Verdict
from opmodel.permalinks import addresses
from opmodel.readiness.ranking import RankedCandidate, rank_candidates, unranked_candidates
from opmodel.text.words import counted
from opmodel.views.blocks import Cell, Column, Row, Table, badge

_RULED_OUT = "Candidates that IT rules out for now, with their place in the order of business"


@dataclass(frozen=True, kw_only=True)
class WorkedExample:
    """The arithmetic of one candidate, step by step: (what is worked out, how)."""

    title: str
    steps: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class CandidatesView:
    """The ranking of candidates, those that IT rules out, and an example of the arithmetic.

    ``unranked`` leads to the candidates that nobody has counted.
    """

    summary: str
    ranking: Table | None
    ruled_out: Table | None
    example: WorkedExample | None
    unranked: Cell | None
    csv: str = addresses.CANDIDATES_CSV


def candidates(model: OperatingModel) -> CandidatesView | None:
    """Return the ranking of the site's candidates, or None if it has no candidates."""
    if model.candidates is None:
        return None
    whole = model.candidates.value
    ranked = rank_candidates(whole)
    kept = [r for r in ranked if not r.candidate.ruled_out]
    out = [r for r in ranked if r.candidate.ruled_out]
    return CandidatesView(
        summary=_summary(kept, out) if ranked else "No candidate is counted yet, so none is ranked.",
        ranking=_table(model, whole, kept, "Candidates in the order of business") if ranked else None,
        ruled_out=_table(model, whole, out, _RULED_OUT) if out else None,
        example=_example(whole, ranked[0]) if ranked else None,
        unranked=_unranked_link(len(unranked_candidates(whole))),
    )


def _unranked_link(count: int) -> Cell | None:
    text = f"{counted(count, 'candidate')} that nobody has counted"
    return Cell(text=text, address=addresses.candidate_list(1)) if count else None


def _summary(kept: list[RankedCandidate], out: list[RankedCandidate]) -> str:
    verdicts = [r.candidate.support.verdict for r in kept if r.candidate.support]
    conditions = verdicts.count(Verdict.CONDITIONS)
    return (
        f"{counted(len(kept) + len(out), 'candidate')}: {len(kept)} ranked ({conditions} of them with conditions), "
        + (f"{len(out)} ruled out by IT.")
    )


def _table(model: OperatingModel, whole: Candidates, ranked: list[RankedCandidate], caption: str) -> Table:
    figures = ("Pain a month", "Alike", "Within reach")
    return Table(
        caption=caption,
        columns=(
            Column(title="Candidate"),
            *(Column(title=title, narrow=True) for title in figures),
            Column(title="IT says"),
        ),
        rows=tuple(
            Row(
                anchor=f"candidate-{each.candidate.id}",
                cells=(*_counts(model, whole, each), verdict_cell(each.candidate)),
            )
            for each in ranked
        ),
        empty="IT ruled out every candidate.",
    )


def _counts(model: OperatingModel, whole: Candidates, ranked: RankedCandidate) -> tuple[Cell, ...]:
    _, repetition = ranked.counts
    return (
        _title(model, whole, ranked),
        Cell(text=_money(whole, ranked.pain)),
        Cell(text=f"{plain(repetition.alike)} %"),
        Cell(text=_money(whole, ranked.reach)),
    )


def _title(model: OperatingModel, whole: Candidates, ranked: RankedCandidate) -> Cell:
    candidate = ranked.candidate
    _, repetition = ranked.counts
    return Cell(
        text=f"{ranked.place}. {candidate.title}",
        note=owner_text(model, candidate),
        items=(
            Cell(note=f"{_number(ranked.hours, 1)} hours and {_money(whole, ranked.errors_cost)} of errors a month"),
            Cell(note=repetition.because),
            *packet_cells(model, candidate),
        ),
    )


def owner_text(model: OperatingModel, candidate: Candidate) -> str:
    """Return the team that does the work, or else the organisation that an inventory names."""
    team = model.teams.get(candidate.team or "")
    return team.value.name if team else candidate.team or candidate.organisation or ""


def packet_cells(model: OperatingModel, candidate: Candidate) -> list[Cell]:
    """Return the packet that a candidate became, if it did."""
    name = candidate.packet or ""
    packet = model.summaries.get(name)
    return [Cell(text=f"Packet: {packet.title}", address=addresses.packet(name, Section.SCOPE))] if packet else []


def verdict_cell(candidate: Candidate) -> Cell:
    """Return the verdict of IT, its reason, and the conditions."""
    if not candidate.support:
        return Cell(text="Not judged yet")
    return Cell(
        badge=badge("verdict", candidate.support.verdict),
        text=candidate.support.because,
        items=(
            *(Cell(text=f"Condition: {text}") for text in candidate.support.conditions),
            *(Cell(text=f"Narrow: {text}") for text in candidate.narrow),
        ),
    )


def _example(whole: Candidates, ranked: RankedCandidate) -> WorkedExample:
    pain, repetition = ranked.counts
    alike = plain(repetition.alike)
    cases, hours, errors = _number(ranked.cases, 1), _number(ranked.hours, 1), _number(ranked.errors, 2)
    hour, error = _money(whole, Fraction(whole.hour_costs or 0), 2), _money(whole, Fraction(pain.error_costs), 2)
    hours_cost, errors_cost, both = (
        _money(whole, amount) for amount in (ranked.hours_cost, ranked.errors_cost, ranked.pain)
    )
    return WorkedExample(
        title=ranked.candidate.title,
        steps=(
            ("Cases a month", f"{cases}, counted as {_number(Fraction(pain.cases), 0)} in {pain.per.words}"),
            ("Hours a month", f"{cases} cases × {plain(pain.minutes_each)} minutes ÷ 60 = {hours} hours"),
            ("Cost of the hours", f"{hours} hours × {hour} = {hours_cost}"),
            ("Errors a month", f"{cases} cases × {plain(pain.errors_per_thousand)} ÷ 1,000 = {errors} errors"),
            ("Cost of the errors", f"{errors} errors × {error} = {errors_cost}"),
            ("Pain a month", f"{hours_cost} + {errors_cost} = {both}"),
            ("Within reach", f"{both} × {alike} % = {_money(whole, ranked.reach)}"),
        ),
    )


def _money(whole: Candidates, amount: Fraction, places: int = 0) -> str:
    return f"{whole.currency or ''} {_number(amount, places)}".strip()


def _number(value: Fraction, places: int) -> str:
    """Return a number rounded half up to at most ``places`` decimals, with commas: ``6,200``, ``282.1``."""
    rounded = Decimal(int(value * 10**places + Fraction(1, 2))).scaleb(-places)
    whole, _, rest = plain(rounded).partition(".")
    return f"{int(whole):,}" + (f".{rest}" if rest else "")
