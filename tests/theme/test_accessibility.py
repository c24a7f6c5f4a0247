"""No page breaks a rule of axe-core, best practices included: light and dark, at every width, with everything open."""

from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Page

from theme.conftest import WIDTHS
from theme.drafts import FORM, LIMITS, PACKETS, bring_back

AXE = Path(__file__).parents[1] / "judges/node_modules/axe-core/axe.min.js"
pytestmark = [pytest.mark.browser, pytest.mark.judges]

KINDS = {
    "home": "",
    "guide": "guide/approval-model/",
    "candidates": "guide/choose-first-workflow/",
    "questions": "faq/",
    "answer": "faq/who-approves/",
    "matrix": "matrix/",
    "portfolio": "workflows/",
    "live packet": "workflows/incident-summaries/",
    "packet in review": "workflows/support-replies/",
    "team": "teams/finance-ops/",
    "rules": "reference/rules/",
    "manual": "contribute/commands/",
    "form for a packet": FORM,
    "approval limits": LIMITS,
    "unknown address": "no/such/page/",
}
ALL = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OF_COLOUR = ["color-contrast", "link-in-text-block"]
"""All that the other colours can change."""
OF_SIZE = [*OF_COLOUR, "target-size", "scrollable-region-focusable"]
"""All that a width can change which shows nothing that neither a wider nor a narrower one shows."""
RUN = """asked => axe.run(document, {runOnly: asked, resultTypes: ['violations'], preload: {assets: ['media']}}).then(
    result => result.violations.flatMap(rule => rule.nodes.map(
        node => [rule.id, node.target.join(' '), node.failureSummary].join(': '))))"""
"""Runs some rules. None of them reads style sheets, so axe is not asked to load them."""
DRAWN = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
Show = Callable[..., Page]


def runs(first: bool, last: bool) -> list[tuple[Literal["light", "dark"], list[str]]]:
    """Return in which schemes a page is judged at a width, and by which rules."""
    if first:
        return [("light", ALL), ("dark", OF_COLOUR)]
    return [("dark", ALL)] if last else [("light", OF_SIZE)]


def violations(page: Page, *widths: int) -> list[str]:
    """Return what axe finds on a page: by all rules at the first and the last width, in one scheme each.

    The first width is judged by the colours of the other scheme too. The widths between are judged by the rules that
    look at colours, sizes and what scrolls. All other rules read names, roles, order and structure. These change with
    the width only where styles hide something or scripts make it inert, at 45em, 60em and 76.25em; so what a width
    between shows and hides is what the last width does, but for tables, which change only sizes there.
    """
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate("scrollTo(0, 0)")  # what the header covers half is no small target
        for scheme, rules in runs(first=width == widths[0], last=width == widths[-1]):
            page.emulate_media(color_scheme=scheme)
            page.evaluate(DRAWN)
            found += [f"{page.viewport_size} {scheme}: {line}" for line in page.evaluate(RUN, rules)]
    return found


@pytest.mark.parametrize("path", KINDS.values(), ids=KINDS)
def test_every_kind_of_page_is_accessible(open_page: Show, path: str) -> None:
    assert violations(open_page(path, bypass_csp=True), *WIDTHS) == []


@pytest.mark.parametrize("path", ["matrix/", "teams/internal-audit/"])
def test_a_third_side_is_accessible(open_page: Show, assurance_address: str, path: str) -> None:
    assert violations(open_page(path, root=assurance_address, bypass_csp=True), *WIDTHS) == []


def with_search(page: Page) -> Page:
    page.locator(".md-search__input, .om-tool--search").locator("visible=true").first.click()
    page.locator(".md-search__input").press_sequentially("threshold")
    page.locator(".md-search-result__link").first.wait_for()
    return page


def with_menu(page: Page) -> Page:
    page.get_by_role("button", name="Menu", exact=True).click()
    page.get_by_role("button", name="Close menu").wait_for()
    return page


def with_mistakes(page: Page) -> Page:
    page.get_by_role("button", name="Who approves?").click()
    page.locator("[data-line=problem]").first.wait_for()
    return page


def with_details(page: Page) -> Page:
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    return page


def with_packet(page: Page) -> Page:
    bring_back(page, "invoice-triage", PACKETS["invoice-triage"])
    return page


def with_gaps(page: Page) -> Page:
    page.get_by_role("button", name="Check the form").click()
    page.get_by_role("group", name="What is not right yet").wait_for()
    return page


def with_limits(page: Page) -> Page:
    page.get_by_role("button", name="Try an example").click()
    page.locator(".om-limits__picture").first.wait_for()
    return with_details(page)


def without_rows(page: Page) -> Page:
    page.get_by_label("Find").fill("no workflow is called this")
    page.get_by_text("No workflow matches").wait_for()
    return page


OPEN = {
    "search": (with_search, "faq/who-approves/", (1280, 768, 320)),
    "menu": (with_menu, "guide/approval-model/", (768, 320)),
    "form with mistakes": (with_mistakes, "workflows/incident-summaries/", (1280, 390)),
    "details": (with_details, "faq/", (1280, 320)),
    "filter without match": (without_rows, "workflows/", (1280, 390)),
    "approval limits checked": (with_limits, LIMITS, (1280, 390, 320)),
    "packet written": (with_packet, FORM, (1280, 390, 320)),
    "packet with gaps": (with_gaps, FORM, (1280, 390, 320)),
}


@pytest.mark.parametrize("state", OPEN)
def test_what_opens_is_accessible(open_page: Show, state: str) -> None:
    prepare, path, widths = OPEN[state]
    assert violations(prepare(open_page(path, widths[0], bypass_csp=True)), *widths) == []
