"""``opmodel import``: a filled-in worksheet or a responsibility table as YAML."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from opmodel.commands.main import find_root
from opmodel.commands.main import site as site_option

if TYPE_CHECKING:
    from opmodel.load.operating_model import OperatingModel
    from opmodel.worksheets.grid import Grid
    from opmodel.worksheets.unplaced import Unplaced

_HEAD = "# yaml-language-server: $schema=./schemas/responsibilities.json\n"


@click.command(name="import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="The new YAML file.")
@click.option("--role", "roles", multiple=True, metavar="HEADING=ROLE", help="Which role a heading means; repeatable.")
@site_option
def command(file: Path, output: Path | None, roles: tuple[str, ...], root: Path | None) -> None:
    """Read an .xlsx or .csv FILE and write it as YAML: a packet's worksheet, or a responsibility table (RACI).

    What could not be placed is reported, each with sheet, cell, value, reason and nearest match. A file that is there
    is never overwritten. The exit code is 0 when everything was placed, 1 when something was not, 2 for wrong usage.
    """
    from opmodel.files.targets import why_not_writable
    from opmodel.load.loader import load_model
    from opmodel.worksheets.grid import UnreadableSpreadsheet, read_grids
    from opmodel.worksheets.packet_reader import is_packet

    folder = find_root(root)
    if output and not output.exists() and (refused := why_not_writable(output, folder, data=True)):
        raise click.UsageError(refused)
    try:
        grids = read_grids(file)
    except UnreadableSpreadsheet as error:
        raise click.ClickException(str(error)) from None
    model = load_model(folder).model
    if is_packet(grids):
        text, report, what = _packet(grids, model)
    else:
        text, report, what = _matrix(grids, model, _renamed(roles, model))
    _write(text, output)
    _tell(report, what)
    raise SystemExit(1 if report else 0)


def _packet(grids: "Sequence[Grid]", model: "OperatingModel") -> "tuple[str, Sequence[Unplaced], str]":
    from opmodel.commands.export import known_ids
    from opmodel.worksheets.packet_reader import read_packet
    from opmodel.worksheets.yaml_writer import packet_yaml, yaml_document

    read = read_packet(grids, known_ids(model))
    if read.packet:
        return packet_yaml(read.packet), read.report, f"packet {read.id}".strip()
    return yaml_document(read.data), read.report, f"packet {read.id}, not complete yet".replace(" ,", ",")


def _matrix(
    grids: "Sequence[Grid]", model: "OperatingModel", renamed: dict[str, str]
) -> "tuple[str, Sequence[Unplaced], str]":
    from opmodel.worksheets.matrix_reader import read_matrix
    from opmodel.worksheets.yaml_writer import yaml_document

    table = read_matrix(grids, {name: entry.value for name, entry in model.roles.items()}, renamed)
    count = len(table.rows)
    text = _HEAD + yaml_document({"responsibilities": table.rows})
    return text, table.report, f"{count} responsibilit{'y' if count == 1 else 'ies'}"


def _renamed(roles: Sequence[str], model: "OperatingModel") -> dict[str, str]:
    from opmodel.text.lookalikes import in_quotes
    from opmodel.text.nearest import did_you_mean

    pairs = [role.rpartition("=") for role in roles]
    for heading, sign, role in pairs:
        if not sign or not heading.strip():
            raise click.UsageError(f'expected HEADING=ROLE, found "{role}"')
        if role not in model.roles:
            raise click.UsageError(f"unknown role {in_quotes(role)}{did_you_mean(role, model.roles)}")
    return {heading: role for heading, _, role in pairs}


def _write(text: str, output: Path | None) -> None:
    from opmodel.files.writing import create_text

    if output is None:
        click.echo(text, nl=False)
        return
    try:
        create_text(output, text)
    except FileExistsError:
        raise click.ClickException(f"{output} is there already and stays as it is; choose another name") from None


def _tell(report: "Sequence[Unplaced]", what: str) -> None:
    click.echo(f"Read: {what}.", err=True)
    if report:
        click.echo("Not placed, or to be checked:", err=True)
    for finding in report:
        click.echo(f"  {finding}", err=True)
    if any("no role of the site" in finding.why for finding in report):
        click.echo('Say which role a heading means with: --role "HEADING=ROLE"', err=True)
