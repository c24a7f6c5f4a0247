"""The output folder: never one that holds sources of the site, and for one build at a time."""

import os
from pathlib import Path

from mkdocs.exceptions import PluginError

from opmodel.files.targets import why_not_writable


def check_folder(folder: Path, root: Path) -> None:
    """Raise PluginError where a build would empty a folder of the site's sources: the host empties it first."""
    real, site = Path(os.path.realpath(folder)), Path(os.path.realpath(root))
    sources = [site / name for name in ("data", "docs", ".git", "mkdocs.yml")]
    around = [path.name for path in sources if path.is_relative_to(real) or real.is_relative_to(path)]
    if around:
        raise PluginError(
            f"{folder} holds or lies in {around[0]} of the site, and a build empties it; choose another site_dir"
        )
    if folder.is_dir() or folder.is_symlink():
        return
    if refused := why_not_writable(folder, root):
        raise PluginError(refused)


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
