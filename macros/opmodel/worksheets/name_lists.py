"""Lists of names in a cell: ``Operations, Audit`` are two, and ``Legal and Compliance`` or ``Meier, Anna`` are one."""

import re
from collections.abc import Iterable

from opmodel.worksheets.names import folded_name
from opmodel.worksheets.table_words import ROLE_WORDS

_OPEN = re.compile(r"[,;\n](?![^(]*\))")
_JOINED = re.compile(r"\s*(?:/|&|\+|\band\b|\bund\b|\bet\b)\s*")


class NameSplitter:
    """Splits cells into names, with the names that stand alone elsewhere, or that the site has, as evidence."""

    def __init__(self, known: Iterable[str], cells: Iterable[str]) -> None:
        self.alone = {folded_name(name) for name in known}
        for text in cells:
            parts = [part for part in re.split(r"[\n;]", text) if part.strip()]
            self.alone |= {folded_name(part) for part in parts if not re.search(r"[,/&+]| and ", part)}

    def names(self, text: str) -> list[str]:
        """Return the names in a cell, in order."""
        found: list[str] = []
        for line in re.split(r"[\n;]", text):
            parts = _tidy(_OPEN.split(line))
            if len(parts) == 2 and self.is_person(*parts):
                parts = [", ".join(parts)]
            for part in parts:
                found += self.joined(part)
        return list(dict.fromkeys(found))

    def is_person(self, first: str, second: str) -> bool:
        """Whether two parts are a surname and a forename, and no two roles."""
        if not all(re.fullmatch(r"[A-ZÀ-Þ][^\W\d_A-ZÀ-Þ]+(-[A-ZÀ-Þ]\w+)?\.?", part) for part in (first, second)):
            return False
        folded = (folded_name(first), folded_name(second))
        return not any(name in self.alone or name in ROLE_WORDS for name in folded)

    def joined(self, text: str) -> list[str]:
        """Split names that are joined by a slash, ``&`` or ``and`` if each of them is a name by itself."""
        parts = _tidy(_JOINED.split(text))
        separate = all(folded_name(part) in self.alone for part in parts)
        if len(parts) > 1 and separate and folded_name(text) not in self.alone:
            return parts
        return _tidy([text])


def _tidy(parts: Iterable[str]) -> list[str]:
    return [name for part in parts if (name := " ".join(part.strip(" •-–*\t").split()))]
