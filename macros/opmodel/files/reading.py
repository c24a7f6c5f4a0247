"""Reading files: only regular files of limited size, and only those that lie in the folder they are read from.

Everything that reads a file of a site reads it here. A pipe or device is never opened, because opening one can already
wait for ever or change something, and what was opened is looked at once more, because names can change in between.
"""

import hashlib
import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import NamedTuple, cast

from opmodel.files.leftovers import is_leftover

MAX_ASSET_BYTES = 100 * 1024 * 1024
"""The largest picture, font or other file beside pages: as much as repository hosts accept."""
SETTINGS_FILE = "mkdocs.yml"
"""The file with the settings of MkDocs, unless MkDocs is given another."""
MAX_SETTINGS_BYTES = 1024 * 1024
_READ = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)


class UnreadableFile(Exception):
    """A file or folder that is not read; the text says why.

    Args:
        reason: Why, in words that follow the path.
        too_large: Whether its size is the reason.
    """

    def __init__(self, reason: str, *, too_large: bool = False) -> None:
        super().__init__(reason)
        self.too_large = too_large


class Look(NamedTuple):
    """One look at the file system: what was looked for, and by which function of this module."""

    kind: str
    path: str
    inside: str = ""
    limit: int = 0
    hidden: bool = False


Outcome = bytes | list[str] | str | UnreadableFile | None
_looks: ContextVar[dict[Look, str] | None] = ContextVar("looks", default=None)


@contextmanager
def recorded_looks() -> Iterator[dict[Look, str]]:
    """Collect every look at the file system that is taken within the block, with a digest of what was found."""
    found: dict[Look, str] = {}
    token = _looks.set(found)
    try:
        yield found
    finally:
        _looks.reset(token)


def unchanged(looks: Mapping[Look, str]) -> bool:
    """Return whether each recorded look would find the same again."""
    return all(_digest(_outcome(look)) == digest for look, digest in looks.items())


def read_file(path: Path, inside: Path, limit: int, *, hidden: bool = False) -> bytes:
    """Return the bytes of a file in the folder ``inside``.

    Raises UnreadableFile when it is no regular file, has more than ``limit`` bytes, cannot be opened, or is a link that
    leads out of the folder or, unless ``hidden`` allows it, to something hidden there.
    """
    return cast(bytes, _taken(Look("file", os.fspath(path), os.fspath(inside), limit, hidden)))


def read_named_file(path: Path, limit: int) -> bytes:
    """Return the bytes of a file that the user named, wherever it lies. Raises UnreadableFile as `read_file` does."""
    try:
        real = os.path.realpath(path)
        return _contents(real, os.lstat(real).st_mode, limit)
    except OSError as error:
        raise _refused("file", error) from None


def why_unreadable(path: Path, inside: Path, limit: int = MAX_ASSET_BYTES) -> UnreadableFile | None:
    """Return what stops `read_file` from reading a file, or None; its content is not read."""
    try:
        _taken(Look("asset", os.fspath(path), os.fspath(inside), limit))
    except UnreadableFile as refused:
        return refused
    return None


def list_folder(folder: Path, inside: Path) -> list[str]:
    """Return the names of what stands in a folder below ``inside``, sorted, without leftovers of other programs.

    A folder that is not there holds nothing. Raises UnreadableFile when it cannot be read, is no folder, or is a link
    that leads out of ``inside``.
    """
    return cast(list[str], _taken(Look("folder", os.fspath(folder), os.fspath(inside))))


def exists(path: Path) -> bool:
    """Return whether there is anything at a path, be it a link that leads nowhere."""
    return bool(_taken(Look("anything", os.fspath(path))))


def is_folder(path: Path) -> bool:
    """Return whether there is a folder, or a link to one, at a path."""
    return _taken(Look("anything", os.fspath(path))) == "folder"


def _taken(look: Look) -> Outcome:
    """Take a look, and record it where looks are recorded."""
    found = _outcome(look)
    looks = _looks.get()
    if looks is not None:
        looks[look] = _digest(found)
    if isinstance(found, UnreadableFile):
        raise found
    return found


def _outcome(look: Look) -> Outcome:
    kind = "folder" if look.kind == "folder" else "file"
    try:
        match look.kind:
            case "file":
                return _contents(*_resolved(look.path, look.inside, kind, hidden=look.hidden), look.limit)
            case "asset":
                os.close(_opened(*_resolved(look.path, look.inside, kind), look.limit)[0])
                return None
            case "folder":
                return _names(look)
            case _:
                return "folder" if os.path.isdir(look.path) else "other" if os.path.lexists(look.path) else ""  # noqa: PTH112
    except OSError as error:
        return _refused(kind, error)
    except UnreadableFile as refused:
        return refused


def _names(look: Look) -> list[str]:
    if not os.path.lexists(look.path):
        return []
    names = os.listdir(_resolved(look.path, look.inside, "folder")[0])  # noqa: PTH208 quicker, for thousands
    return sorted(name for name in names if not is_leftover(name))


def _digest(found: Outcome) -> str:
    data = found if isinstance(found, bytes) else repr(found).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(data, digest_size=20).hexdigest()


def walk_files(folder: Path, inside: Path, *, hidden: bool = False) -> Iterator[tuple[Path, UnreadableFile | None]]:
    """Yield every file in a folder and the folders in it, with what stops it from being read, or None.

    Leftovers of other programs are passed over, and hidden files unless they are asked for. A link to a folder is never
    followed: it is yielded itself, so that the walk ends and nothing is met twice.
    """
    folders = [folder]
    while folders:
        below = folders.pop()
        try:
            names = list_folder(below, inside)
        except UnreadableFile as refused:
            yield below, refused
            continue
        for name in names:
            path = below / name
            if name.startswith(".") and not hidden:
                continue
            if os.path.isdir(path) and not os.path.islink(path):  # noqa: PTH112, PTH114 false where it cannot be told
                folders.append(path)
            else:
                yield path, _why_not_walked(path, inside)


def _why_not_walked(path: Path, inside: Path) -> UnreadableFile | None:
    try:
        path.name.encode()
    except UnicodeEncodeError:
        return UnreadableFile("the name of the file is not UTF-8 text")
    if not os.path.isdir(path):  # noqa: PTH112 as above
        return why_unreadable(path, inside)
    try:
        _resolved(os.fspath(path), os.fspath(inside), "folder")
    except UnreadableFile as refused:
        return refused
    return UnreadableFile("expected a folder, found a link to one")


def _resolved(path: str, inside: str, kind: str, *, hidden: bool = False) -> tuple[str, int]:
    """Return a path without links, and its mode. Where nothing on the way is a link, none is followed."""
    mode = os.lstat(path).st_mode
    step, linked = path, stat.S_ISLNK(mode) or ".." in path
    while not linked and len(step) > len(inside):
        step = os.path.dirname(step)  # noqa: PTH120 for every file of a site, and text is quicker than a path
        linked = len(step) > len(inside) and stat.S_ISLNK(os.lstat(step).st_mode)
    if not linked and step == inside:
        return path, mode
    real, top = os.path.realpath(path, strict=True), os.path.realpath(inside)
    if not Path(real).is_relative_to(top):
        raise UnreadableFile(f"the {kind} is a link that leads out of the site's folder")
    if not hidden and any(part.startswith(".") for part in Path(real).relative_to(top).parts):
        raise UnreadableFile(f"the {kind} is a link to something hidden")
    return real, os.lstat(real).st_mode


def _opened(path: str, mode: int, limit: int) -> tuple[int, int]:
    """Return a handle to a regular file, and its size."""
    if not stat.S_ISREG(mode):
        raise UnreadableFile("expected a file, found a folder or device")
    handle = os.open(path, _READ)
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableFile("expected a file, found a folder or device")
        if status.st_size > limit:
            raise _too_large(status.st_size, limit)
    except UnreadableFile:
        os.close(handle)
        raise
    return handle, status.st_size


def _contents(path: str, mode: int, limit: int) -> bytes:
    handle, size = _opened(path, mode, limit)
    try:
        data = os.read(handle, size + 1)
        while more := os.read(handle, limit + 1 - len(data)):  # it grew, or the system says no size
            data += more
    finally:
        os.close(handle)
    if len(data) > limit:
        raise _too_large(len(data), limit)
    return data


def _too_large(size: int, limit: int) -> UnreadableFile:
    return UnreadableFile(f"the file has {size:,} bytes; the limit is {limit:,}", too_large=True)


def _refused(kind: str, error: OSError) -> UnreadableFile:
    return UnreadableFile(f"the {kind} cannot be read: {error.strerror or error}")
