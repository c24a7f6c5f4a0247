"""Approval models for tests, and random ones together with a second, naive opinion on what they mean."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise, product
from typing import Any

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from opmodel.approval.conditions import Value, literal
from opmodel.approval.faults import TableError
from opmodel.approval.table import DecisionTable, compile_table
from opmodel.model.approval import Approval

AMOUNT = {"id": "amount", "type": "number", "label": "Invoice amount", "unit": "EUR", "min": Decimal(0)}
MATCH = {"id": "po_match", "type": "choice", "label": "PO match", "values": ("matched", "partial", "none")}
NEW = {"id": "new_vendor", "type": "boolean", "label": "New vendor"}
DUE = {"id": "due", "type": "date", "label": "Due date"}
PARTIES: tuple[dict[str, Any], ...] = (
    {"id": "clerk", "title": "AP Clerk"},
    {"id": "lead", "title": "AP Lead", "escalates_to": "head"},
    {"id": "head", "title": "Head of AP", "escalates_to": "cfo"},
    {"id": "cfo", "title": "CFO"},
)
Given = dict[str, Value]
Predicate = Callable[[Value], bool]


def rule(when: dict[str, str], number: int = 1, **fields: Any) -> dict[str, Any]:
    """Return a rule that lets the agent act, unless ``fields`` say otherwise."""
    return {"id": f"AP-{number:02}", "when": when, "outcome": "act", "reason": "It fits."} | fields


def approval(inputs: Sequence[dict[str, Any]], whens: list[dict[str, str]] | None = None, **fields: Any) -> Approval:
    """Return an approval model of rules with these conditions."""
    rules = tuple(rule(when, number) for number, when in enumerate(whens or [{}], 1))
    data = {"started_by": "clerk", "parties": PARTIES, "inputs": tuple(inputs), "rules": rules} | fields
    return Approval.model_validate(data, strict=False)


@dataclass(frozen=True, slots=True)
class Test:
    """A condition as text, what it means as a function, and the values at its boundaries."""

    __test__ = False
    text: str
    meets: Predicate
    values: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """A random table: its model, its tests by rule and input, and every value worth trying for each input."""

    approval: Approval
    rules: list[dict[str, Test]]
    points: dict[str, list[Value]]

    def cases(self) -> Iterator[Given]:
        """Yield every combination of values at, beside and between all boundaries."""
        for values in product(*self.points.values()):
            yield dict(zip(self.points, values, strict=True))

    def matching(self, given: Given) -> list[int]:
        """Return the numbers of all rules that match, by calling each test's own function."""
        return [n for n, tests in enumerate(self.rules) if all(t.meets(given[name]) for name, t in tests.items())]


def _between(low: Any, low_closed: bool, high: Any, high_closed: bool) -> Predicate:
    def meets(value: Any) -> bool:
        return (value > low or (low_closed and value == low)) and (value < high or (high_closed and value == high))

    return meets


@st.composite
def _line_test(draw: st.DrawFn, values: list[Any]) -> Test:
    """Draw one test on an ordered input whose boundaries come from ``values``."""
    kind = draw(st.sampled_from(["equal", "<", "<=", ">", ">=", "range", "range"]))
    a = draw(st.sampled_from(values))
    if kind == "equal":
        return Test(literal(a), lambda v: v == a, (a,))
    if kind in "<=":
        return Test(f"{kind} {literal(a)}", lambda v: v < a or (kind == "<=" and v == a), (a,))
    if kind in ">=":
        return Test(f"{kind}{literal(a)}", lambda v: v > a or (kind == ">=" and v == a), (a,))
    b = draw(st.sampled_from(values))
    low, high = sorted((a, b))
    start = "[" if low == high else draw(st.sampled_from("[(]"))
    end = "]" if low == high else draw(st.sampled_from("])["))
    text = f"{start}{literal(low)}..{literal(high)}{end}"
    return Test(text, _between(low, start == "[", high, end == "]"), (a, b))


@st.composite
def _word_test(draw: st.DrawFn, values: list[Any]) -> Test:
    value = draw(st.sampled_from(values))
    return Test(literal(value), lambda v: v == value)


@st.composite
def _condition(draw: st.DrawFn, one: st.SearchStrategy[Test]) -> Test:
    tests = draw(st.lists(one, min_size=1, max_size=3))
    text, negated = ", ".join(t.text for t in tests), draw(st.integers(0, 4)) == 0
    values = tuple(v for t in tests for v in t.values)
    if negated:
        return Test(f"not({text})", lambda v: v is not None and not any(t.meets(v) for t in tests), values)
    return Test(text, lambda v: any(t.meets(v) for t in tests), values)


def _or_missing(one: st.SearchStrategy[Test]) -> st.SearchStrategy[Test]:
    """Return tests on a value that may be missing: mostly those of ``one``, which it then never meets, or ``null``."""
    valued = one.map(lambda test: Test(test.text, lambda v: v is not None and test.meets(v), test.values))
    return st.one_of(valued, valued, st.just(Test("null", lambda v: v is None)))


def _number_points(values: set[Decimal], source: dict[str, Any]) -> Sequence[Value]:
    """Return ``values`` with their neighbours on the grid, or the middles between them, and what lies beyond."""
    decimals = source.get("decimals")
    step = Decimal(1).scaleb(-decimals) if decimals is not None else Decimal(1)
    points = {p for v in values for p in (v - step, v, v + step)} | {Decimal(0)}
    if decimals is None:
        ordered = sorted(points)
        points |= {(a + b) / 2 for a, b in pairwise(ordered)}
    else:
        points = {p for p in points if p == p.quantize(step)}
    low, high = source.get("min"), source.get("max")
    points |= {p for p in (low, high) if p is not None}
    return sorted(p for p in points if (low is None or p >= low) and (high is None or p <= high))


def _day_points(values: set[date]) -> Sequence[Value]:
    day = timedelta(days=1)
    return sorted({p for v in values for p in (v - day, v, v + day)} | {date(2026, 1, 1)})


def _domain(draw: st.DrawFn) -> dict[str, Any]:
    """Draw the decimals and bounds of a number; either bound may be missing."""
    low, high = draw(st.sampled_from([None, -2, 0])), draw(st.sampled_from([None, 3, 5]))
    return {
        "decimals": draw(st.sampled_from([None, 0, 1])),
        "min": low if low is None else Decimal(low),
        "max": high if high is None else Decimal(high),
    }


def drawn(count: int) -> list[tuple[Case, DecisionTable]]:
    """Draw ``count`` random tables, the same each time, and return those that compile."""
    found: list[tuple[Case, DecisionTable]] = []

    @settings(max_examples=count, database=None, derandomize=True, phases=[Phase.generate])
    @given(cases())
    def collect(case: Case) -> None:
        try:
            found.append((case, compile_table(case.approval)))
        except TableError:
            return

    collect()
    return found


@st.composite
def cases(draw: st.DrawFn, max_rules: int = 6, max_inputs: int = 3) -> Case:
    """Draw a small table with boundaries that often meet, over every kind of input."""
    inputs: list[dict[str, Any]] = []
    tests: dict[str, st.SearchStrategy[Test]] = {}
    rules: list[dict[str, Test]] = []
    for number in range(draw(st.integers(1, max_inputs))):
        kind = draw(st.sampled_from(["number", "number", "choice", "boolean", "date"]))
        name = f"i{number}"
        source: dict[str, Any] = {"id": name, "label": f"Input {number}", "type": kind}
        if kind == "number":
            source |= _domain(draw)
            low = Decimal(-2) if source["min"] is None else source["min"]
            high = Decimal(5) if source["max"] is None else source["max"]
            halves = [Decimal(n) / 2 for n in range(-4, 11)]
            step = 1 if source["decimals"] == 0 else Decimal("0.5")
            values: list[Any] = [h for h in halves if low <= h <= high and h % step == 0]
            tests[name] = _line_test(values)
        elif kind == "date":
            values = [date(2026, 1, 1) + timedelta(days=n) for n in range(5)]
            tests[name] = _line_test(values)
        else:
            values = ["a", "b", "c"] if kind == "choice" else [False, True]
            source |= {"values": tuple(values)} if kind == "choice" else {}
            tests[name] = _word_test(values)
        if kind in ("number", "choice") and draw(st.booleans()):
            source["may_be_missing"] = True
            tests[name] = _or_missing(tests[name])
        inputs.append(source | {"all": values})
    for _ in range(draw(st.integers(1, max_rules))):
        names = [s["id"] for s in inputs if draw(st.booleans())]
        rules.append({name: draw(_condition(tests[name])) for name in names})
    points = {s["id"]: _points(s, rules) for s in inputs}
    policy = draw(st.sampled_from(["unique", "first"]))
    model = approval(
        [{k: v for k, v in s.items() if k != "all"} for s in inputs],
        [{name: test.text for name, test in tests_of.items()} for tests_of in rules],
        hit_policy=policy,
    )
    return Case(model, rules, points)


def _points(source: dict[str, Any], rules: list[dict[str, Test]]) -> list[Value]:
    return [*_values(source, rules), *([None] if source.get("may_be_missing") else [])]


def _values(source: dict[str, Any], rules: list[dict[str, Test]]) -> Sequence[Value]:
    used: set[Any] = {v for tests in rules if source["id"] in tests for v in tests[source["id"]].values}
    if source["type"] == "number":
        return _number_points(used, source)
    if source["type"] == "date":
        return _day_points(used)
    every: list[Value] = source["all"]
    return every
