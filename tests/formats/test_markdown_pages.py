"""Every page has a Markdown twin that says the same, and programs find all of it."""

import re
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser

import published
import sites
from opmodel.permalinks import addresses

PARSER = MarkdownIt("commonmark").enable("table")


@pytest.fixture(scope="module")
def listed(built_site: Path) -> dict[str, str]:
    """Each address of the site map with the day on which its page changed."""
    return published.site_map(built_site)


def twin(site: Path, address: str) -> str:
    file = published.file_at(site, f"{address}index.md")
    assert file, f"{address} has no twin"
    return file.read_text(encoding="utf-8")


def links(markdown: str) -> list[str]:
    page = LexborHTMLParser(PARSER.render(markdown))
    return [node.attributes.get("href") or "" for node in page.css("a[href]")]


def test_every_page_of_the_site_map_has_a_twin(built_site: Path, listed: dict[str, str]) -> None:
    for address in listed:
        text = twin(built_site, address)
        assert text.startswith("# "), address
        assert text.endswith(f"({address})\n"), address


def test_nothing_of_the_way_of_making_shows(built_site: Path) -> None:
    for file in built_site.rglob("index.md"):
        text = re.sub(r"```.*?```|`[^`]*`", "", file.read_text(encoding="utf-8"), flags=re.S)
        assert not re.search(r"opmodel-block|\{\{|\{%|^#.*\{ ?#|<div|<span|^!!!|Markup\(", text, re.M), file


@pytest.mark.slow
def test_every_link_of_a_twin_leads_somewhere(built_site: Path) -> None:
    for file in built_site.rglob("index.md"):
        for target in links(file.read_text(encoding="utf-8")):
            assert target.startswith(("https://", "http://", "mailto:")), (file, target)
            if target.startswith(published.ADDRESS):
                assert published.resolves(built_site, target), (file, target)


def test_a_packet_s_twin_has_every_section_and_every_rule(built_site: Path) -> None:
    packet = sites.check_shipped().model.packets["invoice-triage"].value
    text = twin(built_site, f"{published.ADDRESS}workflows/invoice-triage/")
    page = LexborHTMLParser(PARSER.render(text))
    headings = [node.text() for node in page.css("h2")]
    assert headings[0] == "Owners"
    assert headings[-1] == "Responsibilities"
    assert len(headings) == 20
    words = page.text()
    assert all(rule.reason in words for rule in packet.shared.approval.rules)
    assert all(case.case in words for case in packet.shared.failure_cases)


@pytest.mark.slow
def test_tables_of_twins_are_whole(built_site: Path) -> None:
    for file in built_site.rglob("index.md"):
        for table in LexborHTMLParser(PARSER.render(file.read_text(encoding="utf-8"))).css("table"):
            columns = len(table.css("th"))
            assert {len(row.css("td")) for row in table.css("tbody tr")} == {columns}, file


def test_an_answer_s_twin_is_its_answer(built_site: Path) -> None:
    text = twin(built_site, f"{published.ADDRESS}faq/first-workflow/")
    assert text.startswith("# Should IT pick the first workflow?\n\n**Usually not. Business picks,")
    assert f"[How to choose]({published.ADDRESS}guide/choose-first-workflow/#who-picks)" in text


def test_assistants_find_every_page(built_site: Path, listed: dict[str, str]) -> None:
    text = (built_site / "llms.txt").read_text(encoding="utf-8")
    assert text.startswith("# Co-building AI agents\n\n> ")
    found = set(links(text))
    assert {f"{address}index.md" for address in listed} <= found
    assert [target for target in found if not published.resolves(built_site, target)] == []


def test_the_site_map_lists_every_page_once(built_site: Path, listed: dict[str, str]) -> None:
    shown = {
        published.address_of(built_site, file)
        for file in published.pages(built_site)
        if file.name == "index.html" and not published.page(file).css('meta[http-equiv="refresh"]')
    }
    assert set(listed) == shown


def test_the_site_map_dates_pages_by_their_data(listed: dict[str, str]) -> None:
    model = sites.check_shipped().model
    for name, entry in model.questions.items():
        assert listed[f"{published.ADDRESS}faq/{name}/"] == entry.value.reviewed.isoformat()
    for name, packet in model.packets.items():
        changed = listed[f"{published.ADDRESS}workflows/{name}/"]
        assert packet.value.revised.isoformat() <= changed <= sites.TODAY.isoformat()
    for path, page in model.pages.items():
        assert listed[published.ADDRESS + addresses.page(path)] == str(page.value.reviewed or "")


def test_crawlers_are_told_where_the_site_map_is(built_site: Path) -> None:
    lines = (built_site / "robots.txt").read_text(encoding="utf-8").splitlines()
    assert lines == ["User-agent: *", "Allow: /", "", f"Sitemap: {published.ADDRESS}sitemap.xml"]
