"""The committed versions of one packet, each compared with the one before it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from opmodel.compare.packets import PacketChange, compare_packets
from opmodel.load.document import Document
from opmodel.load.schema import record
from opmodel.model.packet import Packet
from opmodel.readiness.history import History, Kept
from opmodel.source.reader import parse

MOST = 10
"""Versions that are compared; older ones stay in version control."""


@dataclass(frozen=True, kw_only=True)
class VersionChange:
    """What one commit changed in a packet. ``change`` is None for the first version, and for one after a version that
    was not there or cannot be read; ``older`` says whether there was one."""

    commit: str
    day: str
    change: PacketChange | None
    older: bool


@lru_cache(maxsize=512)  # pages that show one section of a packet ask for the same history again
def version_changes(history: History, path: str, most: int = MOST) -> tuple[VersionChange, ...]:
    """Return what each of the last ``most`` commits changed in the packet at ``path``, newest first.

    Commits that change comments and layout only are left out, and so are versions that cannot be read.
    """
    kept = history.lineages.get(path, [])[: most + 1]
    texts = history.texts(version.blob for version in kept if version.blob)
    return tuple(_compared(kept, {blob: _packet(path, text) for blob, text in texts.items()}, most))


def _packet(path: str, text: str) -> Packet | None:
    node, _ = parse(text)
    return record(Packet, Document(path, node), node)[0] if node else None


def _compared(kept: list[Kept], packets: dict[str, Packet | None], most: int) -> Iterator[VersionChange]:
    for number, version in enumerate(kept[:most]):
        packet = packets.get(version.blob or "")
        if packet is None:
            continue
        older = kept[number + 1] if number + 1 < len(kept) else None
        before = packets.get(older.blob or "") if older else None
        change = compare_packets(before, packet) if before else None
        if change is None or change:
            yield VersionChange(commit=version.commit, day=version.day, change=change, older=older is not None)
