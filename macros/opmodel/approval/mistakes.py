"""Common mistakes in S-FEEL conditions: a pattern for each, with a message that says what to write."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass


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
    _mistake(r"(?<![\w.])[\d.]+[kKmM](?!\w)", "expected a number written out, found {0}; write 5000, not 5k"),
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
    for word, offset in _unquoted(bare, words):
        raise SfeelError(f'expected text in quotes, found {word}; did you mean "{word}"?', offset)
    _refuse((*_MISTAKES, _OTHER_NULL if null else _NULL), text, bare)


def _refuse(mistakes: tuple[_CommonMistake, ...], text: str, bare: str) -> None:
    for mistake in mistakes:
        if match := mistake.pattern.search(bare):
            found = text[match.start() : match.end()].strip()
            digits = re.sub(r"\D", "", found)
            raise SfeelError(mistake.says.format(found, digits=digits), match.start())


def _unquoted(bare: str, words: Iterable[str]) -> Iterator[tuple[str, int]]:
    standing = (word for word in words if word in bare)  # few do, so few patterns are compiled
    for word in sorted(standing, key=len, reverse=True):
        if re.search(r"\w", word) and (match := re.search(rf'(?<![\w"]){re.escape(word)}(?![\w"]|\s*\()', bare)):
            yield word, match.start()
