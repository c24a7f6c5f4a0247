"""No page breaks a rule of axe-core, best practices included: light and dark, at every width, with everything open."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from browser.conftest import WIDTHS

AXE = Path(__file__).parents[1] / "judges/node_modules/axe-core/axe.min.js"
pytestmark = [pytest.mark.browser, pytest.mark.judges]

KINDS = {
    "home": "",
    "guide": "guide/approval-model/",
    "questions": "faq/",
    "answer": "faq/who-approves/",
    "matrix": "matrix/",
    "portfolio": "workflows/",
    "live packet": "workflows/incident-summaries/",
    "packet in review": "workflows/support-replies/",
    "team": "teams/finance-ops/",
    "rules": "reference/rules/",
    "form for a packet": "contribute/write-a-packet/",
    "unknown address": "no/such/page/",
}
ALIKE = {"rules", "live packet"}
"""Made of the same parts as a guide page and the packet in review, so axe need not judge them at every width."""
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
START = "tags => { window.found = axe.run(document, {runOnly: tags, resultTypes: ['violations']}) }"
FOUND = """() => window.found.then(result => result.violations.flatMap(
    rule => rule.nodes.map(node => [rule.id, node.target.join(' '), node.failureSummary].join(': '))))"""
Show = Callable[..., Page]


def violations(pages: Iterable[Page]) -> list[str]:
    """Return what axe finds on several pages, which it judges at the same time."""
    ready = list(pages)
    for page in ready:
        page.evaluate(AXE.read_text(encoding="utf-8"))
        page.evaluate(START, TAGS)
    return [f"{page.viewport_size}: {line}" for page in ready for line in page.evaluate(FOUND)]


def views(kind: int) -> list[tuple[int, str]]:
    """Return every width with one of the two schemes, the other way round for every second kind of page."""
    schemes = ("light", "dark")
    return [(width, schemes[(number + kind) % 2]) for number, width in enumerate(WIDTHS)]


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ALIKE])
def test_every_kind_of_page_is_accessible(open_page: Show, kind: str) -> None:
    seen = views(list(KINDS).index(kind))
    assert violations(open_page(KINDS[kind], *view, bypass_csp=True) for view in seen) == []


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


def without_rows(page: Page) -> Page:
    page.get_by_label("Find").fill("no workflow is called this")
    page.get_by_text("No workflow matches").wait_for()
    return page


OPEN = {
    "search": (with_search, "matrix/", (1280, 768, 320)),
    "menu": (with_menu, "guide/approval-model/", (768, 320)),
    "form with mistakes": (with_mistakes, "workflows/incident-summaries/", (1280, 390)),
    "details": (with_details, "faq/", (1280, 320)),
    "filter without match": (without_rows, "workflows/", (1280, 390)),
}


@pytest.mark.parametrize("state", OPEN)
def test_what_opens_is_accessible(open_page: Show, state: str) -> None:
    prepare, path, widths = OPEN[state]
    shown = ((width, "dark" if number % 2 else "light") for number, width in enumerate(widths))
    assert violations(prepare(open_page(path, *view, bypass_csp=True)) for view in shown) == []
