"""Numbers, days and lists in words, for pages and messages."""

from collections.abc import Iterable
from datetime import date

_MONTHS = (
    "January February March April May June July August September October November December".split()
)  # fmt: skip


def day(value: date | None) -> str:
    """Return a day as people read it: ``30 November 2026``; a dash for none."""
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}" if value else "–"


def listed(words: Iterable[str], last: str = "and") -> str:
    """Return words as a list in a sentence: ``a``, ``a and b``, ``a, b and c``."""
    *most, final = list(words) or [""]
    return f"{', '.join(most)} {last} {final}" if most else final


def counted(number: int, noun: str, plural: str = "") -> str:
    """Return a number with its noun: ``1 packet``, ``2 packets``."""
    return f"{number} {noun if number == 1 else plural or noun + 's'}"
