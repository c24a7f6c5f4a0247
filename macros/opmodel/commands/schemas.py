"""``opmodel schemas``: write the JSON Schemas for editors."""

from pathlib import Path

import click

from opmodel.commands.options import find_root, site, site_model

MAX_BYTES = 16 * 1024 * 1024
"""A larger file is replaced without being read."""


@click.command(name="schemas")
@site
def command(root: Path | None) -> None:
    """Write data/schemas/, from which editors take completion and help.

    Each data file names its schema in its first line. Run this after an update of opmodel or a change of the site's
    address, and commit the folder.
    """
    from opmodel.files.writing import write_text
    from opmodel.formats.schemas import data_schemas
    from opmodel.load.data_files import SCHEMAS_FOLDER

    folder = find_root(root)
    made = data_schemas(site_model(folder))
    changed = [name for name, text in made.items() if _written(folder, f"{SCHEMAS_FOLDER}/{name}.json") != text]
    for name in changed:
        path = folder / SCHEMAS_FOLDER / f"{name}.json"
        write_text(path, made[name], folder)
        click.echo(f"{SCHEMAS_FOLDER}/{name}.json")
    click.echo(f"{len(made)} schemas, {len(changed)} of them new or changed", err=True)


def _written(root: Path, path: str) -> str:
    from opmodel.files.reading import UnreadableFile, read_file

    try:
        return read_file(root / path, root, MAX_BYTES).decode("utf-8", "replace")
    except UnreadableFile:
        return ""
