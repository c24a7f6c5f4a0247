"""``opmodel check``: print every problem of a site."""

import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import click
from click.core import ParameterSource

from opmodel.commands.options import ExistingPath, WordChoice, as_of, find_root, require_history, site
from opmodel.commands.problem_formats import ANNOTATION_FORMATS, DOCUMENT_FORMATS, FORMATS, with_explanations
from opmodel.environment import today
from opmodel.files.reading import SETTINGS_FILE
from opmodel.model.problem import Problem, Severity
from opmodel.text.words import counted


@click.command(name="check")
@click.argument("paths", nargs=-1, type=ExistingPath(), metavar="[PATH]...")
@click.option(
    "--format",
    "style",
    type=WordChoice(FORMATS),
    default="text",
    show_default=True,
    help="text for people, github for annotations, gitlab for a Code Quality report, sarif or junit for other hosts, "
    "json for programs.",
)
@click.option(
    "--explain", is_flag=True, help="Say under each problem what its rule means, why, and what right looks like."
)
@click.option(
    "--watch", "watched", is_flag=True, help="Stay, and check again whenever a file is saved; Ctrl-C ends it."
)
@click.option(
    "-f",
    "--config-file",
    "settings",
    type=ExistingPath(dir_okay=False),
    default=None,
    help="The settings that MkDocs is given with an option of this name; by default mkdocs.yml.",
)
@require_history
@site
@as_of
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[Path, ...],
    style: str,
    explain: bool,
    watched: bool,
    settings: Path | None,
    require_history: bool,
    root: Path | None,
    as_of: date,
) -> None:
    """Check a site's data and print every problem as path:line:col: message (rule-id).

    PATH is a site's folder, or files and folders in it: then only their problems are printed.
    The exit code is 0 without errors, 1 with errors, 2 for wrong usage.
    """
    if explain and style != "text":
        raise click.UsageError("--explain is for people: leave out --format, or use --format text")
    folder = _site_folder(root, paths or ([settings] if settings else []))
    name = _settings_name(settings, folder)
    report = partial(_report, folder, paths, style, explain=explain, required=require_history, settings=name)
    fixed = as_of if ctx.get_parameter_source("as_of") is ParameterSource.COMMANDLINE else None
    if watched:
        from opmodel.commands.watch import watch

        watch(folder, lambda: report(fixed or today()))
        return
    raise SystemExit(report(as_of))


def _settings_name(given: Path | None, root: Path) -> str:
    """Return the name of the settings file in the site's folder."""
    if given and _real(given).parent != root:
        raise click.UsageError(f"{given} is not in {root}: MkDocs expects data/ beside its settings")
    return given.name if given else SETTINGS_FILE


def _report(
    root: Path, paths: Sequence[Path], style: str, as_of: date, *, explain: bool, required: bool, settings: str
) -> int:
    """Check once, print the problems, and return the exit code."""
    from opmodel.cache import Cache
    from opmodel.environment import on_error
    from opmodel.files.git import repository_root
    from opmodel.readiness.history import HISTORY_MISSING
    from opmodel.rules.quick_check import quick_check

    try:
        on_error("stop")  # a build refuses another word in the variable
    except ValueError as error:
        raise click.ClickException(str(error)) from None
    found = quick_check(root, as_of, Cache.of(root, summaries_only=True), require_history=required, settings=settings)
    asked = [_real(path) for path in paths or (root,)]
    problems = [
        problem
        for problem in found.problems
        if problem.rule == HISTORY_MISSING or any((root / problem.place.path).is_relative_to(path) for path in asked)
    ]
    start = repository_root(root) if style in ANNOTATION_FORMATS else Path.cwd()
    shown = [_seen_from(start, root, problem) for problem in problems]
    if shown or style in DOCUMENT_FORMATS:
        click.echo(with_explanations(shown) if explain else FORMATS[style](shown))
    if style == "text":
        click.echo(_summary(problems, found.packets), err=True)
    return 1 if any(problem.severity is Severity.ERROR for problem in problems) else 0


def _site_folder(given: Path | None, paths: Sequence[Path]) -> Path:
    """Return the folder of the site. Raises a usage error if a path is outside the site that ``--site`` names."""
    if given is None:
        return _root(paths)
    root = find_root(given)
    for path in paths:
        if not _real(path).is_relative_to(root):
            raise click.UsageError(f"{path} is not in {given}, the site that --site names")
    return root


def _root(paths: Sequence[Path]) -> Path:
    """Return the folder of the site that holds the first path."""
    if not paths:
        return find_root()
    start = _real(paths[0])
    for folder in (start, *start.parents):
        if (folder / "data").is_dir():
            return folder
    raise click.UsageError(f"{paths[0]} is in no site: expected a folder with data/ in it or above it")


def _real(path: Path) -> Path:
    """Resolve symbolic links on the way to a path, but not a file that is a link itself."""
    return Path(os.path.realpath(path if path.is_dir() else path.parent), "" if path.is_dir() else path.name)


def _seen_from(start: Path, root: Path, problem: Problem) -> Problem:
    """Return a problem with its path relative to the folder ``start`` instead of the site's."""
    if root == start:
        return problem
    path = os.path.relpath(root / problem.place.path, start).replace(os.sep, "/")
    return replace(problem, place=replace(problem.place, path=path))


def _summary(problems: Sequence[Problem], packets: int) -> str:
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    warnings = len(problems) - errors
    return f"{counted(packets, 'packet')} checked: {counted(errors, 'error')}, {counted(warnings, 'warning')}"
