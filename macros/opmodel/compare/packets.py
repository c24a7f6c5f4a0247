"""Two versions of one packet compared: status, approval, access, and every other section field by field."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from typing import Any

from opmodel.compare.access import AccessChange, access_changes
from opmodel.compare.answers import AnswerDirection
from opmodel.compare.approval import TableChange, compare_tables
from opmodel.model.packet import Packet
from opmodel.model.vocabulary import Section
from opmodel.readiness.changes import FieldChange, SectionChange, field_changes, plain_data
from opmodel.readiness.material import MATERIAL

_HEAD = tuple(name for name in Packet.model_fields if name not in {signed.path[0] for signed in MATERIAL.values()})
"""The fields of a packet that stand above its sections."""
_IMPORTANT = (Section.OWNERS, Section.SUPPORT, Section.AUDIT, Section.FORBIDDEN, Section.FAILURE_CASES)
"""Sections that a reviewer reads first, after approval and access; the others follow in the order of the page."""


@dataclass(frozen=True, kw_only=True)
class PacketChange:
    """How one version of a packet differs from another. ``approval`` is None where the section is the same."""

    head: tuple[FieldChange, ...]
    approval: TableChange | None
    access: tuple[AccessChange, ...]
    sections: tuple[SectionChange, ...]

    def __bool__(self) -> bool:
        """Whether anything differs."""
        return bool(self.head or self.approval or self.access or self.sections)

    @property
    def widened(self) -> bool:
        """Whether the agent may do something that it might not do before, or a case is left undecided."""
        more = {AnswerDirection.WIDENED, AnswerDirection.OPENED, AnswerDirection.NEW}
        return bool(self.approval and any(region.direction in more for region in self.approval.regions))


def compare_packets(before: Packet, after: Packet) -> PacketChange:
    """Return everything that differs between two versions of a packet; comments and layout do not count."""
    fields = {section: tuple(_section(before, after, section)) for section in _order()}
    approval = fields[Section.APPROVAL]
    return PacketChange(
        head=tuple(_head(before, after)),
        approval=compare_tables(before.shared.approval, after.shared.approval) if approval else None,
        access=access_changes(before.it.access, after.it.access),
        sections=tuple(
            SectionChange(section=section, fields=changes)
            for section, changes in fields.items()
            if changes and section is not Section.ACCESS
        ),
    )


def _order() -> list[Section]:
    return list(dict.fromkeys((*_IMPORTANT, *MATERIAL)))


def _section(before: Packet, after: Packet, section: Section) -> Iterator[FieldChange]:
    yield from field_changes(_content(before, section), _content(after, section))


def _content(packet: Packet, section: Section) -> Any:
    return plain_data(reduce(getattr, MATERIAL[section].path, packet))


def _head(before: Packet, after: Packet) -> Iterator[FieldChange]:
    for name in _HEAD:
        yield from field_changes(plain_data(getattr(before, name)), plain_data(getattr(after, name)), (name,))
