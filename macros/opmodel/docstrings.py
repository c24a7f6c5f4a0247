"""Keeps docstrings where Python leaves them out: those of rules, gates, records and commands are published."""

import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from types import CodeType, ModuleType
from typing import Any


class _DocstringLoader(SourceFileLoader):
    """Compiles a module as Python does without -O or -OO, and leaves the compiled files of these alone."""

    def source_to_code(self, data: Any, path: Any, *, _optimize: int = -1) -> CodeType:  # type: ignore[override]
        return compile(data, path, "exec", dont_inherit=True, optimize=0)

    def path_stats(self, path: Any) -> Any:
        """Say that there is nothing to compare a compiled file with, so none is read or written."""
        raise OSError(path)


class _DocstringFinder(PathFinder):
    """Finds the modules of this package and no others."""

    @classmethod
    def find_spec(
        cls, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if not fullname.startswith("opmodel."):
            return None
        spec = super().find_spec(fullname, path, target)
        if spec and isinstance(spec.loader, SourceFileLoader):
            spec.loader = _DocstringLoader(spec.loader.name, spec.loader.path)
        return spec


def keep_docstrings() -> None:
    """Compile all modules of this package that are imported from now on with their docstrings."""
    sys.meta_path.insert(0, _DocstringFinder)
