"""The page for unknown addresses suggests the nearest pages, and works without a script."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

Serve = Callable[..., str]
pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("asked", "suggested"),
    [
        ("faq/who-approvs/", "faq/who-approves/"),
        ("faq/who-approves.html", "faq/who-approves/"),
        ("workflow/invoice-triage/", "workflows/invoice-triage/"),
        ("Invoice-Triage", "workflows/invoice-triage/"),
        ("guide/glosary/index.html", "guide/glossary/"),
        ("approval_model", "guide/approval-model/"),
        ("docs/teams/security", "teams/security-office/"),
        ("faq/%E0%A4%A/speed-versus-control", "faq/speed-vs-control/"),
    ],
)
def test_the_nearest_page_comes_first(asked: str, suggested: str, built_site: Path, serve: Serve, tab: Page) -> None:
    root = serve(built_site)
    tab.goto(root + asked)
    first = tab.locator(".om-nearest a").first
    first.wait_for()
    assert first.evaluate("link => link.href") == root + suggested


def test_suggestions_lead_to_pages_under_a_path(moved_site: Path, serve: Serve, tab: Page) -> None:
    root = serve(moved_site, "/model/")
    tab.goto(root + "guide/deep/aproval-model/")
    tab.locator(".om-nearest a").first.click()
    assert tab.url == root + "guide/approval-model/"
    tab.goto(root + "wrong/sortings/")
    assert tab.locator(".om-nearest a").first.evaluate("link => link.href") == root + "workflows/triage/"


def test_without_a_near_page_only_the_main_parts_are_listed(built_site: Path, serve: Serve, tab: Page) -> None:
    tab.goto(serve(built_site) + "zzzz/qqqq/")
    tab.wait_for_load_state("networkidle")
    assert tab.locator(".om-nearest").count() == 0
    assert tab.get_by_role("main").get_by_role("link", name="Workflows").is_visible()


def test_the_main_parts_are_listed_without_scripts(
    moved_site: Path, serve: Serve, new_tab: Callable[..., Page]
) -> None:
    tab = new_tab(java_script_enabled=False)
    root = serve(moved_site, "/model/")
    tab.goto(root + "nowhere/at/all/")
    links = tab.locator("[data-om-unknown] a")
    assert links.count() > 0
    assert links.first.evaluate("link => link.href") == root
