"""Files that editors and operating systems leave behind, which are passed over in ``data/`` and ``docs/`` alike."""

import re
from fnmatch import translate

LEFTOVERS = (
    # editors
    "*~", "#*#", ".#*", "*.bak", "*.orig", "*.rej", "*.tmp", "*.temp", "*.swp", "*.swo", "*.swn", "*.swx", "4913",
    "*.kate-swp", "*___jb_tmp___", "*___jb_old___", ".goutputstream-*",
    # office programs
    "~$*", ".~lock.*#",
    # operating systems and network folders
    "._*", ".DS_Store", "__MACOSX", "Icon\r", "Thumbs.db", "ehthumbs.db", "desktop.ini", ".directory", ".nfs*",
    ".fuse_hidden*",
)  # fmt: skip
"""Patterns of file and folder names, in any case: backups, swap and lock files, rejected patches, folder settings."""
_LEFTOVER = re.compile("|".join(map(translate, LEFTOVERS)), re.IGNORECASE)


def is_leftover(name: str) -> bool:
    """Return whether a file or folder of this name was left behind by a program."""
    return bool(_LEFTOVER.match(name))
