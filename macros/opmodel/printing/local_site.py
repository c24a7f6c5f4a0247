"""The site built and served for one print, on this machine only."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from textwrap import shorten

STYLES = Path("assets") / "opmodel" / "opmodel.css"
PAPERS = {"a4": "A4", "letter": "letter"}
LONGEST_FOOT = 90
"""As many characters as stand beside the number of the page."""


class BuildError(Exception):
    """The site could not be built; the text is what the build said."""


class _QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""


def build_site(root: Path, target: Path) -> None:
    """Build the site of the folder ``root`` into ``target``; raise BuildError with the build's words when it fails."""
    if not (root / "mkdocs.yml").is_file():
        raise BuildError(f"{root} has no mkdocs.yml, so there is no site to print")
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file", str(root / "mkdocs.yml")]
    done = subprocess.run(  # noqa: S603 our own interpreter
        [*command, "--site-dir", str(target)],
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise BuildError(done.stderr.strip() or done.stdout.strip())


def set_paper(site: Path, paper: str, foot: str) -> None:
    """Let every page of a built site print on one of PAPERS, with the words ``foot`` at the foot of each sheet."""
    size = PAPERS[paper]
    words = shorten(foot, LONGEST_FOOT, placeholder=" …").replace("\\", "\\\\").replace('"', '\\"')
    left = f'@bottom-left {{ content: "{words}"; font: 8pt/1 sans-serif; color: #565961; }}'
    with (site / STYLES).open("a", encoding="utf-8") as styles:
        styles.write(f"\n@page {{ size: {size}; {left} }}\n@page wide {{ size: {size} landscape; }}\n")


@contextmanager
def served(site: Path) -> Iterator[str]:
    """Yield the address at which a built site is given, while it is."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_QuietHandler, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
