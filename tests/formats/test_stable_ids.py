"""What feed readers and calendar programs know an entry by, as the site moves, is copied or renames a packet."""

from datetime import date
from pathlib import Path
from uuid import UUID

import feedparser  # type: ignore[import-untyped]
from icalendar import Calendar

import sites
from opmodel.cache import Cache
from opmodel.formats import feed, review_calendar
from opmodel.readiness.review_dates import packets_under_review
from opmodel.rules.check import check

SEED, OTHER = "0b2f6a9e-3f1d-4c55-9a57-6f1f0a8e2d11", "7d1c1a52-8a77-4b0e-8f3e-0c9f5b7f4a20"
ADDRESS = "address: https://small.example/"


def site(folder: Path, *seeds: str, address: str = ADDRESS) -> Path:
    made = sites.good(folder)
    sites.edit(made, "data/site.yml", ADDRESS, "\n".join((address, *(f"seed: {seed}" for seed in seeds))))
    return made


def uids(root: Path) -> list[str]:
    checked = check(root, sites.TODAY)
    packets = packets_under_review(checked.model)
    made = Calendar.from_ical(review_calendar.calendar("a", packets, review_calendar.events(checked, packets, Cache())))
    return [str(event["UID"]) for event in made.walk("VEVENT")]


def feed_ids(root: Path) -> list[str]:
    read = feedparser.parse(feed.feed(check(root, sites.TODAY)))
    return [read.feed.id, *(entry.id for entry in read.entries)]


def test_without_a_seed_they_are_what_they_were(tmp_path: Path) -> None:
    made = site(tmp_path)
    assert uids(made) == ["review-intake@small.example", "review-triage@small.example"]
    home = "https://small.example"
    assert feed_ids(made) == [
        f"{home}/feed.xml",
        f"{home}/workflows/intake/#signoffs-2",
        f"{home}/workflows/intake/#signoffs-1",
        f"{home}/workflows/triage/?revised=2026-10-01#review",
        f"{home}/workflows/intake/?revised=2026-10-01#review",
    ]


def test_with_one_they_stay_where_the_site_moves(tmp_path: Path) -> None:
    here = site(tmp_path / "here", SEED)
    there = site(tmp_path / "there", SEED, address="address: http://other.example/sub/path")
    assert uids(here) == uids(there)
    assert feed_ids(here) == feed_ids(there)
    assert len({*uids(here), *feed_ids(here)}) == 7
    assert all(UUID(id.removeprefix("urn:uuid:")).version == 5 for id in (*uids(here), *feed_ids(here)))


def test_two_sites_on_one_host_share_none(tmp_path: Path) -> None:
    one, two = site(tmp_path / "one", SEED), site(tmp_path / "two", OTHER)
    assert not {*uids(one), *feed_ids(one)} & {*uids(two), *feed_ids(two)}


def test_a_packet_that_is_renamed_keeps_them(tmp_path: Path) -> None:
    before, after = site(tmp_path / "before", SEED), site(tmp_path / "after", SEED)
    packet = after / sites.TRIAGE
    text = packet.read_text(encoding="utf-8")
    packet.with_stem("sorting").write_text(f"{text}formerly: [triage, triage-two]\n", encoding="utf-8")
    packet.unlink()
    assert sorted(uids(before)) == sorted(uids(after))
    assert sorted(feed_ids(before)) == sorted(feed_ids(after))


def test_a_calendar_that_is_remembered_follows_the_seed(tmp_path: Path) -> None:
    made = site(tmp_path / "site")
    cache = Cache(tmp_path / "memory")
    before = review_calendar.events(check(made, date(2026, 11, 22)), ["intake"], cache)
    sites.edit(made, "data/site.yml", ADDRESS, f"{ADDRESS}\nseed: {SEED}")
    assert review_calendar.events(check(made, date(2026, 11, 22)), ["intake"], cache) != before
