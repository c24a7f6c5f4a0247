"""The whole site by keyboard alone: everything in reach, nothing out of sight in focus, and focus always visible."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
Show = Callable[..., Page]

FOCUSED = """() => {
    const element = document.activeElement;
    if (!element || element === document.body) return null;
    const box = element.getBoundingClientRect();
    const style = getComputedStyle(element);
    return {
        name: element.outerHTML.slice(0, 120),
        seen: box.width > 0 && box.height > 0 && box.right > 0 && box.left < innerWidth
            && style.visibility === 'visible' && element.checkVisibility({opacityProperty: true}),
        ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 || style.boxShadow !== 'none',
        covered: !element.closest('.md-header, .md-skip') && box.height < 300
            && box.top + box.height / 2 < document.querySelector('.md-header').getBoundingClientRect().bottom,
    };
}"""


def walk(page: Page, most: int) -> list[dict[str, object]]:
    """Press Tab through a page, at most so many times, and return what had the focus."""
    passed = []
    for _ in range(most):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused is None:
            break
        passed.append(focused)
    return passed


@pytest.mark.parametrize(
    ("path", "width"),
    [
        ("", 1280),
        ("guide/approval-model/", 1280),
        ("matrix/", 768),
        ("workflows/", 1280),
        ("workflows/support-replies/", 390),
    ],
)
def test_focus_is_never_lost_from_sight(open_page: Show, path: str, width: int) -> None:
    passed = walk(open_page(path, width), 45)
    assert len(passed) > 12
    assert [stop["name"] for stop in passed if not stop["seen"]] == []
    assert [stop["name"] for stop in passed if not stop["ring"]] == []
    assert [stop["name"] for stop in passed if stop["covered"]] == []


@pytest.mark.parametrize("path", ["workflows/incident-summaries/", "no/such/page/"], ids=["packet", "no sections"])
def test_the_first_stop_skips_to_the_content(path: str, open_page: Show) -> None:
    page = open_page(path)
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to content")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('.md-content').contains(document.activeElement)")


def test_the_closed_menu_is_out_of_the_order_and_the_open_one_holds_the_focus(open_page: Show) -> None:
    page = open_page("guide/approval-model/", 390)
    button = page.get_by_role("button", name="Menu", exact=True)
    expect(button).to_have_attribute("aria-expanded", "false")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Close menu")).to_be_focused()
    inside = (
        "document.querySelector('.om-nav').contains(document.activeElement) || document.activeElement === document.body"
    )
    for _ in range(40):
        page.keyboard.press("Tab")
        assert page.evaluate(inside)
    page.keyboard.press("Escape")
    expect(button).to_be_focused()
    expect(button).to_have_attribute("aria-expanded", "false")


def test_search_opens_answers_and_closes_by_keyboard(open_page: Show) -> None:
    page = open_page("", 390)
    button = page.get_by_role("button", name="Search", exact=True)
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".md-search__input")).to_be_focused()
    expect(page.locator(".md-search-result__meta")).to_have_text("Type to start searching")
    page.keyboard.insert_text("exception")  # at once, as by voice or a paste, without a key
    first = page.locator(".md-search-result__link").first
    first.wait_for()
    page.keyboard.press("ArrowDown")
    expect(first).to_be_focused()
    page.keyboard.press("Escape")
    expect(button).to_be_focused()


@pytest.mark.parametrize("key", ["f", "s", "/", "n", "p", ".", ","])
def test_a_single_letter_does_nothing(open_page: Show, key: str) -> None:
    page = open_page("guide/approval-model/")
    page.keyboard.press(key)
    assert page.url.endswith("guide/approval-model/")
    assert page.evaluate("document.activeElement === document.body")


def test_colours_are_switched_and_kept(open_page: Show) -> None:
    page = open_page("", scheme="light")
    background = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(background)
    button = page.get_by_role("button", name="Dark colours")
    expect(button).to_have_attribute("aria-pressed", "false")
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-pressed", "true")
    dark = page.evaluate(background)
    assert dark != light
    page.reload()
    assert page.evaluate(background) == dark


def test_colours_follow_the_system_without_scripts(open_page: Show) -> None:
    background = "getComputedStyle(document.body).backgroundColor"
    light, dark = (open_page("", scheme=scheme, java_script_enabled=False) for scheme in ("light", "dark"))
    assert light.evaluate(background) != dark.evaluate(background)


def test_the_form_answers_by_keyboard(open_page: Show) -> None:
    page = open_page("workflows/invoice-triage/#approval-ask")
    page.get_by_label("Gross amount of the invoice (EUR)").focus()
    page.keyboard.type("700")
    page.keyboard.press("Tab")
    page.keyboard.type("matched")
    page.keyboard.press("Tab")
    page.keyboard.type("900")
    page.keyboard.press("Enter")
    answer = page.get_by_role("status").filter(has_text="AP-03")
    expect(answer).to_contain_text("Act, then review")
    answer.get_by_role("link").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#approval-ap-03")).to_be_in_viewport()
