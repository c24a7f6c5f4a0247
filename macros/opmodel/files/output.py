"""Which folder a build may write to: it empties it first."""

import os
from pathlib import Path

from opmodel.files.targets import why_not_writable
from opmodel.files.writing import linked_folder

MARK = ".opmodel-site"
"""The file that marks an output folder. It is hidden, so the host leaves it there when it empties the folder."""
_OF_EVERY_BUILD = ("sitemap.xml", "search/search_index.json")
"""Files by which an output folder is known that has no mark."""


def why_not_output(folder: Path, root: Path) -> str:
    """Return why a build of the site in ``root`` may not empty a folder, or an empty text.

    That is a link, a folder of the site's sources or around them, one with files that no build wrote, and one that
    cannot be written.
    """
    if linked := folder if folder.is_symlink() else linked_folder(folder, root):
        return f"{linked} is a link, and a build empties its output folder; name a folder in site_dir"
    real, site = Path(os.path.realpath(folder)), Path(os.path.realpath(root))
    sources = [site / name for name in ("data", "docs", ".git", "mkdocs.yml")]
    around = [path.name for path in sources if path.is_relative_to(real) or real.is_relative_to(path)]
    if around:
        return f"{folder} holds or lies in {around[0]} of the site, and a build empties it; choose another site_dir"
    if not folder.is_dir():
        return why_not_writable(folder, root) or ""
    if _is_output(folder):
        return ""
    return f"{folder} holds files that no build wrote, and a build empties it; empty it or choose another site_dir"


def _is_output(folder: Path) -> bool:
    """Return whether a folder was written by an earlier build, or holds nothing but hidden files, which stay."""
    if (folder / MARK).is_file() or all((folder / name).is_file() for name in _OF_EVERY_BUILD):
        return True
    return all(path.name.startswith(".") for path in folder.iterdir())
