"""The preview of a large site: a saved packet is shown at once, and the rest of the site follows.

The host answers no request while it builds the site. Where that takes longer than a second, the page of the saved
packet is rendered first, with the data of the last build, and the site is built into a second folder, which takes the
place of the first when it is complete.

Where the host's server lacks an inner name that this relies on, the host builds as it does by itself.
"""

import os
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver

from opmodel.adapter.host import (
    PREVIEW_NAMES,
    LiveReloadServer,
    MkDocsConfig,
    MkDocsException,
    has_names,
    load_config,
    log,
)
from opmodel.files.leftovers import is_leftover
from opmodel.files.watching import link_status
from opmodel.files.writing import write_text

if TYPE_CHECKING:  # imported again when the engine changes
    from opmodel.adapter.site_build import SiteBuild

QUICK_BUILD_SECONDS = 1.0
"""Where a build takes no longer, a saved page is not shown first."""
_SINGLE = ("data/workflows/", "data/signoffs/")
Build = Callable[..., None]
Snapshot = dict[str, tuple[int, int]]


def start_live_preview(
    server: LiveReloadServer, config: MkDocsConfig, latest: "Callable[[], SiteBuild]", builder: Build
) -> "LivePreview | None":
    """Let a preview show saved packets first; return None where the server lacks an inner name that this needs.

    Args:
        server: The host's server, whose builder is replaced.
        config: The configuration of the first build.
        latest: Returns the last build that began.
        builder: The host's builder.
    """
    if not has_names(server, PREVIEW_NAMES):
        return None
    preview = LivePreview(server, config, latest, builder)
    server.builder = preview.build
    return preview


class LivePreview:
    """The builds of one preview.

    Two threads take part: the host's, which renders saved pages with the build that is shown, and one that makes the
    next build. They share what `lock` guards: the build that is shown, its folder, and the state of the next one.
    """

    def __init__(
        self, server: LiveReloadServer, config: MkDocsConfig, latest: "Callable[[], SiteBuild]", builder: Build
    ) -> None:
        self.server: Any = server  # its inner names are used
        self.config = config
        self.latest = latest
        self.builder = builder
        self.root = Path(str(config.config_file_path)).resolve().parent
        self.spare = tempfile.mkdtemp(prefix="opmodel_")
        self.folders = [str(config.site_dir), self.spare]
        self.watched = [str(self.root / "docs"), str(config.config_file_path), *map(str, config.watch)]
        self.seen = self._snapshot()
        self.lock = threading.Lock()
        self.shown = latest()
        self.seconds = self.shown.seconds
        """What the last build took."""
        self.saved: set[str] = set()
        """Packets that were saved since the last build began."""
        self.idle = threading.Event()
        """Set while no build is made in the second thread."""
        self.idle.set()
        self.again = False
        self.observer = self._observer()

    def build(self) -> None:
        """Take the place of the host's builder: show what can be shown at once, and build the site."""
        before, self.seen = self.seen, self._snapshot()
        changed = {path for path in before.keys() | self.seen.keys() if before.get(path) != self.seen.get(path)}
        if not changed:  # two observers report one save
            self.server._wanted_epoch = self.server._visible_epoch
        elif self.seconds > QUICK_BUILD_SECONDS and (shown := self._show(changed)):
            log.info("Showing %s first", ", ".join(path.removesuffix("index.html") for path in shown))
            self._build_behind()
        else:
            self.idle.wait()
            self._build_site()

    def close(self) -> None:
        """Remove what only the preview needed."""
        if self.observer:
            self.observer.stop()
        shutil.rmtree(self.spare, ignore_errors=True)

    def _show(self, changed: set[str]) -> list[str]:
        """Show the pages of saved packets, where nothing else changed, and return their paths."""
        if not all(path.startswith(_SINGLE) and path in self.seen for path in changed):
            return []
        with self.lock:
            names = {Path(path).stem for path in changed}
            self.saved |= names
            return self._write_saved(self.shown, names, self.server.root)

    def _write_saved(self, build: "SiteBuild", names: set[str], folder: str) -> list[str]:
        pages = list(build.saved(names))
        for path, html in pages:
            write_text(Path(folder) / path, html, Path(folder))
        return [path for path, _ in pages]

    def _build_site(self) -> None:
        """Build the site into the folder that is not shown, and show it, with what was saved since the build began."""
        start = time.monotonic()
        with self.lock:
            self.saved.clear()
        target = next(folder for folder in self.folders if folder != self.server.root)
        config = load_config(str(self.config.config_file_path), site_dir=target, strict=self.config.strict)
        config.site_url = self.config.site_url
        self.shown.share(Path(self.server.root), Path(target))
        self.builder(config)
        with self.lock:
            built = self.latest()
            if not built.lacks(self.saved):  # a save since may have mended it, and one more build follows
                self._write_saved(built, self.saved, target)
                self.shown, self.server.root = built, target
        self.seconds = time.monotonic() - start

    def _build_behind(self) -> None:
        """Build the site in a second thread; a save in between leads to one more build."""
        with self.lock:
            self.again = not self.idle.is_set()
            if not self.again:
                self.idle.clear()
                threading.Thread(target=self._run_behind, daemon=True).start()

    def _run_behind(self) -> None:
        try:
            self._build_site()
        except (MkDocsException, SystemExit) as error:  # the next save builds anew
            log.error("The site could not be built: %s", error)
        finally:
            with self.lock:
                again, self.again = self.again, False
                if again:
                    threading.Thread(target=self._run_behind, daemon=True).start()
                else:
                    self.idle.set()
        if not again:
            self._reload_browsers()

    def _reload_browsers(self) -> None:
        with self.server._epoch_cond:
            newer = max(self.server._wanted_epoch, self.server._visible_epoch) + 1
            self.server._wanted_epoch = self.server._visible_epoch = newer
            self.server._epoch_cond.notify_all()

    def _snapshot(self) -> Snapshot:
        """Return size and time of change of every file that is watched, by path from the site's folder."""
        return {path: found for watched in self.watched for path, found in _files(watched, str(self.root))}

    def _observer(self) -> BaseObserver | None:
        """Return an observer of saves in ``data/``, which the host's own would find half a second later."""
        handler = _SaveEvents(self.server)
        observer = Observer()
        try:
            observer.schedule(handler, str(self.root / "data"), recursive=True)
            observer.start()
        except OSError:  # the host's observer polls
            return None
        return observer


class _SaveEvents(FileSystemEventHandler):
    """Starts a build of the host when a file is saved."""

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
