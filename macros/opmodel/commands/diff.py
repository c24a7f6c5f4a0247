"""``opmodel diff``: compare the packets of two revisions by meaning."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from opmodel.commands.options import WordChoice, as_of, find_root, site
from opmodel.model.problem import Place, Problem, Severity

if TYPE_CHECKING:
    from opmodel.load.loader import LoadedModel
    from opmodel.load.operating_model import OperatingModel
    from opmodel.readiness.history import History

_HERE = "the working tree"


@click.command(name="diff")
@click.argument("base", default="HEAD")
@click.argument("head", required=False)
@click.option(
    "--format",
    "style",
    type=WordChoice(["text", "markdown", "json"]),
    default="text",
    show_default=True,
    help="text for a terminal, markdown for a pull request comment, json for programs.",
)
@site
@as_of
def command(base: str, head: str | None, style: str, root: Path | None, as_of: date) -> None:
    """Compare the packets of two revisions by meaning, not by line.

    BASE is HEAD unless given; without HEAD, BASE is compared with the files as they are now. For approval tables, every
    region of the domain whose answer changed is listed with an example case.

    The exit code is 0, changed or not; 1 when the data of a revision cannot be read; 2 for wrong usage.
    """
    from opmodel.compare.json_document import as_json
    from opmodel.compare.markdown import as_markdown
    from opmodel.compare.sites import compare_sites
    from opmodel.compare.text import as_text
    from opmodel.load.loader import load_model

    folder = find_root(root)
    before, base_name = _revision(folder, base)
    after, head_name = _revision(folder, head) if head else (_readable(load_model(folder), _HERE), _HERE)
    change = compare_sites(before, after, as_of)
    printer = {"text": as_text, "markdown": as_markdown, "json": as_json}[style]
    click.echo(printer(change, base_name, head_name).rstrip("\n"))


def _revision(folder: Path, name: str) -> "tuple[OperatingModel, str]":
    """Return the site as of a revision, and the revision's name with its commit."""
    from opmodel.compare.sites import load_commit
    from opmodel.files.git import GitError
    from opmodel.readiness.history import HISTORY_MISSING, History

    history = History(folder)
    commit = history.commit_of(name)
    if not commit:
        raise click.UsageError(_unknown(history, name))
    try:
        loaded, left_out = load_commit(history, commit)
    except GitError as error:
        raise click.ClickException(f"the data of {name} cannot be read: {error.reason}; run: {error.remedy}") from None
    for path in left_out:
        click.echo(Problem(Place(path), HISTORY_MISSING, f"left out of {name}", Severity.WARNING), err=True)
    return _readable(loaded, name), f"{name} ({commit[:10]})"


def _unknown(history: "History", name: str) -> str:
    unknown = f'git knows no revision "{name}"; expected a branch, tag or commit'
    if obstacle := history.obstacle:
        shallow = bool(history.commit_of("HEAD"))
        return f"{unknown if shallow else 'nothing to compare with'}: {obstacle.reason}; run: {obstacle.remedy}"
    return unknown


def _readable(loaded: "LoadedModel", name: str) -> "OperatingModel":
    """Return the loaded model. Raises an error with the lines of the check if compared files cannot be read."""
    from opmodel.compare.sites import unreadable

    problems: list[Problem] = unreadable(loaded)
    if problems:
        lines = "\n".join(map(str, problems))
        raise click.ClickException(f"the data of {name} cannot be read:\n{lines}")
    return loaded.model
