"""What the command line says of itself. It is an entrance of its own, so it is found as a shell finds it."""

from importlib import import_module
from importlib.metadata import entry_points

from opmodel.views.field_reference import ReferenceChapter


def chapters() -> tuple[ReferenceChapter, ...]:
    """Return the reference of the installed ``opmodel`` command."""
    (script,) = entry_points(group="console_scripts", name="opmodel")
    found: tuple[ReferenceChapter, ...] = import_module(f"{script.module}.command_reference").command_chapters()
    return found
