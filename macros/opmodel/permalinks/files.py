"""The files beside the pages that other programs read: each is published for good, like a page."""

from collections.abc import Iterator

from opmodel.permalinks import addresses

_DOCUMENTS = ("faq", "index", "readiness", "responsibilities", "teams", "workflows/index")
_SCHEMAS = (
    *("api-faq", "api-index", "api-readiness", "api-responsibilities", "api-teams", "api-workflow", "api-workflows"),
    *("candidates", "faq", "packet", "redirects", "responsibilities", "roles", "signoffs", "site", "teams"),
)
SITE_FILES = (
    *(f"{addresses.API}{name}.json" for name in _DOCUMENTS),
    *(addresses.schema(name) for name in _SCHEMAS),
    *(addresses.MATRIX_CSV, addresses.PORTFOLIO_CSV, addresses.REVIEWS, addresses.FEED, addresses.LLMS),
    *("robots.txt", "sitemap.xml"),
)
"""The address of every file that a site has once."""
_BESIDE = {
    "workflows": (addresses.packet_data, addresses.decision_table),
    "teams": (addresses.reviews,),
}
"""What makes the addresses of the files that belong to a record, besides its page as Markdown, by the page's folder."""


def files_of(page: str) -> Iterator[str]:
    """Yield the address of every file that belongs to the page at address ``page``: first of all, it as Markdown."""
    yield addresses.markdown(page)
    kind, name = _named(page)
    yield from (address(name) for address in _BESIDE.get(kind, ()))


def page_of(file: str) -> str:
    """Return the address of the page that the file at address ``file`` belongs to."""
    folder, _, name = file.rpartition("/")
    if folder == f"{addresses.API}workflows":
        return addresses.packet(name.partition(".")[0])
    return f"{folder}/" if folder else addresses.HOME


def moved_files(source: str, target: str) -> Iterator[tuple[str, str]]:
    """Yield (former address, present address) of each file of a page that has moved from ``source`` to ``target``.

    Where a page of another kind took its place, there is no such file, and the file leads to that page.
    """
    page = target.partition("#")[0]
    (kind, old), (present, new) = _named(source), _named(page)
    yield addresses.markdown(source), addresses.markdown(page)
    for address in _BESIDE.get(kind, ()):
        yield address(old), address(new) if kind == present else page


def _named(page: str) -> tuple[str, str]:
    """Return the folder and the name of a page."""
    kind, _, name = page.rstrip("/").rpartition("/")
    return kind, name
