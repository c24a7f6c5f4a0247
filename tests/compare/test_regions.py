"""Changed regions against brute force over every value at, beside and between the boundaries of both tables."""

from decimal import Decimal
from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from approval.builders import Case, Given, cases
from opmodel.approval.boxes import WorkCounter
from opmodel.approval.conditions import Value, may_be_missing
from opmodel.approval.faults import TableError
from opmodel.approval.table import DecisionTable, compile_table
from opmodel.compare.answers import NO_RULE, OUTSIDE, SEVERAL_RULES, Answer, answer_of
from opmodel.compare.regions import changed_regions
from opmodel.compare.shared_axes import shared_axes
from opmodel.model.approval import BooleanInput, ChoiceInput, Input, NumberInput
from opmodel.model.vocabulary import HitPolicy

ANSWERS: tuple[dict[str, object], ...] = (
    {"outcome": "act"},
    {"outcome": "refuse"},
    {"outcome": "review", "checked_by": "lead", "within": "P1D"},
    {"outcome": "approve", "approved_by": ({"any": ("lead",)},), "within": "P1D", "on_timeout": "refuse"},
)


@st.composite
def answered(draw: st.DrawFn) -> tuple[Case, DecisionTable]:
    """Draw a random table whose rules have random answers."""
    case = draw(cases(max_rules=4, max_inputs=2))
    data = case.approval.model_dump()
    for rule in data["rules"]:
        rule.update(draw(st.sampled_from(ANSWERS)))
    try:
        return case, compile_table(type(case.approval).model_validate(data, strict=False))
    except TableError:
        assume(False)
        raise


def can_occur(source: Input, value: Value) -> bool:
    if value is None:
        return may_be_missing(source)
    if isinstance(source, ChoiceInput):
        return value in source.values
    if isinstance(source, BooleanInput):
        return True
    low, high = source.min, source.max
    return (low is None or value >= low) and (high is None or value <= high)  # type: ignore[operator]


def on_grid(source: Input, value: Value) -> bool:
    if value is None or not isinstance(source, NumberInput) or source.decimals is None:
        return True
    assert isinstance(value, Decimal)
    return value == value.quantize(Decimal(1).scaleb(-source.decimals))


def naive(case: Case, table: DecisionTable, values: Given) -> Answer:
    if not all(can_occur(source, values[source.id]) for source in table.inputs):
        return OUTSIDE
    rows = case.matching(values)
    if not rows:
        return NO_RULE
    if len(rows) > 1 and table.hit_policy is HitPolicy.UNIQUE:
        return SEVERAL_RULES
    return answer_of(table.rows[rows[0]].rule, table.approval)


@pytest.mark.slow
@settings(max_examples=150)
@given(answered(), answered())
def test_a_case_lies_in_a_changed_region_just_when_its_answer_changed(
    old: tuple[Case, DecisionTable], new: tuple[Case, DecisionTable]
) -> None:
    shared = shared_axes(old[1], new[1])
    parts = changed_regions(old[1], new[1], shared, WorkCounter(10**6))
    mine = [{f"{source.id} {source.type}": source for source in table.inputs} for _, table in (old, new)]
    points = [points_of(key, old[0], new[0], mine) for key in shared.keys]
    for chosen in product(*points):
        values = dict(zip(shared.keys, chosen, strict=True))
        if not all(on_grid(source, values[key]) for side in mine for key, source in side.items()):
            continue
        before = naive(*old, {s.id: values[k] for k, s in mine[0].items()})
        after = naive(*new, {s.id: values[k] for k, s in mine[1].items()})
        cells = [axis.cell(value) for axis, value in zip(shared.axes, chosen, strict=True)]
        hits = [p for p in parts if all(mask >> cell & 1 for mask, cell in zip(p.box, cells, strict=True))]
        assert [(p.before, p.after) for p in hits] == ([(before, after)] if before != after else []), values


def points_of(key: str, old: Case, new: Case, mine: list[dict[str, Input]]) -> list[Value]:
    """Return every value worth trying that lies on the common axis."""
    found: dict[Value, None] = {}
    for case, sources in zip((old, new), mine, strict=True):
        if key in sources:
            found |= dict.fromkeys(case.points[sources[key].id])
            found |= dict.fromkeys(v for v in bounds(sources[key]))
    sources_here = [sources[key] for sources in mine if key in sources]
    return [value for value in found if any(can_occur(source, value) for source in sources_here)][:14]


def bounds(source: Input) -> list[Value]:
    if isinstance(source, NumberInput):
        return [value for value in (source.min, source.max) if value is not None]
    return []


@settings(max_examples=60)
@given(answered())
def test_a_table_compared_with_itself_changed_nowhere(drawn: tuple[Case, DecisionTable]) -> None:
    table = drawn[1]
    assert changed_regions(table, table, shared_axes(table, table), WorkCounter(10**6)) == []
