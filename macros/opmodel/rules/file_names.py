"""Rules on the names of files."""

import os
from collections.abc import Iterator

from opmodel.lookalikes import in_quotes
from opmodel.portable import alike, unportable
from opmodel.problem import Place, Problem
from opmodel.rules.rule import Context, site_rule


@site_rule
def file_name(context: Context) -> Iterator[Problem]:
    """Every system can check out the files in ``docs/``. No name is that of a device on Windows (con, aux, nul), ends
    in a dot or space, or holds one of ``< > : " | ? *``. No two differ only in capitals or in how accents are
    written."""
    first: dict[str, str] = {}
    for path in sorted(_paths(context)):
        name = path.rpartition("/")[2]
        if why := unportable(name):
            yield Problem(Place(path), "file-name", f"{in_quotes(name)} {why}; rename it")
        elif (other := first.setdefault(alike(path), path)) != path:
            message = f"this name and {other} differ only in capitals or in how accents are written; rename one"
            yield Problem(Place(path), "file-name", message)


def _paths(context: Context) -> Iterator[str]:
    """Yield every file and folder in ``docs/`` that is not hidden; links are not followed."""
    root = context.model.root
    for folder, folders, files in os.walk(root / "docs"):
        folders[:] = [name for name in folders if not name.startswith(".")]
        above = os.path.relpath(folder, root).replace(os.sep, "/")
        yield from (f"{above}/{name}" for name in (*folders, *files) if not name.startswith("."))
