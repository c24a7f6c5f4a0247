"""The reference of commands: what each one's own help says."""

import inspect
from collections.abc import Iterator

import click

from opmodel.commands.main import command_group
from opmodel.views.blocks import Cell, Column, Row, Table
from opmodel.views.field_reference import ReferenceChapter


def command_chapters() -> tuple[ReferenceChapter, ...]:
    """Return a chapter for every command, with its usage, its help and its options."""
    return tuple(_chapter(path, command) for path, command in all_commands(command_group(), ("opmodel",)))


def all_commands(group: click.Group, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Yield every command below a group with the words that call it; a group within comes before its commands."""
    for name, command in sorted(group.commands.items()):
        yield (*path, name), command
        if isinstance(command, click.Group):
            yield from all_commands(command, (*path, name))


def _chapter(path: tuple[str, ...], command: click.Command) -> ReferenceChapter:
    context = click.Context(command, info_name=" ".join(path), **command_group().context_settings)
    title = " ".join(path)
    return ReferenceChapter(
        title=title,
        anchor="-".join(path),
        paragraphs=tuple(_paragraphs(command.help or "")),
        usage=" ".join([title, *command.collect_usage_pieces(context)]),
        table=Table(
            caption=f"Options of {title}",
            columns=(Column(title="Option"), Column(title="What it does")),
            rows=tuple(_rows(path, command, context)),
        ),
    )


def _paragraphs(text: str) -> Iterator[str]:
    for paragraph in inspect.cleandoc(text.replace("\b", "")).split("\n\n"):
        yield " ".join(paragraph.split())


def _rows(path: tuple[str, ...], command: click.Command, context: click.Context) -> Iterator[Row]:
    for option in command.params:
        record = option.get_help_record(context) if isinstance(option, click.Option) else None
        if record:
            name = next(word for word in option.opts if word.startswith("--")).removeprefix("--")
            cells = (Cell(text=record[0], code=True), Cell(text=record[1]))
            yield Row(anchor=f"{'-'.join(path)}--{name}", cells=cells)
