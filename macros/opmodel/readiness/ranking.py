"""Ranking of the candidates for the first workflow, in exact arithmetic."""

from dataclasses import dataclass, replace
from fractions import Fraction

from opmodel.model.candidates import Candidate, Candidates, DailyPain, Repetition

CANDIDATES_ON_A_PAGE = 100
"""How many candidates without a rank stand on one page."""


@dataclass(frozen=True, kw_only=True)
class RankedCandidate:
    """A candidate with its rank and the numbers behind it, each for one month.

    Args:
        candidate: The candidate.
        counts: What business counted of it.
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
    counts: tuple[DailyPain, Repetition]
    place: int
    cases: Fraction
    hours: Fraction
    hours_cost: Fraction
    errors: Fraction
    errors_cost: Fraction
    pain: Fraction
    reach: Fraction


def rank_candidates(whole: Candidates) -> tuple[RankedCandidate, ...]:
    """Return the counted candidates by descending reach, then by title. IT's verdict does not change the order."""
    hour_costs = Fraction(whole.hour_costs or 0)
    counted = [_ranked(candidate, candidate.counts, hour_costs) for candidate in whole.candidates if candidate.counts]
    ordered = sorted(counted, key=lambda each: (-each.reach, each.candidate.title))
    return tuple(replace(each, place=place) for place, each in enumerate(ordered, 1))


def unranked_candidates(whole: Candidates) -> tuple[Candidate, ...]:
    """Return the candidates that nobody has counted, in the order of the file."""
    return tuple(candidate for candidate in whole.candidates if not candidate.counts)


def candidate_pages(whole: Candidates | None) -> int:
    """Return how many pages the list of uncounted candidates has."""
    return -(-len(unranked_candidates(whole)) // CANDIDATES_ON_A_PAGE) if whole else 0


def _ranked(candidate: Candidate, counts: tuple[DailyPain, Repetition], hour_costs: Fraction) -> RankedCandidate:
    pain, repetition = counts
    cases = pain.per.monthly(pain.cases) or Fraction()
    hours = cases * Fraction(pain.minutes_each) / 60
    errors = cases * Fraction(pain.errors_per_thousand) / 1000
    costs = hours * hour_costs + errors * Fraction(pain.error_costs)
    return RankedCandidate(
        candidate=candidate,
        counts=counts,
        place=0,
        cases=cases,
        hours=hours,
        hours_cost=hours * hour_costs,
        errors=errors,
        errors_cost=errors * Fraction(pain.error_costs),
        pain=costs,
        reach=costs * Fraction(repetition.alike) / 100,
    )
