"""RACI letters as people write them: ``A/R``, ``r,a``, ``Accountable``, ``(C)``."""

import re
import unicodedata
from functools import lru_cache

from opmodel.model.vocabulary import Raci
from opmodel.worksheets.names import folded_name

_SPELLINGS = {
    "R": "r responsible res resp",
    "A": "a accountable acc acct",
    "C": "c consulted consult cons",
    "I": "i informed inform inf",
}
_WORDS = {word: letter for letter, words in _SPELLINGS.items() for word in words.split()}
EMPTY_MARKS = frozenset({"", "-", "–", "—", ".", "0", "n/a", "na", "none", "no", "nil", "false"})
PARTICIPATION_MARKS = frozenset({"x", "✓", "✔", "yes", "y", "true", "1", "●", "•", "*"})
_TOGETHER = re.compile(r"[raci]{2,4}")


def heading_letter(text: str) -> str | None:
    """Return the letter of a heading: ``Responsible (does the work)`` gives ``R``."""
    first = re.split(r"[(:\n]", text.strip(), maxsplit=1)[0]
    words = folded_name(first).split()
    found = {_WORDS[word] for word in words if len(word) > 3 and word in _WORDS} or {
        _WORDS[word] for word in words if word in _WORDS and len(words) == 1
    }
    return found.pop() if len(found) == 1 else None


@lru_cache(maxsize=1 << 12)  # a table writes few different cells, each many times
def cell_letters(text: str) -> frozenset[str] | None:
    """Return the letters in a cell: none if it is empty, None if it holds something else."""
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
    """Return the entry of the model for a set of letters, and the letters that it leaves out."""
    if {"A", "R"} <= found:
        kept, used = Raci.AR, {"A", "R"}
    else:
        name = next((letter for letter in "ARCI" if letter in found), None)
        if name is None:
            return None, ""
        kept, used = Raci(name), {name}
    return kept, ", ".join(sorted(found - used))
