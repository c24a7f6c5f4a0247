"""Sign-offs written to the end of a packet's file of sign-offs, of which every byte stays."""

import os
from pathlib import Path

from opmodel.files.packet_files import signoffs_path
from opmodel.files.reading import UnreadableFile, read_file
from opmodel.files.writing import write_text
from opmodel.model.signoff import Signoff
from opmodel.source.reader import MAX_BYTES, decode, parse
from opmodel.source.tree import ListNode, child

_NEW_FILE = (
    "# yaml-language-server: $schema=../schemas/signoffs.json\n"
    "# Sign-offs of {packet}. Records are only ever added: opmodel sign {packet} --side … --by …\nrecords:\n"
)


class SignoffFileError(ValueError):
    """A file of sign-offs whose layout does not allow to append a record."""


def append_signoff(root: Path, packet: str, record: Signoff) -> Path:
    """Append ``record`` to ``data/signoffs/<packet>.yml`` and return the file's path.

    Earlier records stay the same, byte for byte, and the file is replaced as a whole.

    Raises:
        SignoffFileError: The file cannot be read, or its layout does not allow it.
    """
    path = root / signoffs_path(packet)
    old = _file_text(path, root) if os.path.lexists(path) else _NEW_FILE.format(packet=packet)
    start = old.rstrip().removesuffix(" []") if old.rstrip().endswith("records: []") else old.rstrip()
    ends = "\r\n" if "\r\n" in old else "\n"
    new = start + ends + _record_yaml(record).replace("\n", ends)
    if _record_values(new)[:-1] != _record_values(old) or len(_record_values(new)) != len(_record_values(old)) + 1:
        raise SignoffFileError(
            "records must stand as list entries that begin with two spaces and a hyphen, and nothing after"
        )
    write_text(path, new, root)
    return path


def _file_text(path: Path, root: Path) -> str:
    try:
        return read_file(path, root, MAX_BYTES).decode("utf-8")
    except UnreadableFile as refused:
        raise SignoffFileError(str(refused)) from None
    except UnicodeDecodeError:
        raise SignoffFileError("the file is not UTF-8 text") from None


def _record_values(text: str) -> list[object]:
    node, _ = parse(decode(text.encode()))
    below = child(node, "records") if node else None
    return [item.plain for item in below.items] if isinstance(below, ListNode) else []


def _record_yaml(record: Signoff) -> str:
    """Return a record as YAML."""
    name = record.name.replace("\\", "\\\\").replace('"', '\\"')
    lines = [
        f"  - side: {record.side.value}",
        f"    role: {record.role}",
        f'    name: "{name}"',
        f"    date: {record.date.isoformat()}",
        *([f"    left_out: [{', '.join(record.left_out)}]"] if record.left_out else []),
        *([f'    engine: "{record.engine}"'] if record.engine else []),
        "    digests:",
        *(f"      {section.value}: {digest}" for section, digest in record.digests.items()),
    ]
    return "\n".join(lines) + "\n"
