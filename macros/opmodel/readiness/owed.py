"""What a signed packet owes at its next review: that which was added since it was signed.

A new role, row of the matrix, section, rule or gate voids no signature. A packet whose signatures hold owes it at its
next review, where both sides settle it: they name a holder, agree on the row, or mend what the rule finds, and sign
again if the packet changed. Until then it is a warning, and lists show who still owes.
"""

import re
from collections.abc import Iterator

from opmodel.load.operating_model import OperatingModel
from opmodel.model.packet import Packet
from opmodel.model.packet_summary import OwedItem
from opmodel.model.signoff import Signoff
from opmodel.model.vocabulary import Status
from opmodel.readiness.signoffs import SideSignature

FIRST_ENGINE = "0.1.0"
"""The version of opmodel of records that name none."""


def owed_items(packet: Packet, model: OperatingModel, signatures: tuple[SideSignature, ...]) -> tuple[OwedItem, ...]:
    """Return the roles, rows and sections that a packet owes; nothing if a signature does not hold."""
    signoffs = valid_signoffs(packet, signatures)
    return (*_roles(packet, model), *_rows(packet, model, signoffs), *_sections(signatures)) if signoffs else ()


def valid_signoffs(packet: Packet, signatures: tuple[SideSignature, ...]) -> tuple[Signoff, ...]:
    """Return the sign-offs of both sides, or nothing if one does not hold or if the packet is reviewed no more."""
    held = tuple(state.signoff for state in signatures if state.signoff and state.current)
    return held if len(held) == len(signatures) and packet.status is not Status.RETIRED else ()


def is_newer(since: str, signoffs: tuple[Signoff, ...]) -> bool:
    """Whether a rule or gate of a version of opmodel is newer than one of the sign-offs."""
    return any(_version(signed.engine or FIRST_ENGINE) < _version(since) for signed in signoffs)


def _version(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", text))


def _roles(packet: Packet, model: OperatingModel) -> Iterator[OwedItem]:
    """Yield the roles without a holder: a packet that lacked one could not have been signed."""
    owners, last = packet.owners, packet.shared.review.last
    held = {owners.value.role, owners.safety.role, *owners.others}
    for name, role in model.roles.items():
        reviewed = role.value.since and last and last >= role.value.since
        if name not in held and not reviewed:
            yield OwedItem("role", name, f'a holder of the role "{role.value.name}"')


def _rows(packet: Packet, model: OperatingModel, signoffs: tuple[Signoff, ...]) -> Iterator[OwedItem]:
    """Yield the rows that came after both sides had signed, and after the last review."""
    signed = min(each.date for each in signoffs)
    agreed = max(day for day in (signed, packet.shared.review.last) if day)
    for name, row in model.responsibilities.items():
        if row.value.since and row.value.since > agreed:
            yield OwedItem("row", name, f'the row "{row.value.name}" of the matrix')


def _sections(signatures: tuple[SideSignature, ...]) -> Iterator[OwedItem]:
    sections = dict.fromkeys(section for state in signatures for section in state.not_covered)
    yield from (
        OwedItem("section", section.value, f'a signature of the section "{section.label}"') for section in sections
    )
