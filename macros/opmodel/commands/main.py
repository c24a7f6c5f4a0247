"""The ``opmodel`` command group and its entry point."""

import gc
import sys

import click

from opmodel import __version__


class _Commands(click.Group):
    """The command group; prints an error of the file system as one line."""

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
        gc.freeze()  # the process ends, so its objects need no collection
