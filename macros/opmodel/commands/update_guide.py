"""``opmodel update-guide``: bring changes of the engine's guide into a site."""

from datetime import date
from pathlib import Path

import click

from opmodel.commands.options import as_of, find_root, known_id, refusals, site, site_model


@click.command(name="update-guide")
@click.option("--write", is_flag=True, help="Write what is shown; without it, nothing is written.")
@click.option("--theirs", multiple=True, metavar="FILE", help="Take the engine's text of a file as a whole.")
@click.option("--ours", multiple=True, metavar="FILE", help="Keep the site's text of a file as a whole.")
@site
@as_of
def command(write: bool, theirs: tuple[str, ...], ours: tuple[str, ...], root: Path | None, as_of: date) -> None:
    """Show what a new engine changes in the guide, and in the other files that it gave; with --write, apply it.

    Three texts of each file are compared: the one that the site began with, which stands in engine/base/, the
    site's and the engine's. What the site did not change is updated. Where both changed the same lines, the site's
    stay and all three are shown, at each run until you settle it: mend the file by hand and name it with --ours, or
    take the engine's with --theirs. A file that the engine no longer has stays, and is named once. Compared are
    pages, answers, roles, responsibilities, settings and recipes, never packets, teams or data/site.yml.

    The exit code is 0 if nothing is left to settle. It is 1 if files conflict, or if the
    site would have an error that it does not have now, in which case nothing is written.
    """
    from opmodel import __version__
    from opmodel.scaffold.guide_update import plan_update, write_update

    folder = find_root(root)
    with refusals():
        update = plan_update(folder, site_model(folder), ours, theirs)
    for name in (*ours, *theirs):
        known_id(name, [page.path for page in update.pages], "changed file")
    for page in update.pages:
        click.echo(f"{page.kind:8} {page.path}")
        for line in page.lines() if not write or page.conflicts else ():
            click.echo(line)
    for path in update.dropped:
        click.echo(f"dropped  {path}  (stays in this site, as a file of its own)")
    with refusals():
        write_update(folder, update, as_of, write=write)
    conflicts = sum(not page.settled for page in update.pages)
    done = "" if write or not update.pages else "; nothing was written, add --write to apply it"
    click.echo(
        f"from {update.base.version} to {__version__}: {len(update.pages)} files changed, {conflicts} to settle{done}",
        err=True,
    )
    if conflicts:
        raise SystemExit(1)
