"""What one page costs: few requests, few bytes, nothing that moves, and no search index before someone searches."""

import gzip
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Page

from theme.drafts import FORM, LIMITS
from theme.test_accessibility import KINDS

pytestmark = pytest.mark.browser
Show = Callable[..., Page]

MOST_BYTES, MOST_REQUESTS = 250_000, 15
PACKET = 1460
"""Bytes of a page that one packet of TCP carries over Ethernet."""
SHIFTS = """window.shifted = 0;
const add = entry => { window.shifted += entry.hadRecentInput ? 0 : entry.value; };
new PerformanceObserver(list => list.getEntries().forEach(add)).observe({type: 'layout-shift', buffered: true});"""


def size(site: Path, url: str) -> int:
    """Return how many bytes a server that compresses sends for an address."""
    path = unquote(urlsplit(url).path).lstrip("/")
    file = site / path / "index.html" if path.endswith("/") or not path else site / path
    data = file.read_bytes()
    return len(data) if file.suffix == ".png" else len(gzip.compress(data, 9))


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize(
    "path", ["", "workflows/invoice-triage/", "workflows/", "matrix/", "faq/who-approves/", FORM, LIMITS]
)
def test_a_first_view_is_light_and_still(
    open_page: Show, address: str, built_site: Path, path: str, width: int
) -> None:
    page = open_page("robots.txt", width, alone=True)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if request.url.startswith("http") else None)
    page.add_init_script(SHIFTS)
    page.goto(address + path, wait_until="networkidle")
    assert len(asked) <= MOST_REQUESTS
    assert sum(size(built_site, url) for url in asked) <= MOST_BYTES
    assert not any("search_index" in url or "sitemap" in url for url in asked)
    assert page.evaluate("shifted") < 0.005


@pytest.mark.parametrize("path", ["", "workflows/", "matrix/"])
def test_nothing_moves_while_a_page_arrives_in_parts(
    open_page: Show, serve: Callable[..., str], built_site: Path, path: str
) -> None:
    page = open_page("robots.txt", 1280, alone=True)
    page.add_init_script(SHIFTS)
    page.goto(serve(built_site, part=PACKET) + path, wait_until="networkidle")
    assert page.evaluate("shifted") < 0.005


@pytest.mark.parametrize("path", KINDS.values(), ids=KINDS)
def test_scripts_come_only_where_they_are_used(open_page: Show, path: str) -> None:
    page = open_page(path)
    own = page.locator("script[src*='assets/opmodel/']")
    names = {(src or "").rpartition("/")[2] for src in own.evaluate_all("all => all.map(each => each.src)")}
    marks = {"tables.js": "[data-om-filterable]", "decide.js": "[data-opmodel-decide]", "copy.js": "[data-om-copy]"}
    marks |= {"write.js": "[data-om-write]", "limits.js": "[data-om-limits]"}
    for name, mark in marks.items():
        assert (name in names) == (page.locator(mark).count() > 0), name
    assert own.evaluate_all("all => all.every(each => each.defer)")
