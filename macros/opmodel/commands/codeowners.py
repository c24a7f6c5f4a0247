"""``opmodel codeowners``: the code-owner file, so that a packet change asks both sides."""

import os
from pathlib import Path

import click

from opmodel.commands.main import find_root, site
from opmodel.commands.options import WordChoice

_HOSTS = ("github", "gitlab")


@click.command(name="codeowners")
@click.option(
    "--format",
    "host",
    type=WordChoice(_HOSTS),
    default=None,
    help="Repository host; by default the one of the file that is there, else github.",
)
@click.option("--write", "written", is_flag=True, help="Write the file instead of printing its lines.")
@site
def command(host: str | None, written: bool, root: Path | None) -> None:
    """Make the code-owner file from the owners in data.

    Every packet and its sign-offs belong to the teams of both owners, by the handle in data/teams.yml. With --write,
    only the marked lines in .github/CODEOWNERS or .gitlab/CODEOWNERS are replaced; your own lines stay.
    """
    from opmodel.files import writing
    from opmodel.load.loader import load
    from opmodel.readiness.codeowners import (
        WRITTEN_TO,
        UnreadableOwners,
        block,
        committed,
        prefix,
        replaced,
        top,
        unnamed_teams,
    )

    folder = find_root(root)
    model = load(folder).model
    if missing := unnamed_teams(model):
        names = ", ".join(missing)
        raise click.ClickException(f"these teams own packets and have no handle in data/teams.yml: {names}")
    try:
        found = committed(folder)
        host = host or (found.host if found else _HOSTS[0])
        lines = block(model, host, prefix(folder))
        if not written:
            click.echo(lines, nl=False)
            return
        path = found.path if found and found.host == host else top(folder) / WRITTEN_TO[host]
        writing.write_text(path, replaced(folder, path, lines))
    except UnreadableOwners as refused:
        raise click.ClickException(f"{os.path.relpath(refused.path)}: {refused}; nothing was written") from None
    click.echo(f"Wrote {os.path.relpath(path)}")
