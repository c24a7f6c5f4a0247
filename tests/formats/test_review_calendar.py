"""The calendars of reviews, read back by icalendar and by ical.js."""

import json
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from icalendar import Calendar, Event

import published
import sites
from opmodel.cache import Cache
from opmodel.formats import review_calendar
from opmodel.model.vocabulary import Status
from opmodel.readiness.review_dates import packets_under_review
from opmodel.rules.check import Checked, check


@pytest.fixture(scope="module")
def checked() -> Checked:
    return check(sites.SHIPPED, sites.TODAY)


def events(content: bytes) -> list[Event]:
    return [event for event in Calendar.from_ical(content).walk("VEVENT") if isinstance(event, Event)]


def made(checked: Checked, title: str, names: Sequence[str]) -> bytes:
    return review_calendar.calendar(title, names, review_calendar.events(checked, names, Cache()))


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
        found = events((built_site / f"teams/{team}/reviews.ics").read_bytes())
        own = {str(event["UID"]).removeprefix("review-").partition("@")[0] for event in found}
        assert own == set(packets_under_review(checked.model, team))


def test_the_calendar_keeps_the_rules_of_its_format(built_site: Path) -> None:
    for file in built_site.rglob("reviews.ics"):
        content = file.read_bytes()
        lines = content.split(b"\r\n")
        assert b"\n" not in content.replace(b"\r\n", b"")
        assert max(map(len, lines)) <= 75
        read = Calendar.from_ical(content)
        assert [*read.required] == ["PRODID", "VERSION"]
        assert all(name in read for name in read.required)
        assert read.subcomponents  # the format asks for one at least
        assert not [error for part in read.walk() for error in part.errors]


def test_ids_stay_when_days_pass(checked: Checked) -> None:
    later = replace(checked, as_of=date(2027, 6, 1))
    names = packets_under_review(checked.model)
    assert [e["UID"] for e in events(made(checked, "a", names))] == [e["UID"] for e in events(made(later, "b", names))]


def test_a_calendar_without_a_review_is_still_one(checked: Checked) -> None:
    empty = Calendar.from_ical(made(checked, "Reviews of nobody", []))
    assert [part.name for part in empty.subcomponents] == ["VTIMEZONE"]
    assert not [error for part in empty.walk() for error in part.errors]
    assert str(empty["X-WR-CALNAME"]) == "Reviews of nobody"


@pytest.mark.judges
def test_a_program_that_was_not_written_here_reads_the_same(tmp_path: Path, checked: Checked) -> None:
    text = 'Ünï – 審査 🙂; a, b \\n \\ "q" ' * 9
    packet = packets_under_review(checked.model)[0]
    cover = replace(checked.model.summaries[packet], title=text, summary=text, next_review=date(9999, 12, 31))
    odd = replace(checked, model=replace(checked.model, summaries={packet: cover}))
    (tmp_path / "odd.ics").write_bytes(made(odd, text, [packet]))
    (tmp_path / "none.ics").write_bytes(made(checked, "None", []))
    files = [str(tmp_path / name) for name in ("odd.ics", "none.ics")]
    command = ["node", str(sites.TESTS / "judges" / "ical.mjs"), *files]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    read, nothing = json.loads(done.stdout).values()
    assert nothing == {"name": "None", "parts": ["vtimezone"], "events": []}
    (event,) = read["events"]
    assert event["summary"] == f"Review: {text}"
    assert event["description"].startswith(f"{text}\n\nValue: ")
    assert (event["start"], event["end"]) == ("9999-12-31", "10000-01-01")


def test_words_from_data_cannot_add_a_line(checked: Checked) -> None:
    name = packets_under_review(checked.model)[0]
    title = "Reviews\r\nBEGIN:VEVENT\r\nUID:forged"
    assert len(events(made(checked, title, [name]))) == 1
