"""Sign-offs: whether they still hold, new ones, and old ones that were altered.

A signature is void when a section changes that it was made under: one of which its record has a digest. It stays valid
when

- what changes is not material, for everybody (`opmodel.readiness.material`) or for this site (``not_material``);
- something is added that nobody could sign then: a role, a row of the matrix, a section, a field, a rule or a gate. A
  packet whose signatures hold owes it at its next review (`opmodel.readiness.owed`).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePosixPath

from opmodel import __version__
from opmodel.files.packet_files import PACKETS_FOLDER, SIGNOFFS_FOLDER, signoffs_path
from opmodel.load.document import Document
from opmodel.load.operating_model import OperatingModel
from opmodel.model.base import SlottedModel
from opmodel.model.packet import Packet
from opmodel.model.signoff import Signoff, Signoffs
from opmodel.model.vocabulary import Section, Side
from opmodel.readiness.history import FileVersion, History, is_blob
from opmodel.readiness.material import MATERIAL, LeftOut, digests, left_out, optional_fields
from opmodel.source.reader import parse
from opmodel.source.tree import ListNode, Node, child


@dataclass(frozen=True, slots=True)
class SideSignature(SlottedModel):
    """The newest sign-off of one side, None if it never signed, and the sections that changed since."""

    side: Side
    signoff: Signoff | None
    changed: tuple[Section, ...]
    not_covered: tuple[Section, ...] = ()
    """Sections that did not exist yet."""

    @property
    def current(self) -> bool:
        """Whether the signature covers the current packet."""
        return self.signoff is not None and not self.changed

    @property
    def reason(self) -> str:
        """Why the signature is missing or no longer valid; empty if it is valid."""
        if self.signoff is None:
            return f"{self.side.label} has not signed"
        if not self.changed:
            return ""
        names = ", ".join(section.value for section in self.changed)
        return f"{self.side.label} signed on {self.signoff.date}; changed since: {names}"


def side_signature(
    packet: Packet, now: Mapping[Section, str], signoffs: Signoffs | None, side: Side, as_of: date
) -> SideSignature:
    """Compare the newest sign-off of a side with a packet.

    Args:
        packet: The packet.
        now: Its current digests.
        signoffs: Its sign-offs.
        side: The side.
        as_of: The day up to which sign-offs count.
    """
    records = [r for r in (signoffs.records if signoffs else ()) if r.side is side and r.date <= as_of]
    if not records:
        return SideSignature(side, None, ())
    signed = records[-1]
    current = digests_as_signed(packet, now, signed)
    differing = [section for section in MATERIAL if signed.digests.get(section) != current[section]]
    later = tuple(section for section in differing if section not in signed.digests and MATERIAL[section].later)
    return SideSignature(side, signed, tuple(section for section in differing if section not in later), later)


def without_immaterial(state: SideSignature, signed: Packet, packet: Packet, without: LeftOut) -> SideSignature:
    """Return a signature without the sections in which only immaterial fields changed.

    Args:
        state: The signature.
        signed: The version of the packet that was signed.
        packet: The present one.
        without: The fields that are not material now, or were not when it was signed.
    """
    before, after = digests(signed, without), digests(packet, without)
    return replace(state, changed=tuple(section for section in state.changed if before[section] != after[section]))


def digests_as_signed(packet: Packet, now: Mapping[Section, str], signed: Signoff) -> Mapping[Section, str]:
    """Return the current digests of a packet without the fields that were not material when it was signed."""
    return digests(packet, left_out(signed.left_out)) if signed.left_out else now


def new_signoff(packet: Packet, side: Side, day: date, not_material: Iterable[str] = ()) -> Signoff:
    """Return a sign-off of the owner on ``side`` over the current digests of all sections."""
    owner = packet.owners.value if side is Side.BUSINESS else packet.owners.safety
    fields = tuple(sorted(set(not_material) & optional_fields().keys()))
    return Signoff(
        side=side,
        role=owner.role,
        name=owner.holder,
        date=day,
        left_out=fields,
        engine=__version__,
        digests=digests(packet, left_out(fields)),
    )


@dataclass(frozen=True, slots=True)
class AlteredRecord:
    """A committed record that was altered or removed since."""

    path: str
    line: int
    message: str


def altered_records(model: OperatingModel, history: History) -> Iterator[AlteredRecord]:
    """Yield the first altered or removed record of each file; those of a packet that was removed may go with it.

    A file that is no YAML has an error already and is not compared. Where a packet is no YAML, its former ids are
    unknown, so no file counts as removed.
    """
    now = {document.path: document for document in model.documents if document.path.startswith(SIGNOFFS_FOLDER)}
    faulty = [
        document
        for document in model.documents
        if document.path.startswith(PACKETS_FOLDER) and PurePosixPath(document.path).stem not in model.summaries
    ]
    former = {name: summary.formerly for name, summary in model.summaries.items()}
    former |= {PurePosixPath(packet.path).stem: tuple(_former_ids(packet)) for packet in faulty}
    moved = {signoffs_path(old): signoffs_path(name) for name, ids in former.items() for old in ids}
    unknown = {path for path in now if PurePosixPath(path).stem not in model.signoffs and not now[path].node}
    all_packets_read = all(packet.node for packet in faulty)
    data = {path: _readable(model, document) for path, document in now.items()}
    removed = {signoffs_path(name) for name in _removed_packets(model)} - now.keys()
    others: dict[str, tuple[str, list[FileVersion]]] = {}
    for path, kept in sorted(history.file_versions(SIGNOFFS_FOLDER).items()):
        present = path if path in now else moved.get(path, path)  # the file of a renamed packet is renamed too
        same = data.get(present)
        versions = [each for each in reversed(kept) if each.blob and not (same and is_blob(same, each.blob))]
        compared = present not in removed | unknown and (present in now or all_packets_read)
        if versions and path.endswith(".yml") and compared:
            others[path] = present, versions
    texts = history.texts(each.blob for _, versions in others.values() for each in versions if each.blob)
    for present, versions in others.values():
        if change := _altered_record(versions, texts, present, now.get(present)):
            yield change


def _former_ids(packet: Document) -> Iterator[str]:
    """Yield the former ids in a packet's file, which may have errors elsewhere."""
    former = child(packet.node, "formerly") if packet.node else None
    ids = former.items if isinstance(former, ListNode) else ()
    yield from (each.plain for each in ids if isinstance(each.plain, str))


def _readable(model: OperatingModel, document: Document) -> bytes | None:
    """Return the bytes of a file whose records are valid; committed versions with the same bytes need no comparison."""
    return document.data if PurePosixPath(document.path).stem in model.signoffs else None


def _removed_packets(model: OperatingModel) -> Iterator[str]:
    """Yield the ids of packets that ``data/redirects.yml`` says were removed."""
    for entry in model.redirects:
        kind, _, name = entry.value.source.strip("/").rpartition("/")
        if entry.value.removed and kind == "workflows" and name not in model.summaries:
            yield name


def _altered_record(
    versions: list[FileVersion], texts: Mapping[str, str], path: str, document: Document | None
) -> AlteredRecord | None:
    present = _record_nodes(document.node if document else None)
    for version in versions:
        text = texts.get(version.blob or "")
        committed = _record_nodes(parse(text)[0]) if text else []
        for position, record in enumerate(committed):
            number, commit = position + 1, version.commit[:12]
            if position >= len(present):
                return AlteredRecord(
                    path, 1, f"record {number} was removed; it stands in commit {commit} of {version.day}"
                )
            if present[position].plain != record.plain:
                line = present[position].mark.line
                return AlteredRecord(path, line, f"record {number} was altered since commit {commit} of {version.day}")
    return None


def _record_nodes(node: Node | None) -> list[Node]:
    below = child(node, "records") if node else None
    return below.items if isinstance(below, ListNode) else []
