"""``opmodel import``: read a worksheet or a responsibility table and write it as YAML."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from opmodel.commands.options import (
    NEW_FILE,
    ExistingPath,
    as_of,
    check_new_file,
    find_root,
    known_id,
    known_packet,
    site,
    site_model,
    write_new_file,
)
from opmodel.text.words import counted

if TYPE_CHECKING:
    from opmodel.commands.import_limits import ApprovalRequest
    from opmodel.load.operating_model import OperatingModel
    from opmodel.worksheets.decision_source import SourceTable
    from opmodel.worksheets.grid import Grid, Unplaced

_HEAD = "# yaml-language-server: $schema=./schemas/responsibilities.json\n"


@click.command(name="import")
@click.argument("file", type=ExistingPath(dir_okay=False))
@click.option("-o", "--output", type=NEW_FILE, help="The new YAML file.")
@click.option("--role", "roles", multiple=True, metavar="HEADING=ROLE", help="Which role a heading means; repeatable.")
@click.option("--update", is_flag=True, help="Show what the worksheet changes in the packet that it was made of.")
@click.option("--candidates", is_flag=True, help="Read an inventory of use cases into data/candidates.yml.")
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="HEADING=FIELD",
    help="With --candidates: a heading's field; repeatable.",
)
@click.option("--approval", metavar="PACKET", help="Read a table of approval limits for this packet, or for a new one.")
@click.option("--decimals", type=click.Choice(["0", "2"]), help="With --approval: whether amounts have cents (2).")
@click.option("--team", help="With --approval new: the business team of the packet, where there are several.")
@click.option("--write", "written", is_flag=True, help="With --update or --approval: change the packet's file.")
@click.option("--table", metavar="NAME", help="With --approval: which decision table, where a file has several.")
@site
@as_of
def command(
    file: Path,
    output: Path | None,
    roles: tuple[str, ...],
    columns: tuple[str, ...],
    approval: str | None,
    decimals: str | None,
    team: str | None,
    table: str | None,
    root: Path | None,
    as_of: date,
    *,
    update: bool,
    written: bool,
    candidates: bool,
) -> None:
    """Read a spreadsheet and write it as YAML: a packet's worksheet, or a responsibility table (RACI).

    FILE is an .xlsx, .xls, .ods or CSV file, or a Markdown or HTML document with tables. One line says what was
    found on each sheet. What could not be placed is reported, each with sheet, cell, value, reason and nearest match.
    A file that is there is never overwritten. The exit code is 0 when everything was placed, 1 when something was
    not, 2 for wrong usage; titles, legends and assumptions are listed and do not count.

    With --update, the difference to the packet in data/workflows/ is shown by meaning, and --write applies it. Comments
    in the file stay at their keys; those whose key is gone are named.

    With --candidates, the rows of an inventory of use cases are added to data/candidates.yml, or written into the file
    that --output names. Entries that are there stay as they are. Nothing is written that the inventory does not say.

    With --approval, a table of approval limits is read literally as the approval section of a packet, and every amount
    that no row or several rows decide is named; such findings do not change the exit code, opmodel check reports them
    too. --write puts the section into the packet's file. --approval new makes the draft of a new packet. A decision
    table of another program is read in the same way, from a DMN file or from a spreadsheet; what has no counterpart is
    listed.
    """
    from opmodel.commands.import_inventory import import_candidates
    from opmodel.commands.import_limits import NEW, ApprovalRequest
    from opmodel.worksheets.packet_reader import is_packet

    if approval is None and (decimals or team or table):
        raise click.UsageError("--decimals, --team and --table go with --approval")
    if approval is not None and (update or roles or candidates or (written and (output or approval == NEW))):
        raise click.UsageError(
            "--approval takes --output or, for a packet that is there, --write, and no --role or --update"
        )
    if approval is None and (written or output) and written != update:
        raise click.UsageError("--write goes with --update, and --update has no --output: it changes the packet's file")
    if (update or roles or not candidates) if columns else (candidates and (update or roles)):
        raise click.UsageError("--column goes with --candidates, and --candidates has neither --update nor --role")
    folder = find_root(root)
    if output and not output.exists():
        check_new_file(output, folder, data=True)
    tables, grids = _read(file)
    if tables and approval is None:
        raise click.UsageError(f"{file.name} is a DMN file; say which packet its table is for: --approval PACKET")
    model = site_model(folder)
    if approval is not None:
        request = ApprovalRequest(
            packet=approval,
            decimals=int(decimals) if decimals else None,
            title=" ".join(file.stem.replace("-", " ").replace("_", " ").split()).capitalize(),
            team=team,
            as_of=as_of,
            output=output,
            write=written,
            table=table,
        )
        _import_approval(tables or grids, model, request, file.name)
    if update:
        update_packet(grids, model, write=written)
        return
    if candidates:
        report, what = import_candidates(grids, model, columns, output)
        _echo_report(report, what)
        raise SystemExit(1 if _open(report) else 0)
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
    raise SystemExit(1 if _open(report) else 0)


def _read(file: Path) -> "tuple[Sequence[SourceTable], Sequence[Grid]]":
    """Return the decision tables of a DMN file, or else the sheets of a spreadsheet."""
    from opmodel.worksheets.dmn_reader import read_dmn_file
    from opmodel.worksheets.grid import UnreadableSpreadsheet
    from opmodel.worksheets.spreadsheets import read_grids

    try:
        tables = read_dmn_file(file) or ()
        return tables, () if tables else read_grids(file)
    except UnreadableSpreadsheet as error:
        raise click.ClickException(str(error)) from None


def _import_approval(
    source: "Sequence[Grid] | Sequence[SourceTable]", model: "OperatingModel", request: "ApprovalRequest", name: str
) -> NoReturn:
    """Import an approval section from the file ``name``, print what it says, and end with the exit code."""
    from opmodel.commands.import_limits import import_approval

    report, what, proof = import_approval(source, model, request)
    _echo_report(report, what)
    if not proof:
        raise click.ClickException(f"{name} holds {what}, so nothing is written")
    for line in proof:
        click.echo(line, err=True)
    raise SystemExit(1 if _open(report) else 0)


def update_packet(grids: "Sequence[Grid]", model: "OperatingModel", *, write: bool) -> None:
    """Print what a worksheet changes in its packet, and write it. Raises an error if not everything was placed."""
    from opmodel.commands.export import known_ids
    from opmodel.compare.packets import compare_packets
    from opmodel.compare.text import packet_as_text
    from opmodel.files.writing import write_text
    from opmodel.source.reader import decode, read_bytes
    from opmodel.worksheets.packet_reader import is_packet, read_packet
    from opmodel.worksheets.yaml_comments import lost_comments, with_comments
    from opmodel.worksheets.yaml_writer import packet_yaml

    if not is_packet(grids):
        raise click.UsageError("--update is for the worksheet of a packet, as opmodel export writes it")
    read = read_packet(grids, known_ids(model))
    if _open(read.report) or not read.packet:
        _echo_report(read.report, f"packet {read.id}".strip())
        raise click.ClickException("not everything could be placed, so nothing is changed")
    entry = model.packets[known_packet(model, read.id)]
    name, path = entry.document.path, model.root / entry.document.path
    change = compare_packets(entry.value, read.packet)
    if not change:
        click.echo(f"The worksheet changes nothing in {name}.")
        return
    click.echo(packet_as_text(change, f"{read.packet.title} ({read.id})"))
    old = decode(read_bytes(path, model.root))
    text, lost = with_comments(old, packet_yaml(read.packet))
    if lost:
        click.echo(lost_comments(lost), err=True)
    if not write:
        click.echo(f"Nothing is written. To change {name}, add: --write", err=True)
        return
    write_text(path, text, model.root)
    click.echo(f"Changed {name}. Next: opmodel check", err=True)


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
    from opmodel.worksheets.matrix_import import read_matrix
    from opmodel.worksheets.yaml_writer import yaml_document

    table = read_matrix(grids, {name: entry.value for name, entry in model.roles.items()}, renamed)
    for line in table.found:
        click.echo(line, err=True)
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


def _open(report: "Sequence[Unplaced]") -> "list[Unplaced]":
    """Return the findings that somebody has to look at."""
    return [finding for finding in report if not finding.recognised]


def _echo_report(report: "Sequence[Unplaced]", what: str) -> None:
    click.echo(f"Read: {what}.", err=True)
    recognised = [finding for finding in report if finding.recognised]
    for heading, findings in (("Not placed, or to be checked:", _open(report)), ("Noted:", recognised)):
        if findings:
            click.echo(heading, err=True)
        for finding in findings:
            click.echo(f"  {finding}", err=True)
    if any("no role of the site" in finding.why for finding in report):
        click.echo('Say which role a heading means with: --role "HEADING=ROLE"', err=True)
