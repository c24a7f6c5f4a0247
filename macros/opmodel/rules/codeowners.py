"""Rules on who is asked before a packet changes."""

import os
from collections.abc import Iterator
from pathlib import Path

from opmodel.model.problem import Place, Problem, Severity
from opmodel.readiness.codeowners import UnreadableOwners, block, committed, prefix
from opmodel.rules.rule import Context, site_rule


@site_rule
def codeowners_stale(context: Context) -> Iterator[Problem]:
    """The code-owner file names the teams of both owners of every packet, as the data has them now. An old one asks
    the wrong people, or nobody, before a packet changes. Make it anew: opmodel codeowners --write."""
    root = context.model.root
    try:
        found = committed(root)
    except UnreadableOwners as refused:
        yield _problem(context, refused.path, 1, f"nobody can tell whether the file is up to date: {refused}")
        return
    if found is None:
        return
    old, new = found.block.splitlines(), block(context.model, found.host, prefix(root)).splitlines()
    missing, left = [line for line in new if line not in old], [line for line in old if line not in new]
    if missing or left or old != new:
        what = f'"{missing[0]}" is missing' if missing else f'"{left[0]}" is left over' if left else "the order changed"
        line = found.line + (old.index(left[0]) if left else 0)
        yield _problem(context, found.path, line, f"the file is out of date: {what}; run: opmodel codeowners --write")


def _problem(context: Context, path: Path, line: int, message: str) -> Problem:
    place = Place(os.path.relpath(path, context.model.root).replace(os.sep, "/"), line)
    return Problem(place, "codeowners-stale", message, Severity.WARNING)
