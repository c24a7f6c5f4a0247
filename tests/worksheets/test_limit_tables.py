"""Authority tables: rows become rules literally, and the proof names every hole and double claim and nothing else."""

import random
from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import combinations, product
from pathlib import Path
from typing import Any

import pytest
import yaml

from opmodel.approval.sfeel import parse
from opmodel.model.approval import Approval
from opmodel.worksheets.limit_approval import approval_data, rule_id, smallest_amount
from opmodel.worksheets.limit_approvers import read_approvers
from opmodel.worksheets.limit_findings import LimitFinding, limit_findings
from opmodel.worksheets.limit_table import LimitTable, read_limit_table

TABLES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "limit_tables.yml").read_text(encoding="utf-8"))
CENT = Decimal("0.01")


def approval_of(table: LimitTable, decimals: int = 2) -> Approval:
    data = approval_data(table, decimals)
    return Approval.model_validate(data, strict=False)


def described(table: LimitTable) -> list[dict[str, Any]]:
    """Return the rules of a table in the form of the cases."""
    found = []
    for rule in table.rules:
        assert rule.limit
        approvers = rule.approvers
        optional = {
            "choices": dict(rule.choices),
            "steps": [{step.mode: list(step.titles)} for step in approvers.steps],
            "outcome": approvers.outcome.removeprefix("approve"),
            "advised": list(approvers.advised),
            "lower_tiers": approvers.lower_tiers,
        }
        kept = {key: value for key, value in optional.items() if value}
        found.append({"id": rule_id(rule), "test": rule.limit.test, **kept})
    return found


@pytest.mark.parametrize("case", TABLES, ids=lambda case: case["name"])
def test_a_table_is_read_as_its_case_says(case: dict[str, Any]) -> None:
    table = read_limit_table(case["rows"])
    if case.get("table") is False:
        assert table is None
        return
    assert table is not None
    assert (table.unit, table.ladder) == (case["unit"], case["ladder"])
    assert {heading: list(values) for heading, values in table.inputs.items()} == case["inputs"]
    assert described(table) == case["rules"]
    for key, recognised in (("open", False), ("noted", True)):
        notes = [[n.row + 1, n.column + 1, n.why] for n in table.notes if n.recognised is recognised]
        assert notes == case.get(key, [])
    assert [finding.text for finding in limit_findings(table, approval_of(table), 2)] == case["findings"]


def matches(test: str, amount: Decimal) -> bool:
    """Whether a condition matches an amount, read from its text alone."""
    for each in parse(test).tests:
        low, high = getattr(each, "low", None), getattr(each, "high", None)
        if low is None and high is None:
            return bool(getattr(each, "value", None) == amount)
        above = low is None or amount > low.value or (low.closed and amount == low.value)
        below = high is None or amount < high.value or (high.closed and amount == high.value)
        if not (above and below):
            return False
    return True


def holds(finding: LimitFinding, amount: Decimal, choices: Mapping[str, str]) -> bool:
    """Whether a case belongs to a finding."""
    inside = finding.low <= amount and (finding.high is None or amount <= finding.high)
    return inside and all(choices[heading] in values for heading, values in finding.choices.items())


def judge(table: LimitTable, findings: Sequence[LimitFinding], decimals: int) -> None:
    """Put every amount at and beside a boundary, with every choice, to the rules one by one, and compare."""
    step = Decimal(1).scaleb(-decimals)
    least = smallest_amount(table, decimals)
    ends = {Decimal(bound.value) for r in table.rules if r.limit for bound in (r.limit.low, r.limit.high) if bound}  # type: ignore[arg-type]
    grid = {end.quantize(step) + n * step for end in ends for n in (-2, -1, 0, 1, 2)} | {least, max(ends) * 2 + 1}
    amounts = sorted(amount for amount in grid if amount >= least)
    holes = [finding for finding in findings if finding.kind == "hole"]
    doubles = [finding for finding in findings if finding.kind == "double"]
    assert len(holes) + len(doubles) == len(findings)
    seen_holes: set[int] = set()
    seen_doubles = set()
    for values in product(*table.inputs.values()):
        choices = dict(zip(table.inputs, values, strict=True))
        for amount in amounts:
            claims = [
                rule
                for rule in table.rules
                if rule.limit
                and matches(rule.limit.test, amount)
                and all(choices[heading] == value for heading, value in rule.choices.items())
            ]
            of_holes = [number for number, finding in enumerate(holes) if holds(finding, amount, choices)]
            assert bool(of_holes) == (not claims), (amount, choices)
            seen_holes.update(of_holes)
            pairs = {(one.row, other.row) for one, other in combinations(claims, 2)}
            named = {tuple(row.row for row in f.rows) for f in doubles if holds(f, amount, choices)}
            assert named == pairs, (amount, choices)
            seen_doubles |= pairs
            for number in of_holes:  # no smaller amount of the grid belongs to the same hole
                assert amount >= holes[number].low
    assert seen_holes == set(range(len(holes)))
    assert len(seen_doubles) == len(doubles)
    for finding in findings:
        assert finding.low in amounts, "the smallest case lies at a boundary"


WAYS = {
    "<=": ("up to {b}", "not more than {b}", "{b} or less", "≤ {b}", "maximum {b}"),
    "<": ("under {b}", "less than {b}", "below {b}"),
    ">=": ("{a} and over", "at least {a}", "from {a}", "{a}+", "not less than {a}"),
    ">": ("over {a}", "more than {a}", "in excess of {a}", "exceeding {a}"),
    "[]": ("{a} to {b}", "{a} - {b}", "between {a} and {b}", "at least {a} but not more than {b}"),
    "(]": ("over {a} to {b}", "more than {a} and up to {b}", "exceeding {a} but not exceeding {b}"),
    "[)": ("{a} to less than {b}", "{a} but under {b}", "≥ {a} and < {b}"),
    "()": ("more than {a} but less than {b}", "over {a} and under {b}"),
}


def random_rows(rng: random.Random) -> list[list[str]]:
    """Return an authority table: a chain of limits with mistakes, sometimes for each of several kinds."""
    kinds = rng.choice([[""], [""], ["Goods", "Works"], ["A", "B", "C"]])
    cents = rng.random() < 0.4
    rows = [["Kind", "Amount", "Approver"]]
    for kind in kinds:
        ends = sorted(rng.sample(range(1, 60), rng.randint(2, 5)))
        points = [end * rng.choice([100, 250, 1000]) for end in ends]
        points.sort()
        for number in range(len(points) + 1):
            low = points[number - 1] if number else None
            high = points[number] if number < len(points) else None
            slip = rng.choice([0, 0, 0, 1, Decimal("0.01") if cents else 1, -1])
            shape = (
                rng.choice(["[]", "(]", "[)", "()"])
                if low and high
                else rng.choice(["<=", "<"] if high else [">=", ">"])
            )
            if low and high and low + slip >= high:
                continue
            shown = {name: f"${value:,}" for name, value in (("a", (low or 0) + slip), ("b", high or 0))}
            rows.append([kind, rng.choice(WAYS[shape]).format(**shown), rng.choice(["Manager", "CEO", "Board"])])
    return rows


@pytest.mark.parametrize("seed", range(30))
def test_every_hole_and_double_claim_of_a_random_table_is_found_and_nothing_else(seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311 nothing here is secret
    for _ in range(10):
        rows = random_rows(rng)
        table = read_limit_table(rows)
        assert table is not None
        assert not table.unread, table.notes
        if table.ladder:
            continue
        for decimals in (2, 0) if not table.decimals else (2,):
            findings = limit_findings(table, approval_of(table, decimals), decimals)
            judge(table, [f for f in findings if f.kind != "other"], decimals)


def test_limits_in_two_currencies_are_refused() -> None:
    with pytest.raises(ValueError, match=r"\$ and EUR"):
        read_limit_table([["Amount", "Approver"], ["up to $5,000", "Manager"], ["over 5,000 €", "CEO"]])


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("Director of Finance and Administration", [("any", ("Director of Finance and Administration",))]),
        ("Finance and Operations Manager", [("any", ("Finance and Operations Manager",))]),
        ("Chief Financial Officer, then Board", [("any", ("Chief Financial Officer",)), ("any", ("Board",))]),
        ("Manager, Director and CEO", [("all", ("Manager", "Director", "CEO"))]),
        ("Vice President, Finance and Treasurer", [("all", ("Vice President, Finance", "Treasurer"))]),
        ("VP Sales & Marketing", [("any", ("VP Sales & Marketing",))]),
        ("Chief Executive (or delegate)", [("any", ("Chief Executive (or delegate)",))]),
        ("Both the CEO and the Chairman", [("all", ("CEO", "Chairman"))]),
        ("President/CEO", [("any", ("President/CEO",))]),
    ],
)
def test_titles_stay_whole_and_are_separated_only_between_functions(text: str, steps: list[Any]) -> None:
    read = read_approvers(text)
    assert [(step.mode, step.titles) for step in read.steps] == steps
    assert not read.doubt


@pytest.mark.parametrize("text", ["CEO, CFO", "Two Directors", "any two of CEO, CFO", "CFO and (CEO or Chair)"])
def test_approvers_in_doubt_stand_as_they_are_written(text: str) -> None:
    read = read_approvers(text)
    assert [step.titles for step in read.steps] == [(text,)]
    assert read.doubt


@pytest.mark.parametrize(
    "text", ["CEO (Board advised)", "CEO; Board to be advised", "CEO and Board advised", "CEO, notify Board"]
)
def test_who_is_advised_does_not_approve(text: str) -> None:
    read = read_approvers(text)
    assert [step.titles for step in read.steps] == [("CEO",)]
    assert read.advised == ("Board",)
