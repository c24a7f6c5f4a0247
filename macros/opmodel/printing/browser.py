"""Printing of a page to a PDF file with the system's Chromium."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from opmodel.files.writing import write_bytes

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
