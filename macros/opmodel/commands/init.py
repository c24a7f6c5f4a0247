"""``opmodel init``: make a new site repository."""

import os
from datetime import date
from pathlib import Path

import click

from opmodel.commands.options import as_of, find_root, refusals

_ADDRESS = "https://operating-model.example/"
_UNKNOWN = (
    "this version of opmodel is not released, and its installation does not say where it came from; name a wheel, "
    "a folder or a git address, such as: --engine opmodel-0.1.0-py3-none-any.whl"
)


@click.command(name="init")
@click.argument("folder", type=click.Path(path_type=Path), required=False)
@click.option(
    "--organisation", default=None, help="Name of the organisation whose operating model it is; needed for a new site."
)
@click.option("--samples", is_flag=True, help="Start with the sample packets, teams and candidates as well.")
@click.option("--address", default=_ADDRESS, show_default=True, help="Address at which it will be published.")
@click.option(
    "--engine",
    default=None,
    help="Wheel, source package or line of requirements.txt that installs opmodel; by default this installation.",
)
@click.option(
    "--remove-samples",
    is_flag=True,
    help="In the site in FOLDER, or this one: remove sample packets, and the candidates and teams that only they use.",
)
@as_of
def command(
    folder: Path | None,
    organisation: str | None,
    samples: bool,
    address: str,
    engine: str | None,
    remove_samples: bool,
    as_of: date,
) -> None:
    """Make a new site in FOLDER, which must be new or empty.

    It has the guide, roles, responsibilities and questions as content of its own, a first draft or the sample packets,
    the engine as a dependency, and recipes to check and publish it. An engine that was installed from a wheel or source
    package is taken along, in engine/.
    """
    if remove_samples:
        _remove_samples(folder, as_of)
        return
    if folder is None:
        raise click.UsageError("name the folder of the new site")
    if organisation is None:
        raise click.UsageError('say whose it is: --organisation "Acme"')
    from opmodel.scaffold.engine_requirement import engine_of, installed_engine
    from opmodel.scaffold.site import SiteRequest, new_site

    chosen = engine_of(engine) if engine is not None else installed_engine()
    if chosen is None:
        raise click.UsageError(_UNKNOWN)
    wanted = SiteRequest(
        folder=Path(os.path.realpath(folder)),
        organisation=organisation,
        engine=chosen,
        address=address,
        samples=samples,
    )
    with refusals():
        new_site(wanted, as_of)
    click.echo(f"Made the operating model of {organisation} in {os.path.relpath(folder)}.")
    if chosen.only_here:
        click.echo(f"Its engine is on this machine only ({chosen.line}); before others build it, name a wheel or a git")
        click.echo("address in requirements.txt.")
    click.echo(f"Next:\n  cd {os.path.relpath(folder)}")
    click.echo("  make serve    # then open http://127.0.0.1:8000 and follow README.md")


def _remove_samples(folder: Path | None, today: date) -> None:
    from opmodel.commands.remove import changed_lines
    from opmodel.scaffold.sample_removal import remove_samples

    with refusals():
        changes = remove_samples(find_root(folder), today)
    for line in changed_lines(changes):
        click.echo(line)
