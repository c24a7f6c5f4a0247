"""Compiled templates of earlier builds: compiling those of one site again takes a quarter of a second.

Jinja keeps what it compiled beside a digest of the template, and compiles again where that differs. What it compiles
depends on more: on the engine's own filters, which it may run on constants, and on the libraries. So each file names
the version of the engine, and the folder, which takes the place of one of another name. Compiled templates are code:
they are kept in a private folder only, as all results are.
"""

import shutil
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import mkdocs
from jinja2 import Environment
from jinja2.bccache import Bucket, BytecodeCache

from opmodel.cache import Cache, digest, engine_version, private_folder

_NAME = "templates-"


class TemplateCache(BytecodeCache):
    """A folder of compiled templates in a private one. One that cannot be read or written costs time only."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take what was compiled before, where there is such a thing."""
        data = private_folder.read_private(self._file(bucket), self.folder, engine_version())
        try:
            bucket.load_bytecode(BytesIO(data or b""))
        except (ValueError, EOFError, TypeError):
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled now."""
        private_folder.write_private(self._file(bucket), engine_version(), bucket.bytecode_to_string())

    def _file(self, bucket: Bucket) -> Path:
        return self.folder / f"{bucket.key}.cache"


def cache_templates(cache: Cache, **environments: Environment) -> None:
    """Let each environment keep its templates, under its name. A memory without a folder keeps none."""
    own = private_folder.private_subfolder(cache.folder, f"{_NAME}{engine_version()}") if cache.folder else None
    for name, environment in environments.items():
        folder = private_folder.private_subfolder(own, name) if own else None
        environment.bytecode_cache = TemplateCache(folder) if folder else None
    if not own or not cache.folder or own.exists():
        return
    for other in cache.folder.glob(f"{_NAME}*"):
        if not other.is_symlink():
            shutil.rmtree(other, ignore_errors=True)
    with suppress(OSError):  # nothing is kept then
        own.mkdir(mode=0o700)


def cache_theme_templates(cache: Cache, environment: Environment) -> None:
    """Let the theme's templates be kept, apart by what the host and its plugins made of the environment."""
    made = (mkdocs.__version__, environment.autoescape, *sorted(environment.extensions), *sorted(environment.filters))
    cache_templates(cache, **{f"theme-{digest(*map(str, made))}": environment})
