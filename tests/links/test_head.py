"""What the heads of pages say, as extruct and an HTML parser read it; and the pictures that previews show."""

import html
import io
import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from extruct.jsonld import JsonLdExtractor  # type: ignore[import-untyped]
from extruct.opengraph import OpenGraphExtractor  # type: ignore[import-untyped]
from PIL import Image

from opmodel.links.head import script_json
from published import ADDRESS, address_of, file_at, page, pages, site_map
from sites import SHIPPED

FAQ = {each["id"]: each for each in yaml.safe_load((SHIPPED / "data/faq.yml").read_text())["questions"]}


def named(site: Path, key: str) -> dict[str, str]:
    """Return one value of the OpenGraph data of every page, by the page's path."""
    return {file.relative_to(site).as_posix(): graph(file)[key] for file in real(site)}


def real(site: Path) -> list[Path]:
    """Return the pages that have an address of their own."""
    moved = (site / rule.split()[0].lstrip("/") / "index.html" for rule in rules(site))
    return sorted({file for file in pages(site) if file.name == "index.html"} - set(moved))


def rules(site: Path) -> list[str]:
    """Return the rules of a site for addresses of pages that have moved."""
    return (site / "_redirects").read_text().splitlines()[1:]


def graph(file: Path) -> dict[str, str]:
    (found,) = OpenGraphExtractor().extract(file.read_text())
    return {name: html.unescape(value) for name, value in found["properties"]}


def linked(file: Path) -> dict[str, Any]:
    """Return the JSON-LD of a page by its type."""
    return {each["@type"]: each for each in JsonLdExtractor().extract(file.read_text())}


def meta(file: Path, name: str) -> str:
    (found,) = page(file).css(f'meta[name="{name}"]')
    return str(found.attributes["content"])


def test_every_page_has_a_description_of_its_own(built_site: Path) -> None:
    said: dict[str, Path] = {}
    for file in real(built_site):
        text = meta(file, "description")
        assert 20 <= len(text) <= 310, file
        assert said.setdefault(text, file) == file, text


def test_every_page_has_a_title_of_its_own_that_names_the_site(built_site: Path) -> None:
    said: dict[str, Path] = {}
    for file in real(built_site):
        (title,) = page(file).css("head > title")
        assert title.text().endswith("Co-building AI agents")
        assert said.setdefault(title.text(), file) == file


def test_every_page_says_the_same_of_itself_to_all(built_site: Path) -> None:
    for file in real(built_site):
        found = graph(file)
        (canonical,) = page(file).css("link[rel=canonical]")
        assert found["og:url"] == canonical.attributes["href"]
        assert file_at(built_site, found["og:url"]) == file
        assert found["og:description"] == meta(file, "description")
        assert found["og:site_name"] == "Co-building AI agents"
        assert found["og:type"] in ("website", "article")
        assert ("article:modified_time" in found) == (found["og:type"] == "article")
        assert meta(file, "twitter:card") == "summary_large_image"


@pytest.mark.parametrize("name", FAQ)
def test_an_answer_shows_its_question_and_short_answer(name: str, built_site: Path) -> None:
    file, question = built_site / "faq" / name / "index.html", FAQ[name]
    found = graph(file)
    assert found["og:title"] == question["question"]
    assert found["og:description"] == question["short_answer"]
    assert found["article:modified_time"] == str(question["reviewed"])
    (entity,) = linked(file)["FAQPage"]["mainEntity"]
    assert entity["name"] == question["question"]
    assert entity["acceptedAnswer"]["text"].startswith(question["short_answer"])
    assert entity["url"] == found["og:url"]


def test_the_index_holds_every_question(built_site: Path) -> None:
    entities = linked(built_site / "faq/index.html")["FAQPage"]["mainEntity"]
    assert [entity["name"] for entity in entities] == [question["question"] for question in FAQ.values()]


def test_a_packet_says_its_state(built_site: Path) -> None:
    found = graph(built_site / "workflows/invoice-triage/index.html")
    assert found["og:title"] == "Invoice triage"
    assert "Live." in found["og:description"]
    assert "Value: Head of Accounts Payable" in found["og:description"]
    assert "gates pass" in found["og:description"]


def test_a_page_knows_the_way_to_itself(built_site: Path) -> None:
    trail = linked(built_site / "workflows/invoice-triage/index.html")["BreadcrumbList"]["itemListElement"]
    assert [step["item"] for step in trail] == [ADDRESS, f"{ADDRESS}workflows/", f"{ADDRESS}workflows/invoice-triage/"]
    assert [step["position"] for step in trail] == [1, 2, 3]


def test_no_text_ends_its_script() -> None:
    text = "</script><script>alert(1)</script> & \u2028 <!-- é"
    safe = script_json({"name": text})
    assert not set("<>&\u2028") & set(safe)
    assert json.loads(safe)["name"] == text


def test_the_page_for_unknown_addresses_is_not_indexed_and_has_no_address(built_site: Path) -> None:
    file = built_site / "404.html"
    assert meta(file, "robots") == "noindex"
    assert page(file).css("link[rel=canonical]") == []


def test_the_preview_of_a_former_address_is_that_of_the_page_it_leads_to(built_site: Path) -> None:
    assert rules(built_site)
    for rule in rules(built_site):
        old, new = (built_site / path.lstrip("/") / "index.html" for path in rule.split()[:2])
        kept = {name: value for name, value in graph(new).items() if name not in ("og:type", "article:modified_time")}
        assert kept.items() <= graph(old).items()
        assert meta(old, "description") == meta(new, "description")
        assert meta(old, "robots") == "noindex"


def test_the_same_content_in_other_forms_is_there(built_site: Path) -> None:
    for file in real(built_site):
        for link in page(file).css("link[rel~=alternate]"):
            assert (file.parent / str(link.attributes["href"])).resolve().is_file(), file


def test_every_answer_and_packet_has_a_picture_of_its_own(built_site: Path) -> None:
    images = named(built_site, "og:image")
    own = {path: image for path, image in images.items() if image != f"{ADDRESS}preview.png"}
    made = [f"faq/{name}/index.html" for name in FAQ]
    made += [f"workflows/{file.stem}/index.html" for file in (SHIPPED / "data/workflows").glob("*.yml")]
    assert sorted(own) == sorted(made)
    assert len(set(own.values())) == len(own)


def test_pictures_are_what_the_head_says(built_site: Path) -> None:
    for file in real(built_site):
        found = graph(file)
        picture = file_at(built_site, found["og:image"])
        assert picture is not None
        with Image.open(io.BytesIO(picture.read_bytes())) as image:
            assert (image.format, image.size) == ("PNG", (1200, 630))
        assert (found["og:image:width"], found["og:image:height"]) == ("1200", "630")
        assert len(found["og:image:alt"]) > 20


def test_a_head_says_the_day_of_its_page_and_not_that_of_the_build(built_site: Path) -> None:
    days = site_map(built_site)
    said = {file: graph(file).get("article:modified_time") for file in real(built_site)}
    assert any(said.values())
    assert [file for file, day in said.items() if day and day != days[address_of(built_site, file)]] == []
