"""A table that is pasted into the page has the cells that the import finds in a file with the same text."""

import csv
import io
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from opmodel.adapter.theme_files import joined_script
from opmodel.worksheets.csv_table import csv_grid
from opmodel.worksheets.grid import Grid
from opmodel.worksheets.html_tables import markdown_grids
from worksheets.limit_rows_at_random import limit_rows

pytestmark = pytest.mark.browser
TEXTS = [
    *(
        "a,b\n1,2",
        'a,"b ""quoted"" c"\n"two\nlines",2',
        "a;b;\n;c;\n",
        "a\tb\n\n\tc",
        'a"b,c\nd,"e"f',
        "a,b\n",
        "a|b\nc|d",
    ),
    *(
        "a,b\r\n1,2\r\n",
        "one,\ntwo,x",
        '"a","b"\n"1,000","2"',
        "\ufeffa,b\nc,d",
        "a , b\n  c,d  ",
        ",\n,",
        "a\nb,c,d\ne,f,g",
    ),
]
MARKDOWN = [
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "a | b\n--- | ---\n1 | **two**\n3 | `four`",
    "| a \\| x | b |\n|:--|--:|\n| _it_ | snake_case_word |\n| 1 |\n",
    "Text before\n\n| a | b |\n|---|---|\n| $5,000 | ~up~ |\n\nafter | it",
]


def cells(grid: Grid) -> list[list[str]]:
    return [[grid.text(row, column) for column in range(grid.width)] for row in range(len(grid.rows))]


def written(rows: list[list[str]], separator: str) -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator="\n").writerows(rows)
    return text.getvalue()


def pasted(page: Page, texts: list[str]) -> list[list[list[str]]]:
    page.add_script_tag(content=joined_script("limits.js"))
    found: list[list[list[str]]] = page.evaluate("texts => texts.map(text => pastedTable(text).rows)", texts)
    return found


def without_blank_ends(rows: list[list[str]]) -> list[list[str]]:
    while rows and not any(rows[-1]):
        rows = rows[:-1]
    return rows


def test_cells_between_separators_are_those_of_the_import(new_tab: Callable[[], Page]) -> None:
    tables = list(limit_rows(60, seed=4))
    texts = [*TEXTS, *(written(rows, separator) for rows in tables for separator in ",;\t")]
    for text, found in zip(texts, pasted(new_tab(), texts), strict=True):
        expected = cells(csv_grid("pasted", text.encode()))
        assert without_blank_ends(found) == without_blank_ends(expected), text


def test_cells_of_markdown_are_those_of_the_import(new_tab: Callable[[], Page]) -> None:
    for text, found in zip(MARKDOWN, pasted(new_tab(), MARKDOWN), strict=True):
        assert found == cells(markdown_grids("pasted", text)[0]), text
