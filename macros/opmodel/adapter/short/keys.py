"""What a generated page depends on, as one digest for each page."""

from pathlib import Path

from opmodel import addresses
from opmodel.load.file import contents
from opmodel.memory import Key, digest
from opmodel.rules.check import Checked


class Keys:
    """The keys of the generated pages of one build."""

    def __init__(self, checked: Checked, root: Path, *settings: object) -> None:
        assert checked.bench, "a site that is built was judged"
        model, bench = checked.model, checked.bench
        self.checked = checked
        self.paths = bench.begun.packets
        packets = {*self.paths.values(), *bench.begun.signoffs.values()}
        pages = {entry.document.path for entry in model.pages.values()}
        shared = sorted(({document.path for document in model.documents} - packets) | pages)
        former = [f"{name} {cover.formerly}" for name, cover in model.covers.items() if cover.formerly]
        self.whole = digest(
            bench.shared,
            repr(settings),
            model.permalinks,
            *former,
            *(part for path in shared for part in (path, repr(contents(root, path)))),
        )
        """All data but packets, and every page of docs/."""
        titles = (f"{path} {entry.value.title}" for path, entry in model.pages.items())
        moves = self.whole if former or model.redirects else ""  # where they lead, anything may have a say in
        matrix = repr(contents(root, "data/responsibilities.yml"))
        self.site = digest(bench.shared, repr(settings), moves, matrix, *titles)
        """What pages show of the site that name no other record than roles, teams and packets."""

    def all(self) -> dict[str, Key]:
        """Return the key of each page that depends on no more than a key can say, by address."""
        model = self.checked.model
        found = {addresses.packet(name): self._packet(name, key) for name, key in self.checked.keys.items()}
        found |= {addresses.question(name): self._question(name) for name in model.questions}
        found |= {addresses.team(name): key for name, key in self._teams().items()}
        return found

    def _packet(self, name: str, key: Key) -> Key:
        model = self.checked.model
        others = (model.covers[name].supersedes or "", model.successors.get(name, "")) if name in model.covers else ()
        versions = repr(self.checked.history.lineages.get(self.paths.get(name, ""), ()))
        return digest(self.site, key, versions, *self._titles(others))

    def _question(self, name: str) -> Key:
        related = self.checked.model.questions[name].value.related
        return digest(self.whole, *self._titles(related.packets))

    def _titles(self, names: tuple[str, ...]) -> list[str]:
        covers = self.checked.model.covers
        return [f"{name} {covers[name].title}" for name in names if name in covers]

    def _teams(self) -> dict[str, Key]:
        """Return the key of each team's page: it lists every packet that gives something to the team."""
        named: dict[str, list[Key]] = {name: [] for name in self.checked.model.teams}
        for name, cover in self.checked.model.covers.items():
            key = self.checked.keys.get(name) or digest(repr(cover), repr(self.checked.standings[name]))
            for team in {duty.team for duty in cover.duties} & named.keys():
                named[team] += (name, key)
        return {name: digest(self.site, *keys) for name, keys in named.items()}
