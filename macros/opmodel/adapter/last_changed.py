"""When a page changed, for ``sitemap.xml``: from data, so that the day of a build does not show."""

from datetime import date

from mkdocs.structure.pages import Page

from opmodel.adapter.generated_page import GeneratedPage
from opmodel.rules.check import Checked


def last_changed(checked: Checked, page: Page) -> str:
    """Return the day (RFC 3339) on which a page last changed, or an empty text where nothing says so."""
    day = _made(checked, page) if isinstance(page, GeneratedPage) else page.meta.get("reviewed")
    return day.isoformat() if isinstance(day, date) else ""


def _made(checked: Checked, page: GeneratedPage) -> date | None:
    kind, _, name = page.made.address.rstrip("/").partition("/")
    if kind == "workflows" and name in checked.model.packets:
        return _packet(checked, name)
    if kind == "faq" and name in checked.model.questions:
        return checked.model.questions[name].value.reviewed
    return None


def _packet(checked: Checked, name: str) -> date:
    """Return the day of a packet's last material change, review or sign-off."""
    summary = checked.model.summaries[name]
    days = [summary.revised, summary.last_review, *(signed.date for signed in summary.signed)]
    return max((day for day in days if day and day <= checked.as_of), default=summary.revised)
