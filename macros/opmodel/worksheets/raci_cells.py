"""Letters of responsibility as people write them: ``A/R``, ``r,a``, ``Accountable``, ``(C)``, ``A (deputy)``."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from opmodel.model.vocabulary import Raci
from opmodel.worksheets.names import folded_name

_SPELLINGS = {
    "R": "r responsible res resp responsable responsavel realise realisateur durchfuhrung zustandig",
    "A": "a accountable acc acct approve approves approval approver approvers approbateur aprobador aprovador "
    "autorite rechenschaftspflichtig",
    "C": "c consulted consult consults cons consultado consulte konsultiert contributor contributors",
    "I": "i informed inform informs inf notify notified notification informado informe informiert",
    "S": "s support supports supporting supportive",
    "D": "d driver drivers decide decides decider",
    "P": "p perform performs performer",
    "V": "v verify verifies verifier",
}
_WORDS = {word: letter for letter, words in _SPELLINGS.items() for word in words.split()}
_LOOSE = frozenset("approve approves approval approver approvers notify notified notification contributor".split())
"""Words that stand for a letter without being its name. What they are read as is said."""
RACI_LETTERS = frozenset("RACI")
EMPTY_MARKS = frozenset(
    {"", "-", "--", "–", "—", ".", "0", "n/a", "na", "none", "no", "nil", "false", "not applicable"}
)
PARTICIPATION_MARKS = frozenset({"x", "✓", "✔", "yes", "y", "true", "1", "●", "•", "*"})
_TOGETHER = re.compile(r"[raci]{2,4}")
_BESIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|[*†‡§¹²³⁰-⁹]+")
_NAMED = re.compile(r"^([RACISDPV])\s*[-–:=(]\s*\w{3,}|\(([RACISDPV])\)$")
_BETWEEN = re.compile(r"[\s/,;+&|\\-]+|\band\b|\bund\b|\bet\b")


@dataclass(frozen=True, slots=True)
class CellReading:
    """What a cell says: its letters, what stands beside them, and whether a word was taken for a letter."""

    letters: frozenset[str]
    beside: str = ""
    loose: bool = False


@lru_cache(maxsize=1 << 12)  # a table writes few different cells, each many times
def read_cell(text: str) -> CellReading | None:
    """Return what a cell says: no letters if it is empty, None if it holds something else."""
    bare = re.sub(r"(\*\*|__|`)(.+?)\1", r"\2", text.strip())
    if bare.casefold() in EMPTY_MARKS:
        return CellReading(frozenset())
    beside = " ".join(found[0] for found in _BESIDE.finditer(bare))
    reading = _letters(_BESIDE.sub(" ", bare))
    if reading and reading.letters:
        return CellReading(reading.letters, beside, reading.loose)
    return _letters(bare.strip("()[]{}*†‡. ")) if beside else reading


def _letters(text: str) -> CellReading | None:
    plain = unicodedata.normalize("NFKC", text).strip().casefold().strip(".:;,")
    if plain in EMPTY_MARKS:
        return CellReading(frozenset())
    found: set[str] = set()
    loose = False
    for word in _BETWEEN.split(plain):
        known = folded_name(word) if word.isalpha() else word
        if known in _WORDS:
            found.add(_WORDS[known])
            loose |= known in _LOOSE
        elif _TOGETHER.fullmatch(word):
            found |= {letter.upper() for letter in word}
        elif word:
            return None
    return CellReading(frozenset(found), loose=loose)


def cell_letters(text: str) -> frozenset[str] | None:
    """Return the letters of RACI in a cell: none if it is empty, None if it holds something else."""
    reading = read_cell(text)
    return reading.letters if reading and reading.letters <= RACI_LETTERS else None


@lru_cache(maxsize=1 << 12)
def heading_letters(text: str) -> frozenset[str]:
    """Return the letters of a heading: ``Responsible (does the work)`` gives R, ``Responsible / Accountable`` both."""
    if found := _NAMED.search(text.strip()):
        return frozenset(found[1] or found[2])
    first = re.split(r"[(:\n–—]| - ", text.strip(), maxsplit=1)[0]
    words = [word for word in folded_name(first).split() if word not in ("and", "or", "parties", "party", "persons")]
    if words and all(word in _WORDS for word in words) and len(words) <= 3:
        return frozenset(_WORDS[word] for word in words)
    return frozenset()


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
