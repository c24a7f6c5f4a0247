"""Digests of everything that each generated page depends on."""

from pathlib import Path

from opmodel.cache import Key, digest
from opmodel.load.records import read_contents
from opmodel.permalinks import addresses
from opmodel.readiness.ranking import candidate_pages
from opmodel.rules.check import Checked


class PageKeys:
    """The keys of the generated pages of one build.

    ``settings`` are those of the build that pages depend on.
    """

    def __init__(self, checked: Checked, root: Path, *settings: object) -> None:
        assert checked.checker, "a site that is built was checked"
        model, checker = checked.model, checked.checker
        self.checked = checked
        self.paths = checker.site_files.packets
        packets = {*self.paths.values(), *checker.site_files.signoffs.values()}
        pages = {entry.document.path for entry in model.pages.values()}
        shared = sorted(({document.path for document in model.documents} - packets) | pages)
        former = [f"{name} {summary.formerly}" for name, summary in model.summaries.items() if summary.formerly]
        self.whole = digest(
            checker.shared_digest,
            repr(settings),
            model.permalinks,
            *former,
            *(part for path in shared for part in (path, repr(read_contents(root, path)))),
        )
        """The digest of all data but packets, and of every page of ``docs/``."""
        titles = (f"{path} {entry.value.title}" for path, entry in model.pages.items())
        moves = self.whole if former or model.redirects else ""  # where one leads may depend on any record or page
        matrix = repr(read_contents(root, "data/responsibilities.yml"))
        self.site = digest(checker.shared_digest, repr(settings), moves, matrix, *titles)
        """The digest of what a page depends on that shows roles, teams and packets, and no other records."""

    def all(self) -> dict[str, Key]:
        """Return the key of each generated page, by address."""
        model = self.checked.model
        found = {addresses.packet(name): self._packet(name, key) for name, key in self.checked.keys.items()}
        found |= {addresses.question(name): self._question(name) for name in model.questions}
        found |= {addresses.team(name): key for name, key in self._teams().items()}
        found |= {addresses.system(name): key for name, key in self._systems().items()}
        pages = range(1, candidate_pages(model.candidates.value if model.candidates else None) + 1)
        return found | {addresses.candidate_list(number): digest(self.whole, "candidates") for number in pages}

    def _packet(self, name: str, key: Key) -> Key:
        model = self.checked.model
        others = (
            (model.summaries[name].supersedes or "", model.successors.get(name, "")) if name in model.summaries else ()
        )
        versions = repr(self.checked.history.first_parent_versions.get(self.paths.get(name, ""), ()))
        fault = repr(self.checked.faulty_packets.get(name))
        return digest(self.site, key, versions, fault, *self._titles(others))

    def _question(self, name: str) -> Key:
        related = self.checked.model.questions[name].value.related
        return digest(self.whole, *self._titles(related.packets))

    def _titles(self, names: tuple[str, ...]) -> list[str]:
        summaries = self.checked.model.summaries
        return [f"{name} {summaries[name].title}" for name in names if name in summaries]

    def _systems(self) -> dict[str, Key]:
        """Return the key of each system's page: it lists what every packet says of the system."""
        if not self.checked.model.systems:
            return {}
        uses = (
            f"{name} {summary.title} {summary.status} {summary.system_uses!r}"
            for name, summary in self.checked.model.summaries.items()
        )
        key = digest(self.whole, *uses)
        return {name: digest(key, name) for name in self.checked.model.systems}

    def _teams(self) -> dict[str, Key]:
        """Return the key of each team's page: it lists every packet that gives something to the team."""
        named: dict[str, list[Key]] = {name: [] for name in self.checked.model.teams}
        for name, summary in self.checked.model.summaries.items():
            fault = repr(self.checked.faulty_packets.get(name))
            key = digest(self.checked.keys.get(name) or repr(summary), fault)
            for team in {duty.team for duty in summary.duties} & named.keys():
                named[team] += (name, key)
        return {name: digest(self.site, *keys) for name, keys in named.items()}
