"""Markdown as an output: text from data reads as it is, and pages of docs become plain Markdown."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser

from opmodel.formats.markdown import code, escaped, link, plain_markdown, relinked

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
MARKUP = st.text(st.sampled_from("ab1 \\`*_{}[]()<>#+-=.!|~&;:/\n"), max_size=25)
TEXT = st.one_of(MARKUP, st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=25))


def words(markdown: str) -> str:
    return LexborHTMLParser(PARSER.render(markdown)).text()


def folded(text: str) -> str:
    return " ".join(text.split())


@given(TEXT)
def test_text_reads_as_it_is_in_a_paragraph(text: str) -> None:
    rendered = PARSER.render(str(escaped(text)))
    assert folded(words(str(escaped(text)))) == folded(text)
    assert rendered.count("<") <= 2, rendered  # the paragraph and nothing else


@given(TEXT)
def test_text_reads_as_it_is_in_a_cell_and_in_an_entry(text: str) -> None:
    table = PARSER.render(f"| a | b |\n| --- | --- |\n| x{escaped(text)} | last |\n")
    cells = [cell.text() for cell in LexborHTMLParser(table).css("td")]
    assert [folded(cell) for cell in cells] == [folded("x" + " ".join(text.split())), "last"]
    entry = LexborHTMLParser(PARSER.render(f"- {escaped(text)}\n- last\n")).css("li")
    assert [folded(item.text()) for item in entry] == [folded(text), "last"]


@given(TEXT.filter(lambda text: text.strip()))
def test_code_reads_as_it_is_in_a_cell(text: str) -> None:
    table = PARSER.render(f"| a | b |\n| --- | --- |\n| {code(text)} | last |\n")
    found = LexborHTMLParser(table).css("td code")
    assert [folded(node.text()) for node in found] == [folded(text)]


@given(TEXT.filter(lambda text: text.strip()), st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12))
def test_a_link_holds_its_text_and_its_address(text: str, rest: str) -> None:
    rendered = LexborHTMLParser(PARSER.render(str(link(text, f"https://x.example/{rest}"))))
    assert folded(rendered.css("a")[0].text()) == folded(text)
    assert (rendered.css("a")[0].attributes["href"] or "").startswith("https://x.example/")
    assert len(rendered.css("p > *")) == 1


def here(target: str) -> str:
    return target if ":" in target else f"https://x.example/{target}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[a](b.md#c)", "[a](https://x.example/b.md#c)"),
        ("[a](<b.md>)", "[a](<https://x.example/b.md>)"),
        ('[a](b.md "title")', '[a](https://x.example/b.md "title")'),
        ("[a][1]\n\n[1]: b.md", "[a][1]\n\n[1]: https://x.example/b.md"),
        ("[a](https://y.example/)", "[a](https://y.example/)"),
        ("`[a](b.md)`", "`[a](b.md)`"),
        ("```\n[a](b.md)\n```", "```\n[a](b.md)\n```"),
        ("~~~text\n[a](b.md)\n~~~\n[a](b.md)", "~~~text\n[a](b.md)\n~~~\n[a](https://x.example/b.md)"),
        ("a `` `[a](b) `` [a](b)", "a `` `[a](b) `` [a](https://x.example/b)"),
    ],
)
def test_links_outside_code_are_resolved(text: str, expected: str) -> None:
    assert relinked(text, here) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("## Title { #id }", "## [Title](https://x.example/#id)"),
        ("## Title", "## Title"),
        ("## See [a](b.md) { #id }", "## See [a](https://x.example/b.md)"),
        ("```\n## Title { #id }\n```", "```\n## Title { #id }\n```"),
        ('!!! note "Mind"\n    One\n    two.\n\nThree.', "> **Mind**\n>\n> One\n> two.\n\nThree."),
        ("??? tip\n    One.\n\n    Two.\n", "> **Tip**\n>\n> One.\n>\n> Two.\n\n"),
    ],
)
def test_the_syntax_of_docs_becomes_plain(text: str, expected: str) -> None:
    assert plain_markdown(text, here) == expected


@pytest.mark.parametrize("part", [" ", "{", "{ #a", "{#a} ", "}", '"', "a", "!!! a", "    "])
@pytest.mark.parametrize("start", ["# ", "# {", "# a {#b", "!!! ", '!!! note "', "!!! note\n"])
def test_a_long_line_is_read_in_one_pass(start: str, part: str) -> None:
    line = start + part * ((1 << 20) // len(part))
    began = process_time()
    assert plain_markdown(f"{line}\n", here)
    assert process_time() - began < 5  # one pass takes some milliseconds, a pass for each character takes hours


def test_html_from_data_is_text() -> None:
    assert "<script>" not in PARSER.render(str(escaped("<script>alert(1)</script>")))
    assert folded(words(str(escaped("&lt;b&gt;")))) == "&lt;b&gt;"
