"""Invisible and lookalike characters, which messages name."""

import unicodedata
from collections.abc import Collection, Iterator
from itertools import islice

MAX_NAMED, MAX_SHOWN = 3, 200
"""How many places with such characters are named in one text, and how much of a text is shown."""
_LETTERS = dict(
    zip(
        "аеорсухіјѕԁһԛԝАВЕКМНОРСТХІЈЅΑΒΕΖΗΙΚΜΝΟΡΤΥΧοıɡ",  # noqa: RUF001 Cyrillic, Greek and others, on purpose
        "aeopcyxijsdhqwABEKMHOPCTXIJSABEZHIKMNOPTYXoig",
        strict=True,
    )
)
"""Letters that look like one of ASCII in most fonts."""
_HYPHENS = dict.fromkeys("\u2010\u2011\u2012\u2013\u2212", "-")
_LOOK = str.maketrans(_LETTERS | _HYPHENS)
NO_INK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\U0001d159\U00016fe4")
"""Letters, marks and signs without any ink."""
_JOINERS = frozenset("\u200c\u200d\ufe0e\ufe0f")
"""Parts of emoji and of words in some scripts."""


def in_quotes(text: str) -> str:
    """Return ``text`` in quotes, followed by the names of its misleading characters.

    Example: ``"live" followed by U+200B ZERO WIDTH SPACE``.
    """
    if len(text) > MAX_SHOWN:
        text = f"{text[:MAX_SHOWN]}…"
    if text.isascii():
        return f'"{text}"'
    odd = {at for at in _misleading(text) if _is_unseen(text[at])}
    return f'"{"".join(c for at, c in enumerate(text) if at not in odd)}"{named_characters(text)}'


def named_characters(text: str) -> str:
    """Return the names of the misleading characters of ``text`` for a message, or an empty text."""
    return "" if text.isascii() else " and".join(islice(_places(text, _misleading(text)), MAX_NAMED))


def visible_form(text: str) -> str:
    """Return ``text`` as it looks; texts that look alike give the same result."""
    if text.isascii():
        return text
    visible = "".join(c for c in text if not _is_unseen(c))
    return unicodedata.normalize("NFKC", visible).translate(_LOOK)


def has_visible_character(text: str) -> bool:
    """Return whether ``text`` has a letter, digit or sign that readers can see.

    Marks only change what they follow, and a private or unassigned character has no form that is known.
    """
    return any(unicodedata.category(each)[0] in "LNPS" and each not in NO_INK for each in text)


def _is_unseen(character: str) -> bool:
    category = unicodedata.category(character)
    return category in ("Cf", "Cc", "Zl", "Zp") or (category == "Zs" and character != " ") or character in NO_INK


def _is_variant(character: str) -> bool:
    """Whether a character is a wide, styled or joined form of ASCII letters or digits."""
    plain = unicodedata.normalize("NFKC", character)
    tag = unicodedata.decomposition(character).partition(" ")[0]
    return tag in ("<wide>", "<font>", "<compat>") and plain.isascii() and plain.isalnum()


def _places(text: str, odd: Collection[int]) -> Iterator[str]:
    """Yield the place and name of each misleading character; repeated ones count once."""
    end = max((at + 1 for at, each in enumerate(text) if not _is_unseen(each)), default=0)
    for at in odd:
        character = text[at]
        if at == 0 or text[at - 1] != character:
            name = f"U+{ord(character):04X} {unicodedata.name(character, '')}".strip()
            before = "".join(c for c in text[:at] if not _is_unseen(c))
            if at >= end:
                yield f" followed by {name}"
            elif not before:
                yield f" beginning with {name}"
            else:
                yield f' with {name} after "{before[-12:]}"'


def _misleading(text: str) -> list[int]:
    """Return the positions of characters that readers do not see or mistake for others."""
    as_ascii = visible_form(text).isascii()
    return [at for at, character in enumerate(text) if _misleads(character, text[max(at - 1, 0) : at], text, as_ascii)]


def _misleads(character: str, before: str, text: str, as_ascii: bool) -> bool:
    if character in _JOINERS:
        return before.isascii()
    if unicodedata.combining(character):  # where one character with this accent exists
        return len(unicodedata.normalize("NFC", before + character)) == 1
    if character in _HYPHENS:
        return " " not in text
    return _is_unseen(character) or (as_ascii and (character in _LETTERS or _is_variant(character)))
