"""Ranking of the candidates for the first workflow, in exact arithmetic."""

from dataclasses import dataclass
from fractions import Fraction

from opmodel.model.candidates import Candidate, Candidates
from opmodel.model.vocabulary import Verdict


@dataclass(frozen=True, kw_only=True)
class RankedCandidate:
    """A candidate with its rank and the numbers behind it, each for one month.

    Args:
        candidate: The candidate.
        place: Its rank, from 1.
        cases: Number of cases.
        hours: Hours of manual work.
        hours_cost: Their cost.
        errors: Number of errors.
        errors_cost: Their cost.
        pain: Cost of hours and errors.
        reach: The part of it in cases that are alike, which a first version could take over.
    """

    candidate: Candidate
    place: int
    cases: Fraction
    hours: Fraction
    hours_cost: Fraction
    errors: Fraction
    errors_cost: Fraction
    pain: Fraction
    reach: Fraction

    @property
    def ruled_out(self) -> bool:
        """Whether IT says no."""
        return self.candidate.support.verdict is Verdict.NO


def rank_candidates(whole: Candidates) -> tuple[RankedCandidate, ...]:
    """Return all candidates by descending reach, then by title. IT's verdict does not change the order."""
    counted = [_counted(candidate, Fraction(whole.hour_costs), 0) for candidate in whole.candidates]
    ordered = sorted(counted, key=lambda each: (-each.reach, each.candidate.title))
    return tuple(_counted(each.candidate, Fraction(whole.hour_costs), n) for n, each in enumerate(ordered, 1))


def _counted(candidate: Candidate, hour_costs: Fraction, place: int) -> RankedCandidate:
    pain = candidate.pain
    cases = pain.per.monthly(pain.cases) or Fraction()
    hours = cases * Fraction(pain.minutes_each) / 60
    errors = cases * Fraction(pain.errors_per_thousand) / 1000
    costs = hours * hour_costs + errors * Fraction(pain.error_costs)
    return RankedCandidate(
        candidate=candidate,
        place=place,
        cases=cases,
        hours=hours,
        hours_cost=hours * hour_costs,
        errors=errors,
        errors_cost=errors * Fraction(pain.error_costs),
        pain=costs,
        reach=costs * Fraction(candidate.repetition.alike) / 100,
    )
