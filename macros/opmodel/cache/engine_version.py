"""What results depend on besides data: the engine's own files, and the libraries that it reads data with."""

import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from opmodel.cache.cache import digest

_LIBRARIES = ("pydantic", "pydantic_core", "yaml", "jinja2", "markdown_it", "nh3")
_PACKAGE = Path(__file__).parents[1]


@cache
def engine_version() -> str:
    """Return a digest of the engine as it was when it was loaded: its files with size and time, and the libraries."""
    return files_version(_PACKAGE) + _libraries()


def files_version(folder: Path) -> str:
    """Return a digest of the files below a folder, by path, size and time of change; what Python compiles is none."""
    found = []
    for file in sorted(folder.rglob("*")):
        if file.suffix != ".pyc" and file.is_file():
            status = file.stat()
            found.append(f"{file} {status.st_size} {status.st_mtime_ns}")
    return digest("\n".join(found))


@cache
def _libraries() -> str:
    found = [sys.version]
    for name in _LIBRARIES:
        spec = find_spec(name)
        status = Path(spec.origin).stat() if spec and spec.origin else None
        found.append(f"{name} {status.st_size} {status.st_mtime_ns}" if status else name)
    return digest(*found)
