"""Builds the site with every Python that the project claims and this machine has, and compares their bytes.

``make pythons`` runs it after ``make site``. What is committed is built, each time in a clone with an environment of
its own from the lock, as a contributor would. A Python that is not installed is named and left out.
"""

import os
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path
from shutil import which

_CLASSIFIER = re.compile(r"Programming Language :: Python :: (3\.\d+)")


class Refused(Exception):
    """A site that could not be built, or differs; the message says why."""


def claimed_pythons(root: Path) -> list[str]:
    """Return the versions of Python that the classifiers name."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [found[1] for each in project["classifiers"] if (found := _CLASSIFIER.fullmatch(each))]


def interpreter(version: str) -> Path | None:
    """Return a Python of a version such as 3.12, from the path or from pyenv; None if there is none that runs."""
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv") / "versions"
    named = which(f"python{version}")
    candidates = [*([Path(named)] if named else []), *sorted(pyenv.glob(f"{version}.*/bin/python3"))]
    return next((each for each in candidates if _runs(each, version)), None)


def _runs(python: Path, version: str) -> bool:
    said = subprocess.run([python, "--version"], capture_output=True, text=True, check=False).stdout  # noqa: S603 our own
    return said.startswith(f"Python {version}.")


def different_files(one: Path, other: Path) -> list[str]:
    """Return the files that two folders do not both have with the same bytes."""
    files = ({file.relative_to(root).as_posix() for file in root.rglob("*") if file.is_file()} for root in (one, other))
    return sorted(name for name in set.union(*files) if _bytes(one / name) != _bytes(other / name))


def _bytes(file: Path) -> bytes | None:
    return file.read_bytes() if file.is_file() else None


def build(root: Path, python: Path, folder: Path) -> Path:
    """Build what is committed in ``root`` with a Python, in a clone at ``folder``, and return the site."""
    _run("git", "clone", "--quiet", root, folder)
    _run("make", "--directory", folder, "site", f"PYTHON={python}", OPMODEL_CACHE=str(folder / ".cache" / "results"))
    return folder / "site"


def _run(*command: str | Path, **environment: str) -> None:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    done = subprocess.run(  # noqa: S603 our own commands
        command, env={**inherited, **environment}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise Refused(f"{' '.join(map(str, command))} failed:\n{done.stdout}{done.stderr}")


def compare(root: Path) -> Iterator[str]:
    """Yield a line for each Python that is claimed; raise `Refused` at the first site that differs."""
    for version in claimed_pythons(root):
        if sys.version_info[:2] == tuple(map(int, version.split("."))):
            yield f"Python {version}: built site/"
        elif python := interpreter(version):
            with tempfile.TemporaryDirectory(prefix="python-") as name:
                found = different_files(root / "site", build(root, python, Path(name) / "clone"))
            if found:
                raise Refused(f"Python {version}: other bytes than site/ in {', '.join(found[:8])}")
            yield f"Python {version}: the same bytes"
        else:
            yield f"Python {version}: not installed here, so not tried"


def main() -> None:
    """Compare and report; the exit code is 1 where a site cannot be built or differs."""
    root = Path(__file__).parents[1]
    try:
        if subprocess.run(["git", "status", "--porcelain"], cwd=root, capture_output=True, check=True).stdout:  # noqa: S607
            raise Refused("commit first: other Pythons build what is committed")
        for line in compare(root):
            print(line, flush=True)
    except Refused as refused:
        sys.exit(str(refused))


if __name__ == "__main__":
    main()
