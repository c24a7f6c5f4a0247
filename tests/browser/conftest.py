"""The built site in a browser: served on this machine, opened at any width and in either colours."""

import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from browser.extreme import extreme
from sites import build

QUIET = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
]
WIDTHS = {1280: "wide", 768: "tablet", 390: "phone", 320: "small phone"}


class Served(SimpleHTTPRequestHandler):
    """Gives files, and the page for unknown addresses where there is none."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write((Path(self.directory) / "404.html").read_bytes())

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing: a served file is no news."""


@pytest.fixture(scope="session")
def served() -> Iterator[Callable[[Path], str]]:
    """``served(folder)`` returns the address at which a built site is given."""
    servers: list[ThreadingHTTPServer] = []

    def start(site: Path) -> str:
        servers.append(ThreadingHTTPServer(("127.0.0.1", 0), partial(Served, directory=str(site))))
        threading.Thread(target=servers[-1].serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{servers[-1].server_port}/"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def address(built_site: Path, served: Callable[[Path], str]) -> str:
    """The address of the shipped site."""
    return served(built_site)


@pytest.fixture(scope="session")
def extreme_address(tmp_path_factory: pytest.TempPathFactory, served: Callable[[Path], str]) -> str:
    """The address of a small site whose content is far too long."""
    return served(build(extreme(tmp_path_factory.mktemp("extreme") / "site")))


@pytest.fixture(scope="module")
def started(chromium: str) -> Iterator[Browser]:
    """A browser for one module: two Playwrights cannot run in one thread at a time."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def open_page(started: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """``open_page("faq/", width=390, scheme="dark")`` returns a page of the shipped site, or of ``root``.

    A script error on any page fails the test. Further options are those of Playwright's browser contexts.
    """
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def show(path: str, width: int = 1280, scheme: str = "light", root: str = "", **options: Any) -> Page:
        size = {"width": width, "height": 900}
        contexts.append(started.new_context(viewport=size, color_scheme=scheme, reduced_motion="reduce", **options))  # type: ignore[arg-type]
        page = contexts[-1].new_page()
        page.on("pageerror", lambda error: errors.append(f"{path}: {error}"))
        page.goto((root or address) + path)
        return page

    yield show
    for context in contexts:
        context.close()
    assert errors == []
