"""Ids made of words: ``Større kjøp`` gives ``storre-kjop``."""

import re
import unicodedata
from collections.abc import Iterable

MAX_LENGTH = 60
ASCII_LETTERS = str.maketrans(
    {"æ": "ae", "œ": "oe", "þ": "th", "ŋ": "ng", **dict(zip("øłđð\u0131ħŧ", "olddiht", strict=True))}
)
"""Letters of the Latin script that Unicode does not take apart into one of ASCII and an accent. The form in the browser
has the same, in ``theme/assets/write/slug.js``."""


def without_accents(text: str) -> str:
    """Return ``text`` in lower case, with Latin letters without accents."""
    letters = unicodedata.normalize("NFKD", text.casefold().translate(ASCII_LETTERS))
    return "".join(letter for letter in letters if unicodedata.category(letter) != "Mn")


def slug(text: str) -> str:
    """Return an id made of the words of ``text``, of at most 60 characters and, if possible, whole words."""
    joined = "-".join(re.findall(r"[a-z0-9]+", without_accents(text)))
    return joined if len(joined) <= MAX_LENGTH else joined[: MAX_LENGTH + 1].rpartition("-")[0] or joined[:MAX_LENGTH]


def free_name(name: str, taken: Iterable[str]) -> str:
    """Return ``name``, or ``name-2`` and so on: the first that is not in ``taken``."""
    return FreeNames(taken).take(name)


class FreeNames:
    """A set of unique names; ``mark`` stands before numbers that keep them apart. Taking one takes constant time."""

    def __init__(self, taken: Iterable[str], mark: str = "-") -> None:
        self.mark = mark
        self.taken = set(taken)
        self._next: dict[str, int] = {}

    def take(self, name: str) -> str:
        """Return ``name``, or the first of ``name-2``, ``name-3`` … that is free, and take it."""
        found, number = name, self._next.get(name, 2)
        while found in self.taken:
            found, number = f"{name}{self.mark}{number}", number + 1
        self._next[name] = number
        self.taken.add(found)
        return found
