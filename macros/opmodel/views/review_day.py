"""The day on which a page of the guide was last reviewed."""

from opmodel.load.operating_model import OperatingModel
from opmodel.model.guide import GuidePage
from opmodel.text.words import day


def review_day(model: OperatingModel, address: str) -> str:
    """Return the day on which the page at ``address`` was last reviewed, in words, or an empty text."""
    page = _page(model, address)
    return day(page.reviewed) if page and page.reviewed else ""


def day_at_end(model: OperatingModel, address: str) -> str:
    """Return the same day for the end of a page, or an empty text if the page shows it by its macro."""
    page = _page(model, address)
    return "" if page and ("updated",) in page.blocks else review_day(model, address)


def _page(model: OperatingModel, address: str) -> GuidePage | None:
    entry = model.pages.get(address.rstrip("/")) or model.pages.get(f"{address}index")
    return entry.value if entry else None
