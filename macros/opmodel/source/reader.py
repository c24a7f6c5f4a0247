"""Reads and parses data files."""

import re
from pathlib import Path

import yaml

from opmodel.files.reading import UnreadableFile, read_file
from opmodel.source.composer import compose
from opmodel.source.fault import SourceFault
from opmodel.source.tree import Mark, Node, mark_in

MAX_BYTES = 1024 * 1024
_LARGE = {"candidates.yml": 8 * MAX_BYTES}
"""Files that may be larger, by name: an inventory of use cases has thousands of entries."""
_CONTROL_BYTES = frozenset(range(32)) - set(b"\t\n\r") | {0x7F}
_OTHER_BYTES = bytes(set(range(256)) - _CONTROL_BYTES)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def limit_of(path: Path) -> int:
    """Return how many bytes a data file may have."""
    return _LARGE.get(path.name, MAX_BYTES)


def read_bytes(path: Path, root: Path, limit: int = 0) -> bytes:
    """Return the bytes of a file of the site in ``root``. ``limit`` is that of its kind by default.

    Raises SourceFault if it has more than ``limit`` bytes or `opmodel.files.reading.read_file` refuses it.
    """
    try:
        return read_file(path, root, limit or limit_of(path))
    except UnreadableFile as refused:
        raise unreadable_fault(refused) from None


def unreadable_fault(refused: UnreadableFile) -> SourceFault:
    """Convert the error of the file system into a fault."""
    return SourceFault("file-size" if refused.too_large else "file-unreadable", str(refused), Mark())


def decode(data: bytes) -> str:
    """Decode UTF-8 with Unix line ends; raise SourceFault at the first invalid byte or control character."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - (data.rfind(b"\n", 0, error.start) + 1) + 1
        found = f"byte 0x{data[error.start]:02x}"
        raise SourceFault("file-encoding", f"expected UTF-8 text, found {found}", Mark(line, column)) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if _may_hold_controls(data) and (bad := _CONTROL.search(text)):
        found = f"control character U+{ord(bad[0]):04X}"
        raise SourceFault("file-encoding", f"expected readable text, found {found}", mark_in(text, bad.start()))
    return text


def _may_hold_controls(data: bytes) -> bool:
    """Whether the bytes may encode a control character: a fast test before the exact one."""
    return bool(data.translate(None, _OTHER_BYTES)) or b"\xef\xbf" in data


def parse(text: str) -> tuple[Node | None, list[SourceFault]]:
    """Parse one plain YAML document.

    Returns:
        The tree, or None if it cannot be read, and all faults found; a tree may come with warnings.
    """
    faults: list[SourceFault] = []
    try:
        node = compose(text, faults)
    except SourceFault as fault:
        return None, [*faults, fault]
    except yaml.MarkedYAMLError as error:
        return None, [*faults, _syntax(text, error)]
    except (yaml.YAMLError, ValueError) as error:
        message = f"this is not valid YAML: {error}".splitlines()[0]
        return None, [*faults, SourceFault("yaml-syntax", message, Mark())]
    return (None if any(not fault.warning for fault in faults) else node), faults


def read_tree(path: Path, root: Path) -> tuple[Node | None, list[SourceFault]]:
    """Read and `parse` a data file of the site in ``root``."""
    try:
        text = decode(read_bytes(path, root))
    except SourceFault as fault:
        return None, [fault]
    return parse(text)


def _syntax(text: str, error: yaml.MarkedYAMLError) -> SourceFault:
    place = error.problem_mark or error.context_mark
    mark = Mark(place.line + 1, place.column + 1) if place else Mark()
    lines = text.split("\n")
    line = lines[mark.line - 1] if mark.line <= len(lines) else ""
    tab = line.find("\t")
    if "tab" in (error.problem or "") or (tab >= 0 and not line[:tab].strip(" -")):
        return SourceFault(
            "yaml-tab", "expected spaces, found a tab", Mark(mark.line, tab + 1 if tab >= 0 else mark.column)
        )
    context = f" {error.context}" if error.context else ""
    return SourceFault("yaml-syntax", f"this is not valid YAML: {error.problem}{context}", mark)
