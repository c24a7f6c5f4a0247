"""Pages that nobody writes by hand are read in time that grows with their length alone."""

import time

import pytest

from opmodel.load.page_content import page_content
from opmodel.permalinks.page_macros import fault
from opmodel.source.page_macros import PageSyntax, page_parts

PAGES = {
    "openings without an end": "{{" * 400_000,
    "openings with a word": "{{ a " * 100_000,
    "quotes without an end": "{{ \"'" * 100_000,
    "one quote at the end": '{{ "' + "{{" * 200_000 + '"',
    "statements without an end": "{% a " * 100_000,
    "statements": "{% a %}" * 60_000,
    "literal parts without an end": "{% raw %}" * 60_000,
    "comments without an end": "{# " * 200_000,
    "backticks": "` " * 200_000,
    "backticks of all lengths": "".join("`" * (length % 500 + 1) + " " for length in range(2_000)),
    "fences without an end": "```a\n" * 100_000,
    "fences of two kinds": "```\n~~~\n" * 40_000,
    "the same expression": "{{ a.b | c }}" * 40_000,
    "brackets": "[" * 200_000 + "](" * 100_000,
    "links without an end": "[x](" * 100_000,
    "names of links": "[a]: " * 100_000,
    "comments of HTML": "<!--" * 100_000,
    "headings of HTML": "<h2 " * 100_000,
    "lists in lists": "* " * 50_000 + "x",
    "underlines": "a\n-\n" * 50_000,
}


@pytest.mark.slow
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_read_in_time(name: str) -> None:
    text, syntax = PAGES[name], PageSyntax()
    began = time.process_time()
    page_content(text, 1)
    for part in page_parts(text, syntax):
        if part.expression:
            fault(part.expression, syntax)
    assert time.process_time() - began < 20


def test_marks_that_follow_one_another_are_one_fault() -> None:
    parts = list(page_parts("a {{{{{{ b", PageSyntax()))
    assert [part.text for part in parts] == ["a ", "{{{{{{", " b"]
