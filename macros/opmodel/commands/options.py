"""Words and paths on the command line that name the nearest one when they are mistyped."""

import os
from collections.abc import Iterable
from pathlib import Path

import click

from opmodel.text.lookalikes import in_quotes
from opmodel.text.nearest import did_you_mean


class WordChoice(click.Choice[str]):
    """One of a few words."""

    def __init__(self, words: Iterable[str]) -> None:
        super().__init__(list(words))

    def get_invalid_choice_message(self, value: object, ctx: click.Context | None) -> str:  # noqa: ARG002 click's own
        """Return what was expected, what was found, and the nearest match."""
        words = [str(word) for word in self.choices]
        return f"expected one of {', '.join(words)}; found {in_quotes(str(value))}{did_you_mean(str(value), words)}"


class ExistingPath(click.Path):
    """A file or folder that is there."""

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def convert(
        self, value: str | os.PathLike[str], param: click.Parameter | None, ctx: click.Context | None
    ) -> str | bytes | os.PathLike[str]:
        """Return the path; fail as a usage error that names the nearest one when nothing is there."""
        path = Path(value)
        if not os.path.lexists(path):
            known = [each.name for each in path.parent.iterdir()] if path.parent.is_dir() else []
            self.fail(f"{path} does not exist{did_you_mean(path.name, known)}", param, ctx)
        return super().convert(value, param, ctx)
