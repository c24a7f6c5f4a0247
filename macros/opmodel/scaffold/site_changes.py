"""Changes of many files of a site, which are tried in a copy and written together or not at all."""

import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from opmodel.files.writing import write_files
from opmodel.readiness.history import History
from opmodel.rules.check import Checked, check
from opmodel.scaffold.rendering import CreationRefused

_NOT_COPIED = {".git", ".venv", ".cache", "site", "node_modules", "__pycache__"}
Changes = dict[str, bytes | None]
"""The new content of files by their path from the site's folder; None removes one."""


@contextmanager
def site_copy(root: Path) -> Iterator[Path]:
    """Copy a site into a folder that exists within the block, without its repository and what was made from it."""
    with tempfile.TemporaryDirectory(prefix="opmodel-") as name:
        copy = Path(os.path.realpath(name)) / "site"
        shutil.copytree(root, copy, symlinks=True, ignore=_ignored_at(root))
        yield copy


def _ignored_at(root: Path) -> Callable[[str, list[str]], set[str]]:
    def ignored(folder: str, names: list[str]) -> set[str]:
        return _NOT_COPIED.intersection(names) if Path(folder) == root else set()

    return ignored


def changes_between(root: Path, copy: Path) -> Changes:
    """Return what has to be written into a site so that it becomes equal to its changed copy."""
    before, after = _files(root), _files(copy)
    new: Changes = {name: file.read_bytes() for name, file in after.items()}
    changed = {name: data for name, data in new.items() if name not in before or before[name].read_bytes() != data}
    return {**changed, **{name: None for name in before if name not in after}}


def _files(folder: Path) -> dict[str, Path]:
    found = dict[str, Path]()
    for top, folders, names in os.walk(folder):
        if Path(top) == folder:
            folders[:] = sorted(set(folders) - _NOT_COPIED)
        files = (Path(top) / name for name in sorted(names))
        found |= {f.relative_to(folder).as_posix(): f for f in files if f.is_file() and not f.is_symlink()}
    return found


def require_no_new_error(before: Checked, copy: Path, as_of: date) -> None:
    """Raise `CreationRefused` with the errors of a changed copy that the site did not have ``before``."""
    after = check(copy, as_of, history=History(before.model.root))
    known = Counter((each.place.path, each.rule, each.message) for each in before.errors)
    new = []
    for each in after.errors:
        same = (each.place.path, each.rule, each.message)
        if known[same]:
            known[same] -= 1
        else:
            new.append(str(each))
    if new:
        raise CreationRefused("\n".join(["nothing was written, because the site would have errors:", *new]))


def write_changes(root: Path, changes: Changes) -> None:
    """Write changes into a site, all of them or none."""
    write_files({root / name: data for name, data in changes.items()}, root)
