"""What the built site weighs: on disk, and over the wire to a browser."""

import gzip
import time
from pathlib import Path
from shutil import which
from typing import Any

from opmodel.printing import QuietHandler, served

_COMPRESSED = ("html", "css", "js", "json", "svg", "xml", "md", "txt")
_BOX, _RESULT = "[data-md-component=search-query]", ".md-search-result__item"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def zipped(path: Path) -> int:
    """Return how many bytes a server that compresses sends for a file."""
    return len(gzip.compress(path.read_bytes(), 6))


def sizes(site: Path, page: str) -> dict[str, float]:
    """Return KB of the built site's parts: the whole, the search index, and the HTML of its largest kinds of page."""
    index = [file for file in (site / "search").rglob("*") if file.is_file()]
    return {
        "site": sum(file.stat().st_size for file in site.rglob("*") if file.is_file()) / 1000,
        "search index": sum(file.stat().st_size for file in index) / 1000,
        "search index, gzip": sum(map(zipped, index)) / 1000,
        "packet page, gzip": zipped(site / page / "index.html") / 1000,
        "portfolio page, gzip": zipped(site / "workflows" / "index.html") / 1000,
        "matrix page, gzip": zipped(site / "matrix" / "index.html") / 1000,
    }


class _Server(QuietHandler):
    """Gives a folder's files, text compressed, and counts the bytes."""

    sent = 0

    def do_GET(self) -> None:  # noqa: N802 the name that the standard library calls
        """Give one file."""
        file = Path(self.translate_path(self.path))
        file = file / "index.html" if file.is_dir() else file
        if not file.is_file():
            self.send_error(404)
            return
        small = file.suffix.lstrip(".") in _COMPRESSED
        data = gzip.compress(file.read_bytes(), 6) if small else file.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(file)))
        self.send_header("Content-Length", str(len(data)))
        if small:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(data)
        type(self).sent += len(data)


def first_view(site: Path, page: str, question: str) -> dict[str, float] | None:
    """Return what a reader's first view of a page and first search cost, in KB over the wire and in milliseconds.

    None where no browser is found. Chromium asks nothing of other hosts here, and the site asks nothing of them either.
    """
    browser = next((path for name in BROWSERS if (path := which(name))), None)
    if browser is None:
        return None
    from playwright.sync_api import sync_playwright

    with served(site, _Server) as address, sync_playwright() as play:
        started = play.chromium.launch(executable_path=browser, args=["--no-sandbox", "--disable-gpu"])
        view = started.new_page()
        _Server.sent = 0
        view.goto(address + page, wait_until="networkidle")
        seen = _Server.sent
        taken = _search(view, question)
        view.wait_for_load_state("networkidle")
        found = {"first view": seen / 1000, "first search": (_Server.sent - seen) / 1000, "first result, ms": taken}
        started.close()
    return found


def _search(view: Any, question: str) -> float:
    """Type a question and return the milliseconds until a result is shown."""
    start = time.perf_counter()
    view.fill(_BOX, question)
    view.press(_BOX, "End")  # the theme listens to keys
    view.wait_for_selector(_RESULT, state="attached", timeout=120_000)
    return (time.perf_counter() - start) * 1000
