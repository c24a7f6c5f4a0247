"""What a check found, remembered as a whole: where no file changed since the last check, it is not run again."""

import os
import stat
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from opmodel.memory import Key, Memory, digest, engine
from opmodel.problem import Problem

_FOLDERS = ("data", "docs")
_OWNERS = (".github/CODEOWNERS", ".gitlab/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS")
_LARGE = 1 << 21


@dataclass(frozen=True, slots=True)
class Verdict:
    """Every problem of a site, and how many packets were checked."""

    problems: tuple[Problem, ...]
    packets: int


def verdict(root: Path, as_of: date, memory: Memory) -> Verdict:
    """Return what a check of the site in ``root`` finds as of a day."""
    key = digest(engine(), as_of.isoformat(), _commit(root), *_owners(root), *_files(root))
    match memory.recall("verdict"):
        case (known, Verdict() as found) if known == key:
            return found
    from opmodel.rules.check import check  # not at the top: a verdict that is remembered needs none of it

    checked = check(root, as_of, memory)
    found = Verdict(checked.problems, len(checked.model.packets))
    memory.keep("verdict", (key, found))
    return found


def _files(root: Path) -> Iterator[str | bytes]:
    """Yield path and content of every file that a check can read, and a word on whatever is no file."""
    folders = [root / name for name in _FOLDERS]
    while folders:
        folder = folders.pop()
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            yield f"{folder} {error.errno}"
            continue
        for entry in entries:
            yield entry.path
            if entry.is_dir():
                folders.append(Path(entry.path))
            else:
                yield _content(Path(entry.path))


def _content(file: Path) -> str | bytes:
    try:
        status = file.stat()
        if not stat.S_ISREG(status.st_mode) or status.st_size > _LARGE:
            return f"{os.path.realpath(file)} {status.st_mode} {status.st_size} {status.st_mtime_ns}"
        data = file.read_bytes()
    except OSError as error:
        return f"{error.errno}"
    return os.path.realpath(file).encode() + data if file.is_symlink() else data


def _owners(root: Path) -> Iterator[str | bytes]:
    """Yield every file that may hold code owners, in the site's folder or above it."""
    for folder in (root, *root.parents):
        for place in _OWNERS:
            if (folder / place).is_file():
                yield _content(folder / place)


def _commit(root: Path) -> Key:
    """Return the present commit of version control, from which all history follows; empty where there is none."""
    command = ["git", "rev-parse", "--show-toplevel", "--is-shallow-repository", "HEAD"]
    try:
        return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False).stdout  # noqa: S603
    except OSError:
        return ""
