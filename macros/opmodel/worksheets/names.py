"""Comparison of names regardless of case, accents and plural; names of roles."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import TypeVar

from opmodel.model.organisation import Role
from opmodel.model.vocabulary import Side
from opmodel.text.nearest import did_you_mean
from opmodel.text.slugs import FreeNames, slug, without_accents

Key = TypeVar("Key")
_NOT_WORDS = re.compile(r"[\W_]+")
_ARTICLE = re.compile(r"^(the|our) ")


@lru_cache(maxsize=1 << 12)
def folded_name(text: str) -> str:
    """Return ``text`` in lower case, without accents, punctuation and leading articles: ``Platform-Owner`` folds to
    ``platform owner``."""
    return _ARTICLE.sub("", " ".join(_NOT_WORDS.sub(" ", without_accents(text)).split()))


def same_name(text: str, names: Mapping[Key, Iterable[str]]) -> Key | None:
    """Return the key with the name ``text``, also in the plural, or None if there is none or several."""
    wanted = {folded_name(text), folded_name(text).removesuffix("s")} - {""}
    found = [
        key
        for key, each in names.items()
        if wanted & {f for n in each for f in (folded_name(n), folded_name(n).removesuffix("s"))}
    ]
    return found[0] if len(found) == 1 else None


class RoleNames:
    """The roles of a site by their names. Unknown names get new ids."""

    def __init__(self, known: Mapping[str, Role], renamed: Mapping[str, str]) -> None:
        self.known = known
        self.renamed = {folded_name(heading): role for heading, role in renamed.items()}
        self.names = {name: (role.id, role.name) for name, role in known.items()}
        self.new: dict[str, str] = {}
        self.ids = FreeNames(known)

    def find(self, text: str) -> tuple[str, str, str]:
        """Return the id of a role and, the first time that it is unknown, a reason and the nearest match."""
        name = " ".join(text.split())
        given = self.renamed.get(folded_name(name)) or same_name(name, self.names)
        if given:
            return given, "", ""
        if folded_name(name) in self.new:
            return self.new[folded_name(name)], "", ""
        made = self.new[folded_name(name)] = self.ids.take(slug(folded_name(name)) or "role")
        near = did_you_mean(name, [each for pair in self.names.values() for each in pair])
        return made, f"no role of the site; written as {made}", near

    def knows(self, text: str) -> bool:
        """Whether a heading names a role of the site."""
        return folded_name(text) in self.renamed or same_name(text, self.names) is not None

    def side(self, role: str) -> Side | None:
        """Return the side of a role, or None if it is new."""
        return self.known[role].side if role in self.known else None
