"""Next reviews as an iCalendar file (RFC 5545): one whole day each, for all packets or for those of a team."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import urlsplit

from icalendar import Calendar, Event, vText

from opmodel import __version__, addresses
from opmodel.model.packet import Packet
from opmodel.model.vocabulary import Section
from opmodel.rules.check import Checked


def calendar(checked: Checked, name: str, packets: Iterable[str]) -> bytes:
    """Return the calendar ``name`` with the next review of each packet.

    The same data gives the same bytes: an event is stamped with the day as of which dates were judged.
    """
    made = Calendar()
    made.add("prodid", f"-//opmodel//opmodel {__version__}//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", vText(name))
    for packet in packets:
        made.add_component(_event(checked, packet))
    return bytes(made.to_ical())


def _event(checked: Checked, name: str) -> Event:
    packet = checked.model.packets[name].value
    day = packet.shared.review.next
    address = addresses.absolute(checked.model, addresses.packet(name, Section.REVIEW))
    event = Event()
    event.add("uid", f"review-{name}@{urlsplit(address).hostname or 'localhost'}")
    event.add("dtstamp", _midnight(checked.as_of))
    event.add("dtstart", day)
    event.add("dtend", _next(day))
    event.add("summary", f"Review: {packet.title}")
    event.add("description", _words(packet, address))
    event.add("url", address)
    event.add("categories", [vText(packet.status.label)])
    event.add("transp", "TRANSPARENT")
    return event


def _words(packet: Packet, address: str) -> str:
    owners = packet.owners
    return f"{packet.summary}\n\nValue: {owners.value.holder}\nSafety: {owners.safety.holder}\n{address}"


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _next(day: date) -> date:
    """Return the day on which a whole-day event ends, which is the day after; there is none after the last day."""
    return day + timedelta(days=1) if day < date.max else day
