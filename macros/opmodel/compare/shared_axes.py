"""Shared axes: the inputs of two tables as one set of inputs, on which every rule of both is a box.

An input that only one table has limits the other in nothing: its rules match any value. Where a domain changed, the
common axis covers both, and a box for each table says which cases can occur there at all.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from opmodel.approval.axis import Axis, axis_of
from opmodel.approval.boxes import Box
from opmodel.approval.conditions import ANYTHING, NOT_MISSING, Condition, domain_condition, may_be_missing
from opmodel.approval.table import CompiledRule, DecisionTable
from opmodel.model.approval import ChoiceInput, DateInput, Input, NumberInput


@dataclass(frozen=True, kw_only=True)
class SharedAxes:
    """The axes that two tables share; ``names`` maps each id that the older table uses to the newer one's."""

    axes: tuple[Axis, ...]
    keys: tuple[str, ...]
    names: Mapping[str, str]

    def space(self) -> Box:
        """Return the box of all cells."""
        return tuple(axis.full for axis in self.axes)

    def domain(self, inputs: Sequence[Input], names: Mapping[str, str]) -> Box:
        """Return the box of the cases that can occur with ``inputs``."""
        return self._box({input_key(source, names): _possible(source) for source in inputs})

    def box(self, row: CompiledRule, inputs: Sequence[Input], names: Mapping[str, str]) -> Box:
        """Return the box of a rule, which may reach beyond what can occur."""
        return self._box({input_key(source, names): c for source, c in zip(inputs, row.conditions, strict=True)})

    def _box(self, conditions: Mapping[str, Condition]) -> Box:
        return tuple(axis.mask(conditions.get(key, ANYTHING)) for key, axis in zip(self.keys, self.axes, strict=True))


def _possible(source: Input) -> Condition:
    """Return the domain of ``source`` on an axis that may have a cell for a missing value."""
    condition = domain_condition(source)
    unlimited = isinstance(source, NumberInput) and not condition.tests
    return NOT_MISSING if unlimited and not may_be_missing(source) else condition


def renamed_inputs(before: Sequence[Input], after: Sequence[Input]) -> dict[str, str]:
    """Return the old and new id of each input of which only the id changed."""
    old = {source.id for source in before}
    new = {source.id for source in after}
    gone = [source for source in before if source.id not in new]
    come = {_but_id(source): source.id for source in after if source.id not in old}
    return {source.id: come[_but_id(source)] for source in gone if _but_id(source) in come}


def _but_id(source: Input) -> str:
    return repr(source.model_copy(update={"id": ""}))


def shared_axes(before: DecisionTable, after: DecisionTable) -> SharedAxes:
    """Return the axes on which both tables can be compared."""
    names = renamed_inputs(before.inputs, after.inputs)
    older = {input_key(source, names): source for source in before.inputs}
    newer = {input_key(source, {}): source for source in after.inputs}
    keys = tuple(dict.fromkeys([*newer, *older]))
    used = _conditions(before, names), _conditions(after, {})
    axes = tuple(_axis(older.get(key), newer.get(key), [*used[0].get(key, ()), *used[1].get(key, ())]) for key in keys)
    return SharedAxes(axes=axes, keys=keys, names=names)


def input_key(source: Input, names: Mapping[str, str]) -> str:
    """Return the key of an input's axis. Inputs of another type are other inputs, even under the same name."""
    return f"{names.get(source.id, source.id)} {source.type}"


def _conditions(table: DecisionTable, names: Mapping[str, str]) -> dict[str, list[Condition]]:
    return {
        input_key(source, names): [row.conditions[at] for row in table.rows] for at, source in enumerate(table.inputs)
    }


def _axis(before: Input | None, after: Input | None, conditions: Iterable[Condition]) -> Axis:
    sources = [source for source in (before, after) if source]
    return axis_of(_union(sources), [*conditions, *map(domain_condition, sources)])


def _union(sources: Sequence[Input]) -> Input:
    """Return an input that can have every value of ``sources``, with the words of the newest."""
    newest, missing = sources[-1], any(map(may_be_missing, sources))
    if isinstance(newest, ChoiceInput):
        values = (value for source in reversed(sources) if isinstance(source, ChoiceInput) for value in source.values)
        return newest.model_copy(update={"values": tuple(dict.fromkeys(values)), "may_be_missing": missing})
    if isinstance(newest, NumberInput):
        numbers = [source for source in sources if isinstance(source, NumberInput)]
        places = [source.decimals for source in numbers]
        finest = None if None in places else max(p for p in places if p is not None)
        limits = _limits([n.min for n in numbers], [n.max for n in numbers])
        return newest.model_copy(update={**limits, "decimals": finest, "may_be_missing": missing})
    if isinstance(newest, DateInput):
        days = [source for source in sources if isinstance(source, DateInput)]
        return newest.model_copy(update=_limits([d.min for d in days], [d.max for d in days]))
    return newest


def _limits(lows: list[object], highs: list[object]) -> dict[str, object]:
    low = None if None in lows else min(lows)  # type: ignore[type-var]  # all numbers or all days
    high = None if None in highs else max(highs)  # type: ignore[type-var]
    return {"min": low, "max": high}
