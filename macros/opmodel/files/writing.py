"""Writing files: atomically for files of a site, directly for the thousands of files of a build."""

import errno
import os
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

_NEW = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)


def write_text(path: Path, text: str, inside: Path | None = None) -> None:
    """Write a text file as `write_bytes` does."""
    write_bytes(path, text.encode("utf-8"), inside)


def write_bytes(path: Path, data: bytes, inside: Path | None = None) -> None:
    """Write a file, in place of the one that is there; a failure leaves the old one and names this one.

    Raises OSError if a folder on the way from ``inside`` to the file is a link.
    """
    with _named(path):
        _refuse_link(path, inside)
        temporary = _temporary(path, data)
        try:
            temporary.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise


def write_files(changes: Mapping[Path, bytes | None], inside: Path) -> None:
    """Write several files, or remove those whose new content is None; a failure leaves all as they were."""
    before = {path: path.read_bytes() if path.is_file() else None for path in changes}
    done: list[Path] = []
    try:
        for path, data in changes.items():
            done.append(path)
            _write_or_remove(path, data, inside)
    except BaseException:
        for path in done:
            with suppress(OSError):
                _write_or_remove(path, before[path], inside)
        raise


def _write_or_remove(path: Path, data: bytes | None, inside: Path) -> None:
    if data is not None:
        write_bytes(path, data, inside)
        return
    with _named(path):
        _refuse_link(path, inside)
        path.unlink(missing_ok=True)


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """Let errors of the file system name the file that was to be written, not the one beside it."""
    try:
        yield
    except FileExistsError:
        raise
    except OSError as error:
        raise type(error)(error.errno, error.strerror, os.fspath(path)) from None


def linked_folder(path: Path, inside: Path) -> Path | None:
    """Return the first folder on the way from ``inside`` to a path that is a link, or None."""
    between = [folder for folder in reversed(path.parents) if folder != inside and folder.is_relative_to(inside)]
    return next(filter(Path.is_symlink, between), None)


def _refuse_link(path: Path, inside: Path | None) -> None:
    if inside and (linked := linked_folder(path, inside)):
        name = linked.relative_to(inside).as_posix()
        raise OSError(errno.ELOOP, f"the folder {name} is a link, and nothing is written through it", os.fspath(path))


def create_text(path: Path, text: str, inside: Path | None = None) -> None:
    """Write a text file as `create_bytes` does."""
    create_bytes(path, text.encode("utf-8"), inside)


def create_bytes(path: Path, data: bytes, inside: Path | None = None) -> None:
    """Write a file that is not there yet; raise FileExistsError when it is, and leave it as it is.

    Raises OSError if a folder on the way from ``inside`` to the file is a link.
    """
    _refuse_link(path, inside)
    if path.exists() or path.is_symlink():
        raise FileExistsError(path)
    with _named(path):
        temporary = _temporary(path, data)
        try:
            temporary.chmod(0o644)
            os.link(temporary, path)  # unlike a rename, this fails where another process was faster
        except FileExistsError:
            raise
        except OSError:
            _create_plainly(path, data)  # a file system without links
        finally:
            temporary.unlink(missing_ok=True)


def _create_plainly(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        try:
            file.write(data)
            file.flush()
        except BaseException:
            path.unlink(missing_ok=True)
            raise


def _temporary(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return Path(name)


def write_cache_file(file: Path, data: bytes) -> bool:
    """Write a cache file atomically, readable by this user only; return whether it was written."""
    temporary = f"{file}.{os.getpid()}-{threading.get_ident()}"  # no other thread writes to it
    try:
        write_directly(temporary, data, mode=0o600, folder_mode=0o700)
        os.replace(temporary, file)  # noqa: PTH105 quicker, for thousands of files
    except OSError:
        with suppress(OSError):
            os.unlink(temporary)  # noqa: PTH108 as above
        return False
    return True


def write_directly(name: str, data: bytes, *, mode: int = 0o666, folder_mode: int = 0o777) -> os.stat_result:
    """Write a file, in place of one that is there, and the folders that it stands in; return its status.

    A build writes thousands of files, so the system is asked for no more than that takes.
    """
    try:
        handle = os.open(name, _NEW, mode)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(name), folder_mode, exist_ok=True)  # noqa: PTH103, PTH120 as above
        handle = os.open(name, _NEW, mode)
    try:
        done = os.write(handle, data)
        while done < len(data):
            done += os.write(handle, data[done:])
        return os.fstat(handle)
    except OSError as error:
        error.filename = name
        raise
    finally:
        os.close(handle)
