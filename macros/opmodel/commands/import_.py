"""``opmodel import``: read a worksheet or a responsibility table and write it as YAML."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from opmodel.commands.options import (
    NEW_FILE,
    ExistingPath,
    check_new_file,
    find_root,
    known_id,
    site,
    site_model,
    write_new_file,
)
from opmodel.text.words import counted

if TYPE_CHECKING:
    from opmodel.load.operating_model import OperatingModel
    from opmodel.worksheets.grid import Grid, Unplaced

_HEAD = "# yaml-language-server: $schema=./schemas/responsibilities.json\n"


@click.command(name="import")
@click.argument("file", type=ExistingPath(dir_okay=False))
@click.option("-o", "--output", type=NEW_FILE, help="The new YAML file.")
@click.option("--role", "roles", multiple=True, metavar="HEADING=ROLE", help="Which role a heading means; repeatable.")
@site
def command(file: Path, output: Path | None, roles: tuple[str, ...], root: Path | None) -> None:
    """Read an .xlsx or .csv FILE and write it as YAML: a packet's worksheet, or a responsibility table (RACI).

    What could not be placed is reported, each with sheet, cell, value, reason and nearest match. A file that is there
    is never overwritten. The exit code is 0 when everything was placed, 1 when something was not, 2 for wrong usage.
    """
    from opmodel.worksheets.grid import UnreadableSpreadsheet
    from opmodel.worksheets.packet_reader import is_packet
    from opmodel.worksheets.spreadsheets import read_grids

    folder = find_root(root)
    if output and not output.exists():
        check_new_file(output, folder, data=True)
    try:
        grids = read_grids(file)
    except UnreadableSpreadsheet as error:
        raise click.ClickException(str(error)) from None
    model = site_model(folder)
    if is_packet(grids):
        text, report, what = _packet(grids, model)
    else:
        text, report, what = _matrix(grids, model, _renamed(roles, model))
    if not text:
        _echo_report(report, what)
        raise click.ClickException(f"{file.name} holds {what}, so nothing is written")
    if output:
        write_new_file(output, text.encode())
    else:
        click.echo(text, nl=False)
    _echo_report(report, what)
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
    if not table.rows:
        return "", table.report, "no responsibilities"
    text = _HEAD + yaml_document({"responsibilities": table.rows})
    return text, table.report, counted(len(table.rows), "responsibility", "responsibilities")


def _renamed(roles: Sequence[str], model: "OperatingModel") -> dict[str, str]:
    pairs = [role.rpartition("=") for role in roles]
    for heading, sign, role in pairs:
        if not sign or not heading.strip():
            raise click.UsageError(f'expected HEADING=ROLE, found "{role}"')
        known_id(role, model.roles, "role")
    return {heading: role for heading, _, role in pairs}


def _echo_report(report: "Sequence[Unplaced]", what: str) -> None:
    click.echo(f"Read: {what}.", err=True)
    if report:
        click.echo("Not placed, or to be checked:", err=True)
    for finding in report:
        click.echo(f"  {finding}", err=True)
    if any("no role of the site" in finding.why for finding in report):
        click.echo('Say which role a heading means with: --role "HEADING=ROLE"', err=True)
