"""Marks the output folder of builds, and locks it against other builds."""

import os
from pathlib import Path

from opmodel.adapter.host import PluginError
from opmodel.files.output import MARK, why_not_output
from opmodel.files.writing import write_directly

_MARK_TEXT = b"This folder is the output of mkdocs build, which empties it first.\n"


def check_folder(folder: Path, root: Path) -> None:
    """Raise PluginError where a build may not empty a folder: the host empties it first."""
    if refused := why_not_output(folder, root):
        raise PluginError(refused)


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
