"""Nothing scrolls a page sideways, at 320 pixels, with enlarged text, and with content that nobody planned for."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from theme.extreme import RULES, SYSTEMS, TITLE
from theme.test_accessibility import KINDS

pytestmark = pytest.mark.browser
Show = Callable[..., Page]

TOO_WIDE = """() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    const outside = element => element.getBoundingClientRect().right > width + 1;
    return ['page', ...Array.from(document.querySelectorAll('.md-header *, .md-content *, .md-footer *'))
        .filter(outside).slice(0, 5).map(element => element.outerHTML.slice(0, 100))];
}"""
CLIPPED = """() => Array.from(document.querySelectorAll('.md-content :is(h1, h2, p, dd, td, th, li)'))
    .filter(element => element.scrollWidth > element.clientWidth + 2 && getComputedStyle(element).overflowX === 'hidden'
        && element.clientWidth > 1)
    .map(element => element.outerHTML.slice(0, 100))"""


@pytest.mark.parametrize("path", KINDS.values(), ids=KINDS)
def test_no_page_scrolls_sideways_on_the_smallest_screen(open_page: Show, path: str) -> None:
    page = open_page(path, 320)
    assert page.evaluate(TOO_WIDE) == []


@pytest.mark.parametrize("path", ["", "matrix/", "workflows/", "workflows/support-replies/", "guide/approval-model/"])
def test_text_of_twice_the_size_fits(open_page: Show, path: str) -> None:
    page = open_page(path, 1280)
    page.evaluate("document.documentElement.style.fontSize = '250%'")  # the theme's own is 125 %
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert page.evaluate(TOO_WIDE) == []


@pytest.mark.parametrize("width", [320, 768, 1280])
@pytest.mark.parametrize(
    "path", ["workflows/triage/", "workflows/", "teams/finance/", "matrix/", "contribute/", "limits/"]
)
def test_no_content_is_too_long(open_page: Show, extreme_address: str, path: str, width: int) -> None:
    page = open_page(path, width, root=extreme_address)
    expect(page.locator("h1")).to_be_visible()
    assert page.evaluate(TOO_WIDE) == []
    assert page.evaluate(CLIPPED) == []


def test_the_longest_tables_still_fit_a_wide_screen(open_page: Show, extreme_address: str) -> None:
    tables = open_page("workflows/triage/", 1280, root=extreme_address).locator(".om-table")
    wide = "all => all.filter(each => each.scrollWidth > each.clientWidth + 1).map(each => each.innerText)"
    assert tables.evaluate_all(wide) == []


def test_the_longest_packet_is_all_there(open_page: Show, extreme_address: str) -> None:
    page = open_page("workflows/triage/", 390, root=extreme_address)
    expect(page.get_by_role("heading", level=1)).to_contain_text(TITLE.strip())
    assert page.locator("tr[id^=access-system-]").count() == SYSTEMS
    assert page.locator("tr[id^=approval-ap-a]").count() == RULES
    box = page.get_by_role("region", name="At a glance").bounding_box()
    assert box
    assert box["width"] <= 390
