"""What readers see where it matters most: conditions, steps and verdicts."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
Show = Callable[..., Page]

LINES = "all => all.map(each => [each.textContent, each.getClientRects().length])"


@pytest.mark.parametrize("width", [1280, 768, 390])
def test_a_condition_stands_on_one_line(open_page: Show, width: int) -> None:
    conditions = open_page("workflows/invoice-triage/", width).locator("#approval ~ .om-table td code > span")
    assert ["[500..5000)", 1] in conditions.evaluate_all(LINES)
    assert ['"matched",', 1] in conditions.evaluate_all(LINES)
    assert [text for text, lines in conditions.evaluate_all(LINES) if lines > 1] == []


def test_the_steps_that_stop_an_agent_stand_below_each_other(open_page: Show) -> None:
    page = open_page("workflows/invoice-triage/")
    steps = page.locator(".om-facts > div", has_text="How to stop the agent").get_by_role("listitem")
    expect(steps).to_have_count(3)
    expect(steps.nth(1)).to_contain_text("2. If the console does not answer")


@pytest.mark.parametrize("verdict", ["Yes", "With conditions", "No"])
def test_a_verdict_is_a_word_with_a_shape(open_page: Show, verdict: str) -> None:
    badge = open_page("guide/choose-first-workflow/").locator(".om-verdict").get_by_text(verdict, exact=True).first
    assert badge.evaluate("each => getComputedStyle(each, '::before').maskImage").startswith("url(")
