"""What changed in a packet since a signature, where version control still has the version that was signed."""

from dataclasses import dataclass

from opmodel.load.document import Document
from opmodel.load.schema import record
from opmodel.model.packet import Packet
from opmodel.model.signoff import Signoff
from opmodel.model.vocabulary import Section
from opmodel.readiness.field_changes import FieldChange, field_changes
from opmodel.readiness.history import History
from opmodel.readiness.material import digests, section_value
from opmodel.source.reader import parse


@dataclass(frozen=True, kw_only=True)
class SectionChange:
    """The fields of one section that differ between two versions of a packet."""

    section: Section
    fields: tuple[FieldChange, ...]


def changes_since(
    packet: Packet, path: str, signed: Signoff, changed: tuple[Section, ...], history: History
) -> tuple[SectionChange, ...]:
    """Return each material field that changed in the sections ``changed`` since ``signed``; nothing without history."""
    old = _signed_version(path, signed, history) if changed else None
    return tuple(_section_change(old, packet, section) for section in changed) if old else ()


def _signed_version(path: str, signed: Signoff, history: History) -> Packet | None:
    """Return the newest committed version of the packet whose sections have the signed digests."""
    for version in reversed(history.versions(path).get(path, [])):
        node, _ = parse(version.text) if version.text else (None, [])
        packet = record(Packet, Document(path, node), node)[0] if node else None
        if packet and digests(packet) == signed.digests:
            return packet
    return None


def _section_change(old: Packet, new: Packet, section: Section) -> SectionChange:
    fields = field_changes(section_value(old, section), section_value(new, section))
    return SectionChange(section=section, fields=tuple(fields))
