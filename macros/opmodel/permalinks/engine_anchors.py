"""Anchors that the engine owns: those of its rules, gates, commands and fields, on whatever page a site shows them.

No site can keep or lose one, so none is in a site's record. ``engine_anchors.txt`` lists every one that was ever
published, and a test makes sure that each is still there.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from pathlib import Path

from opmodel.load.operating_model import OperatingModel
from opmodel.permalinks import addresses
from opmodel.permalinks.page_macros import MACROS, macro_anchors

RECORD = Path(__file__).with_name("engine_anchors.txt")


@cache
def recorded_anchors() -> Mapping[str, frozenset[str]]:
    """Return the anchors of each macro that were ever published."""
    found = defaultdict[str, set[str]](set)
    for line in RECORD.read_text(encoding="utf-8").splitlines():
        macro, _, anchor = line.partition("#")
        found[macro].add(anchor)
    return {macro: frozenset(anchors) for macro, anchors in found.items()}


def engine_addresses(model: OperatingModel, rules: Collection[str]) -> frozenset[str]:
    """Return the addresses of a site that the engine owns, those that it published in the past included."""
    return frozenset(_engine_addresses(model, rules))


def _engine_addresses(model: OperatingModel, rules: Collection[str]) -> Iterator[str]:
    for path, page in model.pages.items():
        own = {heading.id for heading in page.value.headings}
        for call in page.value.blocks:
            macro = MACROS.get(call[0])
            if macro and macro.engine_owned:
                anchors = {*recorded_anchors().get(call[0], ()), *macro_anchors(model, call, rules)}
                yield from (f"/{addresses.page(path)}#{anchor}" for anchor in anchors - own)
