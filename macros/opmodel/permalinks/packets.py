"""The anchors on a packet's page: its sections, and every row of data in them."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from opmodel.addresses import row
from opmodel.load.operating_model import OperatingModel
from opmodel.model.packet import Packet
from opmodel.model.vocabulary import Section
from opmodel.readiness.gates import GATES

RESPONSIBILITIES = "responsibilities"
"""Anchor of the packet's own matrix, which follows the sections."""
_ROWS: dict[Section, Callable[[Packet], Iterable[Any]]] = {
    Section.INPUTS: lambda packet: packet.business.inputs,
    Section.OUTCOMES: lambda packet: packet.business.outcomes,
    Section.ACCESS: lambda packet: packet.it.access,
    Section.FORBIDDEN: lambda packet: packet.it.forbidden,
    Section.CONTRACTS: lambda packet: packet.it.contracts,
    Section.POLICIES: lambda packet: packet.it.policies,
    Section.SUPPORT: lambda packet: packet.it.support.tiers,
    Section.APPROVAL: lambda packet: packet.shared.approval.rules,
    Section.EXCEPTIONS: lambda packet: packet.shared.exceptions.cases,
    Section.FAILURE_CASES: lambda packet: packet.shared.failure_cases,
    Section.AUDIT: lambda packet: packet.shared.audit.records,
}
"""The sections whose rows have ids of their own."""
_PREFIXED = tuple((section, row(section, ""), of) for section, of in _ROWS.items())
"""The same, with what the anchor of each row begins with: a site has tens of thousands of rows."""
_SECTIONS = tuple(section.value for section in Section)
_GATES = tuple(row(Section.READINESS, gate.id) for gate in GATES)


def packet_anchors(model: OperatingModel, name: str, packet: Packet) -> Iterator[str]:
    """Yield every anchor on the page of the packet ``name``."""
    yield from _SECTIONS
    for rows in section_rows(model, name, packet).values():
        yield from rows
    yield RESPONSIBILITIES
    yield from map("responsibility-".__add__, model.responsibilities)


def section_rows(model: OperatingModel, name: str, packet: Packet) -> dict[str, tuple[str, ...]]:
    """Return the anchors of the rows in each section, by section."""
    owners, approval = packet.owners, packet.shared.approval
    signed = model.signoffs[name].value.records if name in model.signoffs else ()
    rows: dict[str, tuple[str, ...]] = {
        section: tuple([prefix + item.id.lower() for item in of(packet)]) for section, prefix, of in _PREFIXED
    }
    held = (owners.value.role, owners.safety.role, *owners.others)
    rows[Section.OWNERS] = tuple(row(Section.OWNERS, role) for role in held)
    rows[Section.READINESS] = _GATES
    rows[Section.SIGNOFFS] = tuple(row(Section.SIGNOFFS, str(number)) for number, _ in enumerate(signed, 1))
    rows[Section.APPROVAL] += tuple(f"approval-input-{source.id}" for source in approval.inputs)
    rows[Section.APPROVAL] += tuple(row(Section.APPROVAL, f"party-{party.id}") for party in approval.parties)
    return rows
