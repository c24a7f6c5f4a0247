"""The committed versions of one packet, each compared with the one before it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from opmodel.compare.packets import PacketChange, compare_packets
from opmodel.load.document import Document, Entry
from opmodel.load.records import read_contents, validate_record
from opmodel.model.packet import Packet
from opmodel.readiness.history import FileVersion, History, is_blob
from opmodel.source.reader import parse

MOST_VERSIONS = 10
"""Versions that are compared; older ones stay in version control."""


@dataclass(frozen=True, kw_only=True)
class VersionChange:
    """The change of a packet in one commit.

    ``change`` is None for the first version, and after a version that is missing or cannot be read; ``older`` says
    whether there is an earlier version.
    """

    commit: str
    day: str
    change: PacketChange | None
    older: bool


@lru_cache(maxsize=16)  # pages that show one section of a packet need the same history again
def version_changes(
    history: History, path: str, most: int = MOST_VERSIONS, present: Entry[Packet] | None = None
) -> tuple[VersionChange, ...]:
    """Return the changes of the last ``most`` commits in the packet at ``path``, newest first.

    Commits that change comments and layout only are left out, and so are versions that cannot be read. ``present`` is
    the packet as it was loaded, which saves reading the last commit if the two are the same.
    """
    kept = history.first_parent_versions.get(path, [])[: most + 1]
    newest = kept[0].blob if kept else None
    # Most packets have one version, which is the file that was loaded: asking git for it and reading it once more
    # would take longer than all the rest of their page.
    packets = {newest: present.value} if newest and present and _is_committed(history, present, newest) else {}
    texts = history.texts(version.blob for version in kept if version.blob and version.blob not in packets)
    return tuple(_compared(kept, packets | {blob: _packet(path, text) for blob, text in texts.items()}, most))


def _is_committed(history: History, present: Entry[Packet], blob: str) -> bool:
    """Whether a packet was loaded from the bytes of the git object ``blob``."""
    data = present.document.data or read_contents(history.root, present.document.path)
    return isinstance(data, bytes) and is_blob(data, blob)


def _packet(path: str, text: str) -> Packet | None:
    node, _ = parse(text)
    return validate_record(Packet, Document(path, node), node)[0] if node else None


def _compared(kept: list[FileVersion], packets: Mapping[str, Packet | None], most: int) -> Iterator[VersionChange]:
    for number, version in enumerate(kept[:most]):
        packet = packets.get(version.blob or "")
        if packet is None:
            continue
        older = kept[number + 1] if number + 1 < len(kept) else None
        before = packets.get(older.blob or "") if older else None
        change = compare_packets(before, packet) if before else None
        if change is None or change:
            yield VersionChange(commit=version.commit, day=version.day, change=change, older=older is not None)
