"""Where this engine was installed from, as a line of a requirements file (PEP 508, PEP 610)."""

import json
from importlib.metadata import PackageNotFoundError, distribution
from typing import Any
from urllib.parse import unquote, urlsplit

from opmodel import __version__


def requirement_line() -> str:
    """Return the line with which pip installs this very engine again.

    That is the released version, or the address or folder from which an unreleased one was installed.
    """
    try:
        recorded = distribution("opmodel").read_text("direct_url.json")
    except PackageNotFoundError:
        recorded = None
    origin: dict[str, Any] = json.loads(recorded) if recorded else {}
    if not origin:
        return f"opmodel=={__version__}"
    url = origin["url"]
    if origin.get("dir_info", {}).get("editable"):
        return f"--editable {unquote(urlsplit(url).path)}"
    if vcs := origin.get("vcs_info"):
        return f"opmodel @ {vcs['vcs']}+{url}@{vcs['commit_id']}"
    return f"opmodel @ {url}"


def is_local_requirement(line: str) -> bool:
    """Whether a requirement names a folder or file of this machine, which no other machine has."""
    return line.startswith(("-e ", "--editable ", "/", ".")) or "file://" in line
