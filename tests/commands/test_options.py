"""Whatever is mistyped on the command line is answered with the nearest name."""

from pathlib import Path

import click
import pytest

from commands.terminal import opmodel
from opmodel.commands.main import command_group
from sites import good

COMMANDS = command_group().commands


@pytest.mark.parametrize(
    ("arguments", "near"),
    [
        (("chekc",), "'check'"),
        (("check", "--formt", "text"), "'--format'"),
        (("check", "--format", "jsn"), '"json"'),
        (("decide", "intak"), '"intake"'),
        (("decide", "triage", "amout=1"), '"amount"'),
        (("decide", "triage", "known=yess", "amount=1"), '"yes"'),
        (("sign", "intak", "--side", "it", "--by", "x"), '"intake"'),
        (("sign", "intake", "--side", "bussiness", "--by", "x"), '"business"'),
        (("diff", "--format", "makrdown"), '"markdown"'),
        (("new", "X", "--team", "finanec"), '"finance"'),
        (("new", "tema", "X"), '"team"'),
        (("new", "packet", "X", "--form", "x"), "'--from'"),
        (("codeowners", "--format", "gitlb"), '"gitlab"'),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_the_nearest_is_named(arguments: tuple[str, ...], near: str, tmp_path: Path) -> None:
    code = 1 if "finanec" in arguments else 2
    assert f"did you mean {near}?" in opmodel(good(tmp_path), *arguments, code=code).output.replace("Did", "did")


def test_the_nearest_file_is_named(tmp_path: Path) -> None:
    shown = opmodel(tmp_path, "check", str(good(tmp_path) / "data" / "worflows"), code=2).output
    assert 'did you mean "workflows"?' in shown


@pytest.mark.parametrize("name", sorted(set(COMMANDS) - {"init", "rules"}))
def test_every_command_of_a_site_takes_its_folder(name: str) -> None:
    found = COMMANDS[name]
    each = found.commands.values() if isinstance(found, click.Group) else [found]
    assert all("--site" in option.opts for one in each for option in one.params if option.name == "root"), name
    assert all(any(option.name == "root" for option in one.params) for one in each), name


def test_files_that_are_written_are_named_alike() -> None:
    for name in ("export", "import", "offline", "pdf"):
        names = {opt for option in COMMANDS[name].params for opt in option.opts}
        assert {"-o", "--output"} <= names, name


def test_the_check_takes_the_folder_of_the_site(tmp_path: Path) -> None:
    site = good(tmp_path / "site")
    assert "0 errors" in opmodel(tmp_path, "check", "--site", str(site)).output
    other = good(tmp_path / "other")
    shown = opmodel(tmp_path, "check", "--site", str(site), str(other / "data"), code=2).output
    assert "is not in" in shown


@pytest.mark.parametrize("option", ["--write", "--accept"])
def test_new_addresses_are_recorded_by_either_name(option: str, tmp_path: Path) -> None:
    assert "now recorded" in opmodel(good(tmp_path), "permalinks", option).output
