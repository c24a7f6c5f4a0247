"""Headings inside lists and excluded lists in lists: the search plugin of the theme reads a page with them."""

from material.plugins.search.plugin import Parser  # type: ignore[import-untyped]

from opmodel.adapter.search_capture import ExcludedParts, with_inner_sections, without_inner_sections

PAGE = '<h1 id="a">A</h1><ul><li><p>one</p><h2 id="b" class="x">B</h2><p>two</p></li></ul><h2 id="c">C</h2><p>three</p>'


def test_a_heading_in_a_list_begins_no_section() -> None:
    parser = Parser()
    parser.feed(without_inner_sections(PAGE))
    assert [section.el.attrs["id"] for section in parser.data] == ["a", "c"]


def test_the_page_gets_its_ids_back() -> None:
    assert with_inner_sections(without_inner_sections(PAGE)) == PAGE


EXCLUDED = '<h1 id="a">A</h1><ul data-search-exclude><li>one<ul><li>two</li></ul></li></ul><p>three</p>'


def test_lists_in_an_excluded_list_are_not_read() -> None:
    parser = Parser()
    parser.feed(ExcludedParts(EXCLUDED).html)
    assert "".join(parser.data[-1].text) == "<p>three</p>"


def test_the_page_gets_its_excluded_parts_back() -> None:
    parts = ExcludedParts(f"{EXCLUDED}<input data-search-exclude><div data-search-exclude>four</div>{EXCLUDED}")
    assert (
        parts.whole(parts.html) == f"{EXCLUDED}<input data-search-exclude><div data-search-exclude>four</div>{EXCLUDED}"
    )
    assert parts.html.count("<!--") == 2
    assert "four" in parts.html
