"""Whether the sign-offs of a packet still hold."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from opmodel.model.base import SlottedModel
from opmodel.model.packet import Packet
from opmodel.model.signoff import Signoff, Signoffs
from opmodel.model.vocabulary import Section, Side
from opmodel.readiness.material import MATERIAL, digests


@dataclass(frozen=True, slots=True)
class SideState(SlottedModel):
    """The newest sign-off of one side (None when it never signed) and the sections that changed since."""

    side: Side
    signoff: Signoff | None
    changed: tuple[Section, ...]

    @property
    def current(self) -> bool:
        """Whether this side's signature covers the packet as it stands."""
        return self.signoff is not None and not self.changed

    @property
    def reason(self) -> str:
        """Why the signature does not hold, or an empty text."""
        if self.signoff is None:
            return f"{self.side.label} has not signed"
        if not self.changed:
            return ""
        names = ", ".join(section.value for section in self.changed)
        return f"{self.side.label} signed on {self.signoff.date}; changed since: {names}"


def side_state(now: Mapping[Section, str], signoffs: Signoffs | None, side: Side, as_of: date) -> SideState:
    """Return how the signature of ``side`` stands on the day ``as_of``; records of later days do not count yet.

    ``now`` holds the digest of each section of the packet as it stands.
    """
    records = [r for r in (signoffs.records if signoffs else ()) if r.side is side and r.date <= as_of]
    if not records:
        return SideState(side, None, ())
    signed = records[-1]
    changed = tuple(section for section in MATERIAL if signed.digests.get(section) != now[section])
    return SideState(side, signed, changed)


def new_signoff(packet: Packet, side: Side, day: date) -> Signoff:
    """Return the record that the owner on ``side`` signs: the digests of every section as they stand."""
    owner = packet.owners.value if side is Side.BUSINESS else packet.owners.safety
    return Signoff(side=side, role=owner.role, name=owner.holder, date=day, digests=digests(packet))
