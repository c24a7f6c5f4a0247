"""``opmodel check``: what it prints, in which form, for which files, and how it ends."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from forks import Done, run_module
from opmodel.commands.main import command_group
from sites import INTAKE, TRIAGE, commit, edit, good

DAY = ("--as-of", "2026-11-22")


def opmodel(*words: str | Path, cwd: Path) -> Done:
    """Run the command as a user does, in a process of its own."""
    return run_module("opmodel", *words, cwd=cwd)


def committed(folder: Path) -> Path:
    """Return the good site, with a history."""
    commit(site := good(folder))
    return site


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site with three mistakes and a warning, in two files."""
    site = committed(tmp_path / "site")
    edit(site, INTAKE, "next: 2027-01-05", "next: 2026-11-21")
    edit(site, TRIAGE, "status: draft", "status: drfat")
    edit(site, TRIAGE, "who: [operations, platform-owner]", "who: [operation, platform-owner]")
    edit(site, "data/teams.yml", "escalates_to: finance", "escalates_to: 'a:b%,\\'")
    return site


LINES = """\
data/teams.yml:14:19: unknown team "a:b%,\\" (unknown-team)
data/workflows/intake.yml:176:11: warning: the review of 2026-11-21 is overdue on 2026-11-22; the grace ends on 2026-12-05 (review-overdue)
data/workflows/triage.yml:3:9: expected one of draft, in-review, approved, live, paused, retired; found "drfat"; did you mean "draft"? (unknown-word)
data/workflows/triage.yml:88:13: unknown role "operation"; did you mean "operations"? (unknown-role)
"""  # noqa: E501 the lines are the specification


@pytest.mark.slow
def test_a_good_site_says_so_and_ends_with_0(tmp_path: Path) -> None:
    done = opmodel("check", *DAY, cwd=committed(tmp_path / "site"))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "2 packets checked: 0 errors, 0 warnings\n")


def test_problems_are_lines_and_end_with_1(site: Path) -> None:
    done = opmodel("check", *DAY, cwd=site)
    assert (done.returncode, done.stdout, done.stderr) == (1, LINES, "1 packet checked: 3 errors, 1 warning\n")


def test_a_warning_alone_ends_with_0(site: Path) -> None:
    done = opmodel("check", *DAY, INTAKE, cwd=site)
    assert (done.returncode, done.stdout) == (0, LINES.splitlines(keepends=True)[1])


@pytest.mark.parametrize("style", ["github", "json"])
def test_other_forms_for_other_programs(style: str, site: Path, golden: Callable[[str, str], None]) -> None:
    done = opmodel("check", *DAY, "--format", style, cwd=site)
    assert (done.returncode, done.stderr) == (1, "")
    golden(done.stdout, f"check/{style}.txt")


def test_json_is_complete_without_problems_as_well(tmp_path: Path) -> None:
    done = opmodel("check", *DAY, "--format", "json", cwd=committed(tmp_path / "site"))
    assert json.loads(done.stdout) == {"version": 1, "errors": 0, "problems": []}


@pytest.mark.parametrize(
    ("paths", "found"),
    [
        ([TRIAGE], [2, 3]),
        ([INTAKE, TRIAGE], [1, 2, 3]),
        (["data/workflows"], [1, 2, 3]),
        (["data/teams.yml"], [0]),
        (["data"], [0, 1, 2, 3]),
        (["."], [0, 1, 2, 3]),
        (["data/roles.yml"], []),
        (["docs"], []),
    ],
)
def test_paths_choose_whose_problems_are_printed(
    paths: list[str], found: list[int], site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(site)
    result = CliRunner().invoke(command_group(), ["check", *DAY, *paths])
    assert result.stdout.splitlines() == [LINES.splitlines()[number] for number in found]


def test_from_another_folder_files_are_named_as_seen_from_there(site: Path) -> None:
    done = opmodel("check", *DAY, "site", cwd=site.parent)
    assert done.stdout.splitlines()[0] == 'site/data/teams.yml:14:19: unknown team "a:b%,\\" (unknown-team)'
    done = opmodel("check", *DAY, cwd=site / "data" / "workflows")
    assert done.stdout.splitlines()[0].startswith("../teams.yml:14:19:")
    assert done.stdout.splitlines()[2].startswith("triage.yml:3:9:")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["check", "nowhere"], "does not exist"),
        (["check", "--format", "jsn"], 'found "jsn"; did you mean "json"?'),
        (["check", "--as-of", "yesterday"], "expected a day such as 2026-11-30, found 'yesterday'"),
        (["check", "--as-of", "2026-02-30"], "expected a day such as 2026-11-30, found '2026-02-30'"),
        (["check"], "holds no site: expected a folder with data/ in it"),
        (["check", "."], "is in no site: expected a folder with data/ in it or above it"),
        (["chek"], "No such command 'chek'"),
        (["check", "--fromat=json"], "No such option"),
    ],
)
def test_wrong_usage_ends_with_2(words: list[str], says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(command_group(), words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert says in result.stderr


def test_a_reader_that_leaves_early_is_no_error_of_ours(site: Path) -> None:
    command = f"{sys.executable} -m opmodel rules | head -n 1"
    done = subprocess.run(["bash", "-c", command], cwd=site, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("Reading files\n", "")


def test_names_that_no_terminal_can_show_are_printed_all_the_same(site: Path) -> None:
    (site / "data/workflows/a\x1b[31m\udcff.yml").write_text("title: x\n")
    done = opmodel("check", *DAY, cwd=site)
    assert "data/workflows/a\\u001b[31m\\udcff.yml:1:1: " in done.stdout
    assert "Traceback" not in done.stderr


def test_a_word_in_the_environment_that_a_build_refuses_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPMODEL_ON_ERROR", "x")
    done = CliRunner().invoke(command_group(), ["check", str(good(tmp_path))])
    assert done.exit_code == 1
    assert done.output == "Error: OPMODEL_ON_ERROR: expected stop or publish, found 'x'\n"
