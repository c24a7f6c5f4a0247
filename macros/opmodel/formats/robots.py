"""``robots.txt`` (RFC 9309), which allows everything and names the sitemap."""

from opmodel.permalinks import addresses
from opmodel.rules.check import Checked


def robots(checked: Checked) -> str:
    """Return the file's text. Crawlers look for it at the root of a host only."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {addresses.absolute(checked.model, 'sitemap.xml')}\n"
