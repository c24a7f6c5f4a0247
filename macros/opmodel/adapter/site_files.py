"""Every file of a checked site that is not a page: for other tools, and for programs that read the site."""

from collections.abc import Callable, Iterator
from functools import lru_cache, partial

from opmodel.adapter.host import File, InclusionLevel, MkDocsConfig
from opmodel.cache import Cache
from opmodel.formats import csv_tables, feed, review_calendar
from opmodel.formats.api.documents import documents
from opmodel.formats.former_addresses import former_file, redirect_rules
from opmodel.formats.llms import llms
from opmodel.formats.robots import robots
from opmodel.links.former_pages import FormerPages
from opmodel.permalinks import addresses
from opmodel.readiness.review_dates import packets_under_review
from opmodel.rules.check import Checked

FileSource = tuple[str, Callable[[], str | bytes]]
"""(address, what makes the content)."""


def site_files(checked: Checked, cache: Cache) -> Iterator[FileSource]:
    """Yield (address, what makes the content) of every file that is made from the data of the whole site."""
    yield from documents(checked)
    yield addresses.MATRIX_CSV, partial(csv_tables.matrix, checked)
    yield addresses.PORTFOLIO_CSV, partial(csv_tables.portfolio, checked)
    yield addresses.CANDIDATES_CSV, partial(csv_tables.candidates, checked)
    calendars = dict(_calendars(checked, cache))
    yield from calendars.items()
    for source, target, removed in FormerPages(checked.model).files():
        yield source, calendars.get(target) or partial(former_file, checked, source, target, removed)
    yield addresses.FEED, partial(feed.feed, checked)
    yield addresses.LLMS, partial(llms, checked)
    yield "robots.txt", partial(robots, checked)
    yield "_redirects", partial(redirect_rules, checked)


def generated_file(config: MkDocsConfig, address: str, content: str | bytes, kind: type[File] = File) -> File:
    """Return a file that the host writes as it is, even where its name looks like that of a page."""
    name = f"{address}.made" if address.endswith(".md") else address  # what ends in .md is a page to the host
    file = kind.generated(config, name, content=content, inclusion=InclusionLevel.INCLUDED)
    file.dest_uri = address
    return file


def _calendars(checked: Checked, cache: Cache) -> Iterator[FileSource]:
    site = checked.model.site
    title = site.value.name if site else ""
    every = packets_under_review(checked.model)

    @lru_cache(maxsize=1)
    def events() -> review_calendar.Events:
        return review_calendar.events(checked, every, cache)

    def calendar(name: str, packets: tuple[str, ...]) -> bytes:
        return review_calendar.calendar(name, packets, events())

    yield addresses.REVIEWS, partial(calendar, f"{title}: reviews", every)
    for team, entry in checked.model.teams.items():
        own = packets_under_review(checked.model, team)
        yield addresses.reviews(team), partial(calendar, f"{title}: reviews of {entry.value.name}", own)
