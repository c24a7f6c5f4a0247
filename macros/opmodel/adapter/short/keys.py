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
        packets = {entry.document.path for entry in model.packets.values()}
        packets |= {entry.document.path for entry in model.signoffs.values()}
        pages = {entry.document.path for entry in model.pages.values()}
        shared = sorted(({document.path for document in model.documents} - packets) | pages)
        former = (f"{name} {entry.value.formerly}" for name, entry in model.packets.items() if entry.value.formerly)
        self.site = digest(
            repr(settings),
            repr(model.permalinks),
            *former,
            *(part for path in shared for part in (path, repr(contents(root, path)))),
        )
        self.successors: dict[str, str] = {}
        for name, entry in model.packets.items():
            if entry.value.supersedes:
                self.successors.setdefault(entry.value.supersedes, name)

    def of(self, name: str) -> Key | None:
        """Return the key of the page of the packet ``name``; None where it depends on more than a key can say."""
        key = self.checked.keys.get(name)
        if key is None:
            return None
        model = self.checked.model
        packet = model.packets[name]
        others = (packet.value.supersedes or "", self.successors.get(name, ""))
        titles = (f"{other} {model.packets[other].value.title}" for other in others if other in model.packets)
        versions = repr(self.checked.history.lineages.get(packet.document.path, ()))
        return digest(self.site, key, versions, *titles)
