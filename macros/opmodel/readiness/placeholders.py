"""Texts that stand for one that is still to be written, such as TBD."""

import re
from collections.abc import Iterator

from pydantic import BaseModel

from opmodel.model.packet import Packet
from opmodel.source.tree import Path

PLACEHOLDER = re.compile(
    r"\b(tbd|tbc|xxx+|lorem ipsum)\b|\?\?\?|^\?+$"
    r"|(^|[:;,.(–-])\s*(to be (decided|defined|confirmed|written)|fill (this )?in)\W*$",  # not within a sentence
    re.I,
)
SIGNS = tuple(
    re.compile(sign)
    for sign in (
        *(rb"\?", rb"tb[cd]", rb"xxx", rb"lorem", rb"fill"),
        rb"to[\s\xc2\x85]+be",  # a line may end there, also with U+0085
        rb"\xc4",  # with which U+0130 and U+0131 begin: they match an i as well
    )
)
"""One of these is in every placeholder as files write it, once A to Z are lower case."""


def placeholders(packet: Packet, data: bytes | None) -> Iterator[tuple[Path, str]]:
    """Yield path and text of every placeholder in a packet; ``data`` is the file that holds it, where it is at hand."""
    if _may_hold_one(data):
        yield from ((path, text) for path, text in _texts(packet, ()) if PLACEHOLDER.search(text))


def _may_hold_one(data: bytes | None) -> bool:
    """Whether any text in a file may hold a placeholder, which is seen sooner in its bytes than text by text.

    Without a backslash, each letter of a text stands in the file as it is.
    """
    if data is None or b"\\" in data:
        return True
    folded = data.lower()
    return any(sign.search(folded) for sign in SIGNS)


def _texts(value: object, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, BaseModel):
        for name, info in type(value).model_fields.items():
            yield from _texts(getattr(value, name), (*path, info.alias or name))
    elif isinstance(value, tuple):
        for position, item in enumerate(value):
            yield from _texts(item, (*path, position))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _texts(item, (*path, key))
