"""Files of the whole site, made by a copy of this process while this one builds pages.

They depend on the checked data alone, so they need nothing of the host. The copy writes them into a hidden folder of
the output, from which they are moved to their places when all pages are written.
"""

import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from opmodel.adapter.fast_build.external import ExternalFile
from opmodel.adapter.fast_build.publish import write_file
from opmodel.adapter.site_files import FileSource, generated_file
from opmodel.cache import run_in_fork

_MADE = ".opmodel-made"


class BackgroundFiles:
    """Begins to make files at once; the host can link to them, and leaves writing them alone."""

    def __init__(self, config: MkDocsConfig, files: Files, made: Iterable[FileSource]) -> None:
        self.site = Path(config.site_dir)
        self.made = list(made)
        shutil.rmtree(self.site / _MADE, ignore_errors=True)  # of a build that was stopped
        for address, _ in self.made:
            files.append(generated_file(config, address, "", ExternalFile))
        self.done: Callable[[], object] = run_in_fork(self._write)

    def _write(self) -> None:
        for address, make in self.made:
            write_file(f"{self.site / _MADE}/", address, make())

    def bring(self) -> None:
        """Wait until all files are made, and move them to their places."""
        self.done()
        for address, _ in self.made:
            (self.site / address).parent.mkdir(parents=True, exist_ok=True)
            (self.site / _MADE / address).replace(self.site / address)
        shutil.rmtree(self.site / _MADE, ignore_errors=True)
