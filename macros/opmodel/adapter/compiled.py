"""Compiled templates of earlier builds: compiling those of one site again takes a quarter of a second.

Jinja keeps what it compiled beside a digest of the template, and compiles again where that differs. What it compiles
depends on more: on the engine's own filters, which it may run on constants, and on the libraries. So the folder is
named by these, and takes the place of one of another name.
"""

import shutil
from pathlib import Path

import mkdocs
from jinja2 import Environment
from jinja2.bccache import Bucket, FileSystemBytecodeCache

from opmodel.memory import Memory, digest, engine

_NAME = "templates-"


class Compiled(FileSystemBytecodeCache):
    """A folder of compiled templates. One that cannot be read or written costs time and nothing else."""

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder))

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take what was compiled before, where there is such a thing."""
        try:
            super().load_bytecode(bucket)
        except (OSError, ValueError, EOFError, TypeError):
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled now; Jinja writes a file whole or not at all."""
        try:
            Path(self.directory).mkdir(parents=True, exist_ok=True, mode=0o700)
            super().dump_bytecode(bucket)
        except OSError:
            return


def keep_compiled(memory: Memory, **environments: Environment) -> None:
    """Let each environment keep its templates, under its name. A memory without a folder keeps none."""
    own = memory.folder / f"{_NAME}{engine()}" if memory.folder else None
    for name, environment in environments.items():
        environment.bytecode_cache = Compiled(own / name) if own else None
    for other in memory.folder.glob(f"{_NAME}*") if memory.folder and own and not own.exists() else ():
        shutil.rmtree(other, ignore_errors=True)


def keep_theme_compiled(memory: Memory, environment: Environment) -> None:
    """Let the theme's templates be kept, apart by what the host and its plugins made of the environment."""
    made = (mkdocs.__version__, environment.autoescape, *sorted(environment.extensions), *sorted(environment.filters))
    keep_compiled(memory, **{f"theme-{digest(*map(str, made))}": environment})
