"""A site whose addresses have moved, sites as a server gives them, and a browser."""

import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from sites import build, edit, good

QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run", "--disable-sync"]
REDIRECTS = """redirects:
  - {from: /guide/old/, to: /guide/approval-model/}
  - {from: /guide/old/#signing, to: /guide/launch-readiness/}
  - {from: /guide/approval-model/#signing, to: /guide/launch-readiness/#gates}
  - {from: /workflows/triage/#access-gone, to: /workflows/triage/#access}
"""


class Served(SimpleHTTPRequestHandler):
    """Gives files under a path, and the page for unknown addresses everywhere else."""

    def __init__(self, *arguments: object, root: str, **options: object) -> None:
        self.root = root
        super().__init__(*arguments, **options)  # type: ignore[arg-type]  # handed on as they came

    def translate_path(self, path: str) -> str:
        return super().translate_path("/" + path.removeprefix(self.root))

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = (Path(self.directory) / "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing: a served file is no news."""


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[..., str]]:
    """``serve(site, "/path/")`` returns the address at which a built site is served."""
    servers = []

    def start(site: Path, root: str = "/") -> str:
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Served, directory=str(site), root=root))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}{root}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def moved_source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small site after a packet, an answer, a guide page and some parts have moved; served under a path."""
    site = good(tmp_path_factory.mktemp("moved"))
    edit(site, "data/workflows/triage.yml", "status: draft", "status: draft\nformerly: [sorting]")
    edit(site, "data/faq.yml", "    related: {}\n", "    related: {}\n    formerly: [who-owns]\n")
    text = (site / "data/site.yml").read_text()
    address = next(line for line in text.splitlines() if line.startswith("address:"))
    (site / "data/site.yml").write_text(text.replace(address, "address: https://example.com/model/"))
    (site / "data/redirects.yml").write_text(REDIRECTS)
    return site


@pytest.fixture(scope="session")
def moved_site(moved_source: Path) -> Path:
    return build(moved_source)


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as play:  # for one module only: two of these cannot run at a time
        started = play.chromium.launch(executable_path=chromium, args=QUIET)
        yield started
        started.close()


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    """A page that must not report an error of its own."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    errors: list[object] = []
    opened.on("pageerror", lambda error: errors.append(error))
    yield opened
    context.close()
    assert errors == []
