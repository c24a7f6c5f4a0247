"""Where this engine was installed from, as a line of a requirements file (PEP 508, PEP 610)."""

import json
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from opmodel import __version__

ENGINE_FOLDER = "engine"
"""Folder of a site that holds the package file of its engine."""
_PACKAGE_FILES = (".whl", ".tar.gz")


@dataclass(frozen=True, kw_only=True)
class EngineRequirement:
    """What a site needs to install its engine."""

    line: str
    """Line of the requirements file."""
    package: Path | None = None
    """Wheel or source package on this machine, which the site takes along."""

    @property
    def only_here(self) -> bool:
        """Whether no other machine has what the line names."""
        local = self.line.startswith(("-e ", "--editable ", "/", ".")) or "file://" in self.line
        return local and self.package is None


def engine_of(line: str) -> EngineRequirement:
    """Return the engine that a line for the requirements file names; a package file is taken along."""
    package = Path(line)
    return _packaged(package) if line.endswith(_PACKAGE_FILES) and package.is_file() else EngineRequirement(line=line)


def installed_engine() -> EngineRequirement | None:
    """Return this very engine: the released version, or the file, folder or address that it was installed from.

    None where an unreleased engine does not say where it came from: nothing with its version can be had by name.
    """
    origin = _origin()
    if not origin:
        return None if ".dev" in __version__ else EngineRequirement(line=f"opmodel=={__version__}")
    url = origin["url"]
    path = Path(unquote(urlsplit(url).path))
    if origin.get("dir_info", {}).get("editable"):
        return EngineRequirement(line=f"--editable {path}")
    if vcs := origin.get("vcs_info"):
        return EngineRequirement(line=f"opmodel @ {vcs['vcs']}+{url}@{vcs['commit_id']}")
    if url.startswith("file://") and url.endswith(_PACKAGE_FILES) and path.is_file():
        return _packaged(path)
    return EngineRequirement(line=f"opmodel @ {url}")


def _packaged(package: Path) -> EngineRequirement:
    return EngineRequirement(line=f"./{ENGINE_FOLDER}/{package.name}", package=package.resolve())


def _origin() -> dict[str, Any]:
    try:
        recorded = distribution("opmodel").read_text("direct_url.json")
    except PackageNotFoundError:
        recorded = None
    origin: dict[str, Any] = json.loads(recorded) if recorded else {}
    return origin
