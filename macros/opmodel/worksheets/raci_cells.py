"""RACI letters as people write them: ``A/R``, ``r,a``, ``Accountable``, ``(C)``."""

import re
import unicodedata
from functools import lru_cache

from opmodel.model.vocabulary import Raci
from opmodel.worksheets.names import folded_name

_WORDS = {
    "r": "R",
    "responsible": "R",
    "res": "R",
    "resp": "R",
    "a": "A",
    "accountable": "A",
    "acc": "A",
    "acct": "A",
    "c": "C",
    "consulted": "C",
    "consult": "C",
    "cons": "C",
    "i": "I",
    "informed": "I",
    "inform": "I",
    "inf": "I",
}
EMPTY_MARKS = frozenset({"", "-", "–", "—", ".", "0", "n/a", "na", "none", "no", "nil", "false"})
PARTICIPATION_MARKS = frozenset({"x", "✓", "✔", "yes", "y", "true", "1", "●", "•", "*"})
_TOGETHER = re.compile(r"[raci]{2,4}")


def heading_letter(text: str) -> str | None:
    """Return the letter that a column of names is headed with: ``Responsible (does the work)`` gives ``R``."""
    first = re.split(r"[(:\n]", text.strip(), maxsplit=1)[0]
    words = folded_name(first).split()
    found = {_WORDS[word] for word in words if len(word) > 3 and word in _WORDS} or {
        _WORDS[word] for word in words if word in _WORDS and len(words) == 1
    }
    return found.pop() if len(found) == 1 else None


@lru_cache(maxsize=1 << 12)  # a table writes few different cells, each many times
def cell_letters(text: str) -> frozenset[str] | None:
    """Return the letters that a cell writes, none for an empty one; None when it writes something else."""
    plain = unicodedata.normalize("NFKC", text).strip().casefold().strip("()[]{}*†‡. ")
    if plain in EMPTY_MARKS:
        return frozenset()
    found: set[str] = set()
    for word in re.split(r"[\s/,;+&|\\-]+|\band\b", plain):
        if word in _WORDS:
            found.add(_WORDS[word])
        elif _TOGETHER.fullmatch(word):
            found |= {letter.upper() for letter in word}
        elif word:
            return None
    return frozenset(found)


def raci_entry(found: frozenset[str]) -> tuple[Raci | None, str]:
    """Return the one entry that the model has for these letters, and what had to be left out of them.

    Whoever answers or does the work has no need to be asked or told besides.
    """
    if {"A", "R"} <= found:
        kept, used = Raci.AR, {"A", "R"}
    else:
        name = next((letter for letter in "ARCI" if letter in found), None)
        if name is None:
            return None, ""
        kept, used = Raci(name), {name}
    return kept, ", ".join(sorted(found - used))
