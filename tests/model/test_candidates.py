"""The ranking of candidates: exact arithmetic, business order, IT as a gate."""

from fractions import Fraction
from pathlib import Path

import pytest

from opmodel.load.loader import load_model
from opmodel.model.candidates import Candidates
from opmodel.readiness.ranking import RankedCandidate, rank_candidates
from opmodel.views.candidates import CandidatesView, candidates
from sites import check_shipped, good


@pytest.fixture(scope="module")
def shipped_candidates() -> Candidates:
    entry = check_shipped().model.candidates
    assert entry
    return entry.value


@pytest.fixture(scope="module")
def view() -> CandidatesView:
    shown = candidates(check_shipped().model)
    assert shown
    return shown


def by_id(whole: Candidates) -> dict[str, RankedCandidate]:
    return {each.candidate.id: each for each in rank_candidates(whole)}


def test_the_numbers_are_those_of_a_calculation_by_hand(shipped_candidates: Candidates) -> None:
    invoices = by_id(shipped_candidates)["post-invoices"]
    assert invoices.hours == 775
    assert invoices.hours_cost == 35_650
    assert invoices.errors == Fraction("39.68")
    assert invoices.errors_cost == Fraction("73011.20")
    assert invoices.pain == Fraction("108661.20")
    assert invoices.reach == Fraction("70629.78")


def test_a_week_and_a_year_are_parts_and_multiples_of_a_month(shipped_candidates: Candidates) -> None:
    ranked = by_id(shipped_candidates)
    assert ranked["close-quarter"].cases == Fraction(4, 12)
    assert ranked["close-quarter"].hours == 100
    assert ranked["order-status"].cases == Fraction(700 * 2_629_800, 604_800)


def test_the_order_is_that_of_the_pain_within_reach(shipped_candidates: Candidates) -> None:
    ranked = rank_candidates(shipped_candidates)
    assert [each.place for each in ranked] == list(range(1, len(ranked) + 1))
    assert [each.reach for each in ranked] == sorted((each.reach for each in ranked), reverse=True)


def test_the_verdict_moves_nobody(shipped_candidates: Candidates) -> None:
    support = shipped_candidates.candidates[0].support
    assert support
    eased_support = support.model_copy(update={"verdict": "yes"})
    eased = shipped_candidates.model_copy(
        update={
            "candidates": tuple(
                each.model_copy(update={"support": eased_support}) for each in shipped_candidates.candidates
            )
        }
    )
    assert [r.candidate.id for r in rank_candidates(eased)] == [
        r.candidate.id for r in rank_candidates(shipped_candidates)
    ]


def test_equal_candidates_stand_in_the_order_of_their_titles(shipped_candidates: Candidates) -> None:
    one = shipped_candidates.candidates[0]
    twins = (one.model_copy(update={"title": "B"}), one.model_copy(update={"title": "A"}))
    whole = shipped_candidates.model_copy(update={"candidates": twins})
    assert [each.candidate.title for each in rank_candidates(whole)] == ["A", "B"]


def test_what_it_rules_out_stands_apart_with_its_place_and_reason(view: CandidatesView) -> None:
    assert view.ranking
    assert view.ruled_out
    assert [row.cells[0].text for row in view.ranking.rows] == [
        "1. Post incoming invoices",
        "3. Grant standard access",
        "4. Check travel expenses",
        '5. Answer "where is my order"',
        "7. Negotiate contract renewals",
    ]
    assert [row.cells[0].text for row in view.ruled_out.rows] == [
        "2. Change bank details of suppliers",
        "6. Close the quarter",
    ]
    assert view.ruled_out.rows[0].cells[-1].text.startswith("A wrong change sends money to strangers")


def test_conditions_and_what_to_narrow_are_shown(view: CandidatesView) -> None:
    assert view.ranking
    (row,) = [row for row in view.ranking.rows if row.anchor == "candidate-order-status"]
    shown = [item.text for item in row.cells[-1].items]
    assert "Condition: Replies are held for two minutes before they are sent" in shown
    assert "Narrow: Parcels inside the country that are not yet delivered" in shown


def test_a_candidate_leads_to_its_packet(view: CandidatesView) -> None:
    assert view.ranking
    link = view.ranking.rows[0].cells[0].items[-1]
    assert (link.text, link.address) == ("Packet: Invoice triage", "workflows/invoice-triage/#scope")


def test_the_arithmetic_is_worked_out_in_words(view: CandidatesView) -> None:
    assert view.example
    assert view.example.title == "Post incoming invoices"
    assert dict(view.example.steps) == {
        "Cases a month": "6,200, counted as 6,200 in 1 month",
        "Hours a month": "6,200 cases × 7.5 minutes ÷ 60 = 775 hours",
        "Cost of the hours": "775 hours × EUR 46 = EUR 35,650",
        "Errors a month": "6,200 cases × 6.4 ÷ 1,000 = 39.68 errors",
        "Cost of the errors": "39.68 errors × EUR 1,840 = EUR 73,011",
        "Pain a month": "EUR 35,650 + EUR 73,011 = EUR 108,661",
        "Within reach": "EUR 108,661 × 65 % = EUR 70,630",
    }


def test_a_site_need_not_have_any(tmp_path: Path) -> None:
    assert candidates(load_model(good(tmp_path)).model) is None
