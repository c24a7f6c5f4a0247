"""The files in other formats that exist once on a site, for everything that lists them."""

from dataclasses import dataclass

from opmodel.permalinks import addresses


@dataclass(frozen=True, kw_only=True)
class ListedFile:
    """A file: its id, its address, its media type and what it holds."""

    id: str
    address: str
    type: str
    about: str


FILES = (
    ListedFile(
        id="matrix",
        address=addresses.MATRIX_CSV,
        type="text/csv",
        about="The responsibility matrix as a table.",
    ),
    ListedFile(
        id="portfolio",
        address=addresses.PORTFOLIO_CSV,
        type="text/csv",
        about="All workflows as a table.",
    ),
    ListedFile(
        id="reviews",
        address=addresses.REVIEWS,
        type="text/calendar",
        about="The next review of every workflow, as a calendar.",
    ),
    ListedFile(
        id="feed",
        address=addresses.FEED,
        type="application/atom+xml",
        about="Changes and sign-offs of packets, as a feed.",
    ),
    ListedFile(
        id="llms",
        address=addresses.LLMS,
        type="text/plain",
        about="All pages in Markdown, listed for assistants.",
    ),
)
