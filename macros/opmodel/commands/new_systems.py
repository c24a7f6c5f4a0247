"""``opmodel new system`` and ``opmodel new model``."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from opmodel.commands.options import WordChoice, find_root, refusals, site, site_model
from opmodel.model.vocabulary import DataClass

if TYPE_CHECKING:
    from opmodel.scaffold.systems import NamedSystem

_id = click.option("--id", "name", default=None, help="Id to use instead of one made from the words.")


@click.command(name="system")
@click.argument("title", metavar="NAME", required=False)
@click.option("--team", default=None, help="Team that owns the system.")
@click.option(
    "--data-class",
    type=WordChoice(word.value for word in DataClass),
    default=None,
    help="The most sensitive data that it holds.",
)
@click.option("--from-packets", is_flag=True, help="Add every system that packets name instead of one NAME.")
@click.option(
    "--write-ids",
    is_flag=True,
    help="With --from-packets: write the ids into the packets, which both sides then sign again.",
)
@_id
@site
def system(
    title: str | None,
    team: str | None,
    data_class: str | None,
    from_packets: bool,
    write_ids: bool,
    name: str | None,
    root: Path | None,
) -> None:
    """Add a system to the end of data/systems.yml.

    NAME is the name of the system. With --from-packets, the file is drafted from what packets say: a record for each
    text that stands in the place of a system, with the most sensitive data of its grants and the team that mostly owns
    the safety of the packets that name it. Bring together what is one system, keep the other names as aliases, and
    write the ids into the packets, or have them written with --write-ids. Every byte that is in the file stays.
    """
    folder = find_root(root)
    if from_packets:
        if title or team or data_class or name:
            raise click.UsageError("--from-packets goes with --write-ids only")
        _from_packets(folder, write_ids=write_ids)
        return
    if write_ids:
        raise click.UsageError("--write-ids goes with --from-packets")
    if not (title and team and data_class):
        raise click.UsageError("expected NAME, --team and --data-class, or --from-packets")
    from opmodel.scaffold.systems import new_system

    with refusals():
        made, line = new_system(site_model(folder), title, name, team, DataClass(data_class))
    click.echo(f"Added the system {made}: {os.path.relpath(folder / 'data' / 'systems.yml')}:{line}")
    click.echo(f"Next: name it in packets, as system: {made}")


@click.command(name="model")
@click.argument("title", metavar="NAME")
@click.option("--team", required=True, help="Team that owns the contract with the provider.")
@_id
@site
def model(title: str, team: str, name: str | None, root: Path | None) -> None:
    """Add an AI model to the end of data/models.yml.

    NAME is the name of the model, as its provider says it. Every byte that is in the file stays.
    """
    from opmodel.scaffold.systems import new_model

    folder = find_root(root)
    with refusals():
        made, line = new_model(site_model(folder), title, name, team)
    click.echo(f"Added the model {made}: {os.path.relpath(folder / 'data' / 'models.yml')}:{line}")
    click.echo("Next: write its provider, version, regions and where it runs.")


def _from_packets(folder: Path, *, write_ids: bool) -> None:
    from opmodel.scaffold.system_ids import write_system_ids
    from opmodel.scaffold.systems import add_named_systems

    with refusals():
        site = site_model(folder)
        named = add_named_systems(site)
        left = write_system_ids(site, named) if write_ids else None
    if not named:
        named_before = "Every system that packets name is in data/systems.yml"
        click.echo(f"{named_before if site.systems else 'No packet names a system yet'}; nothing was written.")
        return
    for line in _report(named):
        click.echo(line)
    if left is None:
        click.echo("Next: bring together what is one system, then write the ids into the packets.")
        return
    for place in left:
        click.echo(f"{place.path}:{place.line}:{place.column}: write the id by hand")
    click.echo("Next: opmodel check, and opmodel sign for each packet that was signed.")


def _report(named: "tuple[NamedSystem, ...]") -> Iterator[str]:
    """Yield the id of each system with the text and places that it stands for."""
    for each in named:
        yield f"{each.id}: {each.text}"
        for place in each.places:
            yield f"  {place.path}:{place.line}:{place.column}"
