"""Common mistakes in S-FEEL conditions: a pattern for each, with a message that says what to write."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opmodel.approval.limit_text import Limit


class SfeelError(ValueError):
    """Raised for a condition that cannot be parsed. ``offset`` counts characters from the start of the text, from 0."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset


@dataclass(frozen=True, slots=True)
class _CommonMistake:
    """A pattern of a common mistake, and what to write instead."""

    pattern: re.Pattern[str]
    says: str


def _mistake(pattern: str, says: str) -> _CommonMistake:
    return _CommonMistake(re.compile(pattern), says)


_QUOTES = _mistake(r"[‘’“”„«»]|'(?!\d{3})", 'expected straight double quotes, found {0}; write text as "text"')
_MISTAKES = (
    _mistake(
        r"(?<![\w.,])\d{1,3}(?:\.\d{3})+,\d+",
        "expected a number such as 5000.50, found {0}; a point marks decimals and thousands are not separated",
    ),
    _mistake(
        r"(?<![\w.])\d{1,3}(?:,\d{3})+(?![\w])|(?<![\w.])\d{1,3}(?:[ _'\u00a0\u2009\u202f]\d{3})+(?!\w)|"
        r"(?<![\w.])\d+, ?0\d+(?!\w)",
        "expected a number without thousands separators, found {0}; write {digits}, and a list as 5, 500",
    ),
    _mistake(
        r"[$€£¥₹]|(?<![\w\"])[A-Z]{3}(?=\s*[-.\d])|(?<=\d)\s*[A-Z]{3}(?!\w)",
        "expected a number alone, found the currency {0}; leave it out, the unit of the input says it",
    ),
    _mistake(r"(?<=\d)\s*%", "expected a number alone, found {0}; the unit of the input says per cent"),
    _mistake(
        r"(?<![\w.])[\d.]+[eE][+-]?\d+(?!\w)",
        "expected a number written out, found {0}; S-FEEL has no exponents",
    ),
    _mistake(r"(?<![\w.])[\d.]+[kKmM](?!\w)", "expected a number written out, found {0}; write {number}"),
    _mistake(r"!=|<>|≠", "expected a test, found {0}; write not(…) around the values that are left out"),
    _mistake(r"=<|=>|≤|≥", "expected <= or >=, found {0}"),
    _mistake(r"(?<![<>])==?", "expected a value alone, found {0}; a value without a sign already means equal"),
    _mistake(
        r"(?<![\w-])\d{4}-\d\d-\d\d(?!\w)",
        'expected a date as date("2026-01-31"), found {0}; write date("{0}")',
    ),
    _mistake(
        r"(?<!\w)(?:and|AND|between|BETWEEN)(?!\w)|&&?",
        "expected one test, found {0}; a range is written [500..5000] or, without its ends, (500..5000)",
    ),
    _mistake(r"(?<!\w)(?:or|OR)(?!\w)|\|\|?", "expected a comma between tests, found {0}"),
    _mistake(
        r"^\s*(?:\*|any|all|else|otherwise)\s*$", "expected -, found {0}; - matches anything (or leave the input out)"
    ),
    _mistake(r"@", 'expected a value, found {0}; a date is written date("2026-01-31")'),
    _mistake(
        r"(?<!\w)(?:time|duration|date and time)\s*(?=\()", "expected a number, text, true, false or date(…), found {0}"
    ),
    _mistake(
        r"(?:[\[\]]|(?:^|,)\s*\()\s*-?[\d.]+\s*[,;:]\s*-?[\d.]+\s*[\[\])]|(?<![\w.])\d+(?:\.\d+)?\s*(?:-|–|—|to)\s*\d[\d.]*",
        "expected a range such as [500..5000], found {0}; its ends are joined by two dots and stand in brackets",
    ),
)

_WORDS = re.compile(r"(?<![A-Za-z])(?!(?:not|null|true|false|date)(?![A-Za-z]))[A-Za-z]", re.IGNORECASE)
"""A word that no condition has, such as *over*, or the *K* of 500K."""
_NULL = _mistake(
    r"(?<!\w)(?:null|None|NULL)(?!\w)",
    "expected a value, found {0}; every input always has a value, unless it is declared with may_be_missing: true",
)
_OTHER_NULL = _mistake(r"(?<!\w)(?:None|NULL|Null)(?!\w)", "expected null, found {0}; write null for a missing value")


def quotes_blanked(text: str) -> str:
    """Return ``text`` with quoted strings blanked out; the length and all offsets stay the same."""
    return re.sub(r'"(?:[^"\\]|\\.)*"', lambda m: '"' + "\x00" * (len(m[0]) - 2) + '"', text)


def refuse_mistakes(text: str, words: Iterable[str] = (), *, null: bool = False) -> None:
    """Raise `SfeelError` when ``text`` has a common mistake.

    Args:
        text: The condition.
        words: The values that the input can have.
        null: Whether ``null`` can be written, because the value may be missing.
    """
    bare = quotes_blanked(text)
    _refuse((_QUOTES,), text, bare)
    unquoted = _unquoted(bare, words)
    if unquoted:
        word, offset = min(unquoted, key=lambda each: each[1])
        raise SfeelError(f"expected text in quotes, found {word}; {write(_quoted(text, unquoted))}", offset)
    if _WORDS.search(bare) and (limit := _in_words(text)):
        found = text.strip()
        unit = f"; the unit of the input says {limit.unit}" if limit.unit else ""
        raise SfeelError(f'expected a test, found {found}; write "{limit.test}"{unit}', text.index(found))
    _refuse((*_MISTAKES, _OTHER_NULL if null else _NULL), text, bare)


def _refuse(mistakes: tuple[_CommonMistake, ...], text: str, bare: str) -> None:
    for mistake in mistakes:
        if match := mistake.pattern.search(bare):
            found = text[match.start() : match.end()].strip()
            digits = re.sub(r"\D", "", found)
            limit = _in_words(found) if "{number}" in mistake.says else None
            number = limit.test if limit else "5000, not 5k"
            raise SfeelError(mistake.says.format(found, digits=digits, number=number), match.start())


def _in_words(text: str) -> "Limit | None":
    """Return the limit that ``text`` writes in words. The words are read only once somebody uses some."""
    from opmodel.approval.limit_text import limit_in_words

    return limit_in_words(text)


def _unquoted(bare: str, words: Iterable[str]) -> list[tuple[str, int]]:
    """Return each of ``words`` that stands without quotes, with its place: the longest of several first."""
    standing = (word for word in words if word in bare)  # few do, so few patterns are compiled
    found: list[tuple[str, int]] = []
    for word in sorted(standing, key=len, reverse=True):
        if not re.search(r"\w", word):
            continue
        for match in re.finditer(rf'(?<![\w"]){re.escape(word)}(?![\w"]|\s*\()', bare):
            if not any(at < match.end() and match.start() < at + len(other) for other, at in found):
                found.append((word, match.start()))
    return found


def _quoted(text: str, unquoted: list[tuple[str, int]]) -> str:
    """Return ``text`` with quotes around each of these words."""
    for word, at in sorted(unquoted, key=lambda each: each[1], reverse=True):
        text = f'{text[:at]}"{word}"{text[at + len(word) :]}'
    return text


def write(condition: str) -> str:
    """Return the advice to write a condition with text in quotes, as it stands in YAML: within other quotes."""
    pasted = condition.strip().replace("'", "''")
    return f"write '{pasted}', with the quotes inside quotes"
