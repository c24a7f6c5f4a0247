"""Changes of many files of a site, which are tried in a copy and written together or not at all."""

import filecmp
import os
import shutil
import stat
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from opmodel.cache import Cache
from opmodel.files.reading import MAX_ASSET_BYTES, UnreadableFile, read_file
from opmodel.files.writing import write_files
from opmodel.load.operating_model import OperatingModel
from opmodel.readiness.history import History
from opmodel.rules.check import Checked, check
from opmodel.scaffold.rendering import CreationRefused

_NOT_COPIED = {".git", ".venv", ".cache", "site", "node_modules", "__pycache__"}
Changes = dict[str, bytes | None]
"""The new content of files by their path from the site's folder; None removes one."""


def change_site(
    root: Path, as_of: date, change: Callable[[Path, OperatingModel], None], *, write: bool = True
) -> Changes:
    """Change a copy of a site, write what differs into the site, and return it.

    Args:
        root: The folder of the site.
        as_of: The day on which dates are judged, and from which on a removal counts.
        change: Changes the copy; it is given the copy's folder and the site's model.
        write: Whether to write; without, the change is only tried.

    Raises:
        CreationRefused: The site would have an error that it does not have now, or ``change`` refused. Nothing was
            written then.
    """
    cache = Cache()  # of packets that do not change
    before = check(root, as_of, cache)
    with _site_copy(root) as copy:
        change(copy, before.model)
        _require_no_new_error(before, copy, as_of, cache)
        if lost := sorted(_linked_files(root) - _linked_files(copy)):
            named = [f"{name} is a link; put the file itself there" for name in lost]
            raise CreationRefused("\n".join(["nothing was written in the place of links:", *named]))
        changes = _changes_between(root, copy)
        if write:
            write_files({root / name: data for name, data in changes.items()}, root)
    return changes


@contextmanager
def _site_copy(root: Path) -> Iterator[Path]:
    """Copy a site into a folder that exists within the block, without its repository and what was made from it.

    Pipes and devices are left out. Raises `CreationRefused` if a folder of the site is a link: what is written in the
    copy would be written to where it leads.
    """
    if linked := [f"{name} is a link to a folder; put the folder itself there" for name in _linked_folders(root)]:
        raise CreationRefused("\n".join(["nothing was written through links:", *linked]))
    with tempfile.TemporaryDirectory(prefix="opmodel-") as name:
        copy = Path(os.path.realpath(name)) / "site"
        shutil.copytree(root, copy, symlinks=True, ignore=_ignored_at(root))
        yield copy


def _ignored_at(root: Path) -> Callable[[str, list[str]], set[str]]:
    def ignored(folder: str, names: list[str]) -> set[str]:
        special = {name for name in names if not _is_copied(Path(folder, name).lstat().st_mode)}
        return special | (_NOT_COPIED.intersection(names) if Path(folder) == root else set())

    return ignored


def _is_copied(mode: int) -> bool:
    return stat.S_ISREG(mode) or stat.S_ISDIR(mode) or stat.S_ISLNK(mode)


def _linked_folders(root: Path) -> Iterator[str]:
    """Yield the path of each folder of a site that is a link."""
    for top, folders, _ in os.walk(root):
        if Path(top) == root:
            folders[:] = sorted(set(folders) - _NOT_COPIED)
        yield from (Path(top, name).relative_to(root).as_posix() for name in folders if Path(top, name).is_symlink())


def _linked_files(root: Path) -> set[str]:
    """Return the path of each file of a site that is a link."""
    found = set[str]()
    for top, folders, names in os.walk(root):
        if Path(top) == root:
            folders[:] = sorted(set(folders) - _NOT_COPIED)
        found |= {Path(top, name).relative_to(root).as_posix() for name in names if Path(top, name).is_symlink()}
    return found


def read_site_file(root: Path, path: str) -> bytes:
    """Return a file of a site. Raises `CreationRefused` if it is none that may be read."""
    try:
        return read_file(root / path, root, MAX_ASSET_BYTES, hidden=True)
    except UnreadableFile as refused:
        raise CreationRefused(f"{path}: {refused}") from None


def _changes_between(root: Path, copy: Path) -> Changes:
    """Return what has to be written into a site so that it becomes equal to its changed copy."""
    before, after = _files(root), _files(copy)
    changed = [name for name, file in after.items() if not _is_equal(before.get(name), file)]
    removed: Changes = {name: None for name in before if name not in after}
    return {**{name: read_site_file(copy, name) for name in changed}, **removed}


def _is_equal(before: Path | None, after: Path) -> bool:
    return before is not None and filecmp.cmp(before, after, shallow=False)


def _files(folder: Path) -> dict[str, Path]:
    found = dict[str, Path]()
    for top, folders, names in os.walk(folder):
        if Path(top) == folder:
            folders[:] = sorted(set(folders) - _NOT_COPIED)
        files = (Path(top) / name for name in sorted(names))
        found |= {f.relative_to(folder).as_posix(): f for f in files if f.is_file() and not f.is_symlink()}
    return found


def _require_no_new_error(before: Checked, copy: Path, as_of: date, cache: Cache) -> None:
    """Raise `CreationRefused` with the errors of a changed copy that the site did not have ``before``."""
    after = check(copy, as_of, cache, history=History(before.model.root))
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
