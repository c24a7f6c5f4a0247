"""``opmodel export``: write a packet as a worksheet that people fill in."""

import io
from pathlib import Path
from typing import TYPE_CHECKING

import click

from opmodel.commands.options import NEW_FILE, check_new_file, find_root, known_packet, site, site_model, write_new_file

if TYPE_CHECKING:
    from opmodel.load.operating_model import OperatingModel


@click.command(name="export")
@click.argument("packet")
@click.option("--xlsx", "-o", "--output", "target", type=NEW_FILE, required=True, help="The new file.")
@site
def command(packet: str, target: Path, root: Path | None) -> None:
    """Write the packet PACKET as an .xlsx worksheet: one sheet for each part, with help and drop-downs.

    Read it back with: opmodel import FILE. A file that is there is never overwritten.
    """
    from opmodel.worksheets.packet_writer import CellTooLong, packet_workbook

    folder = find_root(root)
    check_new_file(target, folder)
    model = site_model(folder)
    name = known_packet(model, packet)
    try:
        book = packet_workbook(name, model.packets[name].value, known_ids(model))
    except CellTooLong as error:
        raise click.ClickException(str(error)) from None
    packed = io.BytesIO()
    book.save(packed)
    write_new_file(target, packed.getvalue())
    click.echo(f"{target} holds {packet}. Read it back with: opmodel import {target}")


def known_ids(model: "OperatingModel") -> dict[str, list[str]]:
    """Return the ids that the drop-downs of a worksheet offer."""
    ids = {"role": list(model.roles), "team": list(model.teams), "packet": list(model.packets)}
    return ids | ({"system": list(model.systems)} if model.systems else {})
