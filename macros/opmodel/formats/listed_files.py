"""The files in other formats that exist once on a site."""

from typing import NamedTuple

from opmodel.permalinks import addresses


class ListedFile(NamedTuple):
    """A file: its id, address, media type and description."""

    id: str
    address: str
    media_type: str
    about: str


FILES = (
    ListedFile("matrix", addresses.MATRIX_CSV, "text/csv", "The responsibility matrix as a table."),
    ListedFile("portfolio", addresses.PORTFOLIO_CSV, "text/csv", "All workflows as a table."),
    ListedFile("candidates", addresses.CANDIDATES_CSV, "text/csv", "All candidates for a workflow as a table."),
    ListedFile("reviews", addresses.REVIEWS, "text/calendar", "The next review of every workflow, as a calendar."),
    ListedFile("feed", addresses.FEED, "application/atom+xml", "Changes and sign-offs of packets, as a feed."),
    ListedFile("llms", addresses.LLMS, "text/plain", "All pages in Markdown, listed for assistants."),
)
