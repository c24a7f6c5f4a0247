"""What results depend on besides data: the engine's own files, and the libraries that it reads data with."""

import platform
from functools import cache
from pathlib import Path

import pydantic
import yaml

from opmodel.memory.memory import digest

_PACKAGE = Path(__file__).parents[1]


def engine() -> str:
    """Return a digest of the engine as it is installed: every file of it with its size and time, and the libraries."""
    return files(_PACKAGE) + _libraries()


def files(folder: Path) -> str:
    """Return a digest of the files below a folder, by path, size and time of change; what Python compiles is none."""
    found = []
    for file in sorted(folder.rglob("*")):
        if file.suffix != ".pyc" and file.is_file():
            status = file.stat()
            found.append(f"{file} {status.st_size} {status.st_mtime_ns}")
    return digest("\n".join(found))


@cache
def _libraries() -> str:
    return digest(pydantic.VERSION, yaml.__version__, platform.python_version())
