"""The command group: finds the site's folder and hands over to one command."""

import gc
import os
import sys
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

import click

from opmodel import __version__
from opmodel.environment import on_ci, today
from opmodel.model.problem import Problem


class Day(click.ParamType[date]):
    """A day in RFC 3339 form."""

    name = "YYYY-MM-DD"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the day that ``value`` names; fail as a usage error otherwise."""
        if isinstance(value, date):
            return value
        try:
            return datetime.strptime(str(value), "%Y-%m-%d").date()  # noqa: DTZ007 a day has no time zone
        except ValueError:
            self.fail(f"expected a day such as 2026-11-30, found {value!r}", param, ctx)


as_of = click.option("--as-of", type=Day(), default=today, show_default="today", help="Judge dates as on this day.")
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
    """Return the site's folder, absolute; raise a usage error when there is none."""
    start = Path(os.path.realpath(given or Path.cwd()))  # unlike resolve(), it returns where links lead in a circle
    for folder in (start, *start.parents) if given is None else (start,):
        if (folder / "data").is_dir():
            return folder
    raise click.UsageError(f"{given or 'this folder'} holds no site: expected a folder with data/ in it")


def say_missing_history(problems: Iterable[Problem]) -> None:
    """Say on the error output what could not be compared with the history of version control."""
    from opmodel.readiness.history import HISTORY_MISSING

    for problem in problems:
        if problem.rule == HISTORY_MISSING:
            click.echo(problem, err=True)


class _Commands(click.Group):
    """The commands; an error of the file system is one line of each."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise
        except OSError as error:
            from opmodel.files.targets import error_line

            raise click.ClickException(error_line(error)) from None


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="opmodel")
def group() -> None:
    """Write down, check and publish who owns what in AI-agent workflows."""


def command_group() -> click.Group:
    """Return the group with every command."""
    from opmodel.commands import (
        check,
        codeowners,
        decide,
        diff,
        export,
        import_,
        init,
        new,
        pdf,
        permalinks,
        rules,
        schemas,
        sign,
    )

    for command in (
        check.command,
        rules.command,
        schemas.command,
        decide.command,
        diff.command,
        permalinks.command,
        sign.command,
        new.command,
        codeowners.command,
        export.command,
        import_.command,
        pdf.command,
        init.command,
    ):
        group.add_command(command)
    return group


def main() -> None:
    """Run the command line; exit 0 when all is well, 1 for problems, 2 for wrong usage."""
    try:
        command_group()(prog_name="opmodel")
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
    finally:
        gc.freeze()  # the process ends: nobody needs to look for garbage in all that it holds
