"""The words of limits: tokens of a text, and phrases of tokens with the meaning that ``limit_words.yml`` gives them."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from opmodel.source.reader import decode, parse
from opmodel.source.tree import MapNode

_SPACES = "\t\n\r\u00a0\u2002\u2003\u2007\u2008\u2009\u200a\u202f\u3000"
_APOSTROPHES = "`\u00b4\u2018\u2019\u02bc\u2032"
_SEPARATORS = ".,'"
_BEHIND_NUMBER = (".-", ".–", ".—", ",-", ",–", ",—", ".--", ",--")
"""What stands for no cents: ``5'000.–``."""
_MOST_TEXTS = 1 << 13
"""Size of the caches of texts: a table is read once below each row that may be its heading."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a number in figures or a sign: what it is, and how it is written. ``at`` and ``end`` are its place."""

    kind: str
    text: str
    at: int
    end: int


@dataclass(frozen=True, slots=True)
class Phrase:
    """One or several tokens with their meaning: ``before``, ``at_most`` for *no more than*.

    ``kind`` is a heading of ``limit_words.yml``, or ``figures``, ``(``, ``)`` or ``unknown``.
    """

    kind: str
    value: str
    text: str
    at: int
    end: int


@cache
def limit_words() -> dict[str, Any]:
    """Return ``limit_words.yml`` as plain data."""
    node, faults = parse(decode(files("opmodel.approval").joinpath("limit_words.yml").read_bytes()))
    assert not faults
    words: dict[str, Any] = dict(node.plain) if isinstance(node, MapNode) else {}
    return words


@cache
def phrase_book() -> dict[tuple[str, ...], dict[str, str]]:
    """Return the meanings of each phrase by its tokens: a value for each kind that it can have."""
    book: dict[tuple[str, ...], dict[str, str]] = {}
    for kind, value, text in all_phrases():
        book.setdefault(tuple(token.text for token in tokens(text)), {}).setdefault(kind, value)
    return book


def all_phrases() -> list[tuple[str, str, str]]:
    """Return (kind, value, phrase) for every phrase."""
    found = []
    for kind, group in limit_words().items():
        if kind == "signs":
            continue
        if isinstance(group, tuple):
            found += [(kind, "", str(text)) for text in group]
        else:
            for value, texts in group.items():
                if isinstance(texts, tuple):
                    found += [(kind, str(value), str(text)) for text in texts]
                else:
                    found.append((kind, str(texts), str(value)))
    return found


def one_unit(units: Iterable[str]) -> str:
    """Return the one unit that ``units`` are, empty for none. Raises ValueError with two of several."""
    named = list(dict.fromkeys(unit for unit in units if unit))
    signs = limit_words()["signs"]
    named = [unit for unit in named if not any(other in signs.get(unit, ()) for other in named)]
    if len(named) > 1:
        raise ValueError(f"{named[0]} and {named[1]}")
    return named[0] if named else ""


def normalised(text: str) -> str:
    """Return ``text`` with plain spaces, apostrophes and figures."""
    chars = []
    for char in unicodedata.normalize("NFC", text):
        if char in _SPACES:
            chars.append(" ")
        elif char in _APOSTROPHES:
            chars.append("'")
        elif "\uff01" <= char <= "\uff5e":  # the wide forms of Latin letters, figures and signs
            chars.append(chr(ord(char) - 0xFEE0))
        else:
            chars.append(char)
    return "".join(chars)


@lru_cache(maxsize=_MOST_TEXTS)
def tokens(text: str) -> tuple[Token, ...]:
    """Return the tokens of ``text`` in small letters. Their places are those in the normalised text."""
    text = normalised(text)
    found = []
    at = 0
    while at < len(text):
        char = text[at]
        end = at + 1
        kind = "sign"
        if char == " ":
            at = end
            continue
        if _is_figure(char) or (char == "." and _is_figure(text[end : end + 1])):
            kind, end = "figures", _end_of_number(text, at)
        elif char.isalpha():
            kind = "word"
            while end < len(text) and (text[end].isalpha() or (text[end] == "'" and text[end + 1 : end + 2].isalpha())):
                end += 1
        found.append(Token(kind, text[at:end].lower(), at, end))
        if kind == "figures":
            end = _end_without_cents(text, end)
        at = end
    return tuple(found)


def _is_figure(char: str) -> bool:
    return len(char) == 1 and "0" <= char <= "9"


def _end_of_number(text: str, at: int) -> int:
    """Return where a number ends: separators belong to it before a figure, spaces before a group of three."""
    spaced = True
    group = 0
    while at < len(text):
        if _is_figure(text[at]):
            group += 1
        elif text[at] in _SEPARATORS and _is_figure(text[at + 1 : at + 2]):
            spaced = text[at] == "'"
            group = 0
        elif text[at] == " " and spaced and 0 < group <= 3 and _figures_from(text, at + 1) == 3:
            group = 0
        else:
            break
        at += 1
    return at


def _figures_from(text: str, at: int) -> int:
    end = at
    while _is_figure(text[end : end + 1]):
        end += 1
    return end - at


def _end_without_cents(text: str, at: int) -> int:
    for sign in sorted(_BEHIND_NUMBER, key=len, reverse=True):
        rest = text[at + len(sign) :]
        if text.startswith(sign, at) and not _is_figure(rest.strip()[:1]):
            return at + len(sign)
    return at


@lru_cache(maxsize=_MOST_TEXTS)
def phrases(text: str, kinds: tuple[str, ...]) -> tuple[Phrase, ...]:
    """Return ``text`` as phrases of ``kinds``, the longest one at each place; of several kinds, the first.

    What can stand behind a number, as in *5,000 and over*, does so only if no longer phrase and no number follows, as
    in *and over 5,000*.
    """
    found: list[Phrase] = []
    all_tokens = tokens(text)
    at = 0
    while at < len(all_tokens):
        phrase = _phrase_at(all_tokens, at, kinds, after_number=bool(found) and found[-1].kind in _AMOUNT)
        found.append(phrase)
        while at < len(all_tokens) and all_tokens[at].at < phrase.end:
            at += 1
    return tuple(found)


_LONGEST = 6
"""Most tokens of a phrase."""
_AMOUNT = ("figures", "numbers", "powers", "units", "passed_over", ")")


def _phrase_at(all_tokens: Sequence[Token], at: int, kinds: tuple[str, ...], *, after_number: bool) -> Phrase:
    first = all_tokens[at]
    for length in range(min(_LONGEST, len(all_tokens) - at), 0, -1):
        part = all_tokens[at : at + length]
        meanings = phrase_book().get(tuple(token.text for token in part), {})
        for kind in kinds:
            if kind in meanings and (kind != "after" or (after_number and not _goes_on(all_tokens, at, length))):
                return Phrase(kind, meanings[kind], " ".join(t.text for t in part), first.at, part[-1].end)
    kind = "figures" if first.kind == "figures" else first.text if first.text in ("(", ")") else "unknown"
    return Phrase(kind, first.text, first.text, first.at, first.end)


def _goes_on(all_tokens: Sequence[Token], at: int, length: int) -> bool:
    """Whether a phrase belongs to a number behind it: a longer comparison begins in it, or the number follows."""
    if max(_means(all_tokens, at + 1, kind) for kind in ("before", "to")) > length - 1:
        return True
    behind = at + length
    behind += _means(all_tokens, behind, "units")
    return behind < len(all_tokens) and (
        all_tokens[behind].kind == "figures" or bool(_means(all_tokens, behind, "numbers"))
    )


def _means(all_tokens: Sequence[Token], at: int, kind: str) -> int:
    """Return how many tokens the longest phrase of ``kind`` has at a place; 0 if there is none."""
    lengths = range(min(_LONGEST, len(all_tokens) - at), 0, -1)
    book = phrase_book()
    return next((n for n in lengths if kind in book.get(tuple(t.text for t in all_tokens[at : at + n]), {})), 0)
