"""What is left of a site when no host builds it any more: its pages as HTML and Markdown, and its data."""

import json
import re
from pathlib import Path

import published


def test_every_page_is_an_article_with_its_text_as_markdown_beside_it(built_site: Path) -> None:
    for address in published.site_map(built_site):
        file = published.file_at(built_site, address)
        assert file
        (article,) = published.page(file).css("main article.md-content__inner")
        assert len(article.text(separator=" ").split()) > 20, address
        title = article.css("h1")[0].attributes.get("data-om-copy") or article.css("h1")[0].text(deep=False)
        text = file.with_name("index.md").read_text(encoding="utf-8")
        assert plain(title) in plain(text), address


def plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text))


def test_every_packet_answer_and_team_that_has_a_page_is_in_the_data(built_site: Path) -> None:
    documents = {"workflows": "workflows/index", "faq": "faq", "teams": "teams"}
    pages = {address.removeprefix(published.ADDRESS) for address in published.site_map(built_site)}
    for folder, document in documents.items():
        data = json.loads((built_site / "api" / f"{document}.json").read_text(encoding="utf-8"))
        records = data["questions" if folder == "faq" else folder]
        assert {f"{folder}/{record['id']}/" for record in records} == {
            page for page in pages if re.fullmatch(rf"{folder}/[^/]+/", page)
        }
    packets = {file.stem for file in (built_site / "api/workflows").glob("*.json")} - {"index"}
    assert {f"workflows/{name}/" for name in packets} < pages
