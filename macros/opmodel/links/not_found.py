"""What the page for unknown addresses suggests: every page with its title, and where to begin without a script."""

import json
from dataclasses import dataclass

from opmodel.links.former_pages import FormerPages, page_titles
from opmodel.load.operating_model import OperatingModel
from opmodel.permalinks import addresses

LISTING_FILE = "assets/opmodel/addresses.json"
_STARTS = (addresses.HOME, "guide/", addresses.PORTFOLIO, addresses.MATRIX, addresses.TEAMS, addresses.FAQ)


@dataclass(frozen=True, kw_only=True)
class StartPage:
    """A page to begin from."""

    address: str
    title: str
    description: str


def start_pages(model: OperatingModel) -> tuple[StartPage, ...]:
    """Return the main parts of the site."""
    pages = {addresses.page(path): entry.value for path, entry in model.pages.items()}
    return tuple(
        StartPage(address=address, title=pages[address].title, description=pages[address].description)
        for address in _STARTS
        if address in pages
    )


def address_listing(model: OperatingModel, former: FormerPages) -> str:
    """Return JSON with [address, title] of every page, and of every former address with the one it leads to."""
    known = page_titles(model)
    moved = {page.address: [page.target, page.title] for page in former.pages()}
    data = {"pages": sorted([address, title] for address, title in known.items()), "moved": moved}
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
