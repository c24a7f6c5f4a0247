"""Tables of hundreds of rows: shown step by step, whole without scripts and on paper, filtered and linked as others."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from opmodel.views.blocks import ROWS_AT_A_TIME
from opmodel.views.portfolio import PortfolioView, portfolio
from opmodel.views.render import render
from sites import check_shipped

pytestmark = pytest.mark.browser
Show = Callable[..., Page]

MANY = 2 * ROWS_AT_A_TIME + 40
ROWS = ".om-listing tbody tr:not(.om-group):visible"
FRAME = """<!doctype html><html class="{scripts}" lang="en"><meta charset="utf-8"><title>Many</title>
<link rel="stylesheet" href="../assets/opmodel/opmodel.css"><script src="../assets/opmodel/tables.js" defer></script>
<body><main class="md-typeset">{html}</main></body></html>"""


@pytest.fixture(scope="module")
def many() -> PortfolioView:
    """The shipped workflows, each many times."""
    checked = check_shipped()
    names = [list(checked.model.packets)[number % len(checked.model.packets)] for number in range(MANY)]
    summaries = {f"copy-{number}": checked.model.summaries[name] for number, name in enumerate(names)}
    return portfolio(replace(checked, model=replace(checked.model, summaries=summaries)))


@pytest.fixture
def long_table(open_page: Show, many: PortfolioView, address: str) -> Callable[..., Page]:
    """``long_table("#copy-7")`` shows a portfolio of many workflows."""

    def show(path: str = "", scripts: bool = True) -> Page:
        html = FRAME.format(
            html=render("portfolio.html.jinja", "many/", portfolio=many), scripts="js" if scripts else "no-js"
        )
        page = open_page("robots.txt", java_script_enabled=scripts)
        page.route("**/many/*", lambda route: route.fulfill(body=html, content_type="text/html"))
        page.goto(f"{address}many/{path}")
        return page

    return show


def test_a_long_table_is_shown_step_by_step(long_table: Callable[..., Page]) -> None:
    page = long_table()
    shown, count = page.locator(ROWS), page.locator("[data-om-count]")
    expect(shown).to_have_count(ROWS_AT_A_TIME)
    expect(count).to_have_text(f"{MANY} workflows; the first {ROWS_AT_A_TIME} shown")
    page.get_by_role("button", name=f"Show {ROWS_AT_A_TIME} more of {MANY}").click()
    expect(shown).to_have_count(2 * ROWS_AT_A_TIME)
    expect(shown.nth(ROWS_AT_A_TIME).locator("th a").first).to_be_focused()
    page.get_by_role("button", name=f"Show 40 more of {MANY}").click()
    expect(shown).to_have_count(MANY)
    expect(page.locator("[data-om-more]")).to_be_hidden()
    expect(count).to_have_text(f"{MANY} workflows")


def test_a_heading_shows_only_above_rows(long_table: Callable[..., Page]) -> None:
    page = long_table()
    for body in page.locator("tbody:visible").all():
        assert body.locator("tr:not(.om-group):visible").count() > 0


def test_a_filter_looks_at_all_rows_and_begins_with_the_first(long_table: Callable[..., Page]) -> None:
    page = long_table()
    ready = {state: page.locator(f"tr[data-ready={state}]").count() for state in ("pass", "open")}
    state = max(ready, key=lambda each: ready[each])
    assert ready[state] > ROWS_AT_A_TIME
    page.get_by_role("button", name="Show").click()
    page.locator("[data-om-filter=ready]").select_option(state)
    expect(page.locator(ROWS)).to_have_count(ROWS_AT_A_TIME)
    expect(page.locator("[data-om-count]")).to_have_text(
        f"{ready[state]} of {MANY} workflows; the first {ROWS_AT_A_TIME} shown"
    )
    page.get_by_label("Find").fill("nothing-is-called-this")
    expect(page.locator("[data-om-more]")).to_be_hidden()


def test_sorting_looks_at_all_rows(long_table: Callable[..., Page]) -> None:
    page = long_table()
    page.get_by_role("columnheader", name="Workflow").get_by_role("button").click()
    first = page.locator("tbody").first
    every = first.locator("tr:not(.om-group) th a:first-child").all_text_contents()
    assert every == sorted(every, key=str.casefold)
    expect(page.locator(ROWS)).to_have_count(ROWS_AT_A_TIME)


def test_a_link_to_a_row_that_waits_shows_it(long_table: Callable[..., Page], many: PortfolioView) -> None:
    waiting = many.groups[-1].rows[-1].id
    page = long_table(f"#{waiting}")
    expect(page.locator(f"#{waiting}")).to_be_in_viewport()


def test_without_scripts_and_on_paper_all_rows_show(long_table: Callable[..., Page]) -> None:
    plain = long_table(scripts=False)
    expect(plain.locator(ROWS)).to_have_count(MANY)
    expect(plain.locator("[data-om-more]")).to_be_hidden()
    printed = long_table()
    printed.emulate_media(media="print")
    expect(printed.locator(ROWS)).to_have_count(MANY)


def test_rows_that_wait_do_so_before_any_script_runs(many: PortfolioView) -> None:
    assert sum(not row.later for group in many.groups for row in group.rows) == ROWS_AT_A_TIME
    assert many.step == ROWS_AT_A_TIME


def test_a_short_table_has_no_steps(open_page: Show) -> None:
    page = open_page("workflows/")
    assert page.locator("[data-om-more], [data-om-later], [data-om-step]").count() == 0
