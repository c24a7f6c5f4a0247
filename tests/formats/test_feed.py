"""The feed of changes, read back by feedparser."""

from datetime import date
from pathlib import Path
from typing import Any

import feedparser  # type: ignore[import-untyped]
import pytest
from lxml import etree  # type: ignore[import-untyped]

import published
import sites
from opmodel.formats import feed
from opmodel.rules.check import check

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def read(built_site: Path) -> Any:
    return feedparser.parse((built_site / "feed.xml").read_bytes())


def test_a_feed_reader_takes_it_without_complaint(read: Any) -> None:
    assert not read.bozo
    assert read.version == "atom10"
    assert read.feed.id == f"{published.ADDRESS}feed.xml"
    assert {link.rel: link.href for link in read.feed.links} == {
        "self": f"{published.ADDRESS}feed.xml",
        "alternate": f"{published.ADDRESS}workflows/",
    }


def test_it_holds_every_change_and_every_sign_off(read: Any) -> None:
    model = sites.check_shipped().model
    signed = sum(len(entry.value.records) for entry in model.signoffs.values())
    assert len(read.entries) == len(model.packets) + signed
    assert len({entry.id for entry in read.entries}) == len(read.entries)


def test_the_newest_comes_first_and_dates_the_feed(read: Any) -> None:
    days = [entry.updated for entry in read.entries]
    assert days == sorted(days, reverse=True)
    assert read.feed.updated == days[0]
    assert all(day.endswith("T00:00:00+00:00") for day in days)


def test_every_entry_leads_to_where_the_page_shows_it(read: Any, built_site: Path) -> None:
    assert [e.link for e in read.entries if not published.resolves(built_site, e.link)] == []


def test_it_has_what_the_format_asks_for(built_site: Path) -> None:
    root = etree.fromstring((built_site / "feed.xml").read_bytes())
    assert {"id", "title", "updated", "author"} <= {child.tag.removeprefix(ATOM) for child in root}
    for entry in root.iter(f"{ATOM}entry"):
        assert {"id", "title", "updated", "link", "summary"} <= {child.tag.removeprefix(ATOM) for child in entry}


def test_a_feed_of_long_history_holds_the_newest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed, "NEWEST", 3)
    short = feedparser.parse(feed.feed(check(sites.SHIPPED, date(2026, 11, 22))))
    assert len(short.entries) == 3
