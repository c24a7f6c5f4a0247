"""The ``opmodel`` command line. Each command is a module; heavy imports happen only when a command runs."""

from opmodel.commands.main import main

__all__ = ["main"]
