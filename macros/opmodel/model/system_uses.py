"""What one packet says of systems: its grants and the interfaces that it relies on."""

from typing import NamedTuple

from opmodel.model.packet import Packet
from opmodel.model.vocabulary import DataClass, Operation, Outcome


class SystemGrant(NamedTuple):
    """A grant: fields are those of `Access`."""

    system: str
    id: str
    operations: tuple[Operation, ...]
    scope: str
    data_class: DataClass
    identity: str


class SystemContract(NamedTuple):
    """An interface of a system: fields are those of `Contract`."""

    system: str
    id: str
    interface: str
    version: str
    on_failure: str


class SystemUses(NamedTuple):
    """All that a packet says of systems, and how its approval table decides."""

    grants: tuple[SystemGrant, ...]
    contracts: tuple[SystemContract, ...]
    outcomes: tuple[tuple[Outcome, int], ...]
    """The number of rules of the approval table by what they decide."""


def system_uses(packet: Packet) -> SystemUses:
    """Return what a packet says of systems."""
    decided = [rule.outcome for rule in packet.shared.approval.rules]
    return SystemUses(
        tuple(
            SystemGrant(each.system, each.id, each.operations, each.scope, each.data_class, each.identity)
            for each in packet.it.access
        ),
        tuple(
            SystemContract(each.system, each.id, each.interface, each.version, each.on_failure)
            for each in packet.it.contracts
            if each.system
        ),
        tuple((outcome, decided.count(outcome)) for outcome in Outcome if outcome in decided),
    )
