"""Random tables against brute force over every value at, beside and between their boundaries."""

import pytest
from hypothesis import assume, given, settings

from approval.builders import Case, cases
from opmodel.approval.axis import Axis, axis_of
from opmodel.approval.conditions import Condition, Value
from opmodel.approval.decide import UndecidedError, decide
from opmodel.approval.faults import TableError
from opmodel.approval.proof import MOST, prove
from opmodel.approval.table import DecisionTable, compile_table
from opmodel.model.vocabulary import HitPolicy


def compiled(case: Case) -> DecisionTable:
    """Compile, or skip tables in which a test can never match, which is an error of its own."""
    try:
        return compile_table(case.approval)
    except TableError:
        assume(False)
        raise


def within(table: DecisionTable, where: dict[str, Condition], values: dict[str, Value]) -> bool:
    """Whether a case lies in the region of a finding."""
    axes = {axis.input.id: axis for axis in table.axes}
    return all(condition_holds(axes[name], condition, values[name]) for name, condition in where.items())


def condition_holds(axis: Axis, condition: Condition, value: Value) -> bool:
    alone = axis_of(axis.input, [condition])
    return bool(alone.mask(condition) >> alone.cell(value) & 1)


@pytest.mark.slow
@settings(max_examples=150)
@given(cases())
def test_no_gap_is_missed_and_none_is_false(case: Case) -> None:
    table = compiled(case)
    gaps = [finding for finding in prove(table).findings if finding.rule == "approval-gap"]
    shown = [gap for gap in gaps if gap.example is not None]
    for gap in shown:
        assert not case.matching(dict(gap.example or {})), gap.message
    for values in case.cases():
        in_gap = any(within(table, dict(gap.where or {}), values) for gap in shown)
        if case.matching(values):
            assert not in_gap, values
        elif len(gaps) == len(shown):
            assert in_gap, values


@pytest.mark.slow
@settings(max_examples=150)
@given(cases())
def test_overlaps_are_those_of_brute_force(case: Case) -> None:
    table = compiled(case)
    found = [f for f in prove(table).findings if f.rule == "approval-overlap"]
    if table.hit_policy is HitPolicy.FIRST:
        assert found == []
        return
    pairs = set()
    for values in case.cases():
        rows = case.matching(values)
        pairs |= {(a, b) for a in rows for b in rows if a < b}
    shown = [f for f in found if f.rows]
    numbers = {tuple(row.number for row in f.rows) for f in shown}
    assert numbers == pairs if len(pairs) <= MOST else numbers < pairs
    assert len(shown) == min(len(pairs), MOST)
    for finding in shown:
        assert finding.example is not None
        assert {row.number for row in finding.rows} <= set(case.matching(dict(finding.example))), finding.message


@pytest.mark.slow
@settings(max_examples=150)
@given(cases())
def test_unreachable_rules_are_those_of_brute_force(case: Case) -> None:
    table = compiled(case)
    found = [f for f in prove(table).findings if f.rule == "approval-unreachable"]
    if table.hit_policy is HitPolicy.UNIQUE:
        assert found == []
        return
    deciding = {rows[0] for values in case.cases() if (rows := case.matching(values))}
    assert {f.rows[0].number for f in found} == set(range(len(case.rules))) - deciding
    for finding in found:
        number, covering = finding.rows[0].number, {row.number for row in finding.rows[1:]}
        assert all(n < number for n in covering)
        own_cases = [rows for rows in map(case.matching, case.cases()) if number in rows]
        assert all(covering & set(rows) for rows in own_cases), finding.message


@pytest.mark.slow
@settings(max_examples=100)
@given(cases())
def test_every_case_is_decided_by_the_rule_that_brute_force_finds(case: Case) -> None:
    table = compiled(case)
    for values in case.cases():
        rows = case.matching(values)
        if not rows or (len(rows) > 1 and table.hit_policy is HitPolicy.UNIQUE):
            with pytest.raises(UndecidedError):
                decide(table, values)
        else:
            assert decide(table, values).row.number == rows[0]


@pytest.mark.slow
@settings(max_examples=100)
@given(cases())
def test_regions_never_hold_two_answers(case: Case) -> None:
    table = compiled(case)
    answers: dict[tuple[int, ...], list[int]] = {}
    for values in case.cases():
        assert answers.setdefault(table.point(values), case.matching(values)) == case.matching(values)
    assert len(answers) == table.regions
