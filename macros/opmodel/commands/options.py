"""Options, arguments and errors that commands share, the folder of the site, and new files. Imports no command."""

import os
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from opmodel.environment import drop_unusable_date, on_ci, today
from opmodel.model.problem import Problem
from opmodel.text.lookalikes import in_quotes
from opmodel.text.nearest import did_you_mean

if TYPE_CHECKING:
    from opmodel.load.operating_model import OperatingModel


class Day(click.ParamType[date]):
    """A day in RFC 3339 form."""

    name = "YYYY-MM-DD"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the day that ``value`` names, or fail with a usage error."""
        if isinstance(value, date):
            return value
        try:
            return datetime.strptime(str(value), "%Y-%m-%d").date()  # noqa: DTZ007 a day has no time zone
        except ValueError:
            self.fail(f"expected a day such as 2026-11-30, found {value!r}", param, ctx)


class WordChoice(click.Choice[str]):
    """A choice of words. The error for any other word names the nearest."""

    def __init__(self, words: Iterable[str]) -> None:
        super().__init__(list(words))

    def get_invalid_choice_message(self, value: object, ctx: click.Context | None) -> str:  # noqa: ARG002 click's own
        """Return what was expected and found, and the nearest match."""
        words = [str(word) for word in self.choices]
        return f"expected one of {', '.join(words)}; found {in_quotes(str(value))}{did_you_mean(str(value), words)}"


class ExistingPath(click.Path):
    """An existing file or folder. The error for any other names the nearest in the same folder."""

    def __init__(self, *, dir_okay: bool = True) -> None:
        super().__init__(path_type=Path, dir_okay=dir_okay)

    def convert(
        self, value: str | os.PathLike[str], param: click.Parameter | None, ctx: click.Context | None
    ) -> str | bytes | os.PathLike[str]:
        """Return the path, or fail with a usage error if nothing is there."""
        path = Path(value)
        if not os.path.lexists(path):
            known = [each.name for each in path.parent.iterdir()] if path.parent.is_dir() else []
            self.fail(f"{path} does not exist{did_you_mean(path.name, known)}", param, ctx)
        return super().convert(value, param, ctx)


NEW_FILE = click.Path(dir_okay=False, path_type=Path)
"""The type of an option that names a file to write."""


def _today() -> date:
    """Return today, or the day of ``SOURCE_DATE_EPOCH``; print a warning if the variable cannot be used."""
    if warning := drop_unusable_date():
        click.echo(warning, err=True)
    return today()


as_of = click.option("--as-of", type=Day(), default=_today, show_default="today", help="Judge dates as on this day.")
site = click.option(
    "--site",
    "root",
    type=click.Path(file_okay=False, path_type=Path),
    default=None,
    help="Folder of the site; by default the nearest folder upwards that holds data/.",
)
require_history = click.option(
    "--require-history/--no-require-history",
    "require_history",
    default=on_ci,
    show_default="required where the variable CI is set",
    help="Whether it is an error, not a warning, when rules that need the history of version control do not have it.",
)


def find_root(given: Path | None = None) -> Path:
    """Return the absolute folder of the site. Raises a usage error if there is none."""
    start = Path(os.path.realpath(given or Path.cwd()))  # unlike resolve(), it returns where links lead in a circle
    for folder in (start, *start.parents) if given is None else (start,):
        if (folder / "data").is_dir():
            return folder
    raise click.UsageError(f"{given or 'this folder'} holds no site: expected a folder with data/ in it")


def site_model(root: Path) -> "OperatingModel":
    """Load the operating model of the site in ``root``, without files that cannot be read."""
    from opmodel.load.loader import load_model

    return load_model(root).model


@contextmanager
def refusals() -> Iterator[None]:
    """Turn `CreationRefused` within the block into an error of the command line."""
    from opmodel.scaffold.rendering import CreationRefused

    try:
        yield
    except CreationRefused as refused:
        raise click.ClickException(str(refused)) from None


def known_packet(model: "OperatingModel", name: str) -> str:
    """Return the id of a packet that was loaded. Raises an error that names the nearest id."""
    if name not in model.packets and name in (model.names["packet"] or ()):
        raise click.ClickException(f"{name} has errors; see: opmodel check")
    return known_id(name, model.packets, "packet")


def known_id(name: str, known: Collection[str], kind: str) -> str:
    """Return ``name`` if it is among ``known``. Raises a usage error that names the nearest id."""
    if name not in known:
        raise click.UsageError(f"unknown {kind} {in_quotes(name)}{did_you_mean(name, known)}")
    return name


def echo_missing_history(problems: Iterable[Problem]) -> None:
    """Print the warnings about missing history to the error output."""
    from opmodel.readiness.history import HISTORY_MISSING

    for problem in problems:
        if problem.rule == HISTORY_MISSING:
            click.echo(problem, err=True)


def check_new_file(target: Path, root: Path, *, data: bool = False) -> None:
    """Raise a usage error if no file may be written at ``target``; ``data`` allows new files in ``data/``."""
    from opmodel.files.targets import why_not_writable

    if refused := why_not_writable(target, root, data=data):
        raise click.UsageError(refused)


def write_new_file(target: Path, content: bytes) -> None:
    """Write a file completely or not at all. Raises an error if it exists."""
    from opmodel.files.writing import create_bytes

    try:
        create_bytes(target, content)
    except FileExistsError:
        raise click.ClickException(f"{target} is there already and stays as it is; choose another name") from None
