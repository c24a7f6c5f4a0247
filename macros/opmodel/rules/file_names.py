"""Rules on the names of files."""

from collections.abc import Iterator

from opmodel.files.portable_names import portable_key, why_not_portable
from opmodel.files.reading import walk_files
from opmodel.model.problem import Place, Problem
from opmodel.rules.rule import Context, site_rule
from opmodel.text.lookalikes import in_quotes


@site_rule
def file_name(context: Context) -> Iterator[Problem]:
    """Every system can check out the files in ``docs/``. No name is that of a device on Windows (con, aux, nul), ends
    in a dot or space, or holds one of ``< > : " | ? *`` or a character that nobody sees, such as one that turns the
    direction of text. No two differ only in capitals or in how accents are written."""
    first: dict[str, str] = {}
    for path in sorted(_paths(context)):
        name = path.rpartition("/")[2]
        if why := why_not_portable(name):
            yield Problem(Place(path), "file-name", f"{in_quotes(name)} {why}; rename it")
        elif (other := first.setdefault(portable_key(path), path)) != path:
            message = f"this name and {other} differ only in capitals or in how accents are written; rename one"
            yield Problem(Place(path), "file-name", message)


def _paths(context: Context) -> set[str]:
    """Return every file in ``docs/`` that is not hidden, and every folder that holds one."""
    root = context.model.root
    files = {file.relative_to(root) for file, _ in walk_files(root / "docs", root)}
    return {path.as_posix() for file in files for path in (file, *file.parents[:-2])}
