"""A built site as its readers see it: addresses, and what stands there."""

from functools import cache
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree import ElementTree

from selectolax.lexbor import LexborHTMLParser

ADDRESS = "https://operating-model.example/"
DEEP = "https://pages.example/some/path/"
"""An address with a path, as hosts of many sites give."""
SITEMAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def file_at(site: Path, address: str, root: str = ADDRESS) -> Path | None:
    """Return the file that a server gives for an absolute address under ``root``, or None where there is none."""
    if not address.startswith(root):
        return None
    path = unquote(urlsplit(address[len(root) :]).path)
    file = site / path / "index.html" if path == "" or path.endswith("/") else site / path
    return file if file.is_file() else None


def resolves(site: Path, address: str, root: str = ADDRESS) -> bool:
    """Whether an absolute address leads to a file of the site and, where it names one, to an anchor in it."""
    file = file_at(site, address, root)
    anchor = unquote(urlsplit(address).fragment)
    return file is not None and (not anchor or file.suffix != ".html" or anchor in anchors(file))


@cache
def page(file: Path) -> LexborHTMLParser:
    """Return a page's tree; each page is read once."""
    return LexborHTMLParser(file.read_text(encoding="utf-8"))


@cache
def anchors(file: Path) -> frozenset[str]:
    """Return every id on a page."""
    return frozenset(filter(None, (node.attributes.get("id") for node in page(file).css("[id]"))))


def pages(site: Path) -> list[Path]:
    """Return every page of a site."""
    return sorted(site.rglob("*.html"))


def address_of(site: Path, file: Path, root: str = ADDRESS) -> str:
    """Return the address at which a server gives a page."""
    return root + file.relative_to(site).as_posix().removesuffix("index.html")


def references(site: Path, file: Path, root: str = ADDRESS) -> list[str]:
    """Return the absolute address of everything that a page links to or loads."""
    base = address_of(site, file, root)
    found = [
        node.attributes.get(name) or ""
        for name in ("href", "src", "data-src")
        for node in page(file).css(f"[{name}]")
        if "canonical" not in (node.attributes.get("rel") or "")
    ]
    return [urljoin(base, target) for target in found if target and not target.startswith(("mailto:", "data:"))]


def site_map(site: Path) -> dict[str, str]:
    """Return each address of the site map with the day on which its page changed."""
    root = ElementTree.parse(site / "sitemap.xml").getroot()  # noqa: S314 made by the build itself
    return {
        url.findtext("s:loc", "", SITEMAP): url.findtext("s:lastmod", "", SITEMAP)
        for url in root.iterfind("s:url", SITEMAP)
    }
