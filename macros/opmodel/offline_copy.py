"""A copy of a site for a disk: one zip file, from which the site opens without a server or a network."""

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from opmodel.permalinks.page_form import PAGE_FILE

ZIP_MARK = b"made by opmodel offline"
"""The comment of each zip file. Only files that have it are overwritten."""
OF_SERVERS = frozenset(("404.html", "_redirects", "robots.txt", "sitemap.xml", "sitemap.xml.gz"))
"""Files that only a server or a crawler reads."""
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The earliest date that a zip file can hold: all files have it, so that one commit gives the same bytes."""
_FILE, _UNIX = 0o100644 << 16, 3
_NOT_IN_NAMES = re.compile(r"[^a-z0-9]+")


def copy_name(site_name: str) -> str:
    """Return the name of a copy, without ending: the site's name in small letters and hyphens."""
    return _NOT_IN_NAMES.sub("-", site_name.lower()).strip("-") or "site"


def zipped(site: Path, folder: str) -> tuple[bytes, int]:
    """Return a zip file with all files of a built site in one folder, and how many there are.

    The same files give the same bytes: names are sorted, and dates and rights are the same for all.
    """
    made, paths = BytesIO(), list(_files(site))
    with zipfile.ZipFile(made, "w") as archive:
        archive.comment = ZIP_MARK
        for path in paths:
            entry = zipfile.ZipInfo(f"{folder}/{path}", _FIRST_DAY)
            entry.external_attr, entry.create_system, entry.compress_type = _FILE, _UNIX, zipfile.ZIP_DEFLATED
            archive.writestr(entry, (site / path).read_bytes(), compresslevel=9)
    return made.getvalue(), len(paths)


def _files(site: Path) -> Iterator[str]:
    """Yield the path of every file of the copy, the first page first and the others sorted."""
    found = sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    kept = [path for path in found if path not in OF_SERVERS and not path.startswith(".")]
    yield from sorted(kept, key=lambda path: path != PAGE_FILE)


def is_copy(file: Path) -> bool:
    """Return whether a file is a copy that was made earlier, and may be overwritten."""
    try:
        with zipfile.ZipFile(file) as archive:
            return archive.comment == ZIP_MARK
    except (OSError, zipfile.BadZipFile):
        return False
