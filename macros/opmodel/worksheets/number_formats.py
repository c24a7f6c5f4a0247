"""The text that a cell shows for its value: ``55 %`` for 0.55, ``€ 1,200.00`` or ``14:30``.

Formats that are not understood give None, and the value is read as it is stored.
"""

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

_TOKENS = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|AM/PM|A/P|General|[#0?][#0?,]*(?:\.[#0?]*)?|%|.', re.S | re.I)
_DATE_TOKENS = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|AM/PM|y+|m+|d+|h+|s+|.', re.S | re.I)
_CURRENCY = re.compile(r"\[\$([^\]-]*)(-[0-9a-fA-F]*)?\]")
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_MONTHS = "January February March April May June July August September October November December".split()
_OF_THE_SYSTEM = frozenset({"mm-dd-yy", "m/d/yy h:mm", "m/d/yyyy"})
"""Formats that each system shows in its own order; they are written with the year first."""


def shown_text(value: Any, code: str) -> str | None:
    """Return the text of a value under a number format, or None if it is shown as it is stored."""
    if code in ("General", "@", "") or isinstance(value, (str, bool)) or value is None:
        return None
    if isinstance(value, (datetime, date, time)):
        return _moment(value, code)
    if isinstance(value, timedelta):
        minutes = int(value.total_seconds() // 60)
        return f"{minutes // 60}:{minutes % 60:02}"
    if isinstance(value, (int, float)) and value == value and abs(value) != float("inf"):
        return _number(Decimal(repr(value)), code)
    return None


def _number(value: Decimal, code: str) -> str | None:
    sections = code.split(";")
    section = sections[1] if value < 0 and len(sections) > 1 else sections[0]
    if len(sections) > 2 and value == 0:
        section = sections[2]
    if value < 0 and len(sections) > 1:
        value = -value
    parts: list[str] = []
    percent, placed = "%" in re.sub(r'"[^"]*"', "", section), False
    for piece in _TOKENS.findall(section):
        if piece[0] in "#0?":
            if placed:
                return None
            number = _digits(value * 100 if percent else value, piece)
            if number is None:
                return None
            parts.append(number)
            placed = True
        elif piece == "," and placed:
            return None  # shown in thousands
        else:
            parts.append(_literal(piece))
    text = "".join(parts).replace("%", " %") if percent else "".join(parts)
    plain = " ".join(text.split())
    return plain if placed and not re.search(r"[eE/]", re.sub(r'"[^"]*"|\[[^\]]*\]', "", section)) else None


def _digits(value: Decimal, pattern: str) -> str | None:
    if pattern.endswith(","):
        return None
    whole, _, places = pattern.partition(".")
    count, least = len(places), places.count("0")
    text = f"{value.quantize(Decimal(1).scaleb(-count), ROUND_HALF_UP):{',' if ',' in whole else ''}f}"
    head, dot, tail = text.partition(".")
    while len(tail) > least and tail.endswith("0"):
        tail = tail[:-1]
    zeros = whole.replace(",", "").count("0")
    sign, head = ("-", head[1:]) if head.startswith("-") else ("", head)
    return f"{sign}{head.zfill(zeros) if zeros > 1 and ',' not in whole else head}{dot if tail else ''}{tail}"


def _literal(token: str) -> str:
    if token.startswith('"'):
        return token[1:-1]
    if token.startswith("\\"):
        return token[1:]
    if token.startswith("["):
        found = _CURRENCY.fullmatch(token)
        return found[1] if found else ""
    if token[0] in "_*" and len(token) == 2:
        return " "
    return token


def _moment(value: date | time, code: str) -> str | None:
    """Return a date, a time of day or both as a format shows them."""
    code = code.split(";")[0]
    dated = isinstance(value, date)
    if code in _OF_THE_SYSTEM or (dated and not re.search(r"[yd]", re.sub(r'"[^"]*"|\[[^\]]*\]', "", code), re.I)):
        return _plain_moment(value)
    tokens = [token for token in _DATE_TOKENS.findall(code) if not re.fullmatch(r"\[(\$-[^\]]*|[A-Za-z]+)\]", token)]
    noon = any(token.upper() == "AM/PM" for token in tokens)
    parts: list[str] = []
    for number, token in enumerate(tokens):
        around = _neighbours(tokens, number)
        minute = token[0] in "mM" and len(token) <= 2 and (around[0] in "hH" or around[1] in "sS")
        part = _part(value, "min" if minute else token.lower(), token, noon=noon)
        if part is None:
            return _plain_moment(value)
        parts.append(part)
    return " ".join("".join(parts).split())


def _neighbours(tokens: list[str], number: int) -> tuple[str, str]:
    """Return the letters of the date or time parts before and after a token; a blank where there is none."""
    before = next((token[0] for token in reversed(tokens[:number]) if token[0] in "yYmMdDhHsS"), " ")
    after = next((token[0] for token in tokens[number + 1 :] if token[0] in "yYmMdDhHsS"), " ")
    return before, after


def _part(value: Any, kind: str, token: str, *, noon: bool) -> str | None:
    """Return what one token of a format shows; None if the value has no such part."""
    timed, dated = isinstance(value, (datetime, time)), isinstance(value, date)
    if kind == "min" or kind[0] in "hs" or kind == "am/pm":
        if not timed:
            return None
        hour = (value.hour % 12 or 12) if noon else value.hour
        found = {"min": value.minute, "h": hour, "s": value.second}
        if kind == "am/pm":
            return "AM" if value.hour < 12 else "PM"
        width = 2 if len(token) > 1 else 1
        return f"{found[kind if kind == 'min' else kind[0]]:0{width}}"
    if kind[0] in "ymd" and kind.strip(kind[0]) == "":
        return _day_part(value, kind) if dated else None
    return _literal(token)


def _day_part(value: date, kind: str) -> str:
    if kind[0] == "y":
        return str(value.year) if len(kind) > 2 else f"{value.year % 100:02}"
    names, number = (_MONTHS, value.month) if kind[0] == "m" else (_DAYS, value.day)
    if len(kind) > 2:
        name = names[value.month - 1] if kind[0] == "m" else names[value.weekday()]
        return name if len(kind) > 3 else name[:3]
    return f"{number:0{len(kind)}}"


def _plain_moment(value: date | time) -> str:
    if isinstance(value, datetime):
        timed = value.time().replace(microsecond=0)
        return f"{value.date()} {timed.isoformat('minutes')}" if timed != time() else str(value.date())
    return value.isoformat("minutes") if isinstance(value, time) else value.isoformat()
