"""``opmodel codeowners``: make the code-owner file, so that both sides review changes of a packet."""

import os
from pathlib import Path

import click

from opmodel.commands.options import WordChoice, find_root, site

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
    from opmodel.files.git import repository_root
    from opmodel.files.writing import write_text
    from opmodel.load.loader import load_model
    from opmodel.model.problem import Severity
    from opmodel.readiness.codeowners import (
        HOST_PATHS,
        UnreadableOwners,
        committed_block,
        owners_block,
        site_prefix,
        teams_without_handle,
        with_block,
    )

    folder = find_root(root)
    loaded = load_model(folder)
    model = loaded.model
    if faults := [str(problem) for problem in loaded.problems if problem.severity is Severity.ERROR]:
        raise click.ClickException("\n".join(["no owners were listed, because the data has errors:", *faults]))
    if missing := teams_without_handle(model):
        names = ", ".join(missing)
        raise click.ClickException(f"these teams own packets and have no handle in data/teams.yml: {names}")
    try:
        found = committed_block(folder)
        host = host or (found.host if found else _HOSTS[0])
        lines = owners_block(model, host, site_prefix(folder))
        if not written:
            click.echo(lines, nl=False)
            return
        path = found.path if found and found.host == host else repository_root(folder) / HOST_PATHS[host]
        write_text(path, with_block(folder, path, lines), repository_root(folder))
    except UnreadableOwners as refused:
        raise click.ClickException(f"{os.path.relpath(refused.path)}: {refused}; nothing was written") from None
    click.echo(f"Wrote {os.path.relpath(path)}")
