"""The ranking of candidates for the first workflow. All arithmetic is exact; only what is shown is rounded."""

from dataclasses import dataclass
from fractions import Fraction

from opmodel.model.candidates import Candidate, Candidates
from opmodel.model.values import Duration
from opmodel.model.vocabulary import Verdict

_MONTH = Duration("P1M")


@dataclass(frozen=True, kw_only=True)
class RankedCandidate:
    """A candidate with its place in the order of business and the numbers that put it there, all for one month.

    ``pain`` is hours at the file's hourly cost plus what errors cost; ``reach`` is the part of it that lies in cases
    which are alike, so that a first cut could take it over.
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
    """Return every candidate in the order of business: the one with most pain within reach first.

    Equal ones stand in the order of their titles. IT's verdict moves nobody; it only rules out.
    """
    counted = [_counted(candidate, Fraction(whole.hour_costs), 0) for candidate in whole.candidates]
    ordered = sorted(counted, key=lambda each: (-each.reach, each.candidate.title))
    return tuple(_counted(each.candidate, Fraction(whole.hour_costs), n) for n, each in enumerate(ordered, 1))


def _counted(candidate: Candidate, hour_costs: Fraction, place: int) -> RankedCandidate:
    pain = candidate.pain
    cases = Fraction(pain.cases * _MONTH.seconds, pain.per.seconds) if pain.per.seconds else Fraction()
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
