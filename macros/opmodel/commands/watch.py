"""Run a check again whenever a file of the site is saved, until Ctrl-C."""

import os
import threading
import time
import traceback
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import click
from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch

from opmodel.files.watching import leads_out, polling_observer

_FOLDERS = ("data", "docs")
_SETTLED = 0.2
"""Seconds without a change before a check: editors save in several steps."""
_CHANGES = frozenset({"created", "modified", "moved", "deleted"})
"""Reading a file is an event too, and the check itself reads."""


class _SavedFiles(FileSystemEventHandler):
    """Records that a file has changed, and which watched folders were removed."""

    def __init__(self) -> None:
        self.event = threading.Event()
        self.gone: set[str] = set()

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type not in _CHANGES:
            return
        if event.is_directory and event.event_type in ("deleted", "moved"):
            self.gone.add(Path(os.fsdecode(event.src_path)).name)
        self.event.set()


class _WatchedFolders:
    """Watches the site's folder and, recursively, those that the check reads, also after one was replaced."""

    def __init__(self, root: Path, handler: _SavedFiles) -> None:
        self.root = root
        self.handler = handler
        self.observer = _observer(root, handler)
        self.seen: dict[str, tuple[int, ObservedWatch]] = {}
        self.renew()

    def renew(self) -> None:
        """Watch each existing folder; one that was replaced is watched again, and counts as changed."""
        gone, self.handler.gone = self.handler.gone, set()
        for name in _FOLDERS:
            number = 0 if leads_out(self.root / name, self.root) else _inode(self.root / name)
            if name in self.seen and (name in gone or self.seen[name][0] != number):
                self._forget(name)
            if number and name not in self.seen:
                self._add(name, number)

    def _add(self, name: str, number: int) -> None:
        try:
            watch = self.observer.schedule(self.handler, str(self.root / name), recursive=True)
        except OSError:  # gone again, or no watches left: the next look tries again
            return
        self.seen[name] = (number, watch)
        self.handler.event.set()

    def _forget(self, name: str) -> None:
        _, watch = self.seen.pop(name)
        try:
            self.observer.unschedule(watch)
        except (KeyError, OSError):
            return


def _observer(root: Path, handler: FileSystemEventHandler) -> BaseObserver:
    """Return a running observer of ``root``, which polls every second if the system has no events."""
    observer: BaseObserver = Observer()
    try:
        observer.schedule(handler, str(root))
        observer.start()
    except OSError:
        observer = polling_observer(root, 1)
        observer.schedule(handler, str(root))
        observer.start()
    return observer


def _inode(folder: Path) -> int:
    try:
        return folder.stat().st_ino if folder.is_dir() else 0
    except OSError:
        return 0


def watch(root: Path, run: Callable[[], object]) -> None:
    """Call ``run`` now and after every save below ``root`` until Ctrl-C. Errors of ``run`` are printed."""
    saved = _SavedFiles()
    folders = _WatchedFolders(root, saved)
    try:
        while True:
            saved.event.clear()
            _run(run)
            folders.renew()
            while not saved.event.wait(timeout=1):
                folders.renew()
            while saved.event.is_set():
                saved.event.clear()
                time.sleep(_SETTLED)
    except KeyboardInterrupt:
        click.echo("\nStopped.", err=True)
    finally:
        folders.observer.stop()
        folders.observer.join(timeout=2)


def _run(run: Callable[[], object]) -> None:
    click.echo(f"── {datetime.now().astimezone():%H:%M:%S} ──", err=True)
    try:
        run()
    except (SystemExit, click.ClickException) as error:
        click.echo(f"Error: {error}", err=True)
    except Exception:  # a mistake of the engine must not end the author's session
        click.echo(traceback.format_exc(limit=-1), err=True)
    click.echo("Waiting for the next save; Ctrl-C ends.", err=True)
