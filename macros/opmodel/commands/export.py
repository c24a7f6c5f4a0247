"""``opmodel export``: a packet as a worksheet that people fill in."""

import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from opmodel.commands.main import find_root
from opmodel.commands.main import site as site_option
from opmodel.text.lookalikes import in_quotes
from opmodel.text.nearest import did_you_mean

if TYPE_CHECKING:
    from opmodel.load.operating_model import OperatingModel


@click.command(name="export")
@click.argument("packet")
@click.option("--xlsx", "target", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The new file.")
@site_option
def command(packet: str, target: Path, root: Path | None) -> None:
    """Write the packet PACKET as an .xlsx worksheet: one sheet for each part, with help and drop-downs.

    Read it back with: opmodel import FILE. A file that is there is never overwritten.
    """
    from opmodel.files.targets import why_not_writable
    from opmodel.load.loader import load_model
    from opmodel.worksheets.packet_writer import CellTooLong, packet_workbook

    folder = find_root(root)
    if refused := why_not_writable(target, folder):
        raise click.UsageError(refused)
    model = load_model(folder).model
    if packet not in model.packets:
        if packet in (model.names["packet"] or ()):
            raise click.ClickException(f"{packet} has errors; see: opmodel check")
        raise click.UsageError(f"unknown packet {in_quotes(packet)}{did_you_mean(packet, model.packets)}")
    try:
        book = packet_workbook(packet, model.packets[packet].value, known_ids(model))
    except CellTooLong as error:
        raise click.ClickException(str(error)) from None
    _save(book, target)
    click.echo(f"{target} holds {packet}. Read it back with: opmodel import {target}")


def known_ids(model: "OperatingModel") -> dict[str, list[str]]:
    """Return the ids that a worksheet offers: roles, teams and packets."""
    return {"role": list(model.roles), "team": list(model.teams), "packet": list(model.packets)}


def _save(book: Any, target: Path) -> None:
    """Write the workbook whole or not at all, and only where no file is."""
    from opmodel.files.writing import create_bytes

    packed = io.BytesIO()
    book.save(packed)
    try:
        create_bytes(target, packed.getvalue())
    except FileExistsError:
        raise click.ClickException(f"{target} is there already and stays as it is; choose another name") from None
