"""``opmodel offline``: the site as one zip file that opens from a disk."""

import tempfile
from pathlib import Path

import click

from opmodel.commands.options import NEW_FILE, check_new_file, find_root, site, site_model
from opmodel.text.words import counted

_MEGABYTE = 1_000_000


@click.command(name="offline")
@click.option("-o", "--output", type=NEW_FILE, help="The file; by default NAME-offline.zip here.")
@site
def command(output: Path | None, root: Path | None) -> None:
    """Make a copy of the site that opens from a disk: a zip file, for auditors and for networks without a way out.

    Unpack it and open index.html with a double click. Search, filters and forms work, and nothing is asked of any
    host. The site is built anew, strictly; dates are judged as of today, or of SOURCE_DATE_EPOCH.
    Exits with 3 where packets with errors are published, as a build does.
    """
    from opmodel.environment import FAULTY
    from opmodel.files.writing import write_bytes
    from opmodel.offline_copy import copy_name, is_copy, zipped
    from opmodel.printing import BuildError, build_site

    folder = find_root(root)
    model = site_model(folder)
    name = copy_name(model.site.value.name if model.site else "")
    target = output or Path(f"{name}-offline.zip")
    check_new_file(target, folder)
    if target.exists() and not is_copy(target):
        raise click.UsageError(
            f"{target} was not made by opmodel offline and stays as it is; choose another name, or remove it first"
        )
    faulty = ""
    with tempfile.TemporaryDirectory(prefix="opmodel-offline-") as made:
        built = Path(made) / "site"
        click.echo("Building the site …", err=True)
        try:
            build_site(folder, built, "--strict", OPMODEL_OFFLINE="true")
        except BuildError as error:
            if not error.faulty:
                raise click.ClickException(str(error)) from None
            faulty = str(error)
        content, count = zipped(built, name)
    write_bytes(target, content)
    size = f"{counted(count, 'file')}, {len(content) / _MEGABYTE:.1f} MB"
    click.echo(f"{target}: {size}; unpack it and open {name}/index.html")
    if faulty:
        click.echo(faulty, err=True)
        raise SystemExit(FAULTY)
