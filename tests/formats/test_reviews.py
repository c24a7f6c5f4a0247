"""The calendars of reviews, read back by icalendar."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from icalendar import Calendar, Event

import published
import sites
from opmodel.formats import reviews
from opmodel.memory import Memory
from opmodel.model.vocabulary import Status
from opmodel.readiness.calendar import due
from opmodel.rules.check import Checked, check


@pytest.fixture(scope="module")
def checked() -> Checked:
    return check(sites.SHIPPED, sites.TODAY)


def events(content: bytes) -> list[Event]:
    return [event for event in Calendar.from_ical(content).walk("VEVENT") if isinstance(event, Event)]


def made(checked: Checked, title: str, names: Sequence[str]) -> bytes:
    return reviews.calendar(title, names, reviews.events(checked, names, Memory()))


def test_each_packet_that_is_not_retired_has_one_event(built_site: Path, checked: Checked) -> None:
    found = {str(event["UID"]): event for event in events((built_site / "reviews.ics").read_bytes())}
    expected = {
        f"review-{name}@operating-model.example": entry.value.shared.review.next
        for name, entry in checked.model.packets.items()
        if entry.value.status is not Status.RETIRED
    }
    assert {uid: event.decoded("DTSTART") for uid, event in found.items()} == expected


def test_an_event_is_one_whole_day_and_leads_to_the_packet(built_site: Path, checked: Checked) -> None:
    for event in events((built_site / "reviews.ics").read_bytes()):
        start, end = event.decoded("DTSTART"), event.decoded("DTEND")
        assert type(start) is date
        assert (end - start).days == 1
        assert event.decoded("DTSTAMP") == datetime(2026, 11, 22, tzinfo=UTC)
        assert published.resolves(built_site, str(event["URL"]))


def test_each_team_has_the_reviews_of_what_it_owns(built_site: Path, checked: Checked) -> None:
    for team in checked.model.teams:
        file, own = built_site / f"teams/{team}/reviews.ics", due(checked.model, team)
        assert file.exists() == bool(own)
        if own:
            assert {str(e["UID"]).removeprefix("review-").partition("@")[0] for e in events(file.read_bytes())} == set(
                own
            )


def test_the_calendar_keeps_the_rules_of_its_format(built_site: Path) -> None:
    for file in built_site.rglob("reviews.ics"):
        content = file.read_bytes()
        lines = content.split(b"\r\n")
        assert b"\n" not in content.replace(b"\r\n", b"")
        assert max(map(len, lines)) <= 75
        read = Calendar.from_ical(content)
        assert [*read.required] == ["PRODID", "VERSION"]
        assert all(name in read for name in read.required)
        assert read.walk("VEVENT")
        assert not [error for part in read.walk() for error in part.errors]


def test_ids_stay_when_days_pass(checked: Checked) -> None:
    later = replace(checked, as_of=date(2027, 6, 1))
    names = due(checked.model)
    assert [e["UID"] for e in events(made(checked, "a", names))] == [e["UID"] for e in events(made(later, "b", names))]


def test_words_from_data_cannot_add_a_line(checked: Checked) -> None:
    name = due(checked.model)[0]
    title = "Reviews\r\nBEGIN:VEVENT\r\nUID:forged"
    assert len(events(made(checked, title, [name]))) == 1
