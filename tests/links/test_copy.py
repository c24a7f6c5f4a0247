"""Copy controls: what they copy, by mouse and keyboard, and what they say when they did; and where a link arrives."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page

Serve = Callable[..., str]
pytestmark = pytest.mark.browser


@pytest.fixture
def opened(built_site: Path, serve: Serve, tab: Page) -> Callable[[str], str]:
    """Open a page of the shipped site, where scripts may use the clipboard; return its address."""
    root = serve(built_site)
    tab.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=root)

    def go(address: str) -> str:
        tab.goto(root + address)
        tab.locator(".om-copy").first.wait_for(state="attached")
        return root + address

    return go


def copied(button: Locator) -> str:
    button.press("Enter")
    button.get_by_text("Copied").wait_for()
    return str(button.page.evaluate("navigator.clipboard.readText()"))


def test_an_answer_is_copied_as_link_and_as_markdown(opened: Callable[[str], str], tab: Page) -> None:
    address = opened("faq/speed-vs-control/?utm=1#top")
    question = "Business wants speed and IT wants control. What then?"
    link = tab.get_by_role("button", name=f"Copy link to “{question}”")
    assert copied(link) == address.partition("?")[0]
    text = copied(tab.get_by_role("button", name=f"Copy “{question}” as Markdown"))
    short = tab.locator(".om-summary").first.inner_text()
    assert text == f"**{question}**\n\n{short}\n\n{address.partition('?')[0]}\n"


def test_the_index_copies_the_address_of_the_answer(opened: Callable[[str], str], tab: Page) -> None:
    address = opened("faq/")
    button = tab.locator("#who-approves + .om-copy").get_by_role("button").first
    assert copied(button) == f"{address}who-approves/"


@pytest.mark.parametrize(
    ("page", "anchor"),
    [
        ("workflows/invoice-triage/", "approval"),
        ("workflows/invoice-triage/", "failure-cases-fc-02"),
        ("workflows/invoice-triage/", "approval-ap-07"),
        ("workflows/invoice-triage/", "responsibility-sign-off"),
        ("matrix/", "sign-off"),
    ],
)
def test_a_section_or_row_is_copied_with_its_own_address(
    page: str, anchor: str, opened: Callable[[str], str], tab: Page
) -> None:
    address = opened(page)
    place = tab.locator(f'[id="{anchor}"]')
    controls = place.locator("xpath=self::tr//*[contains(@class, 'om-copy')] | following-sibling::div[1]").first
    link, markdown = controls.get_by_role("button").all()
    assert copied(link) == f"{address}#{anchor}"
    text = copied(markdown)
    assert text.startswith("**")
    assert text.endswith(f"\n\n{address}#{anchor}\n")
    assert len(text.splitlines()) > 4


def test_copying_is_announced_and_the_control_is_itself_again_later(opened: Callable[[str], str], tab: Page) -> None:
    opened("faq/who-approves/")
    button = tab.locator(".om-copy button").first
    button.click()
    tab.get_by_role("status").get_by_text("Link copied").wait_for(state="attached")
    button.get_by_text("Copied").wait_for()
    button.get_by_text("Link", exact=True).wait_for()


def test_every_control_is_reached_and_seen_with_the_keyboard(opened: Callable[[str], str], tab: Page) -> None:
    opened("matrix/")
    button = tab.locator("#sign-off .om-copy button").first
    button.focus()
    assert tab.evaluate("document.activeElement.dataset.what") == "Link"
    assert button.locator("xpath=..").evaluate("controls => getComputedStyle(controls).opacity") == "1"
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.dataset.what") == "Markdown"


def test_copying_works_where_the_clipboard_is_closed_to_scripts(built_site: Path, serve: Serve, tab: Page) -> None:
    tab.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    address = serve(built_site) + "faq/who-approves/"
    tab.goto(address)
    button = tab.locator(".om-copy button").first
    button.press("Enter")
    button.get_by_text("Copied").wait_for()
    assert tab.evaluate("document.activeElement.dataset.what") == "Link"
    tab.goto(serve(built_site) + "faq/")
    box = tab.locator("[data-md-component=search-query]")
    box.focus()
    tab.keyboard.press("Control+V")
    assert box.input_value() == address


def test_what_cannot_be_copied_stays_selected(built_site: Path, serve: Serve, tab: Page) -> None:
    tab.add_init_script("""
        Object.defineProperty(navigator, 'clipboard', {value: undefined});
        document.execCommand = () => false;
    """)
    address = serve(built_site) + "faq/who-approves/"
    tab.goto(address)
    tab.locator(".om-copy button").first.click()
    assert tab.evaluate("document.activeElement.value") == address
    tab.get_by_role("status").get_by_text("press Ctrl+C").wait_for(state="attached")
    tab.keyboard.press("Escape")
    assert tab.locator(".om-copy textarea").count() == 0


def test_without_scripts_there_is_no_control(built_site: Path, serve: Serve, new_tab: Callable[..., Page]) -> None:
    tab = new_tab(java_script_enabled=False)
    tab.goto(serve(built_site) + "faq/who-approves/")
    assert tab.locator(".om-copy").count() == 0


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize(
    "target",
    [
        "workflows/invoice-triage/#failure-cases-fc-02",
        "workflows/invoice-triage/#approval-ap-07",
        "workflows/invoice-triage/#contracts-model-gateway",
        "workflows/invoice-triage/#access-erp-ap",
        "workflows/invoice-triage/#responsibility-sign-off",
        "workflows/invoice-triage/#approval",
        "matrix/#sign-off",
        "workflows/#invoice-triage",
        "faq/#who-approves",
    ],
)
def test_what_a_link_leads_to_is_in_sight_and_marked(
    target: str, width: int, built_site: Path, serve: Serve, tab: Page
) -> None:
    tab.set_viewport_size({"width": width, "height": 900})
    tab.goto(serve(built_site) + target)
    tab.wait_for_load_state("networkidle")
    place = tab.locator(":target")
    seen = place.evaluate("""place => {
        const first = place.matches('tr') ? place.querySelector('th') : place;
        const range = document.createRange();
        range.selectNodeContents(first);
        const box = range.getClientRects()[0];
        const top = document.elementFromPoint(box.left + 4, box.top + 4);
        return box.top >= 0 && box.bottom <= innerHeight && first.contains(top);
    }""")
    assert seen
    plain = "rgba(0, 0, 0, 0)"
    grounds = place.evaluate("place => [place, ...place.children].map(each => getComputedStyle(each).backgroundColor)")
    assert any(ground != plain for ground in grounds)
