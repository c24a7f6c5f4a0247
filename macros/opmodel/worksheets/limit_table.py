"""An authority table as rules: limits, choices of further columns, and approvers, with notes on what was not read.

Rows of texts come in, and no file is read.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from opmodel.approval.conditions import number_of
from opmodel.approval.limit_words import one_unit
from opmodel.worksheets.limit_columns import LimitLayout, Rows, find_layout
from opmodel.worksheets.limit_rows import SECTION, LimitNote, LimitRow, read_rows

Choices = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, kw_only=True)
class LimitTable:
    """An authority table.

    Args:
        layout: Where its heading and its columns are.
        rules: Its rules. Of a ladder, in ascending order of their limits.
        inputs: The further columns that decide, by heading, each with its values.
        notes: What was not read, and how something was read that could be meant otherwise.
        unit: The unit of all limits, empty without one.
        label: The heading of the limits.
        decimals: The most decimals that were written.
        ladder: Whether rows say only how far they reach, so that the first that reaches far enough decides.
        unread: How many rows have a limit that was not read.
    """

    layout: LimitLayout
    rules: tuple[LimitRow, ...]
    inputs: Choices
    notes: tuple[LimitNote, ...]
    unit: str
    label: str
    decimals: int
    ladder: bool
    unread: int


def read_limit_table(rows: Rows) -> LimitTable | None:
    """Return the rules of an authority table, or None if there is none. Raises ValueError if it has two units."""
    layout = find_layout(rows)
    if layout is None:
        return None
    read, notes = read_rows(layout)
    rules = [row for row in read if row.limit and row.limit.kind != "nothing"]
    inputs, more = _inputs(rules)
    rules = [replace(rule, choices={k: v for k, v in rule.choices.items() if k in inputs and v}) for rule in rules]
    ladder = _is_ladder(rules)
    if ladder:
        rules.sort(key=_reach)
    limits = [rule.limit for rule in rules if rule.limit]
    return LimitTable(
        layout=layout,
        rules=tuple(rules),
        inputs=inputs,
        notes=(*notes, *more),
        unit=one_unit(limit.unit for limit in limits),
        label=_label(layout, rules),
        decimals=max((limit.decimals for limit in limits), default=0),
        ladder=ladder,
        unread=sum(row.limit is None for row in read),
    )


def _label(layout: LimitLayout, rules: Sequence[LimitRow]) -> str:
    """Return what the limits are called: their heading if it is a word of its own, and otherwise *Amount*."""
    if layout.across or layout.is_pair or not rules or len({rule.column for rule in rules}) > 1:
        return "Amount"
    return layout.heading(rules[0].column) or "Amount"


def _inputs(rules: Sequence[LimitRow]) -> tuple[dict[str, tuple[str, ...]], list[LimitNote]]:
    """Return the further columns that decide. One whose values name the rows, such as *Tier 1*, only names them."""
    inputs: dict[str, tuple[str, ...]] = {}
    notes = []
    for heading in dict.fromkeys(name for rule in rules for name in rule.choices):
        given = [rule.choices.get(heading, "") for rule in rules]
        values = tuple(dict.fromkeys(value for value in given if value))
        if len(values) == 1 and all(given):
            notes.append(LimitNote(why=f"“{heading}” is the same in every row, so it decides nothing", recognised=True))
        elif len(values) == len(rules) and not _apart_only_by(rules, heading):
            notes.append(LimitNote(why=f"“{heading}” names the rows and decides nothing", recognised=True))
        elif values:
            inputs[heading] = values
            if heading == SECTION and not given[0]:
                notes.append(LimitNote(why="rows above the first section are read as rows of every section"))
    return inputs, notes


def _apart_only_by(rules: Sequence[LimitRow], heading: str) -> bool:
    """Whether two rules share more than one amount, and only their values of a column keep them apart."""
    for one, other in combinations(rules, 2):
        names = {*one.choices, *other.choices} - {heading}
        if (
            all(_meet(one.choices.get(name, ""), other.choices.get(name, "")) for name in names)
            and _share(one, other) > 1
        ):
            return True
    return False


def _meet(one: str, other: str) -> bool:
    """Whether a case can have both values of a further column; an empty one stands for any."""
    return not one or not other or one == other


def _share(one: LimitRow, other: LimitRow) -> int:
    """Return how much two limits share: 0 nothing, 1 one amount, 2 more."""
    assert one.limit and other.limit
    lows = [bound for bound in (one.limit.low, other.limit.low) if bound]
    highs = [bound for bound in (one.limit.high, other.limit.high) if bound]
    if not lows or not highs:
        return 2
    low, high = max(number_of(bound.value) for bound in lows), min(number_of(bound.value) for bound in highs)
    closed = all(bound.closed for bound in lows if bound.value == low) and all(
        b.closed for b in highs if b.value == high
    )
    return 2 if low < high else 1 if low == high and closed else 0


def _is_ladder(rules: Sequence[LimitRow]) -> bool:
    """Whether rules overlap, and all that do say only how far they reach, to different ends."""
    pairs = [
        (one, other)
        for one, other in combinations(rules, 2)
        if _share(one, other)
        and all(
            _meet(one.choices.get(name, ""), other.choices.get(name, "")) for name in {*one.choices, *other.choices}
        )
    ]
    upward = all(
        one.limit and one.limit.low is None and other.limit and other.limit.low is None for one, other in pairs
    )
    return upward and any(_reach(one) != _reach(other) for one, other in pairs)


def _reach(rule: LimitRow) -> tuple[bool, object, bool]:
    """Return how far the limit of a rule reaches, in an order from the least to no limit."""
    high = rule.limit.high if rule.limit else None
    return (high is None, number_of(high.value) if high else 0, bool(high and high.closed))
