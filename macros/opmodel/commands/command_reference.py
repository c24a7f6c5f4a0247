"""The reference of the command line, made from the help of each command."""

import inspect
from collections.abc import Iterator

import click

from opmodel.commands.main import command_group
from opmodel.permalinks.engine_anchors import recorded_anchors
from opmodel.views.blocks import Cell, Row, Table, columns
from opmodel.views.reference import ReferenceChapter


def command_chapters() -> tuple[ReferenceChapter, ...]:
    """Return a chapter for each command: usage, help and options."""
    return tuple(_chapter(path, command) for path, command in all_commands(command_group(), ("opmodel",)))


def all_commands(group: click.Group, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Yield the words that call each command of a group, and the command; nested groups come before their commands."""
    for name, command in sorted(group.commands.items()):
        yield (*path, name), command
        if isinstance(command, click.Group):
            yield from all_commands(command, (*path, name))


def _chapter(path: tuple[str, ...], command: click.Command) -> ReferenceChapter:
    context = click.Context(command, info_name=" ".join(path), **command_group().context_settings)
    title, text = " ".join(path), inspect.cleandoc((command.help or "").replace("\b", ""))
    return ReferenceChapter(
        title=title,
        anchor="-".join(path),
        paragraphs=tuple(" ".join(paragraph.split()) for paragraph in text.split("\n\n")),
        usage=" ".join([title, *command.collect_usage_pieces(context)]),
        table=Table(
            caption=f"Options of {title}",
            columns=columns("Option", "What it does"),
            rows=tuple(_rows(path, command, context)),
        ),
    )


def _rows(path: tuple[str, ...], command: click.Command, context: click.Context) -> Iterator[Row]:
    for option in command.params:
        record = option.get_help_record(context) if isinstance(option, click.Option) else None
        if record:
            anchors = [f"{'-'.join(path)}{word}" for word in option.opts if word.startswith("--")]
            cells = (Cell(text=record[0], code=True), Cell(text=record[1]))
            published = recorded_anchors()["commands"].intersection(anchors)  # an option that got another name keeps it
            yield Row(anchor=next(iter(sorted(published)), anchors[0]), cells=cells)
