"""Stands in for an object store and for ``aws s3``: an object is a file below ``$STORE``.

``$BREAK`` names an object that cannot be written. ``StoreServer`` answers as a store does: it knows whole names only.
"""

import argparse
import fnmatch
import hashlib
import mimetypes
import os
import shutil
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote


def place(address: str) -> Path:
    return Path(os.environ["STORE"]) / address.removeprefix("s3://")


def listed(address: str) -> None:
    found = [file for file in place(address).rglob("*") if file.is_file()]
    print(*found, sep="\n")
    sys.exit(0 if found else 1)


def copied(source: Path, target: str, rules: list[tuple[str, str]], control: str, kind: str | None) -> None:
    """Copy what the rules take; as in the original, a later rule wins."""
    for file in sorted(file for file in source.rglob("*") if file.is_file()):
        name = file.relative_to(source).as_posix()
        verdicts = [taken for taken, pattern in rules if fnmatch.fnmatchcase(name, pattern)]
        if verdicts and verdicts[-1] == "exclude":
            continue
        if name == os.environ.get("BREAK"):
            sys.exit("upload failed")
        new = place(f"{target}/{name}")
        new.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, new)
        with place("written").open("a", encoding="utf-8") as log:
            log.write(f"{name} {control}\n")
        with place("types").open("a", encoding="utf-8") as log:
            log.write(f"{new}\t{kind or mimetypes.guess_type(name)[0] or 'binary/octet-stream'}\n")


def _rule(rules: list[tuple[str, str]], kind: str, pattern: str) -> str:
    rules.append((kind, pattern))  # in the order of the command's words, which decides
    return pattern


class _Handler(BaseHTTPRequestHandler):
    """Answers for whole names of objects only; everything else is an error in XML, as from a real store."""

    server: "StoreServer"

    def do_GET(self) -> None:
        name = unquote(self.path.lstrip("/"))
        self.server.asked.append(self.path)
        file = self.server.store / name
        if not name or name.endswith("/") or not file.is_file():
            return self._answer(self.server.missing, "application/xml", b"<Error><Code>NoSuchKey</Code></Error>")
        content = file.read_bytes()
        tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
        if self.headers["If-None-Match"] in (tag, f"W/{tag}"):
            return self._answer(304, "", b"", ETag=tag)
        return self._answer(200, self.server.kind(file), content, ETag=tag)

    def _answer(self, status: int, kind: str, content: bytes, **headers: str) -> None:
        self.send_response(status)
        lines = {"Content-Type": kind, "Cache-Control": "private", **headers}
        for name, value in lines.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    do_HEAD = do_GET  # noqa: N815 the library's name

    def log_message(self, *arguments: object) -> None:
        """Print nothing."""


class StoreServer(ThreadingHTTPServer):
    """A store below a folder, at an address of its own."""

    daemon_threads = True

    def __init__(self, store: Path, missing: int = 403) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.store, self.missing, self.asked = store, missing, list[str]()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def kind(self, file: Path) -> str:
        known = (line.split("\t", 1) for line in (self.store / "types").read_text(encoding="utf-8").splitlines())
        return dict(known).get(str(file), "binary/octet-stream")


@contextmanager
def with_command(folder: Path) -> Iterator[Path]:
    """Make a store in a folder, and put a command ``aws`` that writes to it on the path; yield the store's folder."""
    import pytest  # not needed by the command, which is started often

    tool, store = folder / "bin/aws", folder / "store"
    tool.parent.mkdir()
    tool.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{__file__}" "$@"\n', encoding="utf-8")
    tool.chmod(0o755)
    store.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", f"{tool.parent}:{os.environ['PATH']}")
        patch.setenv("STORE", str(store))
        yield store


@contextmanager
def serving(store: Path) -> Iterator[StoreServer]:
    """Answer for a store in the background."""
    server = StoreServer(store)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def main() -> None:
    reader = argparse.ArgumentParser()
    rules: list[tuple[str, str]] = []
    reader.add_argument("words", nargs="+")
    for kind in ("include", "exclude"):
        reader.add_argument(f"--{kind}", action="append", type=partial(_rule, rules, kind))
    for name in ("--cache-control", "--content-type"):
        reader.add_argument(name)
    for name in ("--only-show-errors", "--recursive"):
        reader.add_argument(name, action="store_true")
    given = reader.parse_intermixed_args()
    match given.words:
        case ["s3", "ls", address]:
            listed(address)
        case ["s3", "cp", "-", target]:
            place(target).parent.mkdir(parents=True, exist_ok=True)
            place(target).write_text(sys.stdin.read(), encoding="utf-8")
        case ["s3", "cp", source, target]:
            copied(Path(source), target, rules, given.cache_control, given.content_type)
        case _:
            reader.error("not known here")


if __name__ == "__main__":
    main()
