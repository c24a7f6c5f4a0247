"""Two versions of one packet compared: head fields, approval, access, and every other section field by field."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

from opmodel.compare.answers import AnswerDirection
from opmodel.compare.approval import TableChange, compare_tables
from opmodel.compare.touched_cases import CountedBands
from opmodel.model.packet import Access, Packet
from opmodel.model.vocabulary import Section, Vocabulary
from opmodel.readiness.changes import FieldChange, SectionChange, field_changes, plain_data
from opmodel.readiness.material import MATERIAL


class AccessDirection(Vocabulary):
    """The kinds of changes of an access grant, in order of importance."""

    ADDED = "added", "Access added", "A grant that was not there."
    WIDENED = "widened", "Access widened", "More operations, or more sensitive data."
    CHANGED = "changed", "Access changed", "Another scope, identity or reason."
    NARROWED = "narrowed", "Access narrowed", "Fewer operations, or less sensitive data."
    REMOVED = "removed", "Access removed", "A grant that is gone."


MORE_ACCESS = (AccessDirection.ADDED, AccessDirection.WIDENED)


@dataclass(frozen=True, kw_only=True)
class AccessChange:
    """A changed grant in words, with its changed fields if it exists in both versions."""

    id: str
    direction: AccessDirection
    text: str
    fields: tuple[FieldChange, ...] = ()


def access_changes(before: Sequence[Access], after: Sequence[Access]) -> tuple[AccessChange, ...]:
    """Return every grant that was added, removed or changed, most important first."""
    order = list(AccessDirection)
    return tuple(sorted(_access_changes(before, after), key=lambda change: order.index(change.direction)))


def _access_changes(before: Sequence[Access], after: Sequence[Access]) -> Iterator[AccessChange]:
    old, new = {grant.id: grant for grant in before}, {grant.id: grant for grant in after}
    for name, grant in new.items():
        if name not in old:
            yield AccessChange(id=name, direction=AccessDirection.ADDED, text=_grant(grant))
        elif fields := tuple(field_changes(plain_data(old[name]), plain_data(grant))):
            yield AccessChange(id=name, direction=_direction(old[name], grant), text=grant.system, fields=fields)
    for name, grant in old.items():
        if name not in new:
            yield AccessChange(id=name, direction=AccessDirection.REMOVED, text=_grant(grant))


def _grant(grant: Access) -> str:
    operations = ", ".join(operation.value for operation in grant.operations)
    return f"{grant.system}: {operations}; {grant.scope}; {grant.data_class.value} data, as {grant.identity}"


def _direction(old: Access, new: Access) -> AccessDirection:
    was, now = old.data_class.sensitivity, new.data_class.sensitivity
    if set(new.operations) - set(old.operations) or now > was:
        return AccessDirection.WIDENED
    if set(old.operations) - set(new.operations) or now < was:
        return AccessDirection.NARROWED
    return AccessDirection.CHANGED


_HEAD = tuple(name for name in Packet.model_fields if name not in {signed.path[0] for signed in MATERIAL.values()})
"""The fields of a packet that stand above its sections."""
_IMPORTANT = (Section.OWNERS, Section.SUPPORT, Section.AUDIT, Section.FORBIDDEN, Section.FAILURE_CASES)
"""Sections that a reviewer reads first, after approval and access; the others follow in the order of the page."""


@dataclass(frozen=True, kw_only=True)
class PacketChange:
    """The difference of two versions of a packet. ``approval`` is None if the section is the same."""

    head: tuple[FieldChange, ...]
    approval: TableChange | None
    access: tuple[AccessChange, ...]
    sections: tuple[SectionChange, ...]

    def __bool__(self) -> bool:
        """Whether anything differs."""
        return bool(self.head or self.approval or self.access or self.sections)

    @property
    def widened(self) -> bool:
        """Whether the agent may do more than before, or a case is undecided now."""
        more = {AnswerDirection.WIDENED, AnswerDirection.OPENED, AnswerDirection.NEW}
        return bool(self.approval and any(region.direction in more for region in self.approval.regions))


def compare_packets(before: Packet, after: Packet) -> PacketChange:
    """Return everything that differs between two versions of a packet; comments and layout do not count."""
    sections = dict.fromkeys((*_IMPORTANT, *MATERIAL))
    fields = {s: tuple(field_changes(_content(before, s), _content(after, s))) for s in sections}
    approval = fields[Section.APPROVAL]
    return PacketChange(
        head=tuple(
            change
            for name in _HEAD
            for change in field_changes(plain_data(getattr(before, name)), plain_data(getattr(after, name)), (name,))
        ),
        approval=_tables(before, after) if approval else None,
        access=access_changes(before.it.access, after.it.access),
        sections=tuple(
            SectionChange(section=section, fields=changes)
            for section, changes in fields.items()
            if changes and section is not Section.ACCESS
        ),
    )


def _tables(before: Packet, after: Packet) -> TableChange:
    pain = after.business.pain
    counts = CountedBands(bands=pain.volume_bands, per=pain.volume.per)
    return compare_tables(before.shared.approval, after.shared.approval, counts)


def _content(packet: Packet, section: Section) -> Any:
    return plain_data(reduce(getattr, MATERIAL[section].path, packet))
