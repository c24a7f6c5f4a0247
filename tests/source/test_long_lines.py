"""Lines of a page are read in one go, however long and odd they are."""

from pathlib import Path

import pytest

from opmodel.load.pages import read_page
from opmodel.source.page_macros import PageSyntax

LONG = 200_000


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("## Thresholds { #thresholds }", ("Thresholds", "thresholds")),
        ("## Sets {1, 2} {#sets .wide} ##", ("Sets {1, 2}", "sets")),
        ("# C# #", ("C#", "")),
        ("# a" + " " * LONG + "b", ("a" + " " * LONG + "b", "")),
        ("# " + "{" * LONG, ("{" * LONG, "")),
        ("# " + "# " * LONG + "b", ("# " * LONG + "b", "")),
    ],
    ids=["anchor", "braces", "closed", "spaces", "open braces", "signs"],
)
def test_a_heading_is_read(line: str, heading: tuple[str, str], tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(f"{line}\n")
    entry, problems = read_page(tmp_path, tmp_path / "a.md", PageSyntax())
    assert problems == []
    assert entry is not None
    assert [(each.title, each.id) for each in entry.value.headings] == [heading]
