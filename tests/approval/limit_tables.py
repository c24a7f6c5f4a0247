"""Random tables of approval limits: one amount and some choices, with bounds that meet, miss each other and overlap."""

import random
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from approval.builders import approval
from opmodel.approval.conditions import Bound, Range, literal, test_text
from opmodel.approval.faults import TableError
from opmodel.approval.table import DecisionTable, compile_table

STEPS = (
    "0.01",
    "0.5",
    "1",
    "9.99",
    "10",
    "499",
    "500",
    "999.99",
    "1000",
    "5000",
    "9999",
    "10000",
    "50000",
    "1e6",
    "2.5e9",
)
WORDS = ("goods", "services", "works", "travel", 'the "rest"', "back\\slash", "Größe")


def limit_tables(count: int, seed: int) -> Iterator[DecisionTable]:
    """Yield ``count`` random tables, the same for the same seed. Those with a test that never matches are left out."""
    draw = random.Random(seed)  # noqa: S311 the same tables each time, and nothing secret
    made = 0
    while made < count:
        try:
            table = compile_table(_table(draw))
        except TableError:
            continue
        made += 1
        yield table


def _table(draw: random.Random) -> Any:
    decimals = draw.choice((None, 0, 2, 2))
    bounds = [Decimal(step) for step in draw.sample(STEPS, draw.randint(1, 6))]
    lowest, highest = draw.choice((None, Decimal(0), Decimal("0.01"))), draw.choice((None, None, Decimal(10**10)))
    amount: dict[str, Any] = {"id": "amount", "type": "number", "label": "Amount", "decimals": decimals}
    amount |= {"min": lowest, "max": highest, "unit": draw.choice((None, "USD", "items", "$"))}
    if decimals == 0:
        amount["min"] = lowest and Decimal(1)
    choices: list[dict[str, Any]] = [
        {
            "id": f"kind{number}",
            "type": "choice",
            "label": f"Kind {number}",
            "values": draw.sample(WORDS, draw.randint(1, 4)),
        }
        for number in range(draw.choice((0, 0, 1, 1, 2, 3)))
    ]
    whens = [_when(draw, bounds, choices) for _ in range(draw.randint(1, 9))]
    if draw.random() < 0.3:
        whens = _in_order(draw, sorted({*bounds, Decimal(1), Decimal(20)}), choices)
    inputs = [*choices, amount] if draw.random() < 0.3 else [amount, *choices]
    return approval(inputs, whens, hit_policy=draw.choice(("unique", "unique", "first")))


def _in_order(draw: random.Random, bounds: list[Decimal], choices: list[dict[str, Any]]) -> list[dict[str, str]]:
    """Return bands that follow each other without a gap, for each value of the first choice, or all but one of them."""
    ends = [None, *(Bound(end, closed=False) for end in bounds), None]
    starts = [end and Bound(end.value, closed=True) for end in ends]
    bands = [test_text(Range(*ends_of)) for ends_of in zip(starts, ends[1:], strict=False)]
    words = choices[0]["values"] if choices else ()
    whens = [{"amount": band, choices[0]["id"]: literal(word)} for word in words for band in bands]
    whens = whens or [{"amount": band} for band in bands]
    return whens if draw.random() < 0.5 else draw.sample(whens, len(whens) - 1)


def _when(draw: random.Random, bounds: list[Decimal], choices: list[dict[str, Any]]) -> dict[str, str]:
    when = {"amount": _amount(draw, bounds)} if draw.random() < 0.95 else {}
    for choice in choices:
        if draw.random() < 0.6:
            named = ", ".join(map(literal, draw.sample(choice["values"], draw.randint(1, len(choice["values"])))))
            when[choice["id"]] = named if draw.random() < 0.9 else f"not({named})"
    return when


def _amount(draw: random.Random, bounds: list[Decimal]) -> str:
    kind, (low, high) = draw.random(), sorted(draw.choices(bounds, k=2))
    if kind < 0.1:
        return literal(low)
    low_bound, high_bound = (Bound(end, closed=draw.random() < 0.6) for end in (low, high))
    if kind < 0.35:
        return test_text(Range(None, high_bound))
    if kind < 0.6:
        return test_text(Range(low_bound, None))
    return test_text(Range(low_bound, high_bound)) if low < high else literal(low)
