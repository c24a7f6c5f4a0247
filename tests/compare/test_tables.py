"""Approval models compared in words: what widened, what narrowed, and what is only written otherwise."""

from decimal import Decimal
from typing import Any

from approval.builders import AMOUNT, MATCH, NEW, PARTIES, approval, rule
from opmodel.compare.answers import AnswerDirection
from opmodel.compare.approval import TableChange, compare_tables
from opmodel.model.approval import Approval

CENTS = AMOUNT | {"decimals": 2}
LEAD: dict[str, Any] = {
    "outcome": "approve",
    "approved_by": ({"any": ("lead",)},),
    "within": "PT8H",
    "on_timeout": "refuse",
}
BOTH = LEAD | {"approved_by": ({"any": ("lead",)}, {"any": ("cfo",)})}


def table(*rules: dict[str, Any], inputs: tuple[dict[str, Any], ...] = (CENTS, MATCH), **fields: Any) -> Approval:
    return approval(inputs, rules=rules, **fields)


def threshold(limit: int, **fields: Any) -> Approval:
    """Below ``limit`` the agent acts, from there the lead approves; without an order it refuses."""
    return table(
        rule({"amount": f"< {limit}", "po_match": 'not("none")'}, 1),
        rule({"amount": f">= {limit}", "po_match": 'not("none")'}, 2, **LEAD),
        rule({"po_match": '"none"'}, 3, outcome="refuse"),
        **fields,
    )


def directions(change: TableChange) -> list[AnswerDirection]:
    return [region.direction for region in change.regions]


def test_a_raised_threshold_is_one_region_with_an_example() -> None:
    change = compare_tables(threshold(4000), threshold(5000))
    (region,) = change.regions
    assert region.direction is AnswerDirection.WIDENED
    assert region.cases == "amount 4,000 to 4,999.99 EUR, po match matched or partial"
    assert region.example == "amount 4,000 EUR, po match matched"
    assert (region.before, region.after) == ("approve by the AP Lead (8 hours; no answer: refused)", "act")
    assert (region.rules_before, region.rules_after) == (("AP-02",), ("AP-01",))
    assert region.given == (("amount", "4000"), ("po_match", "matched"))


def test_a_lowered_threshold_narrows() -> None:
    assert directions(compare_tables(threshold(5000), threshold(4000))) == [AnswerDirection.NARROWED]


def test_rules_split_renamed_and_reordered_change_no_case() -> None:
    split = table(
        rule({"po_match": '"none"'}, 7, outcome="refuse", reason="Another reason."),
        rule({"amount": ">= 5000", "po_match": '"partial"'}, 8, **LEAD | {"within": "PT480M"}),
        rule({"amount": ">= 5000", "po_match": '"matched"'}, 9, **LEAD),
        rule({"amount": "[0..4999.99]", "po_match": '"matched", "partial"'}, 6),
    )
    change = compare_tables(threshold(5000), split)
    assert change.compared
    assert change.regions == ()


def test_one_signature_less_is_more_autonomy_and_another_person_is_not() -> None:
    cfo = LEAD | {"approved_by": ({"any": ("cfo",)},)}
    assert directions(compare_tables(table(rule({}, **BOTH)), table(rule({}, **LEAD)))) == [AnswerDirection.WIDENED]
    assert directions(compare_tables(table(rule({}, **LEAD)), table(rule({}, **BOTH)))) == [AnswerDirection.NARROWED]
    assert directions(compare_tables(table(rule({}, **LEAD)), table(rule({}, **cfo)))) == [AnswerDirection.PEOPLE]


def test_another_time_limit_or_timeout_is_named() -> None:
    slow, escalating = LEAD | {"within": "P2D"}, LEAD | {"on_timeout": "escalate"}
    assert directions(compare_tables(table(rule({}, **LEAD)), table(rule({}, **slow)))) == [AnswerDirection.TIME]
    (region,) = compare_tables(table(rule({}, **LEAD)), table(rule({}, **escalating))).regions
    assert region.after == "approve by the AP Lead (8 hours; no answer: escalated)"


def test_another_target_of_escalation_is_told_apart() -> None:
    moved = tuple(p | {"escalates_to": "cfo"} if p["id"] == "lead" else p for p in PARTIES)
    escalating = rule({}, **LEAD | {"on_timeout": "escalate"})
    (region,) = compare_tables(table(escalating), table(escalating, parties=moved)).regions
    assert region.direction is AnswerDirection.TIME
    assert region.before.endswith("from ap lead to head of ap")
    assert region.after.endswith("from ap lead to cfo")


def test_a_new_id_for_the_same_function_changes_nothing() -> None:
    named = tuple(p | {"id": "boss"} if p["id"] == "lead" else p for p in PARTIES)
    by_boss = LEAD | {"approved_by": ({"any": ("boss",)},)}
    assert compare_tables(table(rule({}, **LEAD)), table(rule({}, **by_boss), parties=named)).regions == ()


def test_a_new_value_is_new_cases_and_a_lost_one_no_longer_occurs() -> None:
    more = MATCH | {"values": ("matched", "partial", "none", "unknown")}
    change = compare_tables(threshold(5000), threshold(5000, inputs=(CENTS, more)))
    assert change.inputs == ("input po_match can now be “unknown”",)
    assert directions(change) == [AnswerDirection.NEW, AnswerDirection.NEW]
    assert {region.before for region in change.regions} == {"cannot occur"}
    back = compare_tables(threshold(5000, inputs=(CENTS, more)), threshold(5000))
    assert directions(back) == [AnswerDirection.GONE, AnswerDirection.GONE]


def test_wider_bounds_are_new_cases_only() -> None:
    capped = CENTS | {"max": Decimal(10_000)}
    change = compare_tables(threshold(5000, inputs=(capped, MATCH)), threshold(5000))
    assert change.inputs == ("input amount: its largest value was 10,000 and is not limited",)
    assert directions(change) == [AnswerDirection.NEW, AnswerDirection.NEW]
    assert {region.cases.partition(", po")[0] for region in change.regions} == {"amount from 10,000.01 EUR"}


def test_an_added_input_is_compared_for_each_of_its_values() -> None:
    after = table(
        rule({"new_vendor": "true"}, 1, **LEAD),
        rule({"new_vendor": "false"}, 2),
        inputs=(CENTS, NEW),
    )
    change = compare_tables(table(rule({}), inputs=(CENTS,)), after)
    (region,) = change.regions
    assert region.direction is AnswerDirection.NARROWED
    assert region.cases == "new vendor yes"
    assert change.inputs == (
        "input new_vendor (New vendor) was added: each earlier case is compared for all of its values",
    )


def test_a_renamed_input_is_the_same_input() -> None:
    renamed = table(rule({"sum": "< 5"}, 1), rule({"sum": ">= 5"}, 2, **LEAD), inputs=(CENTS | {"id": "sum"},))
    before = table(rule({"amount": "< 5"}, 1), rule({"amount": ">= 5"}, 2, **LEAD), inputs=(CENTS,))
    change = compare_tables(before, renamed)
    assert change.regions == ()
    assert change.inputs == ("input amount is now called sum",)


def test_another_unit_is_said_because_numbers_cannot_show_it() -> None:
    change = compare_tables(threshold(5), threshold(5, inputs=(CENTS | {"unit": "USD"}, MATCH)))
    assert change.regions == ()
    assert "its unit was EUR and is USD; figures are compared as numbers" in change.inputs[0]


def test_a_table_of_whole_numbers_has_no_gap_where_cents_begin() -> None:
    whole = table(rule({"amount": "<= 499"}, 1), rule({"amount": ">= 500"}, 2), inputs=(AMOUNT | {"decimals": 0},))
    cents = table(rule({"amount": "< 500"}, 1), rule({"amount": ">= 500"}, 2), inputs=(CENTS,))
    change = compare_tables(whole, cents)
    assert directions(change) == [AnswerDirection.NEW]
    assert change.regions[0].cases == "amount 499.01 to 499.99 EUR"


def test_a_gap_that_opens_is_undecided_and_one_that_closes_is_decided() -> None:
    holed = table(rule({"amount": "< 5"}, 1), rule({"amount": ">= 6"}, 2), inputs=(CENTS,))
    whole = table(rule({"amount": "< 5"}, 1), rule({"amount": ">= 5"}, 2), inputs=(CENTS,))
    assert directions(compare_tables(whole, holed)) == [AnswerDirection.OPENED]
    assert directions(compare_tables(holed, whole)) == [AnswerDirection.CLOSED]


def test_tables_that_cannot_be_compared_say_so_and_claim_nothing() -> None:
    broken = table(rule({"amount": "< five"}))
    change = compare_tables(threshold(5), broken)
    assert (change.compared, change.regions) == (False, ())
    assert "has errors" in change.note
    bounded = compare_tables(threshold(4), threshold(5), limit=3)
    assert not bounded.compared
    assert "too large to compare case by case" in bounded.note
