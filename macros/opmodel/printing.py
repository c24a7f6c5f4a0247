"""PDF files of the built site: one packet, or a review pack of all packets of a team, printed by Chromium."""

import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from html import escape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from textwrap import shorten

from opmodel.environment import FAULTY, host
from opmodel.files.writing import write_bytes
from opmodel.model.organisation import Team
from opmodel.permalinks import addresses

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "msedge")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
QUIET = ("--headless", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync")
SECONDS = 120
PDF_MARK = b"% made by opmodel pdf\n"
"""The last line of each document, a comment in PDF. Only files that end in it are overwritten."""


class BrowserError(Exception):
    """Raised if no browser is found, or if it fails; the message says what to do."""


def find_browser() -> str:
    """Return the path of a Chromium, Chrome or Edge, or what ``CHROMIUM`` names. Raises `BrowserError`."""
    named = os.environ.get("CHROMIUM")
    if named:
        if path := shutil.which(named):
            return path
        raise BrowserError(f"CHROMIUM names {named}, which is no program that can be run")
    found = next((path for name in (*NAMES, *PLACES) if (path := shutil.which(name))), None)
    if found is None:
        raise BrowserError(
            "no Chromium, Chrome or Edge was found, and one of them makes the PDF file; install one, "
            "or name yours with CHROMIUM=/path/to/it"
        )
    return found


def print_page(browser: str, address: str, target: Path) -> None:
    """Print the page at ``address`` to the file ``target``. Raises `BrowserError` when that fails."""
    with tempfile.TemporaryDirectory(prefix="opmodel-browser-", ignore_cleanup_errors=True) as profile:
        made = Path(profile) / "page.pdf"
        options = [*QUIET, f"--user-data-dir={profile}", "--no-pdf-header-footer", f"--print-to-pdf={made}"]
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            options.append("--no-sandbox")  # the browser's sandbox refuses to start for this user
        try:
            done = subprocess.run(  # noqa: S603 a browser that was found or named by the user
                [browser, *options, address], capture_output=True, text=True, timeout=SECONDS, check=False
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise BrowserError(f"{browser} did not print the page: {error}") from None
        if not made.is_file():
            last = (done.stderr.strip().splitlines() or [f"it ended with {done.returncode}"])[-1]
            raise BrowserError(f"{browser} did not print the page: {last}")
        write_bytes(target, made.read_bytes() + PDF_MARK)


STYLES = Path("assets") / "opmodel" / "opmodel.css"
PAPERS = {"a4": "A4", "letter": "letter"}
PACK = "teams/review-pack/"
_PARTS = {"team": '<article class="om-team">', "packet": '<article class="om-packet"'}
_END = "</article>"
LONGEST_FOOT = 90
"""Most characters that fit beside the page number."""


class BuildError(Exception):
    """Raised when the site could not be built, or has errors; the message is the output of the build.

    ``faulty`` says that the site was built all the same, with errors in some of its packets.
    """

    def __init__(self, message: str, *, faulty: bool = False) -> None:
        super().__init__(message)
        self.faulty = faulty


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves files without a log."""

    def log_message(self, format: str, *arguments: object) -> None:
        """Log nothing."""


def build_site(root: Path, target: Path, *options: str, **environment: str) -> None:
    """Build the site of the folder ``root`` into ``target``. Raises `BuildError`."""
    if not (root / "mkdocs.yml").is_file():
        raise BuildError(f"{root} has no mkdocs.yml, so there is no site to build")
    try:
        command = [sys.executable, "-m", host(), "build", "--quiet", "--config-file", str(root / "mkdocs.yml")]
    except ValueError as error:
        raise BuildError(str(error)) from None
    done = subprocess.run(  # noqa: S603 our own interpreter
        [*command, *options, "--site-dir", str(target)],
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise BuildError(done.stderr.strip() or done.stdout.strip(), faulty=done.returncode == FAULTY)


def set_paper(site: Path, paper: str, foot: str) -> None:
    """Set the paper (a key of `PAPERS`) and the text at the foot of each sheet of a built site."""
    size = PAPERS[paper]
    words = shorten(foot, LONGEST_FOOT, placeholder=" …").replace("\\", "\\\\").replace('"', '\\"')
    left = f'@bottom-left {{ content: "{words}"; font: 8pt/1 sans-serif; color: #565961; }}'
    with (site / STYLES).open("a", encoding="utf-8") as styles:
        styles.write(f"\n@page {{ size: {size}; {left} }}\n@page wide {{ size: {size} landscape; }}\n")


def add_pack(site: Path, team: Team, packets: Iterable[str]) -> str:
    """Add a page with a team's page and each of its packets to a built site, and return its address.

    All these pages have the same depth, so relative links hold in the pack.
    """
    frame = _page(site, addresses.team(team.id))
    own = _part(frame, "team")
    parts = [own, *(_part(_page(site, addresses.packet(name)), "packet") for name in packets)]
    start, _, rest = frame.replace(own, "\n".join(parts)).partition("<title>")
    page = site / PACK / "index.html"
    page.parent.mkdir(parents=True)
    page.write_text(f"{start}<title>Review pack: {escape(team.name)}{rest[rest.index('</title>') :]}", encoding="utf-8")
    return PACK


def _page(site: Path, address: str) -> str:
    return (site / address / "index.html").read_text(encoding="utf-8")


def _part(page: str, kind: str) -> str:
    start = page.index(_PARTS[kind])
    return page[start : page.index(_END, start) + len(_END)]


@contextmanager
def served(site: Path, handler: type[SimpleHTTPRequestHandler] = QuietHandler) -> Iterator[str]:
    """Serve a built site on this machine, and yield its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
