"""A packet on paper: its cover, nothing of the screen, nothing clipped, and lines to sign on."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from opmodel.readiness.material import digests, packet_digest
from paper import sheet_sizes
from sites import check_shipped
from theme.test_overflow import TOO_WIDE

pytestmark = pytest.mark.browser
Show = Callable[..., Page]
INSIDE = 680
"""How many pixels of an A4 page lie between its margins."""


@pytest.fixture
def printed(open_page: Show) -> Page:
    """A packet as paper shows it."""
    page = open_page("workflows/invoice-triage/", INSIDE)
    page.emulate_media(media="print")
    return page


def test_the_cover_says_what_it_is_a_print_of(printed: Page) -> None:
    cover = printed.locator(".om-cover")
    expect(cover).to_be_visible()
    expect(cover).to_contain_text(packet_digest(digests(check_shipped().model.packets["invoice-triage"].value)))
    expect(cover).to_contain_text("22 November 2026")
    expect(cover).to_contain_text("https://operating-model.example/workflows/invoice-triage/")
    glance = printed.get_by_role("region", name="At a glance")
    for words in ("Live", "Head of Accounts Payable", "Automation Platform Owner"):
        expect(glance).to_contain_text(words)


def test_both_sides_have_a_line_to_sign_on(printed: Page) -> None:
    signing = printed.locator(".om-signing")
    expect(signing).to_be_visible()
    for words in ("Head of Accounts Payable", "Automation Platform Owner"):
        expect(signing).to_contain_text(words)
    expect(signing.get_by_text("Signature", exact=True)).to_have_count(2)


def test_neither_stands_on_the_screen(open_page: Show) -> None:
    page = open_page("workflows/invoice-triage/")
    expect(page.locator(".om-cover")).to_be_hidden()
    expect(page.locator(".om-signing")).to_be_hidden()


def test_nothing_of_the_screen_is_printed(printed: Page) -> None:
    for part in (
        ".md-header",
        ".md-tabs",
        ".md-sidebar",
        ".md-footer",
        ".om-filters",
        ".om-copy",
        ".om-form",
        ".om-contents",
    ):
        assert printed.locator(f"{part}:visible").count() == 0, part


def test_nothing_is_clipped_and_rows_stay_whole(printed: Page) -> None:
    assert printed.evaluate(TOO_WIDE) == []
    scrolling = "each => ['auto', 'scroll', 'hidden'].includes(getComputedStyle(each).overflowX)"
    assert not any(region.evaluate(scrolling) for region in printed.locator(".om-table").all())
    expect(printed.locator(".om-table tbody tr").first).to_have_css("break-inside", "avoid")
    expect(printed.locator(".om-table thead").first).to_have_css("display", "table-header-group")


def test_the_longest_packet_is_printed_as_large_as_others(open_page: Show, extreme_address: str) -> None:
    page = open_page("workflows/triage/", INSIDE, root=extreme_address)
    page.emulate_media(media="print")
    assert page.evaluate(TOO_WIDE) == []


def test_links_that_lead_out_show_their_address(printed: Page) -> None:
    link = printed.locator("#support ~ .om-facts a[href^=http]")
    assert link.get_attribute("href") in link.evaluate("each => getComputedStyle(each, '::after').content")


def test_dark_colours_stay_on_the_screen(open_page: Show) -> None:
    page = open_page("workflows/invoice-triage/", scheme="dark")
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).color") == "rgb(28, 30, 34)"


def test_the_matrix_lies_on_its_first_sheet_as_on_all_others(open_page: Show, tmp_path: Path) -> None:
    open_page("matrix/").pdf(path=tmp_path / "matrix.pdf")
    assert {width > height for width, height in sheet_sizes(tmp_path / "matrix.pdf")} == {True}
