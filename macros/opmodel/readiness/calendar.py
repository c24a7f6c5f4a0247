"""Reviews and their grace."""

from datetime import date, timedelta

from opmodel.load.operating_model import OperatingModel
from opmodel.model.packet import Packet
from opmodel.model.values import Duration
from opmodel.model.vocabulary import Status


def overdue(packet: Packet, as_of: date) -> bool:
    """Whether a live packet's next review has passed on the day ``as_of``."""
    return packet.status is Status.LIVE and packet.shared.review.next < as_of


def due(model: OperatingModel, team: str = "") -> tuple[str, ...]:
    """Return the packets that have a next review, by id: all, or those whose value or safety a team owns."""
    return tuple(
        name
        for name, entry in sorted(model.packets.items())
        if entry.value.status is not Status.RETIRED and (not team or team in _owning_teams(entry.value))
    )


def _owning_teams(packet: Packet) -> tuple[str, str]:
    return packet.owners.value.team, packet.owners.safety.team


def grace_end(day: date, grace: Duration) -> date:
    """Return the last day on which a review due on ``day`` may still be held, counting whole days."""
    try:
        return day + timedelta(days=grace.seconds // 86_400)
    except OverflowError:
        return date.max
