"""Commands write nothing over data or over what they did not make, and say what a disk refuses."""

import errno
import os
import re
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from commands.terminal import opmodel, tree
from opmodel.commands.main import command_group
from opmodel.files import writing
from opmodel.files.targets import why_not_writable
from opmodel.printing import PDF_MARK
from sites import INTAKE, git, good


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return good(tmp_path / "site")


REFUSED = (
    "data/site.yml",
    "data/new.pdf",
    "data/workflows/new.pdf",
    "docs/index.md",
    "mkdocs.yml",
    ".git/config",
    "docs",
)


@pytest.mark.parametrize("command", [("pdf", "intake", "-o"), ("offline", "-o"), ("export", "intake", "--xlsx")])
@pytest.mark.parametrize("path", [*REFUSED, "link.pdf", "more/new.pdf"])
def test_nothing_is_written_over_what_was_not_made_here(site: Path, command: tuple[str, ...], path: str) -> None:
    (site / ".git").mkdir()
    (site / ".git/config").write_text("[core]\n")
    (site / "link.pdf").symlink_to(INTAKE)
    (site / "more").symlink_to("data")
    before = tree(site)
    code = 1 if command[0] == "export" and path in ("docs/index.md", "mkdocs.yml") else 2
    done = opmodel(site, *command, str(site / path), code=code)
    assert done.output.strip().splitlines()[-1].startswith("Error: ")
    assert tree(site) == before


def test_a_document_that_was_made_before_may_be_made_again(site: Path) -> None:
    from opmodel.commands.pdf import _not_ours

    made, other = site / "made.pdf", site / "other.pdf"
    made.write_bytes(b"%PDF-1.4\n" + PDF_MARK)
    other.write_bytes(b"%PDF-1.4\n")
    assert _not_ours(made) == _not_ours(site / "new.pdf") == ""
    assert "was not made by opmodel pdf" in _not_ours(other)


def test_new_data_may_be_imported(site: Path) -> None:
    assert why_not_writable(site / "data/workflows/new.yml", site, data=True) == ""
    assert why_not_writable(site / "data/workflows/new.yml", site)


FULL = [
    ("new", "Any", "--team", "finance"),
    ("new", "team", "Audit", "--side", "business"),
    ("codeowners", "--write"),
    ("permalinks", "--accept"),
    ("schemas",),
    ("export", "intake", "--xlsx", "new.xlsx"),
]


@pytest.mark.slow
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES])
@pytest.mark.parametrize("command", FULL, ids=lambda words: " ".join(words[:2]))
def test_a_disk_that_refuses_is_one_line_and_changes_nothing(
    site: Path, command: tuple[str, ...], number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for team in ("finance", "legal", "platform"):
        teams = (site / "data/teams.yml").read_text()
        contact = f"contact: {team}@example.com"
        (site / "data/teams.yml").write_text(teams.replace(contact, f'{contact}\n    handle: "@example/{team}"'))
    monkeypatch.chdir(site)
    before = tree(site)

    def refuse(path: Path, data: bytes) -> Path:
        raise OSError(number, os.strerror(number), f"{path}.temporary")

    monkeypatch.setattr(writing, "_temporary", refuse)
    last = opmodel(site, *command, code=1).output.strip().splitlines()[-1]
    assert last.startswith("Error: ")
    assert os.strerror(number) + ";" in last
    assert "temporary" not in last
    assert tree(site) == before


LINKED = [
    ("data/workflows", ("new", "Any", "--team", "finance")),
    ("data/schemas", ("schemas",)),
    ("data/signoffs", ("sign", "intake", "--side", "it", "--by", "Head of Platform")),
    ("data", ("permalinks", "--accept")),
    ("data", ("new", "team", "Audit", "--side", "business")),
    ("data/workflows", ("import", "intake.xlsx", "-o", "data/workflows/new.yml")),
    (".github", ("codeowners", "--write")),
    ("made", ("export", "intake", "--output", "made/new.xlsx")),
]


@pytest.mark.parametrize("to", ["inside", "outside"])
@pytest.mark.parametrize(("folder", "command"), LINKED, ids=[" ".join(command[:2]) for _, command in LINKED])
def test_no_command_writes_through_a_link_to_a_folder(
    site: Path, folder: str, command: tuple[str, ...], to: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    teams = (site / "data/teams.yml").read_text()
    for team in ("finance", "legal", "platform"):
        contact = f"contact: {team}@example.com"
        teams = teams.replace(contact, f'{contact}\n    handle: "@example/{team}"')
    (site / "data/teams.yml").write_text(teams)
    git(site, "init", "-q")
    monkeypatch.chdir(site)
    opmodel(site, "export", "intake", "--output", "intake.xlsx")
    target = (site if to == "inside" else site.parent) / "target"
    (site / folder).mkdir(exist_ok=True)
    (site / folder).rename(target)
    (site / folder).symlink_to(target)
    before = tree(site.parent)
    done = CliRunner().invoke(command_group(), [*command, "--site", str(site)], prog_name="opmodel")
    assert done.exit_code in (1, 2), done.output
    assert isinstance(done.exception, SystemExit)
    assert tree(site.parent) == before
    if to == "inside":
        assert "is a link, and nothing is written through it" in done.output


@pytest.mark.parametrize("step", ["write", "link", "flush"])
def test_nothing_half_written_stays(tmp_path: Path, step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    target = tmp_path / "new.yml"
    attempts: dict[str, Callable[[], None]] = {
        "write": lambda: monkeypatch.setattr(os, "fdopen", full),
        "link": lambda: monkeypatch.setattr(os, "link", full),
        "flush": lambda: monkeypatch.setattr(writing, "_create_plainly", full),
    }
    attempts[step]()
    if step == "flush":
        monkeypatch.setattr(os, "link", full)
    if step == "link":
        writing.create_text(target, "text")  # a file system without links will do
        assert target.read_text() == "text"
        return
    with pytest.raises(OSError, match="No space") as caught:
        writing.create_text(target, "text")
    assert caught.value.filename == str(target)
    assert list(tmp_path.iterdir()) == []


def test_a_new_site_is_made_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, rename, moved = tmp_path / "acme", Path.rename, list[Path]()

    def full(path: Path, target: Path) -> Path:
        if len(moved) == 2 and target.parent == folder:
            raise OSError(errno.ENOSPC, "No space left on device", str(target))
        moved.append(target)
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", full)
    done = opmodel(folder, "init", str(folder), "--organisation", "Acme", code=1)
    assert "No space left on device; free some space" in done.output
    assert list(tmp_path.iterdir()) == []


def limited(folder: Path, size: int, *command: str) -> subprocess.CompletedProcess[str]:
    """Run a program for which the system itself refuses files above a size, in the midst of writing them."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    environment = {**os.environ, "OPMODEL_CACHE": "", "CI": "", "NO_MKDOCS_2_WARNING": "1"}
    return subprocess.run(
        [sys.executable, "-m", *command],
        cwd=folder,
        env=environment,
        preexec_fn=limit,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_new_site_that_the_system_does_not_take_is_one_line(tmp_path: Path) -> None:
    done = limited(tmp_path, 9000, "opmodel", "init", "acme", "--organisation", "Acme")
    (line,) = done.stderr.splitlines()
    assert re.fullmatch(rf"Error: {re.escape(str(tmp_path))}/\.acme\..*\.md: File too large", line)
    assert done.returncode == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
@pytest.mark.parametrize("size", [1000, 100_000])
def test_a_build_that_the_system_does_not_take_is_one_line(site: Path, size: int) -> None:
    done = limited(site, size, "mkdocs", "build", "--strict")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    (line,) = [line for line in done.stderr.splitlines() if line.startswith("ERROR")]
    assert re.fullmatch(rf"ERROR   -  {re.escape(str(site))}/site/.*: File too large; the site is not complete", line)


def test_recorded_addresses_that_cannot_be_read_are_not_written_over(site: Path) -> None:
    (site / "data/permalinks.txt").write_bytes(b"/faq/gone/\n\xff\n")
    done = opmodel(site, "permalinks", "--accept", code=1)
    assert "data/permalinks.txt:2:1: expected UTF-8 text" in done.output
    assert (site / "data/permalinks.txt").read_bytes() == b"/faq/gone/\n\xff\n"
