"""Filters and sorting of the large tables: what shows, what is said of it, and what the address keeps."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser
Show = Callable[..., Page]

ROWS = ".om-listing tbody tr:not(.om-group):visible"


def control(page: Page, key: str) -> Locator:
    return page.locator(f"[data-om-filter={key}]")


def titles(page: Page) -> list[str]:
    return page.locator(f"{ROWS} th > a").all_inner_texts()


def test_a_filter_shows_its_rows_says_how_many_and_stands_in_the_address(open_page: Show) -> None:
    page = open_page("workflows/")
    total = page.locator(ROWS).count()
    control(page, "status").select_option("live")
    live = page.locator(ROWS).count()
    assert 0 < live < total
    expect(page.locator("[data-om-count]")).to_have_text(f"{live} of {total} workflows shown")
    assert page.url.endswith("?status=live")
    assert page.locator(".om-group:visible").count() == page.locator(".om-listing tbody:visible").count()


def test_a_filtered_view_can_be_linked(open_page: Show) -> None:
    page = open_page("workflows/?status=live&sort=-title&text=e")
    expect(control(page, "status")).to_have_value("live")
    expect(control(page, "text")).to_have_value("e")
    expect(page.locator("th[data-om-sort=title]")).to_have_attribute("aria-sort", "descending")
    assert page.locator(ROWS).count() == page.locator(f"{ROWS}[data-status=live]").count()


def test_filters_narrow_together_and_clear_together(open_page: Show) -> None:
    page = open_page("workflows/")
    total = page.locator(ROWS).count()
    control(page, "ready").select_option("open")
    control(page, "text").fill("support")
    assert titles(page) == ["Support replies"]
    page.get_by_role("button", name="Clear filters").click()
    assert page.locator(ROWS).count() == total
    assert page.url.endswith("workflows/")
    expect(control(page, "text")).to_be_focused()


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("workflows/?text=nothing-is-called-this", "No workflow matches these filters."),
        ("matrix/?layer=it&phase=choose&role=audit", "No row matches these filters."),
        ("workflows/invoice-triage/?layer=it&phase=choose&role=audit", "No row matches these filters."),
    ],
)
def test_no_match_says_so_and_offers_to_clear(open_page: Show, path: str, told: str) -> None:
    page = open_page(path)
    expect(page.get_by_text(told)).to_be_visible()
    expect(page.locator("[data-om-count]")).to_contain_text("0 of")
    page.get_by_role("button", name="Clear filters").last.click()
    expect(page.get_by_text(told)).to_be_hidden()
    assert page.locator(ROWS).count() > 0


def test_unknown_words_in_the_address_filter_nothing(open_page: Show) -> None:
    page = open_page("workflows/?status=<b>&sort=no&other=1")
    assert page.locator(ROWS).count() == page.locator(".om-listing tbody tr:not(.om-group)").count()


def test_sorting_stays_within_a_team(open_page: Show) -> None:
    page = open_page("workflows/")
    heading = page.get_by_role("columnheader", name="Next review")
    for direction in ("ascending", "descending"):
        heading.get_by_role("button").click()
        expect(heading).to_have_attribute("aria-sort", direction)
        for body in page.locator("tbody[data-team]").all():
            cells = body.locator("td[data-label='Next review']").all()
            due = [cell.get_attribute("data-order") or "" for cell in cells]
            assert due == sorted(due, reverse=direction == "descending")
            assert body.locator("tr").first.get_attribute("class") == "om-group"
    expect(page.locator("[aria-sort]")).to_have_count(1)
    assert page.url.endswith("?sort=-review")


def test_the_matrix_shows_one_layer_one_role_one_phase(open_page: Show) -> None:
    page = open_page("matrix/")
    control(page, "layer").select_option("shared")
    control(page, "role").select_option("security")
    control(page, "phase").select_option("launch")
    rows = page.locator(ROWS)
    assert rows.count() > 0
    for row in rows.all():
        assert row.get_attribute("data-layer") == "shared"
        assert "security" in (row.get_attribute("data-role") or "").split()
        assert row.get_attribute("data-phase") == "launch"
    expect(page.locator("col.om-chosen")).to_have_attribute("data-role", "security")
    assert page.url.endswith("?layer=shared&role=security&phase=launch")


def test_a_link_to_a_row_shows_it_whatever_is_filtered(open_page: Show) -> None:
    page = open_page("matrix/?phase=launch#pick-workflow")
    expect(page.locator("#pick-workflow")).to_be_in_viewport()


def test_the_headings_of_the_matrix_stay_in_sight(open_page: Show) -> None:
    page = open_page("matrix/")
    page.locator(".om-matrix tbody tr:not(.om-group)").nth(20).scroll_into_view_if_needed()
    page.mouse.wheel(0, 400)
    expect(page.get_by_role("columnheader", name="Platform owner")).to_be_in_viewport()


def test_row_headings_stay_when_the_matrix_scrolls_sideways(open_page: Show) -> None:
    page = open_page("matrix/", 768)
    region = page.get_by_role("region", name="Who does what")
    region.evaluate("each => { each.scrollLeft = 9999; each.scrollTop = 600; }")
    heading = page.locator(".om-matrix tbody tr:not(.om-group) th[scope=row]").nth(6)
    box, around = heading.bounding_box(), region.bounding_box()
    assert box
    assert around
    assert box["x"] == pytest.approx(around["x"], abs=3)


def test_a_matrix_with_a_third_side_is_filtered_by_side(open_page: Show, assurance_address: str) -> None:
    page = open_page("matrix/?side=assurance", root=assurance_address)
    expect(page.locator("[data-om-count]")).to_have_text("2 of 3 rows shown")
    control(page, "side").select_option("it")
    expect(page.locator("[data-om-count]")).to_have_text("3 of 3 rows shown")
    assert page.url.endswith("?side=it")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_each_side_has_a_colour_of_its_own(open_page: Show, assurance_address: str, scheme: str) -> None:
    page = open_page("matrix/", scheme=scheme, root=assurance_address)
    lines = page.locator("th.om-side").evaluate_all("all => all.map(each => getComputedStyle(each).borderBottomColor)")
    assert len(set(lines)) == len(lines) == 3


def test_a_phone_shows_a_row_as_a_card_with_every_letter_named(open_page: Show) -> None:
    page = open_page("matrix/#pick-workflow", 390)
    row = page.locator("#pick-workflow")
    expect(row.locator("td").nth(0)).to_have_css("display", "inline-flex")
    label = row.locator("td").nth(0).evaluate("cell => getComputedStyle(cell, '::before').content")
    assert label == '"Workflow owner"'


@pytest.mark.parametrize(("path", "rows"), [("workflows/", 5), ("matrix/", 30), ("workflows/invoice-triage/", 30)])
def test_without_scripts_everything_is_readable(open_page: Show, path: str, rows: int) -> None:
    page = open_page(path, java_script_enabled=False)
    assert page.locator(ROWS).count() > rows
    expect(page.get_by_role("link", name="Guide").first).to_be_visible()


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("path", ["", "faq/", "workflows/", "workflows/invoice-triage/", "contribute/write-a-packet/"])
def test_without_scripts_nothing_dead_is_offered(open_page: Show, path: str, width: int) -> None:
    page = open_page(path, width, java_script_enabled=False)
    dead = page.locator(":is(.md-header, .md-content) :is(button, input, select, textarea)").locator("visible=true")
    assert dead.evaluate_all("all => all.map(each => each.outerHTML)") == []
    links = page.locator(".md-footer nav[aria-label='Site sections'] a")
    assert links.count() > 5
