"""What is code in Markdown, and so is never changed where the rest of a page is."""

import time

import pytest

from opmodel.formats.markdown import relinked

LINK, CHANGED = "[x](a.md)", "[x](A.MD)"
CASES = {
    "a closed fence": "```\n{0}\n```\n{1}",
    "a longer closing fence": "```\n{0}\n`````\n{1}",
    "a shorter closing fence": "````\n{0}\n```\n{0}\n````\n{1}",
    "another kind of fence": "~~~ yaml\n{0}\n```\n{0}\n~~~\n{1}",
    "a fence that is left open": "{1}\n\n```\n{0}\n\n{0}",
    "a fence that is left open, and spans after it": "```\n{0} `x` {0}",
    "an indented fence": "   ```\n{0}\n  ```\n{1}",
    "a fence in a list": "- a\n\n    ```\n    {0}\n    ```\n    {1}\n\n{1}",
    "a fence left open in a list": "- ```\n  {0}\n- {1}\n\n{1}",
    "a fence left open in a quotation": "> ```\n> {0}\n\n{1}",
    "a fence in a note": "!!! note\n\n    ```\n    {0}\n    ```\n\n    {1}\n\n{1}",
    "ticks with a word after them are no fence": "``` a ` b\n{1}",
    "three ticks in a line": "```{0}``` {1}",
    "indented code": "a\n\n    {0}\n\n{1}",
    "an indented line of a paragraph": "a\n    {1}",
    "a span": "`{0}` {1} ``{0} ` {0}`` {1}",
    "a span over two lines": "`{0}\n{0}` {1}",
    "a tick that is alone in its paragraph": "a ` b {1}\n\n{1} c ` d",
    "a tick that is escaped": r"\` {1} `{0}`",
}


@pytest.mark.parametrize("case", CASES)
def test_links_are_changed_outside_code_alone(case: str) -> None:
    text = CASES[case]
    assert relinked(text.format(LINK, LINK), str.upper) == text.format(LINK, CHANGED)


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    ["` " * 200_000, "\\`" * 200_000, "```\n~~~\n" * 40_000, "> " * 200_000, "* " * 50_000 + "x", "`" * 300_000 + "a"],
    ids=["ticks", "escapes", "fences", "quotations", "lists", "one run"],
)
def test_odd_pages_take_no_time(text: str) -> None:
    began = time.process_time()
    relinked(text, str.upper)
    assert time.process_time() - began < 20
