"""The folder of a site's own theme files, which ``mkdocs.yml`` names, and what in it cannot be published."""

import os
from collections.abc import Iterator
from pathlib import Path

import yaml

from opmodel.files.reading import walk_files
from opmodel.load.settings import SETTINGS, below, settings
from opmodel.model.problem import Place, Problem


def theme_folder(root: Path) -> str:
    """Return ``theme.custom_dir`` of a site's settings as it stands there, or an empty text."""
    node = below(settings(root), "theme", "custom_dir")
    return str(node.value) if isinstance(node, yaml.ScalarNode) else ""


def theme_problems(root: Path, named: str) -> Iterator[Problem]:
    """Yield a problem for each file in a theme folder, named as in the settings, that cannot be published."""
    folder = Path(root, os.path.normpath(named))
    if not Path(os.path.realpath(folder)).is_relative_to(os.path.realpath(root)):
        message = f"theme.custom_dir names {named}, which is not in the site's folder; move it there"
        yield Problem(Place(SETTINGS), "file-unreadable", message)
        return
    for file, refused in walk_files(folder, root, hidden=True):
        if refused:
            path = file.relative_to(root).as_posix()
            yield Problem(Place(path), "file-size" if refused.too_large else "file-unreadable", str(refused))
