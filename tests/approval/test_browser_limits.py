"""The browser reads limits in words as Python does, and refuses the same for the same reason."""

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Page

from opmodel.adapter.theme_files import joined_script
from opmodel.approval.limit_amounts import LimitContext, LimitNotRead
from opmodel.approval.limit_numbers import decimal_mark
from opmodel.approval.limit_text import read_heading, read_limit
from opmodel.approval.limit_words import all_phrases, limit_words

pytestmark = pytest.mark.browser
CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "limit_cases.yml").read_text(encoding="utf-8"))
READ = """([phrases, signs, cases]) => {
    const book = new PhraseBook(phrases, signs);
    return cases.map(({text, alone}) => {
        const mark = decimalMark([text]);
        const heading = readHeading(book, text, mark);
        try {
            const limit = readLimit(book, text, {alone, scale: 0, unit: '', mark});
            const test = limit.kind === 'nothing' ? '' : testText({type: 'number'}, limitTest(limit) || {});
            return [heading, test, limit.unit, limit.decimals, limit.aside];
        } catch (error) {
            if (!(error instanceof LimitNotRead)) throw error;
            return [heading, error.message];
        }
    });
}"""
AMOUNTS = [
    "$5,000",
    "5.000,00 €",
    "5'000.–",
    "USD 1.5m",
    "100K",
    "½",
    "five thousand",
    "₹5,00,000",
    "10 000",
    "0.005",
    "1e6",
]
MORE = [
    "(",
    ")",
    "excl. GST",
    "*",
    "1)",
    "¹",
    "per year",
    "Ⅳ",
    "İ",
    "ﬁ",
    "\u00a0",
    "\uff18",
    "\U0001d7d9",
    "x" * 50,
    "9" * 30,
    ".",
]


def random_texts(count: int, seed: int) -> list[dict[str, str]]:
    """Return texts made of the words of limits and amounts, in any order."""
    draw = random.Random(seed)  # noqa: S311 the same texts each time, and nothing secret
    words = [text for kind, _, text in all_phrases() if kind != "passed_over"]
    parts = [words, words, AMOUNTS, AMOUNTS, MORE]
    return [
        {
            "text": draw.choice((" ", " ", "")).join(
                draw.choice(draw.choice(parts)) for _ in range(draw.randint(1, 6))
            ),
            "alone": draw.choice(("", "at_most", "below", "at_least")),
        }
        for _ in range(count)
    ]


def python_reading(case: dict[str, str]) -> list[Any]:
    mark = decimal_mark([case["text"]])
    context = read_heading(case["text"], mark)
    heading = {"alone": context.alone, "scale": context.scale, "unit": context.unit, "mark": context.mark}
    try:
        limit = read_limit(case["text"], LimitContext(alone=case["alone"], mark=mark))
    except LimitNotRead as why:
        return [heading, str(why)]
    return [heading, limit.test, limit.unit, limit.decimals, list(limit.aside)]


def test_limits_are_read_as_python_reads_them(new_tab: Callable[[], Page]) -> None:
    cases = [{"text": case["text"], "alone": case.get("alone", "")} for case in CASES] + random_texts(4000, seed=5)
    page = new_tab()
    page.add_script_tag(content=joined_script("limits.js"))
    found = page.evaluate(READ, [all_phrases(), limit_words()["signs"], cases])
    for case, answer in zip(cases, found, strict=True):
        assert answer == python_reading(case), case
