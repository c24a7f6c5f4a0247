"""Sites to test with: copies of the small good one, damaged where a test wants it."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from forks import Done, run_module
from opmodel.model.problem import Problem
from opmodel.readiness.history import HISTORY_MISSING
from opmodel.rules.check import Checked, check

TESTS = Path(__file__).parent
SHIPPED = TESTS.parent
GOOD = TESTS / "rules" / "good"
TODAY = date(2026, 11, 22)
EPOCH = "1795305600"
"""The same day, as a build is told it."""
INTAKE, TRIAGE, SIGNOFFS = "data/workflows/intake.yml", "data/workflows/triage.yml", "data/signoffs/intake.yml"
"""A live packet that is signed, a complete draft that is not, and the live one's sign-offs."""
MakeOnce = Callable[[str, Callable[[Path], Path]], Path]
"""The fixture ``make_once``: a name, and what makes files in a folder and returns the path that tests want."""


def good(folder: Path) -> Path:
    """Return a copy of the good site in ``folder``."""
    return Path(shutil.copytree(GOOD, folder, dirs_exist_ok=True))


def shipped(folder: Path) -> Path:
    """Return a copy of the shipped site in ``folder``."""
    for name in ("docs", "data"):
        shutil.copytree(SHIPPED / name, folder / name)
    shutil.copy(SHIPPED / "mkdocs.yml", folder)
    return folder


@cache
def check_shipped() -> Checked:
    """Return what the check finds in the shipped site, which it reads once for all tests of a process."""
    return check(SHIPPED, TODAY)


def build(site: Path, **environment: str) -> Path:
    """Build a site strictly, by default as of 22 November 2026, and return the folder with its pages."""
    fixed = {"SOURCE_DATE_EPOCH": EPOCH, "NO_MKDOCS_2_WARNING": "1"}
    done = run_build(site, **fixed | environment)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "WARNING" not in done.stderr, done.stderr
    return site / "site"


def run_build(site: Path, *, arguments: Iterable[str | Path] = (), **environment: str) -> Done:
    """Build a site strictly and return how that went. A quiet build would count no warnings, so this one is not.

    It finds the preview pictures that earlier builds have drawn, because drawing takes longer than all the rest.
    """
    lend_pictures(site)
    done = run_module("mkdocs", "build", "--strict", *arguments, cwd=site, **environment)
    keep_pictures(site)
    return done


_PICTURES = ".cache/previews"


def lend_pictures(site: Path) -> None:
    """Give a site the preview pictures that builds of this run of tests have drawn; their names say what is on them."""
    settings = site / "mkdocs.yml"
    if settings.is_file() and "previews: false" in settings.read_text(encoding="utf-8", errors="replace"):
        return
    _copy_pictures(Path(os.environ["OPMODEL_TEST_PICTURES"]), site / _PICTURES)


def keep_pictures(site: Path) -> None:
    """Keep the preview pictures that a build has drawn for other sites."""
    _copy_pictures(site / _PICTURES, Path(os.environ["OPMODEL_TEST_PICTURES"]))


def _copy_pictures(folder: Path, to: Path) -> None:
    for picture in folder.glob("*.png"):
        if not (to / picture.name).exists():
            to.mkdir(mode=0o700, parents=True, exist_ok=True)
            unfinished = Path(tempfile.mkdtemp(dir=to)) / picture.name
            shutil.copy(picture, unfinished)
            unfinished.rename(to / picture.name)
            unfinished.parent.rmdir()


def but_history(found: Iterable[Problem]) -> list[Problem]:
    """Return the problems of a site, but for a missing history.

    Most sites of tests stand in a folder without a repository; what that means has tests of its own.
    """
    return [problem for problem in found if problem.rule != HISTORY_MISSING]


def lines(site: Path, as_of: date = TODAY) -> list[str]:
    """Return what ``opmodel check`` prints about a site, but for a missing history."""
    return [str(problem) for problem in but_history(check(site, as_of).problems)]


def edit(site: Path, path: str, find: str, replace: str) -> None:
    """Replace a piece of text that stands exactly once in a file."""
    file = site / path
    text = file.read_text(encoding="utf-8")
    assert text.count(find) == 1, f"{find!r} stands {text.count(find)} times in {path}"
    file.write_text(text.replace(find, replace), encoding="utf-8")


def apply(site: Path, edits: list[dict[str, str]]) -> None:
    """Apply edits: each finds and replaces, appends, or deletes a file."""
    for each in edits:
        match each:
            case {"delete": path}:
                (site / path).unlink()
            case {"append": text, "file": path}:
                with (site / path).open("a", encoding="utf-8") as file:
                    file.write(text)
            case {"find": find, "replace": replace, "file": path}:
                edit(site, path, find, replace)
            case _:
                raise AssertionError(f"no edit: {each}")


def with_assurance(folder: Path) -> Path:
    """Return a copy of the good site with a third side: the role audit, held by a team of that side."""
    site = good(folder)
    apply(site, read_yaml(TESTS / "rules" / "fine.yml")["raci-assurance"])
    return site


def read_yaml(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)  # noqa: S506 text only


def git(site: Path, *arguments: str, day: str = "2026-11-01") -> str:
    """Run git in a site as nobody in particular, on a given day."""
    who = {f"GIT_{role}_{key}": "test" for role in ("AUTHOR", "COMMITTER") for key in ("NAME", "EMAIL")}
    when = {f"GIT_{role}_DATE": f"{day}T12:00:00Z" for role in ("AUTHOR", "COMMITTER")}
    alone = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    command = ["git", "-c", "init.defaultBranch=main", *arguments]
    return subprocess.run(
        command, cwd=site, env={**os.environ, **who, **when, **alone}, check=True, capture_output=True, text=True
    ).stdout


def commit(site: Path, message: str = "Change", day: str = "2026-11-01") -> None:
    """Commit everything in a site; the first commit makes the repository."""
    if not (site / ".git").exists():
        git(site, "init", "--quiet")
    git(site, "add", "--all")
    git(site, "commit", "--quiet", "--allow-empty", "--message", message, day=day)
