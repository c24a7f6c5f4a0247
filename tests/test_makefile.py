"""What the targets of both Makefiles do before MkDocs begins, with stand-ins for the programs that they start."""

import os
import subprocess
from pathlib import Path

import pytest

from sites import SHIPPED

MAKEFILES = {
    "here": SHIPPED / "Makefile",
    "in a new site": SHIPPED / "macros/opmodel/scaffold/templates/repository/Makefile",
}

LEFT_OUT = {"SOURCE_DATE_EPOCH", "MAKEFLAGS", "MAKELEVEL", "MFLAGS"}
"""Variables that would say more: the last three make a `make` that is started by another one print its folder."""


def make(target: str, kind: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a target in a folder with programs that say their name and the time that they were given."""
    programs = folder / "bin"
    programs.mkdir(exist_ok=True)
    for name, code in (("mkdocs", 0), ("opmodel", 1)):
        (programs / name).write_text(f'#!/bin/sh\necho "{name} at ${{SOURCE_DATE_EPOCH-no time}}"\nexit {code}\n')
        (programs / name).chmod(0o755)
    command = ["make", "-f", str(MAKEFILES[kind]), "-o", ".venv/.installed", f"BIN={programs}", target]
    given = {name: value for name, value in os.environ.items() if name not in LEFT_OUT} | environment
    return subprocess.run(command, cwd=folder, env=given, capture_output=True, text=True, check=False, timeout=30)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "mkdocs.yml").write_text("site_name: Small\n")
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv/.installed").touch()
    return tmp_path


@pytest.mark.parametrize("given", [None, "", "abc", " ", "-5", "1795305600"])
def test_a_site_is_built_whatever_the_time_of_the_build_is_said_to_be(given: str | None, folder: Path) -> None:
    done = make("site", "here", folder, **({} if given is None else {"SOURCE_DATE_EPOCH": given}))
    assert done.returncode == 0, done.stderr
    name, _, time = done.stdout.rstrip("\n").partition(" at ")
    assert name == "mkdocs"
    assert time == given or (not given and time.isdigit())


@pytest.mark.parametrize("kind", MAKEFILES)
def test_a_copy_for_a_disk_has_the_time_of_the_site(kind: str, folder: Path) -> None:
    name, _, time = make("offline", kind, folder, SOURCE_DATE_EPOCH="1795305600").stdout.partition(" at ")
    assert (name, time) == ("opmodel", "1795305600\n")
    assert make("offline", kind, folder).stdout.removeprefix("opmodel at ").strip().isdigit()


@pytest.mark.parametrize("target", ["site", "serve"])
@pytest.mark.parametrize("kind", MAKEFILES)
def test_settings_that_are_no_file_are_left_to_the_check(kind: str, target: str, folder: Path) -> None:
    assert make(target, kind, folder).stdout.startswith("mkdocs")
    (folder / "mkdocs.yml").write_text("INHERIT: base.yml\n")
    os.mkfifo(folder / "base.yml")
    inheriting = make(target, kind, folder)
    (folder / "mkdocs.yml").unlink()
    os.mkfifo(folder / "mkdocs.yml")
    for done in (inheriting, make(target, kind, folder)):
        assert done.returncode
        assert done.stdout.startswith("opmodel")
        assert "mkdocs" not in done.stdout
