"""Compiled templates of earlier builds, which save a quarter of a second of each build.

Jinja stores a compiled template with a digest of its source, and compiles it again if that differs. The result depends
on more than the source: on the engine's filters, which Jinja may run on constants, and on the libraries. So the folder
and each file name the version of the engine, and a folder of another version is removed. Compiled templates are code,
so they are stored in a private folder only.
"""

import shutil
from contextlib import suppress
from io import BytesIO
from pathlib import Path

from jinja2 import Environment
from jinja2.bccache import Bucket, BytecodeCache

from opmodel.adapter.host import VERSION
from opmodel.cache import Cache, digest, engine_version, private_folder

_NAME = "templates-"


class TemplateCache(BytecodeCache):
    """A private folder of compiled templates. If it cannot be read or written, templates are compiled again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def load_bytecode(self, bucket: Bucket) -> None:
        """Load a template that was compiled before, if there is one."""
        data = private_folder.read_private(self._file(bucket), self.folder, engine_version())
        try:
            bucket.load_bytecode(BytesIO(data or b""))
        except (ValueError, EOFError, TypeError):
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Store a compiled template."""
        private_folder.write_private(self._file(bucket), engine_version(), bucket.bytecode_to_string())

    def _file(self, bucket: Bucket) -> Path:
        return self.folder / f"{bucket.key}.cache"


def cache_templates(cache: Cache, **environments: Environment) -> None:
    """Store the compiled templates of each environment under its name, if the cache has a folder."""
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
    """Store the compiled templates of the theme, under a name for how the host and its plugins set up Jinja."""
    made = (VERSION, environment.autoescape, *sorted(environment.extensions), *sorted(environment.filters))
    cache_templates(cache, **{f"theme-{digest(*map(str, made))}": environment})
