"""Values of fields read from cells, in the ways in which people write dates, times, numbers and words."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from opmodel.model.text_kinds import NO_LIMIT
from opmodel.text.nearest import did_you_mean
from opmodel.worksheets.grid import CellValue, GridCell, text_of
from opmodel.worksheets.names import folded_name
from opmodel.worksheets.packet_sheets import SheetField

_WORKING_TIME = re.compile(r"(\d+)\s+(?:working|work|business)\s+(minute|hour|day)s?")
_UNITS = {
    "Y": ("y", "yr", "yrs", "year", "years"),
    "M": ("month", "months", "mon", "mth", "mths"),
    "W": ("w", "wk", "wks", "week", "weeks"),
    "D": ("d", "day", "days"),
    "TH": ("h", "hr", "hrs", "hour", "hours"),
    "TM": ("min", "mins", "minute", "minutes"),
    "TS": ("s", "sec", "secs", "second", "seconds"),
}
_DURATION_PART = re.compile(r"(\d+|an?|one)\s*([a-z]+)")
_ISO_DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?")
_DOTTED_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")


class CellMismatch(ValueError):
    """Raised for a value that a field cannot hold; ``near`` ends the message with the nearest match."""

    def __init__(self, why: str, near: str = "") -> None:
        super().__init__(why)
        self.near = near


def read_value(slot: SheetField, cell: GridCell, known: Sequence[str] = ()) -> Any:
    """Return the value that a cell holds for ``slot``; text is what the cell shows. Raises `CellMismatch`.

    ``known`` holds the ids of the kind that the field refers to.
    """
    text, words, closed = cell.text, slot.words or known, bool(slot.words)
    if slot.kind in ("word", "reference"):
        return _word(text, words, closed=closed)
    if slot.kind in ("words", "references"):
        return [_word(word, words, closed=closed) for word in re.split(r"[\n,;]+ *", text) if word]
    if slot.kind == "lines":
        return [line for line in text.split("\n") if line]
    read = _READERS.get(slot.kind)
    if read and slot.kind in _NUMERIC and text.endswith("%"):
        raise CellMismatch(f"a percentage, which is stored as {text_of(cell.value)}; type the number that is meant")
    return read(cell.value) if read else text


def _word(text: str, words: Iterable[str], *, closed: bool) -> str:
    """Return the word of a list that ``text`` is, apart from case and punctuation (``In review``)."""
    text = text.strip()
    by_fold = {folded_name(word): word for word in words}
    if folded_name(text) in by_fold:
        return by_fold[folded_name(text)]
    if closed:
        raise CellMismatch(f"expected one of {', '.join(words)}", did_you_mean(text, words))
    return text


def read_duration(value: CellValue) -> str:
    """Return an ISO 8601 duration, as it was written or for words such as ``2 days`` or ``1 hour 30 min``."""
    compact = text_of(value).strip()
    if re.fullmatch(r"p[0-9ymwdths]+", compact, re.I):
        return compact.upper()
    parts = _DURATION_PART.findall(compact.lower().replace(",", " ").replace(" and ", " "))
    rest = _DURATION_PART.sub("", compact.lower()).replace("and", "").replace(",", "").strip()
    found: dict[str, str] = {}
    for amount, unit in parts:
        name = next((name for name, words in _UNITS.items() if unit in words and name not in found), "")
        found[name] = amount if amount.isdigit() else "1"
    if not found or "" in found or rest:
        raise CellMismatch("expected a time such as P2D, PT8H, “2 days” or “8 hours”")
    days = "".join(f"{found[unit]}{unit}" for unit in ("Y", "M", "W", "D") if unit in found)
    hours = "".join(f"{found[unit]}{unit[1]}" for unit in ("TH", "TM", "TS") if unit in found)
    return f"P{days}{'T' if hours else ''}{hours}"


def read_time_limit(value: CellValue) -> str:
    """Return a time limit: a duration, working time for words such as ``2 business days``, or ``none``."""
    text = text_of(value).strip().lower()
    if match := _WORKING_TIME.fullmatch(text):
        count, unit = int(match[1]), match[2]
        return f"{count} working {unit}{'s' * (count != 1)}"
    return text if text == NO_LIMIT else read_duration(value)


def read_day(value: CellValue) -> date:
    """Return the day of a date cell, or of text with an unambiguous order of day and month."""
    if isinstance(value, date):
        return value
    text = text_of(value)
    try:
        if match := _ISO_DAY.fullmatch(text):
            return date(*map(int, match.groups()))
        if match := _DOTTED_DAY.fullmatch(text):
            return date(*map(int, reversed(match.groups())))
    except ValueError:
        raise CellMismatch("this day does not exist") from None
    raise CellMismatch("expected a day such as 2026-11-30")


def read_number(value: CellValue) -> Decimal:
    """Return a number, also one stored as text. An ambiguous comma is refused."""
    if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
        return Decimal(value)
    text = text_of(value).replace(" ", "").replace("\u202f", "").replace("'", "").replace("’", "")
    if re.fullmatch(r"-?\d{1,3}(,\d{3}){2,}(\.\d+)?|-?\d{1,3}(,\d{3})+\.\d+", text):
        text = text.replace(",", "")
    elif re.fullmatch(r"-?\d+,(\d{1,2}|\d{4,})", text) or re.fullmatch(r"-?\d{1,3}(\.\d{3})+,\d+", text):
        text = text.replace(".", "").replace(",", ".")
    try:
        found = Decimal(text) if re.fullmatch(r"[-+]?\d+(\.\d+)?", text) else None
    except InvalidOperation:
        found = None
    if found is None:
        raise CellMismatch("expected a number such as 4999 or 7.5, without thousands separators")
    return found


def read_count(value: CellValue) -> int:
    """Return a whole number."""
    found = read_number(value)
    if found != found.to_integral_value():
        raise CellMismatch("expected a whole number")
    return int(found)


def _read_bound(value: CellValue) -> Decimal | date:
    try:
        return read_day(value)
    except CellMismatch:
        return read_number(value)


def _read_flag(value: CellValue) -> bool:
    text = text_of(value).strip().casefold()
    if text not in _FLAGS:
        raise CellMismatch("expected true or false")
    return _FLAGS[text]


def _read_any(value: CellValue) -> bool | Decimal | int | str:
    if isinstance(value, (bool, int, Decimal)):
        return value
    return value.isoformat() if isinstance(value, date) else text_of(value)


def steps_text(steps: list[dict[str, list[str]]]) -> str:
    """Return the steps of an approval (``any`` or ``all`` with ids of parties) as lines."""
    lines = ("; ".join(f"{kind}: {', '.join(names)}" for kind, names in step.items()) for step in steps)
    return "\n".join(lines)


def read_steps(value: CellValue) -> list[dict[str, Any]]:
    """Return the steps of an approval, one a line; a line without ``any`` or ``all`` means any of its parties."""
    return [_step(line) for line in text_of(value).split("\n") if line.strip()]


def _step(line: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for part in line.split(";"):
        if match := _STEP.fullmatch(part.strip()):
            names = [name.strip() for name in re.split(r"[,/]| and | or |\+|&", match[2]) if name.strip()]
            found[(match[1] or "any").lower()] = names
    return found


_STEP = re.compile(r"(?:\d+[.)]\s*)?(?:(any|all)(?:\s+of)?\s*:)?\s*(.+)", re.I)
_FLAGS = {"true": True, "yes": True, "y": True, "x": True, "false": False, "no": False, "n": False}
_NUMERIC = frozenset({"number", "count", "bound", "value"})
_READERS: dict[str, Callable[[CellValue], Any]] = {
    "duration": read_duration,
    "time limit": read_time_limit,
    "date": read_day,
    "number": read_number,
    "count": read_count,
    "bound": _read_bound,
    "flag": _read_flag,
    "steps": read_steps,
    "value": _read_any,
}
"""Readers of cells by the kind of the field; every other kind is text."""
