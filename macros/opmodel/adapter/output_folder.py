"""Checks that a build may empty its output folder, and locks the folder against other builds."""

import os
from pathlib import Path

from mkdocs.exceptions import PluginError

from opmodel.files.targets import why_not_writable
from opmodel.files.writing import linked_folder, write_directly

MARK = ".opmodel-site"
"""The file that marks an output folder. It is hidden, so the host leaves it there when it empties the folder."""
_MARK_TEXT = b"This folder is the output of mkdocs build, which empties it first.\n"
_OF_EVERY_BUILD = ("sitemap.xml", "search/search_index.json")
"""Files by which an output folder is known that has no mark."""


def check_folder(folder: Path, root: Path) -> None:
    """Raise PluginError where a build would empty a folder that is not its own: the host empties it first.

    That is a link, a folder of the site's sources or around them, and one with files that no build wrote.
    """
    if linked := folder if folder.is_symlink() else linked_folder(folder, root):
        raise PluginError(f"{linked} is a link, and a build empties its output folder; name a folder in site_dir")
    real, site = Path(os.path.realpath(folder)), Path(os.path.realpath(root))
    sources = [site / name for name in ("data", "docs", ".git", "mkdocs.yml")]
    around = [path.name for path in sources if path.is_relative_to(real) or real.is_relative_to(path)]
    if around:
        raise PluginError(
            f"{folder} holds or lies in {around[0]} of the site, and a build empties it; choose another site_dir"
        )
    if folder.is_dir():
        if not _is_output(folder):
            raise PluginError(
                f"{folder} holds files that no build wrote, and a build empties it; empty it or choose another site_dir"
            )
        return
    if refused := why_not_writable(folder, root):
        raise PluginError(refused)


def _is_output(folder: Path) -> bool:
    """Return whether a folder was written by an earlier build, or holds nothing but hidden files, which stay."""
    if (folder / MARK).is_file() or all((folder / name).is_file() for name in _OF_EVERY_BUILD):
        return True
    return all(path.name.startswith(".") for path in folder.iterdir())


def mark_folder(folder: Path) -> None:
    """Mark a folder as the output of builds, which may empty it."""
    if not (folder / MARK).is_file():
        write_directly(str(folder / MARK), _MARK_TEXT)


class FolderLock:
    """Keeps other builds out of an output folder until it is released or this process ends.

    It has no effect where the system or the file system of the folder has no such locks.
    """

    def __init__(self) -> None:
        self.handle: int | None = None
        if hasattr(os, "register_at_fork"):  # a copy of this process may outlive it when it is killed
            os.register_at_fork(after_in_child=self.release)

    def take(self, folder: Path) -> None:
        """Take the lock of a folder, made where it is missing; raise PluginError while another build has it."""
        self.release()
        try:
            import fcntl
        except ImportError:
            return
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            raise PluginError(
                f"another build is writing to {folder}; wait until it has ended, then build again"
            ) from None
        except OSError:
            os.close(handle)
            return
        self.handle = handle

    def release(self) -> None:
        """Let other builds write to the folder."""
        if self.handle is not None:
            os.close(self.handle)
            self.handle = None
