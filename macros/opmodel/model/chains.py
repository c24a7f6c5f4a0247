"""Chains such as escalation and succession, where each id leads to at most one other. All walks are linear."""

from collections.abc import Iterator, Mapping

MAX_SHOWN = 12
"""How many ids of a ring a message names."""


def chain_from(start: str, following: Mapping[str, str | None]) -> list[str]:
    """Return ``start`` and every id that it leads to, in order; a chain that turns in a circle ends where it closes."""
    found: dict[str, None] = {}
    at: str | None = start
    while at is not None and at in following and at not in found:
        found[at] = None
        at = following[at]
    return list(found)


def cycles(following: Mapping[str, str | None]) -> Iterator[list[str]]:
    """Yield each circle once, beginning with the id that comes first in the alphabet."""
    done: set[str] = set()
    for start in following:
        walked: dict[str, int] = {}
        at: str | None = start
        while at is not None and at in following and at not in done:
            done.add(at)
            walked[at] = len(walked)
            at = following[at]
        if at in walked:
            ring = list(walked)[walked[at] :]
            first = ring.index(min(ring))
            yield ring[first:] + ring[:first]


def cycle_text(ring: list[str], position: int, arrow: str) -> str:
    """Return a ring as text from one of its ids round to the same one; of a long ring, its beginning."""
    start = ring[position]
    shown = [ring[(position + step) % len(ring)] for step in range(min(len(ring), MAX_SHOWN))]
    left = len(ring) - len(shown)
    return arrow.join([*shown, *([f"… ({left} more)"] if left else []), start])
