"""The day on which a packet is judged, its reviews and their grace."""

from datetime import date, timedelta

from opmodel.load.operating_model import OperatingModel
from opmodel.model.packet import Packet
from opmodel.model.signoff import Signoffs
from opmodel.model.values import Duration
from opmodel.model.vocabulary import Status


def judged_on(packet: Packet, as_of: date) -> date:
    """Return the day on which the dates of a packet are judged: ``as_of``, or the fixed day of a sample."""
    return packet.sample_as_of or as_of


def last_named_day(packet: Packet, signoffs: Signoffs | None, as_of: date) -> date:
    """Return the last day up to ``as_of`` on which something happened to a packet, by its own data."""
    records, cases = signoffs.records if signoffs else (), packet.shared.failure_cases
    held = (packet.revised, packet.shared.review.last)
    named = (*held, *(record.date for record in records), *(case.date for case in cases))
    return max((day for day in named if day and day <= as_of), default=as_of)


def is_overdue(status: Status, next_review: date, as_of: date) -> bool:
    """Whether the next review of a packet is one of a live workflow that has passed on the day ``as_of``."""
    return status is Status.LIVE and next_review < as_of


def packets_under_review(model: OperatingModel, team: str = "") -> tuple[str, ...]:
    """Return the packets that have a next review, by id: all, or those whose value or safety a team owns."""
    names = model.owned.get(team, ()) if team else sorted(model.summaries)
    return tuple(name for name in names if not model.summaries[name].retired)


def grace_end(day: date, grace: Duration) -> date:
    """Return the last day on which a review due on ``day`` may still be held, counting whole days."""
    try:
        return day + timedelta(days=grace.seconds // 86_400)
    except OverflowError:
        return date.max
