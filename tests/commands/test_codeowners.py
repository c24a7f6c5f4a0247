"""The code-owner file: both sides of every packet, nobody's own lines lost, and a word when it is old."""

import os
import shutil
from pathlib import Path

import pytest

from commands.terminal import opmodel
from opmodel.rules.check import check
from sites import TODAY, but_history, edit, good, lines, shipped

GITHUB, GITLAB = ".github/CODEOWNERS", ".gitlab/CODEOWNERS"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A small site whose teams have handles."""
    made = good(tmp_path / "site")
    for team in ("finance", "legal", "platform"):
        contact = f"contact: {team}@example.com"
        edit(made, "data/teams.yml", contact, f'{contact}\n    handle: "@example/{team}"')
    return made


def test_at_github_a_line_names_both_owners(site: Path) -> None:
    assert opmodel(site, "codeowners").output.splitlines()[2:-1] == [
        "/data/workflows/intake.yml @example/finance @example/platform",
        "/data/signoffs/intake.yml @example/finance @example/platform",
        "/data/workflows/triage.yml @example/finance @example/platform",
        "/data/signoffs/triage.yml @example/finance @example/platform",
    ]


def test_at_gitlab_each_side_has_a_section_that_must_approve(site: Path) -> None:
    shown = opmodel(site, "codeowners", "--format", "gitlab").output.splitlines()
    business, it = shown.index("[Business][1]"), shown.index("[IT][1]")
    assert "/data/workflows/intake.yml @example/finance" in shown[business:it]
    assert "/data/workflows/intake.yml @example/platform" in shown[it:]


def test_paths_begin_at_the_top_of_the_repository(site: Path) -> None:
    (site.parent / ".git").mkdir()
    assert "/site/data/workflows/intake.yml @example/finance" in opmodel(site, "codeowners").output
    opmodel(site, "codeowners", "--write")
    assert (site.parent / GITHUB).is_file()
    assert lines(site) == []


@pytest.mark.parametrize(
    ("folder", "pattern"),
    [
        ("app [eu]", "app\\ \\[eu\\]"),
        ("a*b?c", "a\\*b\\?c"),
        ("back\\slash", "back\\\\slash"),
        ("c# and\ttab", "c?\\ and?tab"),
        ("line\nbreak", "line?break"),
        ("(web) {x} !y ~z", "(web)\\ {x}\\ !y\\ ~z"),
        ("bytes \udcff", "bytes\\ ?"),
    ],
)
@pytest.mark.parametrize("host", ["github", "gitlab"])
def test_a_folder_may_have_any_name(folder: str, pattern: str, host: str, site: Path) -> None:
    (site.parent / ".git").mkdir()
    made = site.rename(site.parent / folder)
    shown = opmodel(made, "codeowners", "--format", host).output
    assert f"/{pattern}/data/workflows/intake.yml @example/finance" in shown
    for _ in range(2):
        opmodel(made, "codeowners", "--format", host, "--write")
        assert lines(made) == []
    assert (site.parent / (GITHUB if host == "github" else GITLAB)).read_text(encoding="utf-8").count("# begin: ") == 1


def test_lines_that_were_written_with_bare_brackets_are_replaced(site: Path) -> None:
    (site.parent / ".git").mkdir()
    made = site.rename(site.parent / "[eu]")
    opmodel(made, "codeowners", "--write")
    file = site.parent / GITHUB
    file.write_text(file.read_text().replace("\\[eu\\]", "[eu]"))
    assert [line for line in lines(made) if "codeowners-stale" in line]
    opmodel(made, "codeowners", "--write")
    assert lines(made) == []
    assert file.read_text().count("# begin: ") == 1


def test_a_repository_may_hold_several_sites(site: Path) -> None:
    (site.parent / ".git").mkdir()
    other = Path(shutil.copytree(site, site.parent / "other"))
    opmodel(site, "codeowners", "--write")
    assert lines(other) == []
    opmodel(other, "codeowners", "--write")
    text = (site.parent / GITHUB).read_text(encoding="utf-8")
    assert (text.count("# begin: "), text.count("# end: ")) == (2, 2)
    assert lines(site) == lines(other) == []


def test_own_lines_stay_and_ours_come_last(site: Path) -> None:
    (site / ".github").mkdir()
    (site / GITHUB).write_text("# Ours.\n* @example/all\n", encoding="utf-8")
    opmodel(site, "codeowners", "--write")
    once = (site / GITHUB).read_text(encoding="utf-8")
    assert once.startswith("# Ours.\n* @example/all\n\n# begin: ")
    opmodel(site, "codeowners", "--write")
    assert (site / GITHUB).read_text(encoding="utf-8") == once


def test_the_host_of_the_file_that_is_there_is_kept(site: Path) -> None:
    opmodel(site, "codeowners", "--format", "gitlab", "--write")
    assert opmodel(site, "codeowners").output == (site / GITLAB).read_text(encoding="utf-8")


@pytest.mark.parametrize("host", ["github", "gitlab"])
def test_a_new_owner_makes_it_stale_until_it_is_written_again(host: str, site: Path) -> None:
    opmodel(site, "codeowners", "--format", host, "--write")
    assert lines(site) == []
    edit(site, "data/teams.yml", '"@example/finance"', '"@example/money"')
    (problem,) = but_history(check(site, TODAY).problems)
    assert problem.rule == "codeowners-stale"
    assert "@example/money" in problem.message
    opmodel(site, "codeowners", "--write")
    assert lines(site) == []


def test_a_new_packet_is_to_be_owned(site: Path) -> None:
    opmodel(site, "codeowners", "--write")
    shown = opmodel(site, "new", "Meeting notes", "--team", "legal", "--as-of", TODAY.isoformat()).output
    assert "opmodel codeowners --write" in shown
    assert [problem.rule for problem in but_history(check(site, TODAY).problems)] == ["codeowners-stale"]


def test_a_team_without_a_handle_is_named(tmp_path: Path) -> None:
    shown = opmodel(good(tmp_path), "codeowners", "--write", code=1).output
    assert shown == ("Error: these teams own packets and have no handle in data/teams.yml: finance, platform\n")
    assert not (tmp_path / GITHUB).exists()


def test_a_mistyped_host_is_told_the_nearest(site: Path) -> None:
    assert 'did you mean "gitlab"?' in opmodel(site, "codeowners", "--format", "gitlap", code=2).output


def test_the_sample_is_up_to_date(tmp_path: Path) -> None:
    made = opmodel(shipped(tmp_path), "codeowners").output
    assert (Path(__file__).parents[2] / GITHUB).read_text(encoding="utf-8") == made


@pytest.mark.parametrize("damage", ["encoding", "outside", "pipe"])
def test_a_file_that_cannot_be_read_is_not_written_over(site: Path, damage: str) -> None:
    file = site / GITHUB
    file.parent.mkdir()
    match damage:
        case "encoding":
            file.write_bytes(b"*.md @\xff\n")
        case "outside":
            file.symlink_to("/etc/passwd")
        case _:
            os.mkfifo(file)
    done = opmodel(site, "codeowners", "--write", code=1)
    assert "nothing was written" in done.output
    assert "root:" not in done.output
    (warned,) = lines(site)
    assert warned.startswith(f"{GITHUB}:1:1: warning: nobody can tell whether the file is up to date: ")


def test_a_link_within_the_repository_is_followed(site: Path) -> None:
    opmodel(site, "codeowners", "--write")
    (site / "CODEOWNERS").symlink_to(GITHUB)
    assert lines(site) == []


@pytest.mark.parametrize(
    ("path", "right", "wrong"),
    [
        ("data/workflows/intake.yml", "\nowners:", "\nownerz:"),
        ("data/teams.yml", '"@example/finance"', '"@example/finance @evil"'),
    ],
)
def test_with_an_error_in_the_data_no_owner_is_dropped(path: str, right: str, wrong: str, site: Path) -> None:
    opmodel(site, "codeowners", "--write")
    before = (site / GITHUB).read_bytes()
    edit(site, path, right, wrong)
    said = opmodel(site, "codeowners", "--write", code=1).output
    assert said.startswith("Error: no owners were listed, because the data has errors:\n")
    assert path in said
    assert (site / GITHUB).read_bytes() == before
