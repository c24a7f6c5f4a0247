"""What changed since a signature, field by field, where version control still has the version that was signed."""

from collections.abc import Iterator
from dataclasses import dataclass

from opmodel.load.document import Document
from opmodel.load.schema import record
from opmodel.model.packet import Packet
from opmodel.model.signoff import Signoff
from opmodel.model.vocabulary import Section
from opmodel.readiness.history import History
from opmodel.readiness.material import changed_fields, digests, section_value
from opmodel.source.reader import parse


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field of a section that is not what was signed; ``before`` and ``after`` are empty where it was not there."""

    section: Section
    field: str
    before: str
    after: str


def changes_since(
    packet: Packet, path: str, signed: Signoff, changed: tuple[Section, ...], history: History
) -> tuple[FieldChange, ...]:
    """Return each field that changed in the sections ``changed`` since ``signed``; nothing without history."""
    old = _signed_version(path, signed, history) if changed else None
    return tuple(_changes(old, packet, changed)) if old else ()


def _signed_version(path: str, signed: Signoff, history: History) -> Packet | None:
    """Return the newest committed version of the packet whose sections have the signed digests."""
    for version in reversed(history.versions(path).get(path, [])):
        node, _ = parse(version.text) if version.text else (None, [])
        packet = record(Packet, Document(path, node), node)[0] if node else None
        if packet and digests(packet) == signed.digests:
            return packet
    return None


def _changes(old: Packet, new: Packet, changed: tuple[Section, ...]) -> Iterator[FieldChange]:
    for section in changed:
        for path, before, after in changed_fields(section_value(old, section), section_value(new, section)):
            yield FieldChange(section, " / ".join(map(str, path)), _words(before), _words(after))


def _words(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_words(item)}" for key, item in value.items())
    if isinstance(value, list):
        return ", ".join(_words(item) for item in value)
    return str(value).lower() if isinstance(value, bool) else str(value)
