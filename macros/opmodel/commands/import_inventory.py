"""The part of ``opmodel import`` that reads an inventory of use cases: ``--candidates``."""

import os
from collections.abc import Sequence
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING

import click

from opmodel.commands.options import refusals, write_new_file
from opmodel.text.nearest import did_you_mean
from opmodel.text.words import counted

if TYPE_CHECKING:
    from opmodel.load.operating_model import OperatingModel
    from opmodel.worksheets.grid import Grid, Unplaced
    from opmodel.worksheets.inventory_reader import Inventory

_HEAD = "# yaml-language-server: $schema=./schemas/candidates.json\n"
_FILE = "data/candidates.yml"


def import_candidates(
    grids: "Sequence[Grid]", model: "OperatingModel", columns: Sequence[str], output: Path | None
) -> "tuple[Sequence[Unplaced], str]":
    """Add the use cases of an inventory to ``data/candidates.yml``, or write them into the new file ``output``.

    Returns the report, and in words what was read.
    """
    from opmodel.worksheets.inventory_reader import read_inventory

    file = model.root / _FILE
    if os.path.lexists(file) and not model.candidates:
        raise click.ClickException(f"{_FILE} has errors; mend them first, see: opmodel check")
    listed = model.candidates.value.candidates if model.candidates else ()
    inventory = read_inventory(grids, _fields(columns), listed)
    for line in inventory.found:
        click.echo(line, err=True)
    if not inventory.found:
        whys = "; ".join(map(str, inventory.report))
        raise click.ClickException(f"there is no inventory of use cases, so nothing is written: {whys}")
    if inventory.rows:
        _write(inventory, file, output)
    if inventory.known:
        click.echo(f"In {_FILE} already, and unchanged: {counted(inventory.known, 'use case')}.", err=True)
    return inventory.report, counted(len(inventory.rows), "new candidate")


def _write(inventory: "Inventory", file: Path, output: Path | None) -> None:
    from opmodel.scaffold.entries import append_entries
    from opmodel.worksheets.yaml_writer import yaml_document

    if output:
        write_new_file(output, (_HEAD + yaml_document({"candidates": inventory.rows})).encode())
        return
    entries = [dedent(yaml_document({"candidates": [row]}).partition("\n")[2]) for row in inventory.rows]
    with refusals():
        line = append_entries(file, "candidates", entries, _HEAD)
    click.echo(f"Added to {os.path.relpath(file)}:{line}. Next: opmodel check; then opmodel new --from <id>", err=True)


def _fields(columns: Sequence[str]) -> dict[str, str]:
    """Return which field each heading means, as ``--column`` says."""
    from opmodel.worksheets.inventory_headings import TARGETS

    fields = {}
    for column in columns:
        heading, sign, name = column.rpartition("=")
        name = "title" if name.strip() == "name" else name.strip()
        if not sign or not heading.strip():
            raise click.UsageError(f'expected HEADING=FIELD, found "{column}"')
        if name not in TARGETS:
            near = did_you_mean(name, TARGETS) or f"; expected one of {', '.join(TARGETS)}"
            raise click.UsageError(f'candidates have no field "{name}" that is imported{near}')
        fields[heading] = name
    return fields
