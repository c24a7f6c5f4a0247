"""What a check found, remembered as a whole: where no file changed since the last check, it is not run again."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from opmodel.cache import Cache, digest, engine_version
from opmodel.problem import Problem
from opmodel.readiness.history import History
from opmodel.reading import UnreadableFile, read_file

_PLACES = ("data", "docs", "mkdocs.yml", "main.py")
_OWNERS = (".github/CODEOWNERS", ".gitlab/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS")
_LARGE = 1 << 21


@dataclass(frozen=True, slots=True)
class CheckOutcome:
    """Every problem of a site, and how many packets were checked."""

    problems: tuple[Problem, ...]
    packets: int
    theme: str = ""
    """The folder of the site's own theme files, as its settings name it."""


def quick_check(root: Path, as_of: date, cache: Cache, *, require_history: bool = False) -> CheckOutcome:
    """Return what a check of the site in ``root`` finds as of a day."""
    history = History(root)
    past = history.head, repr(history.obstacle), str(require_history)
    key = digest(engine_version(), as_of.isoformat(), *past, *_owners(root), *_files(root, *_PLACES))
    match cache.recall("verdict"):
        case (known, CheckOutcome(theme=str(theme)) as found) if known == digest(key, *_files(root, theme)):
            return found
    from opmodel.load.theme_folder import theme_folder
    from opmodel.rules.check import check  # not at the top: a verdict that is remembered needs none of it

    theme = theme_folder(root)
    key = digest(key, *_files(root, theme))
    checked = check(root, as_of, cache, require_history=require_history, history=history)
    found = CheckOutcome(checked.problems, len(checked.model.packets), theme)
    lost = history.missing != history.obstacle or any(history.unreadable())
    if not lost:  # what the repository lacks can be fetched, which changes nothing that the key holds
        cache.keep("verdict", (key, found))
    return found


def _files(root: Path, *places: str) -> Iterator[str | bytes]:
    """Yield path and content of every file that a check can read there, and a word on whatever is no file."""
    folders = [root / place for place in places if place]
    while folders:
        folder = folders.pop()
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except NotADirectoryError:
            yield _content(folder, root)
            continue
        except OSError as error:
            yield f"{folder} {error.errno}"
            continue
        for entry in entries:
            yield entry.path
            if entry.is_dir(follow_symlinks=False):
                folders.append(Path(entry.path))
            else:
                yield _content(Path(entry.path), root)


def _content(file: Path, inside: Path) -> str | bytes:
    """Return what a check can read of a file; of one that it does not read, why not, and when it was changed."""
    try:
        data = read_file(file, inside, _LARGE, hidden=True)
        return os.path.realpath(file).encode() + data if file.is_symlink() else data
    except UnreadableFile as refused:
        try:
            status = file.lstat()
        except OSError as error:
            return f"{refused} {error.errno}"
        return f"{refused} {os.path.realpath(file)} {status.st_mode} {status.st_size} {status.st_mtime_ns}"


def _owners(root: Path) -> Iterator[str | bytes]:
    """Yield every file that may hold code owners, in the site's folder and up to the top of its repository."""
    for folder in (root, *root.parents):
        for place in _OWNERS:
            if os.path.lexists(folder / place):
                yield _content(folder / place, folder)
        if (folder / ".git").exists():
            return
