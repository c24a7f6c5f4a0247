"""Where commands may write files: never over data of the site, and never through links."""

import errno
import os
from pathlib import Path

from opmodel.files.writing import linked_folder

_ADVICE = {
    errno.ENOSPC: "free some space, then run this again",
    errno.EDQUOT: "free some space, then run this again",
    errno.EROFS: "choose a place that can be written to, or make this one writable",
    errno.EACCES: "choose a place that you may write to, or ask for the right to",
    errno.EPERM: "choose a place that you may write to, or ask for the right to",
}


def error_line(error: OSError) -> str:
    """Return an error of the file system as one line: the file, what is wrong, and what to do."""
    named = error.filename2 or error.filename  # of the two files of a copy, the new one
    name = f"{named}: " if named is not None else ""
    advice = _ADVICE.get(error.errno or 0, "")
    return f"{name}{error.strerror or error}{f'; {advice}' if advice else ''}"


def why_not_writable(target: Path, root: Path, *, data: bool = False) -> str:
    """Return why no file may be written at ``target`` for the site in ``root``, or an empty text.

    With ``data``, it may be a new file of the site's data.
    """
    if target.is_symlink():
        return f"{target} is a link, and nothing is written through it; choose another name"
    if target.is_dir():
        return f"{target} is a folder; name a file"
    if linked := linked_folder(Path(os.path.abspath(target)), root):  # noqa: PTH100 links are what is looked for
        return f"{linked} is a link, and nothing is written through it; choose another place"
    real, site = Path(os.path.realpath(target)), Path(os.path.realpath(root))
    if ".git" in (part.lower() for part in real.parts):
        return f"{target} is in the folder of version control; choose another place"
    if real.is_relative_to(site / "data") and not data:
        return f"{target} is among the site's data, and nothing else is written there; choose another place"
    return ""
