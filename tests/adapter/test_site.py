"""The shipped site, as built: every address leads somewhere, and every page has what a reader needs."""

import json
import re
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser

import published
from opmodel.model.vocabulary import Section
from opmodel.rules.faq_and_guide import MAX_WORDS
from opmodel.text.words import day
from sites import SHIPPED, check_shipped

GUIDE = sorted(path.stem for path in (SHIPPED / "docs" / "guide").glob("*.md"))
FETCHED = "script[src], img[src], link[rel=stylesheet], link[rel=preload], link[rel=icon], iframe, video, audio, source"


def pages(built: Path) -> dict[str, LexborHTMLParser]:
    """Return every page by its address, relative to the site's root."""
    return {published.address_of(built, file, ""): published.page(file) for file in published.pages(built)}


def test_every_address_and_anchor_leads_somewhere(built_site: Path) -> None:
    broken = [
        (file.relative_to(built_site).as_posix(), address)
        for file in published.pages(built_site)
        for address in set(published.references(built_site, file))
        if address.startswith(published.ADDRESS) and not published.resolves(built_site, address)
    ]
    assert broken == []


def test_no_page_has_an_id_twice(built_site: Path) -> None:
    for name, page in pages(built_site).items():
        ids = [node.attributes["id"] for node in page.css("[id]")]
        assert sorted({each for each in ids if ids.count(each) > 1}, key=str) == [], name


def test_nothing_is_fetched_from_elsewhere(built_site: Path) -> None:
    for name, page in pages(built_site).items():
        for node in page.css(
            "script[src], img[src], link[rel=stylesheet], link[rel=preload], iframe, video, audio, source"
        ):
            address = node.attributes.get("src") or node.attributes.get("href") or ""
            assert not urlsplit(urljoin("x:/", address)).netloc, (name, address)


def test_no_page_holds_what_the_policy_forbids(built_site: Path) -> None:
    for name, page in pages(built_site).items():
        assert [node.html for node in page.css("[style], style, [onclick], [onload], [onerror]")] == [], name


def test_every_page_has_one_first_heading_a_title_and_a_description(built_site: Path) -> None:
    for name, page in pages(built_site).items():
        headings = [node.text().strip() for node in page.css("h1")]
        assert len(headings) == 1, (name, headings)
        assert headings[0]
        assert len(page.css("title")) >= 1
        if name != "404.html":
            assert page.css_first("meta[name=description]"), name


@pytest.mark.parametrize("name", GUIDE)
def test_a_guide_page_says_what_comes_next_and_when_it_was_reviewed(name: str, built_site: Path) -> None:
    page = pages(built_site)["guide/" if name == "index" else f"guide/{name}/"]
    article = page.css_first("article")
    assert article
    headings = [re.sub(r"\W+$", "", node.text()) for node in article.css("h2")]
    assert headings[-1] == "Next"
    rest = article.html or ""
    after = LexborHTMLParser(rest[rest.rindex('id="next"') :])
    assert [link for link in after.css("a[href]") if "#next" not in (link.attributes["href"] or "")]
    reviewed = check_shipped().model.guide[name].value.reviewed
    assert reviewed
    assert f"Last reviewed {day(reviewed)}." in article.text()


def test_every_packet_answer_and_team_has_a_page(built_site: Path) -> None:
    model = check_shipped().model
    wanted = {
        *(f"workflows/{name}/" for name in model.packets),
        *(f"faq/{name}/" for name in model.questions),
        *(f"teams/{name}/" for name in model.teams),
    }
    assert wanted <= pages(built_site).keys()
    assert len(model.packets) >= 8
    assert len(model.questions) >= 15


def test_a_packet_page_has_every_section_in_order(built_site: Path) -> None:
    for name, page in pages(built_site).items():
        if re.fullmatch(r"workflows/[^/]+/", name):
            ids = [node.attributes["id"] for node in page.css("h2[id]")]
            assert [each for each in ids if each in set(Section)] == [section.value for section in Section], name


def test_answers_are_short(built_site: Path) -> None:
    for name, page in pages(built_site).items():
        if re.fullmatch(r"faq/[^/]+/", name):
            answer = page.css_first("article.om-answer .om-text")
            assert answer, name
            assert 0 < len(re.findall(r"\w[\w'’-]*", answer.text())) <= MAX_WORDS, name


def test_the_search_index_knows_every_packet_answer_and_team(built_site: Path) -> None:
    entries = json.loads((built_site / "search/search_index.json").read_text(encoding="utf-8"))["docs"]
    locations = {entry["location"].partition("#")[0] for entry in entries}
    model = check_shipped().model
    assert {f"workflows/{name}/" for name in model.packets} <= locations
    assert {f"faq/{name}/" for name in model.questions} <= locations
    assert {f"teams/{name}/" for name in model.teams} <= locations
