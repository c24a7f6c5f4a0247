"""Relatives of RACI (RASCI, DACI, RAPID, RACI-VS): how a table is told to use one, and what its letters become."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from opmodel.worksheets.names import folded_name


@dataclass(frozen=True, slots=True)
class LetterScheme:
    """A set of letters: its name, what each letter is called there, and the letter of RACI that it becomes."""

    name: str
    meanings: Mapping[str, str]
    becomes: Mapping[str, str]

    def table(self) -> str:
        """Return the translation in words: ``D (driver) is written as R``."""
        pairs = (f"{letter} ({self.meanings[letter]}) → {self.becomes[letter]}" for letter in self.meanings)
        return "; ".join(pairs)


_RACI = {"R": "responsible", "A": "accountable", "C": "consulted", "I": "informed"}
RACI = LetterScheme("RACI", _RACI, {letter: letter for letter in _RACI})
RASCI = LetterScheme("RASCI", {**_RACI, "S": "support"}, {**RACI.becomes, "S": "R"})
DACI = LetterScheme(
    "DACI",
    {"D": "driver", "A": "approver", "C": "contributor", "I": "informed"},
    {"D": "R", "A": "A", "C": "C", "I": "I"},
)
RAPID = LetterScheme(
    "RAPID",
    {"R": "recommend", "A": "agree", "P": "perform", "I": "input", "D": "decide"},
    {"R": "C", "A": "C", "P": "R", "I": "C", "D": "A"},
)
RACI_VS = LetterScheme("RACI-VS", {**_RACI, "V": "verify", "S": "sign off"}, {**RACI.becomes, "V": "C", "S": "C"})
_NAMED = (
    (re.compile(r"\bRACI[ -]?VS\b|\bVARISC\b"), RACI_VS),
    (re.compile(r"\bRASCI\b|\bRASIC\b|\bRACIS\b"), RASCI),
    (re.compile(r"\bRAPID\b"), RAPID),
    (re.compile(r"\bDACI\b"), DACI),
)
_ENTRY = re.compile(r"(?:^|[\s,;|(•])[*_]{0,2}([A-Z])[*_]{0,2}\s*(?:=|:|–|—|-)\s*([^\W\d_]{4,})")
_OTHER = {
    "R": "recommend|review",
    "A": "agree|assist|attend|advis",
    "C": "creat|control|coordinat",
    "I": "input|implement|initiat|involv",
}
"""Beginnings of what a legend may say of a letter that is not RACI's, though the letter is."""


def legend_entries(texts: Iterable[str]) -> dict[str, str]:
    """Return what legends say of each letter: ``R = Responsible`` gives ``responsible`` for R."""
    found: dict[str, str] = {}
    for text in texts:
        for letter, word in _ENTRY.findall(text):
            found.setdefault(letter, folded_name(word))
    return found


def scheme_of(used: frozenset[str], titles: Iterable[str], legend: Mapping[str, str]) -> LetterScheme | None:
    """Return the scheme of a table by its titles, its legend and its letters; None if the legend says another thing."""
    text = " ".join(titles)
    says = {letter: word for letter, word in legend.items() if letter in "RACISDPV"}
    for pattern, scheme in _NAMED:
        if pattern.search(text) and used <= frozenset(scheme.meanings):
            return scheme
    for scheme in (RAPID, DACI, RACI_VS, RASCI):
        special = {letter for letter, word in scheme.meanings.items() if _RACI.get(letter) != word}
        told = {letter for letter in special if says.get(letter, "").startswith(scheme.meanings[letter][:5])}
        if told and (told & used or len(told) > 1) and used <= frozenset(scheme.meanings):
            return scheme
    if {"P", "D"} <= used and "C" not in used:
        return RAPID
    if "D" in used and not used & {"R", "P"}:
        return DACI
    if {"V", "S"} <= used:
        return RACI_VS
    odd = [letter for letter, word in says.items() if letter in _OTHER and re.match(_OTHER[letter], word)]
    return None if any(letter in used for letter in odd) else RACI
