"""Headings inside lists: the search plugin of the theme reads a page with them."""

from material.plugins.search.plugin import Parser  # type: ignore[import-untyped]

from opmodel.adapter.headings import with_inner_sections, without_inner_sections

PAGE = '<h1 id="a">A</h1><ul><li><p>one</p><h2 id="b" class="x">B</h2><p>two</p></li></ul><h2 id="c">C</h2><p>three</p>'


def test_a_heading_in_a_list_begins_no_section() -> None:
    parser = Parser()
    parser.feed(without_inner_sections(PAGE))
    assert [section.el.attrs["id"] for section in parser.data] == ["a", "c"]


def test_the_page_gets_its_ids_back() -> None:
    assert with_inner_sections(without_inner_sections(PAGE)) == PAGE
