"""The preview of a large site: a saved packet is shown at once, and the rest of the site follows.

The host builds the whole site before it answers anybody. Where that takes longer than a moment, this shows the page of
the saved packet first, made from the data of the last build, and builds the site behind it into a second folder, which
takes the place of the first when it is complete.

Inner names of the host that this relies on: the server's ``builder`` and ``root``, the condition and the two numbers
that say which version of the site browsers may see, and those that ask for a build. Where one is missing, the host's
own way stays.
"""

import logging
import os
import shutil
import tempfile
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from opmodel.files.leftovers import is_leftover
from opmodel.files.watching import link_status

log = logging.getLogger("mkdocs.plugins.opmodel")
QUICK_BUILD_SECONDS = 1.0
"""Seconds that a build may take before it is worth to show a page first."""
_NEEDED = ("builder", "root", "_epoch_cond", "_wanted_epoch", "_visible_epoch", "_rebuild_cond", "_want_rebuild")
_SINGLE = ("data/workflows/", "data/signoffs/")
Site = Callable[[], Any]
Build = Callable[..., None]
Snapshot = dict[str, tuple[int, int]]


def start_live_preview(server: Any, config: MkDocsConfig, site: Site, builder: Build) -> "LivePreview | None":
    """Let a preview show saved packets first; None where the host is not the one that this knows.

    ``site`` returns the site as the last build left it, and ``builder`` is the host's own.
    """
    if not all(hasattr(server, name) for name in _NEEDED):
        return None
    live = LivePreview(server, config, site, builder)
    server.builder = live.build
    return live


class LivePreview:
    """Builds for one preview."""

    def __init__(self, server: Any, config: MkDocsConfig, site: Site, builder: Build) -> None:
        self.server = server
        self.config = config
        self.site = site
        self.builder = builder
        self.root = Path(str(config.config_file_path)).resolve().parent
        self.spare = tempfile.mkdtemp(prefix="opmodel_")
        self.folders = [str(config.site_dir), self.spare]
        self.watched = [str(self.root / "docs"), str(config.config_file_path), *map(str, config.watch)]
        self.seen = self._snapshot()
        self.took: float = site().took
        self.first: dict[str, str] = {}
        """Pages that were shown first, by path, and belong into a build that began before they were saved."""
        self.behind: threading.Thread | None = None
        self.again = False
        self.lock = threading.Lock()
        self.shown = site()
        self.observer = self._notified()

    def build(self) -> None:
        """Take the place of the host's builder: show what can be shown at once, and build the site."""
        before, self.seen = self.seen, self._snapshot()
        changed = {path for path in before.keys() | self.seen.keys() if before.get(path) != self.seen.get(path)}
        if not changed:  # two observers tell of one save
            self.server._wanted_epoch = self.server._visible_epoch
            return
        pages = list(self._first(changed)) if self.took > QUICK_BUILD_SECONDS else []
        if not pages:
            self._wait()
            self._whole()
            return
        with self.lock:
            for path, html in pages:
                self.first[path] = html
                _replace(Path(self.server.root) / path, html)
        log.info("Showing %s first", ", ".join(path.removesuffix("index.html") for path, _ in pages))
        self._follow()

    def close(self) -> None:
        """Remove what only the preview needed."""
        if self.observer:
            self.observer.stop()
        shutil.rmtree(self.spare, ignore_errors=True)

    def _first(self, changed: set[str]) -> Iterator[tuple[str, str]]:
        """Yield (path, HTML) of the pages of saved packets, where nothing else changed."""
        names = {Path(path).stem for path in changed if path.startswith(_SINGLE)}
        if all(path.startswith(_SINGLE) and path in self.seen for path in changed):
            yield from self.shown.saved(names)

    def _whole(self) -> None:
        """Build the site into the folder that is not shown, and show it."""
        start = time.monotonic()
        target = next(folder for folder in self.folders if folder != self.server.root)
        config = load_config(str(self.config.config_file_path), site_dir=target, strict=self.config.strict)
        config.site_url = self.config.site_url
        self.shown.share(Path(self.server.root), Path(target))
        self.builder(config)
        with self.lock:
            for path, html in self.first.items():
                _replace(Path(target) / path, html)
            self.server.root = target
            self.shown = self.site()
        self.took = time.monotonic() - start

    def _follow(self) -> None:
        """Build the site behind what is shown already; a save in between asks for one more build."""
        if self.behind and self.behind.is_alive():
            self.again = True
            return
        self.behind = threading.Thread(target=self._behind, daemon=True)
        self.behind.start()

    def _behind(self) -> None:
        while True:
            self.again = False
            begun = dict(self.first)
            try:
                self._whole()
            except (Exception, SystemExit):  # as the host does: the next save builds anew
                log.error("The site could not be built:\n%s", traceback.format_exc(limit=-1))
            with self.lock:  # what was saved since the build began is not in it
                self.first = {path: html for path, html in self.first.items() if begun.get(path) != html}
            if not self.again:
                break
        self._reload()

    def _wait(self) -> None:
        if self.behind:
            self.behind.join()

    def _reload(self) -> None:
        """Tell browsers that there is a newer version."""
        with self.server._epoch_cond:
            newer = max(self.server._wanted_epoch, self.server._visible_epoch) + 1
            self.server._wanted_epoch = self.server._visible_epoch = newer
            self.server._epoch_cond.notify_all()

    def _snapshot(self) -> Snapshot:
        """Return size and time of change of every file that is watched, by path from the site's folder."""
        return {path: found for watched in self.watched for path, found in _files(watched, str(self.root))}

    def _notified(self) -> Any:
        """Return an observer that is told of saves in ``data/``, which the host's own would find a moment later."""
        handler = _SaveEvents(self.server)
        observer = Observer()
        try:
            observer.schedule(handler, str(self.root / "data"), recursive=True)
            observer.start()
        except OSError:  # the host's observer looks by itself
            return None
        return observer


class _SaveEvents(FileSystemEventHandler):
    """Asks the host for a build."""

    def __init__(self, server: Any) -> None:
        self.server = server

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.is_directory or event.event_type not in ("created", "modified", "moved", "deleted"):
            return
        with self.server._rebuild_cond:
            self.server._want_rebuild = True
            self.server._rebuild_cond.notify_all()


def _files(start: str, root: str) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield (path, size and time of change) of a file, or of every file below a folder."""
    folders = [start]
    if Path(start).is_file():
        found = Path(start).stat()
        yield os.path.relpath(start, root), (found.st_size, found.st_mtime_ns)
        return
    while folders:
        try:
            entries = list(os.scandir(folders.pop()))
        except OSError:
            continue
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                folders.append(entry.path)
            elif not entry.name.startswith(".") and not entry.name.endswith(".pyc") and not is_leftover(entry.name):
                try:
                    found = link_status(entry.path)
                except OSError:
                    continue
                yield os.path.relpath(entry.path, root).replace(os.sep, "/"), (found.st_size, found.st_mtime_ns)


def _replace(file: Path, text: str) -> None:
    """Write a file whole or not at all, for it may be read at this moment."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=file.parent, suffix=".new")
    with os.fdopen(handle, "w", encoding="utf-8") as opened:
        opened.write(text)
    Path(temporary).replace(file)
