"""Nothing from data reaches a page unescaped, is evaluated, or makes an element of its own."""

import json
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from adapter.hostile import EVALUATED, PAYLOADS, UNEVALUATED, complete, free_texts, spoil
from opmodel.views.markdown_fields import markdown_to_html
from sites import MakeOnce, build, good, lines

SCRIPT_TYPES = ("application/json", "application/ld+json")


@pytest.fixture(scope="module")
def harmless(make_once: MakeOnce) -> Path:
    """A site with every field that there is, built strictly."""

    def make(folder: Path) -> Path:
        site = good(folder / "site")
        complete(site)
        return build(site)

    return make_once("harmless", make)


@pytest.fixture(scope="module")
def spoilt(make_once: MakeOnce) -> Path:
    """The same site with a payload in every free text."""

    def make(folder: Path) -> Path:
        site = good(folder / "site")
        complete(site)
        assert spoil(site) == free_texts(), "a new field needs a value: add one to ALSO"
        assert lines(site) == []
        return build(site)

    return make_once("spoilt", make)


def pages(built: Path) -> Iterator[tuple[str, LexborHTMLParser]]:
    for path in sorted(built.rglob("*.html")):
        yield path.relative_to(built).as_posix(), LexborHTMLParser(path.read_text(encoding="utf-8"))


def nodes(page: LexborHTMLParser) -> Iterator[LexborNode]:
    assert page.root
    return page.root.traverse()


def shapes(built: Path) -> dict[str, set[tuple[str, str]]]:
    """Return which elements have which attributes on each page; what a Markdown answer may make is left out."""
    allowed = {("pre", ""), ("code", ""), ("em", ""), ("strong", ""), ("a", "title")}
    return {
        name: {(str(node.tag), key) for node in nodes(page) for key in ["", *node.attributes]} - allowed
        for name, page in pages(built)
    }


def test_a_payload_makes_no_element_and_no_attribute(harmless: Path, spoilt: Path) -> None:
    before, after = shapes(harmless), shapes(spoilt)
    tables = {(tag, "") for tag in ("table", "thead", "tbody", "tr", "th", "td")}  # an answer holds one
    assert after.keys() == before.keys()
    assert {name: found - before[name] - tables for name, found in after.items()} == {name: set() for name in after}


def test_no_script_and_no_style_holds_a_payload_but_as_data(spoilt: Path) -> None:
    for name, page in pages(spoilt):
        for node in page.css("script, style"):
            if node.attributes.get("type") in SCRIPT_TYPES:
                json.loads(node.text())
            else:
                assert UNEVALUATED not in node.text(), name


def test_no_address_runs_anything(spoilt: Path) -> None:
    for name, page in pages(spoilt):
        for node in page.css("[href], [src], [action], [content], [srcset], [data]"):
            for key in ("href", "src", "action", "srcset", "data"):
                value = (node.attributes.get(key) or "").strip().lower()
                assert not value.startswith(("javascript:", "vbscript:", "data:text")), (name, value)


def test_nothing_is_evaluated_or_included(spoilt: Path) -> None:
    files = [path for path in spoilt.rglob("*") if path.is_file() and path.suffix in TEXTS]
    for path in files:
        text = path.read_text(encoding="utf-8")
        assert EVALUATED not in text, path
        assert "j2_comment_start_string" not in text, path
        assert "<Undefined" not in text, path


TEXTS = {".html", ".md", ".txt", ".json", ".xml", ".dmn", ".ics", ".svg"}


def test_a_title_is_shown_as_it_was_written(spoilt: Path) -> None:
    found = dict(pages(spoilt))
    title = f"{PAYLOADS[0]} Intake"
    heading = found["workflows/intake/index.html"].css_first("h1")
    assert heading
    assert heading.text().strip() == title
    row = next(
        node for node in found["index.html"].css("th a") if "workflows/intake/" in (node.attributes["href"] or "")
    )
    assert row.text() == title


def test_the_title_of_a_window_is_whole(spoilt: Path) -> None:
    for name, page in pages(spoilt):
        titles = page.css("title")
        assert [UNEVALUATED in node.text() for node in titles[:1]] == [True], name


def test_files_for_programs_are_well_formed(spoilt: Path) -> None:
    for path in spoilt.rglob("*"):
        if path.suffix == ".json":
            json.loads(path.read_text(encoding="utf-8"))
        elif path.suffix in (".xml", ".dmn", ".svg"):
            ElementTree.fromstring(path.read_bytes())  # noqa: S314 our own output


@pytest.mark.parametrize(
    ("markdown", "shown"),
    [
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("<img src=x onerror=alert(1)>", "<p>&lt;img src=x onerror=alert(1)&gt;</p>"),
        ("a <b>b</b>", "<p>a &lt;b&gt;b&lt;/b&gt;</p>"),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"),
        ("[x](JaVaScRiPt:alert(1))", "<p>[x](JaVaScRiPt:alert(1))</p>"),
        ("[x](java&#115;cript:alert(1))", "<p>[x](javascript:alert(1))</p>"),
        ("[x](data:text/html;base64,PHNjcmlwdD4=)", "<p>[x](data:text/html;base64,PHNjcmlwdD4=)</p>"),
        ("[x](vbscript:x)", "<p>[x](vbscript:x)</p>"),
        ("[x]\n\n[x]: javascript:alert(1)", "<p>[x]</p>\n<p>[x]: javascript:alert(1)</p>"),
        ("<javascript:alert(1)>", "<p>&lt;javascript:alert(1)&gt;</p>"),
        ("![x](https://a.example/x.png)", "<p></p>"),
        ("`{{ 7*7 }}`", "<p><code>{{ 7*7 }}</code></p>"),
        (
            '[x](https://a.example "t\' onclick=x")',
            '<p><a href="https://a.example" title="t\' onclick=x" rel="noopener noreferrer">x</a></p>',
        ),
        ("```html\n</code><script>\n```", "<pre><code>&lt;/code&gt;&lt;script&gt;\n</code></pre>"),
    ],
)
def test_markdown_makes_only_harmless_html(markdown: str, shown: str) -> None:
    assert markdown_to_html(markdown, "faq/x/").strip() == shown
