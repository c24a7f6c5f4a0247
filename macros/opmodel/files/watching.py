"""Watching a site's folders for saves without following links out of them or in circles."""

import os
import stat
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from watchdog.observers.polling import PollingObserverVFS


def polling_observer(root: Path, seconds: float) -> PollingObserverVFS:
    """Return an observer that looks at the folders of the site in ``root`` every few seconds."""
    return PollingObserverVFS(link_status, partial(_entries, root), polling_interval=seconds)


def leads_out(folder: Path, root: Path) -> bool:
    """Return whether a folder is a link that leads out of the site in ``root``."""
    real, top = os.path.realpath(folder), os.path.realpath(root)
    return os.path.islink(folder) and not Path(real).is_relative_to(top)  # noqa: PTH114 false where it cannot be told


def link_status(path: str) -> os.stat_result:
    """Return the status of a file, or of the link itself where it leads to a folder or nowhere."""
    found = os.lstat(path)
    if stat.S_ISLNK(found.st_mode):
        try:
            target = os.stat(path)  # noqa: PTH116 called for every file, twice a second
        except OSError:
            return found
        return found if stat.S_ISDIR(target.st_mode) else target
    return found


def _entries(root: Path, folder: str | None) -> Iterator["os.DirEntry[str]"]:
    return iter(()) if folder and leads_out(Path(folder), root) else os.scandir(folder)
