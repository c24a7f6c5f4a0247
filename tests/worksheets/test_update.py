"""A worksheet updates its packet in place: the difference is shown first, and comments stay where they can."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from openpyxl import load_workbook  # type: ignore[import-untyped]

from commands.terminal import opmodel
from opmodel.worksheets.yaml_comments import with_comments
from sites import good


def worksheet(site: Path, change: Callable[[Any], None], name: str = "intake") -> str:
    """Export a packet, change its sheets, and return the file."""
    target = site.parent / "packet.xlsx"
    opmodel(site, "export", name, "-o", str(target))
    book = load_workbook(target)
    change(book)
    book.save(target)
    return str(target)


def replace(sheet: str, old: str, new: str) -> Callable[[Any], None]:
    """Return a change of every cell of a sheet that holds ``old``."""

    def change(book: Any) -> None:
        cells = [cell for row in book[sheet].iter_rows() for cell in row if cell.value == old]
        assert cells
        for cell in cells:
            cell.value = new

    return change


def title_of(site: Path) -> tuple[Path, str]:
    path = site / "data/workflows/intake.yml"
    line = next(each for each in path.read_text(encoding="utf-8").splitlines() if each.startswith("title: "))
    return path, line.removeprefix("title: ")


def test_the_difference_is_shown_and_written_only_when_asked(tmp_path: Path) -> None:
    site = good(tmp_path / "site")
    path, title = title_of(site)
    path.write_text(path.read_text(encoding="utf-8").replace("title: ", "# Why.\ntitle: ", 1), encoding="utf-8")
    before = path.read_bytes()
    file = worksheet(site, replace("Packet", title, "A new title"))
    shown = opmodel(site, "import", file, "--update").output
    assert f"{title} → A new title" in shown
    assert "Nothing is written" in shown
    assert path.read_bytes() == before
    opmodel(site, "import", file, "--update", "--write")
    assert "# Why.\ntitle: A new title\n" in path.read_text(encoding="utf-8")
    assert "changes nothing" in opmodel(site, "import", file, "--update").output


def test_what_cannot_be_placed_changes_nothing(tmp_path: Path) -> None:
    site = good(tmp_path / "site")
    path, title = title_of(site)
    before = path.read_bytes()
    file = worksheet(site, replace("Packet", title, ""))
    opmodel(site, "import", file, "--update", "--write", code=1)
    assert path.read_bytes() == before


def test_options_that_do_not_go_together_are_refused(tmp_path: Path) -> None:
    site = good(tmp_path / "site")
    file = worksheet(site, lambda book: None)
    opmodel(site, "import", file, "--write", code=2)
    opmodel(site, "import", file, "--update", "-o", str(tmp_path / "x.yml"), code=2)


def test_comments_stay_at_their_keys() -> None:
    old = "# Head.\na: 1 # one\nb:\n  # Of y.\n  - id: y\n    c: |\n      # no comment\n  - id: z # gone\n# End.\n"
    new = "a: 2\nb:\n  - id: x\n    c: d\n  - id: y\n    c: |\n      # no comment\n"
    assert with_comments(old, new) == (
        "# Head.\na: 2 # one\nb:\n  - id: x\n    c: d\n  # Of y.\n  - id: y\n    c: |\n      # no comment\n",
        (8, 9),
    )
