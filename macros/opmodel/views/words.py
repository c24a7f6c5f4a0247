"""How values are put into words."""

from collections.abc import Sequence
from datetime import date

from opmodel.model.packet import Packet
from opmodel.model.packet_summary import PacketSummary

_MONTHS = (
    "January February March April May June July August September October November December".split()
)  # fmt: skip


def day(value: date | None) -> str:
    """Return a day as people read it: ``30 November 2026``; a dash for none."""
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}" if value else "–"


def listed(words: Sequence[str]) -> str:
    """Return words as a list in a sentence: ``a, b and c``."""
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else "".join(words)


def counted(number: int, noun: str, plural: str = "") -> str:
    """Return a number with its noun: ``1 packet``, ``2 packets``."""
    return f"{number} {noun if number == 1 else plural or noun + 's'}"


def gates_passed(packet: PacketSummary) -> str:
    """Return ``10 of 12 gates pass``."""
    return f"{packet.gates_passed} of {packet.gates_total} gates pass"


def holder(role: str, packet: Packet) -> str:
    """Return the title of the function that holds a role in a packet, or an empty text."""
    owners = packet.owners
    for owner in (owners.value, owners.safety):
        if owner.role == role:
            return owner.holder
    return owners.others[role].holder if role in owners.others else ""
