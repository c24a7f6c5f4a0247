"""Pages ask nobody but their own server for anything, and keep to the site's Content-Security-Policy."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from opmodel.adapter import content_policy
from theme.test_accessibility import KINDS

pytestmark = pytest.mark.browser
Show = Callable[..., Page]

REPORTS = """window.reports = [];
addEventListener('securitypolicyviolation', event => reports.push(`${event.violatedDirective} ${event.blockedURI}`));"""


def use(page: Page) -> None:
    """Use what a page offers: colours, search, filters, form, copying, and everything that folds."""
    page.get_by_role("button", name="Dark colours").click()
    page.locator(".md-search__input").press_sequentially("approval")
    page.locator(".md-search-result__link").first.wait_for()
    page.keyboard.press("Escape")
    for name in ("Role", "Status"):
        if page.get_by_label(name, exact=True).count():
            page.get_by_label(name, exact=True).first.select_option(index=1)
    for button in page.locator(".om-form button, .om-copy__button:visible").all()[:3]:
        button.click()
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")


@pytest.mark.parametrize("path", KINDS.values(), ids=KINDS)
def test_no_request_leaves_and_no_rule_is_broken(open_page: Show, address: str, path: str) -> None:
    page = open_page("robots.txt")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.add_init_script(REPORTS)
    page.goto(address + path)
    use(page)
    assert [url for url in asked if not url.startswith((address, "data:", "blob:"))] == []
    assert page.evaluate("reports") == []
    assert page.context.cookies() == []
    assert page.evaluate("Object.keys(localStorage)") == ["opmodel.scheme"]


def test_the_policy_stands_before_all_that_it_governs(open_page: Show) -> None:
    page = open_page("")
    stated = page.locator("meta[http-equiv=Content-Security-Policy]")
    assert stated.get_attribute("content") == content_policy.policy()
    first = page.evaluate("document.head.querySelector('meta[http-equiv], script, link[rel=stylesheet]').tagName")
    assert first == "META"
    assert "unsafe" not in content_policy.policy()


def test_what_slips_into_a_page_does_not_run(open_page: Show) -> None:
    page = open_page("")
    page.evaluate("""() => {
        const script = document.createElement('script');
        script.textContent = 'window.ran = true';
        document.body.append(script);
        document.body.insertAdjacentHTML('beforeend', '<img src="none.png" onerror="window.ran = true">');
        return new Promise(failed => document.body.lastElementChild.addEventListener('error', failed));
    }""")
    assert page.evaluate("window.ran") is None
