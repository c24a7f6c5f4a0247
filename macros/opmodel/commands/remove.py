"""``opmodel remove``: take a packet out of the site."""

from datetime import date
from pathlib import Path

import click

from opmodel.commands.options import as_of, find_root, known_id, refusals, site, site_model


@click.command(name="remove")
@click.argument("packets", metavar="PACKET...", nargs=-1, required=True)
@site
@as_of
def command(packets: tuple[str, ...], root: Path | None, as_of: date) -> None:
    """Remove each PACKET from the site, with its sign-offs and what names it.

    Sentences that link to it go out of pages and answers, and its id out of related packets, candidates and
    successors. Its address stays: data/redirects.yml says since when it is removed, and so does the page there.
    All is written, or nothing if the site would have an error that it does not have now. A packet whose agent was
    stopped keeps its history better with status: retired.
    """
    from opmodel.scaffold.removal import remove_packets

    folder = find_root(root)
    known = site_model(folder).names["packet"] or ()
    for name in packets:
        known_id(name, known, "packet")
    with refusals():
        changes = remove_packets(folder, dict.fromkeys(packets), as_of)
    for line in changed_lines(changes):
        click.echo(line)


def changed_lines(changes: dict[str, bytes | None]) -> list[str]:
    """Return a line for each file that was written or removed."""
    return [f"{'removed' if data is None else 'wrote  '} {name}" for name, data in sorted(changes.items())]
