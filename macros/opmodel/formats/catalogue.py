"""The files in other formats that exist once on a site, for everything that lists them."""

from dataclasses import dataclass

from opmodel import addresses


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A file: its id, its address, its media type and what it holds."""

    id: str
    address: str
    type: str
    about: str


FILES = (
    Listed(
        id="matrix",
        address=addresses.MATRIX_CSV,
        type="text/csv",
        about="The responsibility matrix as a table.",
    ),
    Listed(
        id="portfolio",
        address=addresses.PORTFOLIO_CSV,
        type="text/csv",
        about="All workflows as a table.",
    ),
    Listed(
        id="reviews",
        address=addresses.REVIEWS,
        type="text/calendar",
        about="The next review of every workflow, as a calendar.",
    ),
    Listed(
        id="feed",
        address=addresses.FEED,
        type="application/atom+xml",
        about="Changes and sign-offs of packets, as a feed.",
    ),
    Listed(
        id="llms",
        address=addresses.LLMS,
        type="text/plain",
        about="All pages in Markdown, listed for assistants.",
    ),
)
