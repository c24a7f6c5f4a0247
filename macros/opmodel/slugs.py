"""Ids made of words, the same way everywhere: ``Større kjøp`` gives ``storre-kjop``."""

import re
import unicodedata
from collections.abc import Collection
from itertools import count

LONGEST = 60
_LETTERS = str.maketrans(
    {
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "\u0131": "i",
        "ħ": "h",
        "ŧ": "t",
        "ŋ": "ng",
    }
)
"""Letters of the Latin script that Unicode does not take apart into one of ASCII and an accent."""


def without_accents(text: str) -> str:
    """Return ``text`` in lower case, with letters of ASCII in place of those of the Latin script with accents."""
    letters = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def slug(text: str) -> str:
    """Return an id made of the words of ``text``, at most 60 characters and whole words where that is possible."""
    joined = "-".join(re.findall(r"[a-z0-9]+", without_accents(text)))
    return joined if len(joined) <= LONGEST else joined[: LONGEST + 1].rpartition("-")[0] or joined[:LONGEST]


def free(name: str, taken: Collection[str]) -> str:
    """Return ``name``, or ``name-2`` and so on: the first that is not in ``taken``."""
    if name not in taken:
        return name
    return next(each for number in count(2) if (each := f"{name}-{number}") not in taken)
