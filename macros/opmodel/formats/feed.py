"""The Atom feed (RFC 4287) of material changes and sign-offs."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from opmodel.formats.stable_ids import first_address, seeded
from opmodel.model.packet_summary import Signed
from opmodel.model.vocabulary import Section
from opmodel.permalinks import addresses
from opmodel.rules.check import Checked
from opmodel.text.words import counted, day

NEWEST = 100
"""Most entries of the feed."""


@dataclass(frozen=True, kw_only=True, order=True)
class FeedEntry:
    """One entry with its permanent address on a page, and its id for feed readers."""

    on: date
    address: str
    id: str
    title: str
    text: str


def feed(checked: Checked) -> bytes:
    """Return the feed with the newest entries first. The same data gives the same bytes."""
    from feedgen.feed import FeedGenerator  # type: ignore[import-untyped]  # slow to import, and only used here

    site = checked.model.site
    assert site, "only a site without errors is published"
    changes = sorted(_changes(checked), reverse=True)[:NEWEST]
    made = FeedGenerator()
    known = seeded(checked.model, addresses.FEED)
    made.id(known.urn if known else addresses.absolute(checked.model, addresses.FEED))
    made.title(f"{site.value.name}: changes of workflow packets")
    made.subtitle(site.value.description)
    made.author(name=site.value.organisation)
    made.link(href=addresses.absolute(checked.model, addresses.FEED), rel="self", type="application/atom+xml")
    made.link(href=addresses.absolute(checked.model, addresses.PORTFOLIO), rel="alternate", type="text/html")
    made.updated(_midnight(max((change.on for change in changes), default=checked.as_of)))
    for change in changes:
        _add(made, change)
    return bytes(made.atom_str(pretty=True))


def _add(made: Any, change: FeedEntry) -> None:
    entry = made.add_entry(order="append")
    entry.id(change.id)
    entry.title(change.title)
    entry.link(href=change.address, rel="alternate", type="text/html")
    entry.published(_midnight(change.on))
    entry.updated(_midnight(change.on))
    entry.summary(change.text)


def _changes(checked: Checked) -> Iterator[FeedEntry]:
    for name, summary in checked.model.summaries.items():
        yield FeedEntry(
            on=summary.revised,
            **_where(checked, name, f"?revised={summary.revised}#{Section.REVIEW}"),
            title=f"{summary.title}: changed",
            text=f"Last material change on {day(summary.revised)}. Status: {summary.status.label}. {summary.summary}",
        )
        for number, record in enumerate(summary.signed, 1):
            if record.date <= summary.as_of:
                where = _where(checked, name, f"#{Section.SIGNOFFS}-{number}")
                yield _signed(summary.title, where, record)


def _where(checked: Checked, packet: str, part: str) -> dict[str, str]:
    """Return the address and the id of a part of a packet's page."""
    address = addresses.absolute(checked.model, addresses.packet(packet) + part)
    known = seeded(checked.model, first_address(checked.model, packet) + part)
    return {"address": address, "id": known.urn if known else address}


def _signed(title: str, where: dict[str, str], record: Signed) -> FeedEntry:
    sections = counted(record.sections, "section")
    return FeedEntry(
        on=record.date,
        **where,
        title=f"{title}: signed by {record.side.label}",
        text=f"{record.name} signed {sections} on {day(record.date)}.",
    )


def _midnight(on: date) -> datetime:
    return datetime.combine(on, time(), UTC)
