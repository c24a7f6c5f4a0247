"""Limits in words: a table of texts with their conditions, which every reader of such texts is tested against."""

import random
from collections.abc import Iterator
from decimal import Decimal
from operator import eq, ge, gt, le, lt
from pathlib import Path
from typing import Any

import pytest
import yaml

from opmodel.approval.condition_check import condition_for
from opmodel.approval.limit_amounts import LimitContext, LimitNotRead
from opmodel.approval.limit_numbers import decimal_mark, read_figures
from opmodel.approval.limit_text import read_heading, read_limit
from opmodel.approval.limit_words import limit_words, phrase_book, tokens
from opmodel.approval.sfeel import parse
from opmodel.model.approval import NumberInput

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "limit_cases.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['text']} {case.get('alone', '')}")
def test_a_limit_is_read_literally_or_refused(case: dict[str, Any]) -> None:
    context = LimitContext(alone=case.get("alone", ""), mark=decimal_mark([case["text"]]))
    if "refused" in case:
        with pytest.raises(LimitNotRead) as refused:
            read_limit(case["text"], context)
        assert str(refused.value) == case["refused"]
        return
    limit = read_limit(case["text"], context)
    found = (limit.test, limit.unit, limit.decimals, list(limit.aside))
    assert found == (case["test"], case.get("unit", ""), case.get("decimals", 0), case.get("aside", []))


def test_every_phrase_stands_once_in_its_kind_and_comparisons_contradict_nobody() -> None:
    seen: dict[tuple[str, str], str] = {}
    for kind, group in limit_words().items():
        pairs = group.items() if isinstance(group, dict) else [("", group)]
        for value, texts in pairs:
            for text in texts if isinstance(texts, tuple) else ():
                if kind != "signs":
                    assert seen.setdefault((kind, " ".join(t.text for t in tokens(str(text)))), value) == value, text
    assert all(len(phrase) <= 6 for phrase in phrase_book()), "a phrase is longer than what is tried"


AMOUNT = NumberInput(id="amount", type="number", label="Amount")
NUMBERS = [0, 1, 500, 999, 1000, 4999, 5000, 9999, 10_000, 50_000, 100_000, 999_999, 1_000_000, 2_500_000]


def written(number: int, rng: random.Random) -> Iterator[str]:
    """Yield ways in which people write a number of money."""
    yield from (f"${number:,}", f"{number:,} USD", f"€{number}", f"£{number:,}.00", f"{number:,}".replace(",", " "))
    if number % 1000 == 0 and number:
        yield from (f"${number // 1000}K", f"{number // 1000:,} thousand", f"{number // 1000} k€")
    if number % 100_000 == 0 and number:
        yield from (f"${number / 1_000_000:g}M", f"{number / 1_000_000:g} million dollars")


def matches(test: str, number: Decimal) -> bool:
    """Whether a condition matches a number, by its text alone."""
    condition = parse(test)
    for each in condition.tests:
        low, high = getattr(each, "low", None), getattr(each, "high", None)
        if not low and not high:
            return bool(getattr(each, "value", None) == number)
        over = not low or (number >= low.value if low.closed else number > low.value)
        if over and (not high or (number <= high.value if high.closed else number < high.value)):
            return True
    return not condition.tests


COMPARE = {"at_most": le, "below": lt, "at_least": ge, "above": gt, "equal": eq}


@pytest.mark.parametrize("kind", ["before", "after"])
def test_every_comparison_means_what_it_says_with_every_way_to_write_a_number(kind: str) -> None:
    rng = random.Random(18)  # noqa: S311 not for secrets
    for value, texts in limit_words()[kind].items():
        for text in texts:
            number = rng.choice(NUMBERS)
            for amount in written(number, rng):
                whole = f"{text} {amount}" if kind == "before" else f"{amount} {text}"
                test = read_limit(whole, LimitContext(mark=decimal_mark([whole]))).test
                for near in (number - 1, Decimal(number) - Decimal("0.01"), number, Decimal(number) + 1):
                    assert matches(test, Decimal(near)) == COMPARE[value](Decimal(near), number), (whole, test)


def test_two_comparisons_make_one_range() -> None:
    rng = random.Random(19)  # noqa: S311 not for secrets
    words = limit_words()["before"]
    for _ in range(2000):
        low, high = sorted(rng.sample(NUMBERS, 2))
        lower, upper = rng.choice(["at_least", "above"]), rng.choice(["at_most", "below"])
        first = f"{rng.choice(words[lower])} {rng.choice(list(written(low, rng))[:1])}"
        second = f"{rng.choice(words[upper])} {rng.choice(list(written(high, rng))[:1])}"
        text = rng.choice([" and ", " but ", ", ", " "]).join(rng.choice([(first, second), (second, first)]))
        test = read_limit(text).test
        assert str(condition_for(AMOUNT, test)) == test
        for near in {low - 1, low, low + 1, high - 1, high, high + 1}:
            expected = COMPARE[lower](near, low) and COMPARE[upper](near, high)
            assert matches(test, Decimal(near)) == expected, (text, test)


@pytest.mark.parametrize(
    ("figures", "mark", "number"),
    [
        ("5,000", ".", "5000"),
        ("5.000", ",", "5000"),
        ("5.000", ".", None),
        ("0.125", ".", "0.125"),
        ("1,234,567.89", ".", "1234567.89"),
        ("1 234 567,89", ",", "1234567.89"),
        ("12,34", ".", None),
        ("5,00,000", ".", "500000"),
        ("500,00,000", ".", None),
        ("1.2.3", ".", None),
        ("5'000.50", ".", "5000.50"),
        ("5,000'000", ".", None),
    ],
)
def test_figures_are_one_number_or_none(figures: str, mark: str, number: str | None) -> None:
    assert read_figures(figures, mark) == (None if number is None else Decimal(number))


def test_most_numbers_of_a_table_say_which_sign_marks_decimals() -> None:
    assert decimal_mark(["5.000", "4.999,99"]) == ","
    assert decimal_mark(["5,000", "10,000", "5,00"]) == "."
    assert decimal_mark(["5000"]) == "."


def test_a_heading_says_what_a_number_alone_means_its_scale_and_its_unit() -> None:
    assert read_heading("Up to ($'000)") == LimitContext(alone="at_most", scale=3, unit="$")
    assert read_heading("But not over") == LimitContext(alone="at_most")
    assert read_heading("Over") == LimitContext(alone="above")
    assert read_heading("From (EUR)") == LimitContext(alone="at_least", unit="EUR")
    assert read_heading("Approval limit, USD") == LimitContext(alone="at_most", unit="USD")
    assert read_heading("Amount") == LimitContext()
    assert read_limit("5", read_heading("Limit in thousands")).test == "<= 5000"
