"""Random damage to valid files: the check always ends, never raises, and a site is built whole or not at all."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from opmodel.commands.problem_formats import FORMATS
from opmodel.rules.catalog import rules
from opmodel.rules.check import Checked, check
from sites import GOOD, SHIPPED, TODAY, good, shipped

Damage = Callable[[bytes], bytes]
VALUES = [
    *("~", "''", "[]", "{}", "[[]]", "[x]", "{x: y}", "no", "12:30", "0", "-1", "1e99", "-.inf", ".nan", "2026-02-30"),
    *("9" * 40, "9" * 5000, "0x" + "f" * 40, "1e-99", "P999999999999999999Y", "PT0S", "9999-12-31", "0001-01-01"),
    *("[" * 29 + "]" * 29, "[" * 5000, "{a: " * 5000, "&a [*a]", "*a", "!!python/none x", "'{{ 7*7 }}'", "<<: *a"),
    *('"\\u202e"', '"\\ud800"', '"\\0"', "\u202e", "\u2028", "\ufeff", "\U0001f3db", "\\", "x" * 5000, "%d%s", "- -"),
    *("javascript:alert(1)", "a#b", "|\n  a\n  b", '"not("', '"[5..1]"', '"< 1e9"', '"' + "5, " * 2000 + '5"'),
]
"""What stands in for a value: other types, huge and nested ones, and text that some reader would trip over."""


@st.composite
def damages(draw: st.DrawFn) -> Damage:
    """Return a way to damage a file of any length."""
    kind = draw(st.sampled_from([flipped, cut, lines_lost, line_doubled, lines_swapped, value_replaced, indented]))
    where, other = (draw(st.floats(0, 1, exclude_max=True)) for _ in range(2))
    value = draw(st.sampled_from(VALUES) | st.text(st.characters(exclude_categories=()), max_size=12))
    return lambda data: kind(data, where, other, value)


def flipped(data: bytes, where: float, other: float, value: str) -> bytes:
    at = int(where * len(data))
    return data[:at] + bytes([data[at] ^ (1 << int(other * 8))]) + data[at + 1 :] if data else b"\x00"


def cut(data: bytes, where: float, other: float, value: str) -> bytes:
    start, end = sorted((int(where * len(data)), int(other * len(data))))
    return data[:start] + data[end:]


def lines_lost(data: bytes, where: float, other: float, value: str) -> bytes:
    rows = data.splitlines(keepends=True)
    at = int(where * len(rows))
    return b"".join(rows[:at] + rows[at + 1 + int(other * 5) :])


def line_doubled(data: bytes, where: float, other: float, value: str) -> bytes:
    rows = data.splitlines(keepends=True)
    at = int(where * len(rows))
    return b"".join(rows[: at + 1] + rows[at:])


def lines_swapped(data: bytes, where: float, other: float, value: str) -> bytes:
    rows = data.splitlines(keepends=True)
    if rows:
        one, two = int(where * len(rows)), int(other * len(rows))
        rows[one], rows[two] = rows[two], rows[one]
    return b"".join(rows)


def value_replaced(data: bytes, where: float, other: float, value: str) -> bytes:
    rows = data.split(b"\n")
    at = int(where * len(rows))
    key, colon, _ = rows[at].partition(b":")
    rows[at] = key + colon + b" " + value.encode("utf-8", "surrogatepass")
    return b"\n".join(rows)


def indented(data: bytes, where: float, other: float, value: str) -> bytes:
    rows = data.split(b"\n")
    at = int(where * len(rows))
    rows[at] = b" " * int(other * 4) + rows[at] if other < 0.7 else b"\t" + rows[at].lstrip()
    return b"\n".join(rows)


@cache
def files(site: Path) -> list[str]:
    """Return the data files of a site, and its guide."""
    found = [*site.glob("data/**/*.yml"), *site.glob("docs/guide/*.md")]
    return sorted(path.relative_to(site).as_posix() for path in found)


def judged(site: Path, name: str, data: bytes, original: bytes) -> Checked:
    """Check a site with one file's bytes replaced, and put the file back."""
    try:
        (site / name).write_bytes(data)
        return check(site, TODAY)
    finally:
        (site / name).write_bytes(original)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return good(tmp_path_factory.mktemp("damage") / "site")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shipped(tmp_path_factory.mktemp("damage-shipped"))


@pytest.mark.slow
@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.sampled_from(files(GOOD)), st.lists(damages(), min_size=1, max_size=3))
def test_a_damaged_site_is_judged_and_printed(small: Path, name: str, harm: list[Damage]) -> None:
    original = (GOOD / name).read_bytes()
    data = original
    for each in harm:
        data = each(data)
    checked = judged(small, name, data, original)
    assert {problem.rule for problem in checked.problems} <= set(rules())
    assert list(checked.problems) == sorted(checked.problems)
    for style in FORMATS.values():
        style(checked.problems).encode()
    assert all("\n" not in str(problem) and problem.place.line >= 1 for problem in checked.problems)


@pytest.mark.slow
@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from([name for name in files(SHIPPED) if "workflows" in name]), damages())
def test_a_damaged_shipped_packet_is_judged(whole: Path, name: str, harm: Damage) -> None:
    original = (SHIPPED / name).read_bytes()
    checked = judged(whole, name, harm(original), original)
    assert {problem.rule for problem in checked.problems} <= set(rules())
