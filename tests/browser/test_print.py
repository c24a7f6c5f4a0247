"""A packet on paper: its cover, nothing of the screen, nothing clipped, lines to sign on, and what prints it."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from playwright.sync_api import Page, expect

from browser.test_overflow import TOO_WIDE
from opmodel.commands.main import command_group
from opmodel.printing import browser
from opmodel.printing.local_site import STYLES, set_paper
from opmodel.readiness.material import digests, packet_digest
from sites import GOOD, check_shipped, good

pytestmark = pytest.mark.browser
Show = Callable[..., Page]
A4, LETTER = (595, 842), (612, 792)
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


def sizes(file: Path) -> list[tuple[int, int]]:
    """Return the size of every page of a PDF file, in points."""
    boxes = re.findall(rb"/Type /Page\b.*?/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", file.read_bytes(), re.DOTALL)
    return [(round(float(width)), round(float(height))) for width, height in boxes]


def test_the_matrix_lies_on_its_first_sheet_as_on_all_others(open_page: Show, tmp_path: Path) -> None:
    open_page("matrix/").pdf(path=tmp_path / "matrix.pdf")
    assert {width > height for width, height in sizes(tmp_path / "matrix.pdf")} == {True}


def pdf(*words: str, site: Path = GOOD) -> Result:
    return CliRunner().invoke(command_group(), ["pdf", *words, "--site", str(site)], prog_name="opmodel")


def test_a_packet_and_a_pack_are_made(tmp_path: Path, chromium: str) -> None:
    site = good(tmp_path / "site")
    one, pack = tmp_path / "one.pdf", tmp_path / "pack.pdf"
    assert pdf("intake", "-o", str(one), site=site).exit_code == 0
    assert pdf("--team", "finance", "-o", str(pack), "--paper", "letter", site=site).exit_code == 0
    assert set(sizes(one)) == {A4}
    assert set(sizes(pack)) == {LETTER}
    assert len(sizes(pack)) > len(sizes(one)) > 2


def test_the_foot_of_each_sheet_says_what_it_is_of(tmp_path: Path) -> None:
    styles = tmp_path / STYLES
    styles.parent.mkdir(parents=True)
    set_paper(tmp_path, "letter", 'Packet "A" \\ B' + " and so on" * 30)
    assert r'@bottom-left { content: "Packet \"A\" \\ B and so on' in styles.read_text(encoding="utf-8")
    assert ' …"; font' in styles.read_text(encoding="utf-8")


def test_without_a_browser_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr(browser, "PLACES", ())
    result = pdf("intake")
    assert result.exit_code == 1
    assert result.output == (
        "Error: no Chromium, Chrome or Edge was found, and one of them makes the PDF file; install one, "
        "or name yours with CHROMIUM=/path/to/it\n"
    )


def test_a_browser_that_is_named_wrongly_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHROMIUM", "/no/such/browser")
    assert pdf("intake").output == "Error: CHROMIUM names /no/such/browser, which is no program that can be run\n"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([], "name a packet, or a team with --team"),
        (["intake", "--team", "finance"], "name a packet, or a team with --team"),
        (["intak"], 'unknown packet "intak"; did you mean "intake"?'),
        (["--team", "finanse"], 'unknown team "finanse"; did you mean "finance"?'),
    ],
)
def test_wrong_usage_is_told(words: list[str], told: str) -> None:
    result = pdf(*words)
    assert result.exit_code == 2
    assert told in result.output
