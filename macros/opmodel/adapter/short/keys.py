"""What a packet's page depends on, besides the packet itself, as one digest."""

from pathlib import Path

from opmodel.load.loader import contents
from opmodel.memory import Key, digest
from opmodel.rules.check import Checked


class Keys:
    """The keys of the packets' pages of one build."""

    def __init__(self, checked: Checked, root: Path, *settings: object) -> None:
        model = checked.model
        self.checked = checked
        assert checked.bench, "a site that is built was judged"
        self.paths = checked.bench.begun.packets
        packets = {*self.paths.values(), *checked.bench.begun.signoffs.values()}
        pages = {entry.document.path for entry in model.pages.values()}
        shared = sorted(({document.path for document in model.documents} - packets) | pages)
        former = (f"{name} {cover.formerly}" for name, cover in model.covers.items() if cover.formerly)
        self.site = digest(
            repr(settings),
            repr(model.permalinks),
            *former,
            *(part for path in shared for part in (path, repr(contents(root, path)))),
        )

    def of(self, name: str) -> Key | None:
        """Return the key of the page of the packet ``name``; None where it depends on more than a key can say."""
        key = self.checked.keys.get(name)
        if key is None:
            return None
        model = self.checked.model
        others = (model.covers[name].supersedes or "", model.successors.get(name, ""))
        titles = (f"{other} {model.covers[other].title}" for other in others if other in model.covers)
        versions = repr(self.checked.history.lineages.get(self.paths[name], ()))
        return digest(self.site, key, versions, *titles)
