"""Append a record to a packet's file of sign-offs."""

import os
from pathlib import Path

from opmodel.files.reading import UnreadableFile, read_file
from opmodel.files.writing import write_text
from opmodel.model.signoff import Signoff
from opmodel.source.reader import MAX_BYTES, decode, parse
from opmodel.source.tree import ListNode, child

_HEAD = (
    "# yaml-language-server: $schema=../schemas/signoffs.json\n"
    "# Sign-offs of {packet}. Records are only ever added: opmodel sign {packet} --side … --by …\nrecords:\n"
)


class SignoffFileError(ValueError):
    """A file of records to whose end no record can be added as it stands."""


def append_signoff(root: Path, packet: str, record: Signoff) -> Path:
    """Add ``record`` to ``data/signoffs/<packet>.yml`` and return the file's path.

    The records that are there stay as they are, byte for byte. The file is written whole and then renamed, so that a
    failure leaves the old one. Raises SignoffFileError when the file's layout leaves no place at its end.
    """
    path = root / "data" / "signoffs" / f"{packet}.yml"
    old = _text(path, root) if os.path.lexists(path) else _HEAD.format(packet=packet)
    start = old.rstrip().removesuffix(" []") if old.rstrip().endswith("records: []") else old.rstrip()
    ends = "\r\n" if "\r\n" in old else "\n"
    new = start + ends + entry(record).replace("\n", ends)
    if _records(new)[:-1] != _records(old) or len(_records(new)) != len(_records(old)) + 1:
        raise SignoffFileError(
            "records must stand as list entries that begin with two spaces and a hyphen, and nothing after"
        )
    write_text(path, new)
    return path


def _text(path: Path, root: Path) -> str:
    try:
        return read_file(path, root, MAX_BYTES).decode("utf-8")
    except UnreadableFile as refused:
        raise SignoffFileError(str(refused)) from None
    except UnicodeDecodeError:
        raise SignoffFileError("the file is not UTF-8 text") from None


def _records(text: str) -> list[object]:
    node, _ = parse(decode(text.encode()))
    below = child(node, "records") if node else None
    return [item.plain for item in below.items] if isinstance(below, ListNode) else []


def entry(record: Signoff) -> str:
    """Return a record as YAML."""
    name = record.name.replace("\\", "\\\\").replace('"', '\\"')
    lines = [
        f"  - side: {record.side.value}",
        f"    role: {record.role}",
        f'    name: "{name}"',
        f"    date: {record.date.isoformat()}",
        "    digests:",
        *(f"      {section.value}: {digest}" for section, digest in record.digests.items()),
    ]
    return "\n".join(lines) + "\n"
