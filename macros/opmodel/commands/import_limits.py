"""``opmodel import --approval``: a table of approval limits or a decision table as the approval section of a packet."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from opmodel.commands.options import known_packet, write_new_file
from opmodel.text.words import counted

if TYPE_CHECKING:
    from opmodel.load.operating_model import OperatingModel
    from opmodel.model.approval import Approval
    from opmodel.worksheets.decision_source import SourceTable
    from opmodel.worksheets.grid import Grid, Unplaced
    from opmodel.worksheets.imported_approval import ImportedApproval

NEW = "new"
"""What stands for a packet that is not there yet."""


@dataclass(frozen=True, kw_only=True)
class ApprovalRequest:
    """What is asked for: the packet or `NEW`, and where to write; a new packet has a ``title`` and a ``team``."""

    packet: str
    decimals: int | None
    title: str
    team: str | None
    as_of: date
    output: Path | None
    write: bool
    table: str | None = None
    """The name of a decision table, where a file has several."""


def import_approval(
    source: "Sequence[Grid] | Sequence[SourceTable]", model: "OperatingModel", request: ApprovalRequest
) -> "tuple[Sequence[Unplaced], str, Sequence[str]]":
    """Write the approval section that a file holds, and return the report, what was read, and lines on the proof."""
    from opmodel.worksheets.grid import Unplaced

    name = None if request.packet == NEW else known_packet(model, request.packet)
    former = model.packets[name].value.shared.approval if name else None
    read = _read(source, request, former)
    for line in read.found:
        click.echo(line, err=True)
    what = counted(len(read.data.get("rules", ())), "approval rule") if read.data else "no approval limits"
    if not read.data:
        return read.report, what, ()
    if former:
        replaced = f"{counted(len(former.rules), 'rule')} and {counted(len(former.examples), 'example')}"
        why = f"the new section replaces {replaced}"
        read.report.append(Unplaced(sheet=str(name), cell="", value="", why=why, recognised=True))
    if request.write and name:
        lost = _change(model, name, read)
    else:
        text, lost = (_section(read.data), "") if name else (_draft(model, request, read.data), "")
        if request.output:
            write_new_file(request.output, text.encode())
        else:
            click.echo(text, nl=False)
    return read.report, what, [*_proof(read), *([lost] if lost else [])]


def _read(
    source: "Sequence[Grid] | Sequence[SourceTable]", request: ApprovalRequest, former: "Approval | None"
) -> "ImportedApproval":
    """Read decision tables, those among ``source`` or on its sheets, or else a table of limits."""
    from opmodel.worksheets.decision_import import import_decision
    from opmodel.worksheets.decision_sheets import decision_tables
    from opmodel.worksheets.decision_source import SourceTable
    from opmodel.worksheets.grid import Grid, UnreadableSpreadsheet
    from opmodel.worksheets.limit_import import import_limits

    grids = [each for each in source if isinstance(each, Grid)]
    tables = [each for each in source if isinstance(each, SourceTable)] or decision_tables(grids)
    if not tables:
        return import_limits(grids, request.decimals, former)
    try:
        return import_decision(tables, request.table, former)
    except UnreadableSpreadsheet as error:
        raise click.ClickException(str(error)) from None


def _section(data: dict[str, Any]) -> str:
    """Return the section as it stands in the file of a packet."""
    from opmodel.worksheets.yaml_writer import yaml_document

    return yaml_document({"shared": {"approval": data}})


def _change(model: "OperatingModel", name: str, read: "ImportedApproval") -> str:
    """Put the section into the file of a packet, and return a line on comments that have no place any more."""
    from opmodel.files.writing import write_text
    from opmodel.source.reader import decode, read_bytes
    from opmodel.worksheets.yaml_comments import lost_comments, with_comments
    from opmodel.worksheets.yaml_sections import with_section
    from opmodel.worksheets.yaml_writer import packet_yaml

    if read.approval is None:
        raise click.ClickException("the section is not complete, so nothing is changed")
    entry = model.packets[name]
    path = model.root / entry.document.path
    old = decode(read_bytes(path, model.root))
    changed = with_section(old, ("shared", "approval"), read.data)
    if changed is None:
        shared = entry.value.shared.model_copy(update={"approval": read.approval})
        changed = with_comments(old, packet_yaml(entry.value.model_copy(update={"shared": shared})))
    text, lost = changed
    write_text(path, text, model.root)
    click.echo(f"Changed {entry.document.path}. Next: opmodel check", err=True)
    return lost_comments(lost) if lost else ""


def _draft(model: "OperatingModel", request: ApprovalRequest, data: dict[str, Any]) -> str:
    """Return the draft of a new packet with the section. Raises an error if the site lacks a team or a role for it."""
    from opmodel.scaffold.packet import packet_draft, packet_holders
    from opmodel.scaffold.rendering import CreationRefused
    from opmodel.worksheets.yaml_sections import with_section

    try:
        text = packet_draft(model, request.title, packet_holders(model, request.team, None), request.as_of)
    except CreationRefused as refused:
        raise click.ClickException(str(refused)) from None
    changed = with_section(text, ("shared", "approval"), data)
    assert changed is not None
    return changed[0]


def _proof(read: "ImportedApproval") -> Iterator[str]:
    """Yield lines on the proof: each finding, or that there is none."""
    if read.unread:
        yield f"{counted(read.unread, 'limit')} could not be read, so what stands below is not the whole table."
    if read.findings:
        yield "Holes and double claims:"
        yield from (f"  {finding}" for finding in read.findings)
    elif not read.proven:
        yield "Not proven: the section is not complete."
    elif read.approval is None:
        yield "Every case has exactly one rule; what some of them decide is still open."
    else:
        yield "Proven: every case has exactly one rule."
