"""Take the pictures of the README from the built site: ``make pictures``.

The window is the same every time, the fonts are this machine's, so a new picture differs a little on another machine.
"""

import shutil
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent
SITE = HERE.parent / "site"
PICTURES = {
    "home.png": ("", 1280, 800, "light"),
    "packet.png": ("workflows/invoice-triage/", 1280, 900, "light"),
    "approval.png": ("workflows/invoice-triage/#approval", 1280, 900, "light"),
    "matrix.png": ("matrix/", 1280, 900, "light"),
    "packet-phone-dark.png": ("workflows/invoice-triage/", 390, 844, "dark"),
}
"""(address, width, height, colours) of each."""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing: a served file is no news."""


@contextmanager
def served(site: Path) -> Iterator[str]:
    """Serve a folder on this machine while the block runs; gives its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def main() -> None:
    """Take every picture, or end with a plain sentence where something is missing."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not chromium or not (SITE / "index.html").is_file():
        sys.exit("Pictures need Chromium and a built site: run make pictures.")
    with served(SITE) as root, sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-background-networking"]
        )
        for name, (address, width, height, colours) in PICTURES.items():
            context = browser.new_context(
                viewport={"width": width, "height": height},
                color_scheme="dark" if colours == "dark" else "light",
                reduced_motion="reduce",
            )
            page = context.new_page()
            page.goto(root + address, wait_until="networkidle")
            page.screenshot(path=HERE / name)
            context.close()
        browser.close()


if __name__ == "__main__":
    main()
