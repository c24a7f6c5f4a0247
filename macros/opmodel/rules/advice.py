"""Why each rule matters, and a corrected example of what it rejects."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from opmodel.source.reader import decode, parse

FORMS = ("yaml", "text", "markdown")


@dataclass(frozen=True, kw_only=True)
class Advice:
    """Why a rule matters, and a corrected example in one of the `FORMS`."""

    why: str
    example: str
    form: str


@cache
def advice() -> dict[str, Advice]:
    """Return the advice of ``advice.yml`` on every rule, by rule id."""
    node, faults = parse(decode(files("opmodel.rules").joinpath("advice.yml").read_bytes()))
    assert node is not None, faults
    entries: Any = node.plain
    return {
        name: Advice(why=entry["why"], example=entry["example"].rstrip(), form=entry.get("form", "yaml"))
        for name, entry in entries.items()
    }
