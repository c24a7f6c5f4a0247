"""Approval steps in one cell: a line for each step, ``any: buyer, lead`` or ``all: lead, controller``."""

import re
from typing import Any

_LINE = re.compile(r"(?:\d+[.)]\s*)?(?:(any|all)(?:\s+of)?\s*:)?\s*(.+)", re.I)


def steps_text(steps: list[dict[str, list[str]]]) -> str:
    """Return the steps (``any`` or ``all`` with ids of parties) as lines."""
    return "\n".join(_line(step) for step in steps)


def _line(step: dict[str, list[str]]) -> str:
    return "; ".join(f"{kind}: {', '.join(names)}" for kind, names in step.items())


def read_steps(text: str) -> list[dict[str, Any]]:
    """Return the steps that lines write; a line without ``any`` or ``all`` asks any one of those it names."""
    return [_step(line) for line in text.split("\n") if line.strip()]


def _step(line: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for part in line.split(";"):
        match = _LINE.fullmatch(part.strip())
        if match:
            names = [name.strip() for name in re.split(r"[,/]| and | or |\+|&", match[2]) if name.strip()]
            found[(match[1] or "any").lower()] = names
    return found
