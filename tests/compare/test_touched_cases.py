"""How many recorded examples and counted cases a change of an approval table touches, also against a plain count."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from approval.builders import AMOUNT, MATCH, approval, rule
from opmodel.approval.bands import band_text
from opmodel.approval.decide import UndecidedError, deciding_rule
from opmodel.approval.table import compile_table
from opmodel.compare.approval import TableChange, compare_tables
from opmodel.compare.touched_cases import CountedBands, TouchedCases
from opmodel.model.approval import Approval
from opmodel.model.packet import VolumeBand
from opmodel.model.values import Duration

MONTH = Duration("P1M")
WHOLE = AMOUNT | {"decimals": 0, "min": Decimal(0), "max": Decimal(20)}


def table(limit: int, *examples: int, **fields: Any) -> Approval:
    """Below ``limit`` the agent acts, from there it refuses."""
    cases = tuple({"given": {"amount": amount}, "outcome": "act"} for amount in examples)
    rules = (rule({"amount": f"< {limit}"}, 1), rule({"amount": f">= {limit}"}, 2, outcome="refuse"))
    return approval(fields.pop("inputs", (WHOLE,)), rules=rules, examples=cases, **fields)


def bands(*counts: tuple[str, int], per: Duration = MONTH) -> CountedBands:
    return CountedBands(bands=tuple(VolumeBand(when={"amount": test}, cases=n) for test, n in counts), per=per)


def touched(change: TableChange) -> TouchedCases:
    assert change.touched
    return change.touched


def test_examples_in_the_changed_region_are_counted() -> None:
    found = touched(compare_tables(table(5), table(10, 4, 5, 9, 10)))
    assert (found.examples, found.all_examples, found.all_cases) == (2, 4, None)
    assert str(found) == "2 of 4 recorded examples"


def test_a_band_inside_the_changed_region_counts_whole() -> None:
    found = touched(compare_tables(table(5), table(10), bands(("< 5", 70), ("[5..9]", 20), ("> 9", 10))))
    assert (found.least, found.most, found.all_cases) == (20, 20, 100)
    assert str(found) == "20 of 100 counted cases a month"


def test_a_band_partly_inside_gives_a_range() -> None:
    found = touched(compare_tables(table(5), table(10, 3), bands(("<= 6", 70), ("(6..9]", 20), ("> 9", 10))))
    assert str(found) == "0 of 1 recorded examples and between 20 and 90 of 100 counted cases a month"


def test_a_band_that_several_changed_regions_cover_together_counts_whole() -> None:
    refuse = approval((WHOLE,), rules=(rule({}, outcome="refuse"),))
    check = rule({"amount": "> 9"}, 2, outcome="review", checked_by="lead", within="P1D")
    after = approval((WHOLE,), rules=(rule({"amount": "<= 9"}, 1), check))
    change = compare_tables(refuse, after, bands(("[8..12]", 5)))
    assert len(change.regions) == 2
    assert (touched(change).least, touched(change).most) == (5, 5)


@pytest.mark.parametrize(("per", "monthly"), [("P1Y", 10), ("P1M", 120), ("P3M", 40), ("P1D", 3652)])
def test_counts_of_another_period_are_told_for_a_month(per: str, monthly: int) -> None:
    assert touched(compare_tables(table(5), table(10), bands(("[5..9]", 120), per=Duration(per)))).most == monthly


def test_an_input_that_only_the_older_table_has_limits_nothing() -> None:
    before = approval(
        (WHOLE, MATCH), rules=(rule({"po_match": '"none"'}, 1, outcome="refuse"), rule({"po_match": 'not("none")'}, 2))
    )
    after = approval((WHOLE,), rules=(rule({}),), examples=({"given": {"amount": 3}, "outcome": "act"},))
    found = touched(compare_tables(before, after, bands(("< 5", 7))))
    assert (found.examples, found.least, found.most) == (1, 0, 7)


def test_conditions_that_cannot_be_read_give_no_number_of_cases() -> None:
    found = touched(compare_tables(table(5), table(10, 5), bands(("up to 5", 7))))
    assert (found.examples, found.all_cases) == (1, None)


def test_without_a_changed_answer_nothing_is_touched() -> None:
    assert compare_tables(table(5), table(5, 1), bands(("< 5", 7))).touched is None


def answer(approved: Approval, amount: int) -> str:
    try:
        return deciding_rule(compile_table(approved), {"amount": amount}).rule.outcome
    except UndecidedError:
        return "undecided"


@settings(max_examples=60)
@given(st.integers(1, 20), st.integers(1, 20), st.lists(st.integers(0, 20), min_size=1, max_size=4, unique=True))
def test_the_counts_are_those_of_trying_every_case(old: int, new: int, edges: list[int]) -> None:
    before, after = table(old), table(new, *range(21))
    edges = sorted(edges)
    lows, highs = [0, *edges], [*edges, 21]
    spans = [(low, high) for low, high in zip(lows, highs, strict=True) if low < high]
    counts = bands(*((f"[{low}..{high})" if high < 21 else f">= {low}", 1) for low, high in spans))
    changed = {amount for amount in range(21) if answer(before, amount) != answer(after, amount)}
    found = compare_tables(before, after, counts).touched
    whole = sum(all(amount in changed for amount in range(low, high)) for low, high in spans)
    part = sum(any(amount in changed for amount in range(low, high)) for low, high in spans)
    if not changed:
        assert found is None
    else:
        assert found == TouchedCases(
            examples=len(changed), all_examples=21, least=whole, most=part, all_cases=len(spans)
        )


def test_a_band_is_said_in_words_and_as_written_where_it_cannot_be_read() -> None:
    approved = table(5)
    assert band_text(approved, {"amount": "< 5"}) == "the invoice amount is below 5 EUR"
    assert band_text(approved, {}) == "every case"
    assert band_text(approved, {"amount": "up to 5"}) == "amount up to 5"
