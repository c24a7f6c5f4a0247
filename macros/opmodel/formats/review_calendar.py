"""Calendars (RFC 5545) of the next reviews, as whole-day events."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from opmodel import __version__
from opmodel.cache import Cache, digest, engine_version
from opmodel.formats.stable_ids import first_address, seeded
from opmodel.model.packet_summary import PacketSummary
from opmodel.model.vocabulary import Section
from opmodel.permalinks import addresses
from opmodel.rules.check import Checked

if TYPE_CHECKING:  # slow to import, so it is imported where it is used
    from icalendar import Event

Events = Mapping[str, bytes]
"""The event of each packet, by its id."""
_END = b"END:VCALENDAR\r\n"
_NO_EVENT = b"""\
BEGIN:VTIMEZONE
TZID:Etc/UTC
BEGIN:STANDARD
DTSTART:19700101T000000
TZOFFSETFROM:+0000
TZOFFSETTO:+0000
END:STANDARD
END:VTIMEZONE
""".replace(b"\n", b"\r\n")
"""The content of a calendar without events: RFC 5545 requires a component, and a time zone is not shown."""


def events(checked: Checked, packets: Iterable[str], cache: Cache) -> Events:
    """Return the event of the next review of each packet, for all calendars.

    Builds are reproducible: the time stamp is the day for which the check was made.
    """
    site = (addresses.absolute(checked.model, addresses.HOME), str(seeded(checked.model, addresses.REVIEWS)))
    same = digest(engine_version(), checked.as_of.isoformat(), *site)
    given = {digest(same, packet, *_event_inputs(checked.model.summaries[packet])): packet for packet in packets}
    made = cache.small_results("events", given, lambda packet: bytes(_event(checked, packet).to_ical()), bytes)
    return {packet: made[key] for key, packet in given.items()}


def _event_inputs(summary: PacketSummary) -> tuple[str, ...]:
    """Return the fields of a packet that its event depends on."""
    owners, review = (summary.value.holder, summary.safety.holder), summary.next_review.isoformat()
    return (summary.title, summary.summary, summary.status, review, *owners, *summary.formerly)


def calendar(name: str, packets: Iterable[str], made_events: Events) -> bytes:
    """Return the calendar ``name`` with the event of each packet. It may have none, so that subscriptions stay."""
    from icalendar import Calendar, vText

    made = Calendar()
    made.add("prodid", f"-//opmodel//opmodel {__version__}//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", vText(name))
    empty = bytes(made.to_ical())
    parts = [made_events[packet] for packet in packets] or [_NO_EVENT]
    return b"".join((empty.removesuffix(_END), *parts, _END))


def _event(checked: Checked, name: str) -> "Event":
    from icalendar import Event, vText

    summary = checked.model.summaries[name]
    day = summary.next_review
    address = addresses.absolute(checked.model, addresses.packet(name, Section.REVIEW))
    event = Event()
    event.add("uid", _uid(checked, name))
    event.add("dtstamp", datetime.combine(checked.as_of, time(), UTC))
    event.add("dtstart", day)
    if day < date.max:  # the last date has no successor; without an end, an event lasts one day too
        event.add("dtend", day + timedelta(days=1))
    event.add("summary", f"Review: {summary.title}")
    event.add("description", _words(summary, address))
    event.add("url", address)
    event.add("categories", [vText(summary.status.label)])
    event.add("transp", "TRANSPARENT")
    return event


def _uid(checked: Checked, name: str) -> str:
    if known := seeded(checked.model, f"{first_address(checked.model, name)}#{Section.REVIEW}"):
        return str(known)
    host = urlsplit(addresses.absolute(checked.model, addresses.HOME)).hostname or "localhost"
    return f"review-{name}@{host}"


def _words(summary: PacketSummary, address: str) -> str:
    return f"{summary.summary}\n\nValue: {summary.value.holder}\nSafety: {summary.safety.holder}\n{address}"
