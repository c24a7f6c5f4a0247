"""Makes a whole site with any number of realistic packets, to measure with.

Run it as ``python benchmarks/packets.py FOLDER --packets 1000 --seed 1``. The site passes ``opmodel check`` and builds
under ``mkdocs build --strict``; the same number, seed and day give the same files. ``--faults 12`` puts that many known
faults in and prints where each is and which rule finds it.
"""

from datetime import date, datetime
from pathlib import Path

import click

from made.site import commit, make_site
from opmodel.environment import today as present_day
from opmodel.scaffold.rendering import CreationRefused


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--packets", type=click.IntRange(1), default=1000, show_default=True, help="How many packets.")
@click.option("--seed", type=int, default=1, show_default=True, help="Another seed gives other packets.")
@click.option("--faults", type=click.IntRange(0), default=0, show_default=True, help="How many faults to put in.")
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    default=None,
    help="The day that dates are counted from; the present day by default.",
)
@click.option("--git", "committed", is_flag=True, help="Make a git repository with one commit.")
def main(folder: Path, packets: int, seed: int, faults: int, as_of: datetime | None, committed: bool) -> None:
    """Write a site with generated packets into FOLDER, which must be new or empty."""
    day: date = as_of.date() if as_of else present_day()
    try:
        found = make_site(folder, packets=packets, seed=seed, faults=faults, today=day)
    except (CreationRefused, ValueError) as error:
        raise click.ClickException(str(error)) from None
    for fault in found:
        click.echo(f"{fault.path}: {fault.rule}")
    if committed:
        commit(folder)
    click.echo(f"{packets} packets in {folder}", err=True)


if __name__ == "__main__":
    main()
