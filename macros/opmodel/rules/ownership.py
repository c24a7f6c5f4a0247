"""Rules on who is asked before a packet changes."""

import os
from collections.abc import Iterator

from opmodel.problem import Place, Problem, Severity
from opmodel.readiness.codeowners import block, committed, prefix
from opmodel.rules.rule import Context


def codeowners_stale(context: Context) -> Iterator[Problem]:
    """The code-owner file names the teams of both owners of every packet, as the data has them now. An old one asks
    the wrong people, or nobody, before a packet changes. Make it anew: opmodel codeowners --write."""
    root = context.model.root
    found = committed(root)
    if found is None:
        return
    old, new = found.block.splitlines(), block(context.model, found.host, prefix(root)).splitlines()
    missing, left = [line for line in new if line not in old], [line for line in old if line not in new]
    if missing or left or old != new:
        what = f'"{missing[0]}" is missing' if missing else f'"{left[0]}" is left over' if left else "the order changed"
        message = f"the file is out of date: {what}; run: opmodel codeowners --write"
        line = _line(found.path.read_text(encoding="utf-8"), left[0] if left else old[0])
        place = Place(os.path.relpath(found.path, root).replace(os.sep, "/"), line)
        yield Problem(place, "codeowners-stale", message, Severity.WARNING)


def _line(text: str, wanted: str) -> int:
    return next((number for number, line in enumerate(text.splitlines(), 1) if line == wanted), 1)
