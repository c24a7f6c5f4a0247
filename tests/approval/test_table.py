"""Compiling: every fault at once, with its place."""

from decimal import Decimal

import pytest

from approval.builders import AMOUNT, MATCH, approval
from opmodel.approval.axis import axis_of
from opmodel.approval.check import check
from opmodel.approval.faults import ApprovalFault, TableError
from opmodel.approval.sfeel import parse
from opmodel.approval.table import compile_table
from opmodel.model.approval import Approval


def compile_faults(model: Approval) -> tuple[ApprovalFault, ...]:
    with pytest.raises(TableError) as error:
        compile_table(model)
    return error.value.faults


def test_all_faults_of_conditions_come_at_once_with_place_and_offset() -> None:
    model = approval([AMOUNT, MATCH], [{"amount": "< 5,000"}, {"po_match": '"matched", "mached"', "amuont": "-"}])
    assert [(f.path, f.rule, f.offset) for f in compile_faults(model)] == [
        (("rules", 0, "when", "amount"), "approval-condition", 2),
        (("rules", 1, "when", "amuont"), "unknown-input", 0),
        (("rules", 1, "when", "po_match"), "approval-condition", 11),
    ]


def test_domains_that_are_not_sound_stop_the_rest() -> None:
    model = approval([AMOUNT | {"max": Decimal(-1)}], [{"amount": "x"}])
    assert [fault.rule for fault in compile_faults(model)] == ["approval-domain"]
    assert [fault.rule for fault in check(model).faults if fault.rule != "unused-party"] == ["approval-domain"]


def test_check_says_everything() -> None:
    model = approval([AMOUNT], [{"amount": "< 5"}], examples=({"given": {"amount": 7}, "outcome": "act"},))
    assert [fault.rule for fault in check(model).faults] == ["unused-party"] * 3 + ["approval-gap", "approval-example"]


@pytest.mark.parametrize(
    ("fields", "conditions", "samples"),
    [
        ({"min": None}, ["< 500", ">= 500"], ["0", "500"]),
        ({"min": None}, [">= -5", "> 5"], ["-6", "0", "6"]),
        ({"min": None}, ["(1..2)"], ["0", "1.1", "2"]),
        ({"min": None}, ["(-0.51..-0.5)"], ["-1", "-0.501", "0"]),
        ({}, ["0", "> 0.5"], ["0", "0.1", "1"]),
        ({"decimals": 2}, ["< 0.5"], ["0", "0.5"]),
        ({"decimals": 2}, ["<= 9999", "> 10000"], ["0", "9999.01", "10000.01"]),
        ({"decimals": 0, "min": None, "max": Decimal(9)}, ["<= -3.5", "> 8"], ["-4", "-3", "9"]),
    ],
)
def test_each_cell_has_a_small_sample(fields: dict[str, object], conditions: list[str], samples: list[str]) -> None:
    axis = axis_of(approval([AMOUNT | fields]).inputs[0], [parse(text) for text in conditions])
    assert [axis.sample(cell) for cell in range(axis.size)] == [Decimal(text) for text in samples]
    assert [axis.cell(axis.sample(cell)) for cell in range(axis.size)] == list(range(axis.size))


@pytest.mark.parametrize("text", ["< 500", "[500..5000)", "5", "not(5)", "< 1, (2..3], 7", "-", ">= 10000"])
def test_cells_say_the_condition_they_came_from(text: str) -> None:
    axis = axis_of(approval([AMOUNT | {"max": Decimal(10000)}]).inputs[0], [parse(text)])
    again = axis.condition(axis.mask(parse(text)))
    assert axis.mask(again) == axis.mask(parse(text))


def test_numbers_are_exact_far_beyond_binary_floats() -> None:
    above_one = f"1.{'0' * 32}1"
    assert messages([{"amount": "<= 1"}, {"amount": f">= {above_one}"}]) == [
        f"no rule for amount 1.{'0' * 33}1 EUR; nothing covers amount (1..{above_one}) EUR; "
        f"amount: neither `<= 1` (AP-01) nor `>= {above_one}` (AP-02) contains (1..{above_one})"
    ]


def messages(whens: list[dict[str, str]]) -> list[str]:
    return [fault.message for fault in check(approval([AMOUNT], whens)).faults if fault.rule != "unused-party"]
