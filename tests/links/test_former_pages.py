"""Former addresses lead on: with a script or without, with anchor and query, and under any path."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from published import page

Serve = Callable[..., str]
SUB = "/model/"
STEPS = [
    ("workflows/sorting/", "workflows/triage/"),
    ("workflows/sorting/?from=chat#approval", "workflows/triage/?from=chat#approval"),
    ("workflows/sorting/#access-gone", "workflows/triage/#access"),
    ("workflows/triage/#access-gone", "workflows/triage/#access"),
    ("faq/who-owns/?a=1", "faq/who-answers/?a=1"),
    ("guide/old/#thresholds", "guide/approval-model/#thresholds"),
    ("guide/old/#signing", "guide/launch-readiness/"),
    ("guide/approval-model/?a=1#signing", "guide/launch-readiness/?a=1#gates"),
    ("#sorting", "#triage"),
    ("#who-owns", "#who-answers"),
]


@pytest.mark.browser
@pytest.mark.parametrize(("old", "new"), STEPS)
def test_a_former_address_leads_to_its_new_one(old: str, new: str, moved_site: Path, serve: Serve, tab: Page) -> None:
    root = serve(moved_site, SUB)
    tab.goto(root + old)
    tab.wait_for_url(root + new)
    anchor = new.partition("#")[2]
    assert not anchor or tab.locator(f'[id="{anchor}"]').count() == 1


@pytest.mark.browser
def test_a_former_page_leads_on_without_scripts(moved_site: Path, serve: Serve, new_tab: Callable[..., Page]) -> None:
    tab = new_tab(java_script_enabled=False)
    root = serve(moved_site, SUB)
    tab.goto(root + "workflows/sorting/")
    tab.wait_for_url(root + "workflows/triage/")
    tab.goto(root + "guide/approval-model/#signing")
    note = tab.get_by_text("This part has moved")
    assert note.is_visible()
    assert note.get_by_role("link").get_attribute("href") == "../../guide/launch-readiness/#gates"


@pytest.mark.browser
def test_a_moved_part_says_so_only_to_who_asks_for_it(moved_site: Path, serve: Serve, tab: Page) -> None:
    tab.goto(serve(moved_site, SUB) + "guide/approval-model/")
    assert not tab.get_by_text("This part has moved").is_visible()


def test_a_former_page_tells_search_engines_where_it_went(moved_site: Path) -> None:
    tree = page(moved_site / "faq/who-owns/index.html")
    (canonical,) = tree.css("link[rel=canonical]")
    (robots,) = tree.css("meta[name=robots]")
    assert canonical.attributes["href"] == "https://example.com/model/faq/who-answers/"
    assert robots.attributes["content"] == "noindex"
    assert "who-owns" not in (moved_site / "sitemap.xml").read_text()
    assert "who-owns" not in (moved_site / "search/search_index.json").read_text()


def test_a_former_page_runs_no_inline_script(moved_site: Path) -> None:
    text = (moved_site / "faq/who-owns/index.html").read_text()
    assert re.findall(r"<script(?![^>]*\ssrc=)", text) == []
    assert "Content-Security-Policy" in text
    assert " on" not in re.sub(r">[^<]*<", "><", text)
