"""Folders that only this user can write to, and what is kept in them.

What is kept between runs is read back as Python objects and compiled templates, and reading either can run code. JSON
could not, but a site of a thousand packets is then read more slowly than it is checked. So what is kept is as safe as
the folder: it belongs to this user, nobody else can read or write it, and no link leads into or out of it.
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


def private_folder(folder: Path) -> Path | None:
    """Return a folder, made where it is missing, if this user alone can use it; otherwise None, and say so once."""
    try:
        reason = _unsafe(Path(os.path.abspath(folder)))  # noqa: PTH100 links are what is looked for
    except OSError as error:
        reason = f"it cannot be used: {error.strerror or error}"
    if reason:
        _say(f"Nothing is kept for the next run in {folder}: {reason}.")
    return None if reason else folder


def _unsafe(folder: Path) -> str:
    """Return why others could put something into a folder, or an empty text."""
    if not hasattr(os, "geteuid"):  # a system where a user's folders are private by themselves
        return ""
    for above in reversed(folder.parents):
        if reason := _open_to_others(above):
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


def _open_to_others(above: Path) -> str:
    """Return why a folder on the way is one in which others could put another in the place of ours."""
    try:
        status = above.lstat()
    except FileNotFoundError:
        above.mkdir(mode=0o700, exist_ok=True)
        status = above.lstat()
    if status.st_uid not in (0, os.geteuid()):
        return f"{above} belongs to another user"
    if stat.S_ISLNK(status.st_mode):  # made by this user or the system
        real = above.resolve()
        return next(filter(None, map(_open_to_others, (*reversed(real.parents), real))), "")
    if status.st_mode & _OTHERS and not status.st_mode & stat.S_ISVTX and not _own_group(status):
        return f"other users may write to {above}"
    return ""


def _own_group(status: os.stat_result) -> bool:
    """Return whether only the group may write to a folder, and has no member but the folder's owner."""
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
def _say(text: str) -> None:
    print(text, file=sys.stderr)


def private_subfolder(folder: Path, name: str) -> Path | None:
    """Return the folder ``name`` in a private one, or None where a link or a file has taken its place."""
    found = folder / name
    return found if not os.path.lexists(found) or (found.is_dir() and not found.is_symlink()) else None


def keep(file: Path, version: str, data: bytes) -> bool:
    """Keep data in a file of a private folder for readers of the same version; return whether it is there."""
    return write_cache_file(file, _head(version, data) + data)


def recall(file: Path, folder: Path, version: str) -> bytes | None:
    """Return what was kept in a file of the private folder, if it is of this version and whole; otherwise None."""
    try:
        read = read_file(file, folder, MAX_BYTES)
    except UnreadableFile:
        return None
    head, _, data = read.partition(b"\n")
    return data if head + b"\n" == _head(version, data) else None


def _head(version: str, data: bytes) -> bytes:
    return f"{version} {zlib.crc32(data):08x}\n".encode()
