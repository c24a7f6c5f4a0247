"""Cache files in folders that only this user can write to.

The cache holds pickles and compiled templates, and loading either can run code. So a folder is only used if it belongs
to this user, nobody else can read or write it, and neither it nor the folder that it stands in is a link. (JSON would
be safe anywhere, but reading a site of a thousand packets from it takes longer than checking the site.)

Further up, a link is followed if it stands in a folder that nobody but this user and root may write to, such as
``/tmp`` and ``/var`` on macOS: nobody else can make, move or replace it. A link in a shared folder such as ``/tmp``
itself is never followed, whoever owns it, because others may have put it there. Each link on the way is looked at, not
only the first and the end of a chain.
"""

import os
import stat
import sys
import zlib
from functools import cache
from pathlib import Path

from opmodel.files.reading import UnreadableFile, read_file
from opmodel.files.writing import write_cache_file

MAX_BYTES = 1024 * 1024 * 1024
_OTHERS = stat.S_IWGRP | stat.S_IWOTH
_MOST_STEPS = 400
"""The most folders and links on the way to a cache."""


def private_folder(folder: Path) -> Path | None:
    """Return a folder, created if it is missing, if it is private to this user; otherwise print why and return None."""
    path = Path(os.path.abspath(folder))  # noqa: PTH100 links are what is looked for
    try:
        reason = _unsafe(path)
    except OSError as error:
        reason = f"it cannot be used: {error.strerror or error}"
    if reason:
        say(f"Nothing is kept for the next run in {folder}: {reason}.")
    return None if reason else path


def _unsafe(folder: Path) -> str:
    """Create a folder; return why it is not private, or an empty text."""
    if not hasattr(os, "geteuid"):  # Windows, where a user's folders are private
        return ""
    if folder.parent.is_symlink():
        return f"{folder.parent} is a link"
    if reason := _unsafe_way(folder.parent):
        return reason
    folder.mkdir(mode=0o700, exist_ok=True)
    status = folder.lstat()
    if not stat.S_ISDIR(status.st_mode):
        return "it is a link or a file"
    if status.st_uid != os.geteuid():
        return "it belongs to another user"
    if status.st_mode & _OTHERS:
        return "other users may write to it"
    if status.st_mode & 0o077:
        folder.chmod(0o700)
    return ""


def _unsafe_way(folder: Path) -> str:
    """Create the folders down to ``folder``; return why others could replace one of them, or an empty text."""
    here, steps = Path(folder.anchor), list(reversed(folder.parts[1:]))
    for _ in range(_MOST_STEPS):
        status = _status(here)
        if status.st_uid not in (0, os.geteuid()):
            return f"{here} belongs to another user"
        if stat.S_ISLNK(status.st_mode):
            if _is_shared(here.parent.lstat()):
                return f"{here} is a link in a folder that other users may write to"
            target = here.readlink()
            steps += reversed(target.parts[1:] if target.is_absolute() else target.parts)
            here = Path(target.anchor) if target.is_absolute() else here.parent
        elif _is_shared(status) and not status.st_mode & stat.S_ISVTX:
            return f"other users may write to {here}"
        elif not steps:
            return ""
        else:
            step = steps.pop()
            here = here.parent if step == ".." else here / step
    return "there are too many links on the way"


def _status(folder: Path) -> os.stat_result:
    """Return what stands at a path, which becomes a folder where nothing does."""
    try:
        return folder.lstat()
    except FileNotFoundError:
        folder.mkdir(mode=0o700, exist_ok=True)
        return folder.lstat()


def _is_shared(status: os.stat_result) -> bool:
    """Return whether others than the owner may write to a folder."""
    return bool(status.st_mode & _OTHERS) and not _own_group(status)


def _own_group(status: os.stat_result) -> bool:
    """Return whether only the owner's own group may write to a folder."""
    import grp
    import pwd

    if status.st_mode & stat.S_IWOTH:
        return False
    try:
        group, owner = grp.getgrgid(status.st_gid), pwd.getpwuid(status.st_uid).pw_name
    except KeyError:
        return False
    return group.gr_name == owner and set(group.gr_mem) <= {owner}


@cache
def say(text: str) -> None:
    """Print a line on the error output, once in a run."""
    print(text, file=sys.stderr)


def private_subfolder(folder: Path, name: str) -> Path | None:
    """Return the folder ``name`` in a private one, or None if it is a link or a file."""
    found = folder / name
    return found if not os.path.lexists(found) or (found.is_dir() and not found.is_symlink()) else None


def write_private(file: Path, version: str, data: bytes) -> bool:
    """Write a file in a private folder for readers of the same version; return whether that was possible."""
    return write_cache_file(file, _head(version, data) + data)


def read_private(file: Path, folder: Path, version: str) -> bytes | None:
    """Return the data in a file of a private folder, or None if it is missing, damaged or of another version."""
    try:
        read = read_file(file, folder, MAX_BYTES)
    except UnreadableFile:
        return None
    head, _, data = read.partition(b"\n")
    return data if head + b"\n" == _head(version, data) else None


def _head(version: str, data: bytes) -> bytes:
    return f"{version} {zlib.crc32(data):08x}\n".encode()
