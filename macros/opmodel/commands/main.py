"""The ``opmodel`` command group and its entry point."""

import gc
import sys
from importlib import import_module

import click

from opmodel import __version__

_MODULES = (
    *("check", "rules", "schemas", "decide", "diff", "permalinks", "evidence", "sign", "new", "codeowners"),
    *("export", "import_", "pdf", "offline", "init", "remove", "update_guide"),
)
"""The modules of this folder that define a ``command``."""


class _Commands(click.Group):
    """A command group that prints errors of the file system as one line."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command."""
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
    for name in _MODULES:
        group.add_command(import_module(f"opmodel.commands.{name}").command)
    return group


def main() -> None:
    """Run the command line. Exits with 0 on success, 1 for problems, 2 for wrong usage."""
    try:
        command_group()(prog_name="opmodel")
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
    finally:
        gc.freeze()  # the process ends, so its objects need no collection
