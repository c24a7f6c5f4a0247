"""The site for a print: built, with the size of paper and the review pack, and served locally."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from html import escape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from textwrap import shorten

from opmodel.model.organisation import Team
from opmodel.permalinks import addresses

STYLES = Path("assets") / "opmodel" / "opmodel.css"
PAPERS = {"a4": "A4", "letter": "letter"}
PACK = "teams/review-pack/"
_PARTS = {"team": '<article class="om-team">', "packet": '<article class="om-packet"'}
_END = "</article>"
LONGEST_FOOT = 90
"""Most characters that fit beside the page number."""


class BuildError(Exception):
    """Raised when the site could not be built; the message is the output of the build."""


class _QuietHandler(SimpleHTTPRequestHandler):
    """Serves files without a log."""

    def log_message(self, format: str, *arguments: object) -> None:
        """Log nothing."""


def build_site(root: Path, target: Path) -> None:
    """Build the site of the folder ``root`` into ``target``. Raises `BuildError`."""
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
def served(site: Path) -> Iterator[str]:
    """Serve a built site on this machine, and yield its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_QuietHandler, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
