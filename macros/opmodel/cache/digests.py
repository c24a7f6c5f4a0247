"""Digests of the inputs of a result, and of the engine that computes it."""

import hashlib
import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path

Key = str
"""A digest of all inputs of a result."""
_LIBRARIES = ("pydantic", "pydantic_core", "yaml", "jinja2", "markdown_it", "nh3")
_PACKAGE = Path(__file__).parents[1]


def digest(*parts: str | bytes) -> Key:
    """Return one digest of several texts, different for every way to divide the same characters into texts."""
    found = hashlib.blake2b(digest_size=20)
    for part in parts:
        data = part if isinstance(part, bytes) else part.encode("utf-8", "surrogatepass")
        found.update(len(data).to_bytes(8, "big"))
        found.update(data)
    return found.hexdigest()


@cache
def engine_version() -> str:
    """Return a digest of the engine's files, by size and time of change, and of the libraries that read data."""
    return files_version(_PACKAGE) + _libraries()


def files_version(folder: Path) -> str:
    """Return a digest of the files below a folder, except compiled Python, by path, size and time of change."""
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
