"""Which role of the site a heading means."""

from collections.abc import Mapping

from opmodel.model.organisation import Role
from opmodel.model.vocabulary import Side
from opmodel.text.nearest import did_you_mean
from opmodel.text.slugs import FreeNames, slug
from opmodel.worksheets.names import folded_name, same_name


class RoleNames:
    """The site's roles by every name they go by; headings that fit none get ids of their own."""

    def __init__(self, known: Mapping[str, Role], renamed: Mapping[str, str]) -> None:
        self.known = known
        self.renamed = {folded_name(heading): role for heading, role in renamed.items()}
        self.names = {name: (role.id, role.name) for name, role in known.items()}
        self.new: dict[str, str] = {}
        self.ids = FreeNames(known)

    def find(self, text: str) -> tuple[str, str, str]:
        """Return the role's id; for an unknown role also why, the first time, and the nearest match."""
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
        """Return the side of a role, None for one that the site does not have."""
        return self.known[role].side if role in self.known else None
