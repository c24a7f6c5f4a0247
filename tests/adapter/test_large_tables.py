"""The search index holds the words of a large table as if the theme's plugin had read it."""

from types import SimpleNamespace
from typing import Any

import pytest
from material.plugins.search.plugin import SearchIndex  # type: ignore[import-untyped]

from opmodel.adapter import search_capture

ROW = """<tr id="a" data-order="1 &gt; 0">
<th scope="row"><a href="x/">A &amp; B &lt;c&gt; &#34;d&#34;</a><span class="om-note">two
lines</span></th>
<td data-label="Status"> <span>Draft</span> </td>
<td></td><td>1&nbsp;000</td>
</tr>
"""
KEPT = "<tr><td><code>x</code></td></tr>"


def page(rows: str, before: str = '<div class="om-table">', after: str = "</div>") -> str:
    table = f'<table class="om-grid">\n<caption>All</caption>\n<tbody>\n{rows}</tbody>\n</table>'
    return f'<h1 id="top">Title</h1><h2 id="part">Part</h2>\n<p>Before.</p>\n{before}\n{table}\n{after}\n<p>After.</p>'


def found(html: str, monkeypatch: pytest.MonkeyPatch | None = None) -> tuple[list[dict[str, Any]], str]:
    """Return what the plugin finds on a page, with its large tables taken out where ``monkeypatch`` is given."""
    if monkeypatch:
        monkeypatch.setattr(search_capture, "_MOST", 100)
    hidden = search_capture.HiddenTables(html) if monkeypatch else None
    index = SearchIndex()
    index.add_entry_from_context(
        SimpleNamespace(content=hidden.html if hidden else html, meta={}, toc=[], url="x/", title="X")
    )
    if hidden:
        hidden.completed(index.entries)
    return index.entries, hidden.whole(hidden.html) if hidden else html


@pytest.mark.parametrize(
    "html",
    [
        page(ROW * 3),
        page(ROW + KEPT),
        page(ROW, before="", after=""),
        page(ROW) + page(ROW * 2),
        page(ROW, after='</div><h3 id="more">More</h3>'),
        page(ROW).replace(">\n<table", "> text <table"),
        page(ROW.replace("<td></td>", '<td data-search-exclude="x">no</td>')),
    ],
)
def test_a_table_that_is_taken_out_is_found_all_the_same(html: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert found(html, monkeypatch) == found(html)


def test_a_large_table_is_taken_out_and_one_with_tags_that_the_plugin_keeps_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(search_capture, "_MOST", 100)
    assert "Draft" not in search_capture.HiddenTables(page(ROW)).html
    assert "Draft" in search_capture.HiddenTables(page(ROW + KEPT)).html
