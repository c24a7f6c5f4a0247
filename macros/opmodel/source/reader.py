"""Read a data file into a tree, or raise the one fault that stops it from being read."""

import re
from pathlib import Path

import yaml

from opmodel.files.reading import UnreadableFile, read_file
from opmodel.source.composer import compose
from opmodel.source.fault import Fault
from opmodel.source.tree import Mark, Node

MAX_BYTES = 1024 * 1024
_CONTROL_BYTES = frozenset(range(32)) - set(b"\t\n\r") | {0x7F}
_OTHER_BYTES = bytes(set(range(256)) - _CONTROL_BYTES)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def read_bytes(path: Path, root: Path, limit: int = MAX_BYTES) -> bytes:
    """Return the bytes of a file of the site in ``root``.

    Raises Fault when it cannot be read, as `opmodel.files.reading.read_file` says it, or has more than ``limit`` bytes.
    """
    try:
        return read_file(path, root, limit)
    except UnreadableFile as refused:
        raise unreadable(refused) from None


def unreadable(refused: UnreadableFile) -> Fault:
    """Return the fault of a file or folder that is not read."""
    return Fault("file-size" if refused.too_large else "file-unreadable", str(refused), Mark())


def decode(data: bytes) -> str:
    """Return the text of UTF-8 bytes with Unix line ends; raise Fault at the first byte that is not UTF-8."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - (data.rfind(b"\n", 0, error.start) + 1) + 1
        found = f"byte 0x{data[error.start]:02x}"
        raise Fault("file-encoding", f"expected UTF-8 text, found {found}", Mark(line, column)) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if _may_hold_controls(data) and (bad := _CONTROL.search(text)):
        found = f"control character U+{ord(bad[0]):04X}"
        raise Fault("file-encoding", f"expected readable text, found {found}", _mark_in(text, bad.start()))
    return text


def _may_hold_controls(data: bytes) -> bool:
    """Whether any byte can be part of a control character, which is seen sooner in bytes than found in text."""
    return bool(data.translate(None, _OTHER_BYTES)) or b"\xef\xbf" in data


def parse(text: str) -> tuple[Node | None, list[Fault]]:
    """Return the tree of one plain YAML document, or None with every fault that could be found in it.

    A tree may come with warnings.
    """
    faults: list[Fault] = []
    try:
        node = compose(text, faults)
    except Fault as fault:
        return None, [*faults, fault]
    except yaml.MarkedYAMLError as error:
        return None, [*faults, _syntax(text, error)]
    except (yaml.YAMLError, ValueError) as error:
        message = f"this is not valid YAML: {error}".splitlines()[0]
        return None, [*faults, Fault("yaml-syntax", message, Mark())]
    return (None if any(not fault.warning for fault in faults) else node), faults


def read(path: Path, root: Path) -> tuple[Node | None, list[Fault]]:
    """Return the tree of a data file of the site in ``root``, or None with the faults that stop it from being read."""
    try:
        text = decode(read_bytes(path, root))
    except Fault as fault:
        return None, [fault]
    return parse(text)


def _mark_in(text: str, offset: int) -> Mark:
    return Mark(text.count("\n", 0, offset) + 1, offset - (text.rfind("\n", 0, offset) + 1) + 1)


def _syntax(text: str, error: yaml.MarkedYAMLError) -> Fault:
    place = error.problem_mark or error.context_mark
    mark = Mark(place.line + 1, place.column + 1) if place else Mark()
    lines = text.split("\n")
    line = lines[mark.line - 1] if mark.line <= len(lines) else ""
    tab = line.find("\t")
    if "tab" in (error.problem or "") or (tab >= 0 and not line[:tab].strip(" -")):
        return Fault("yaml-tab", "expected spaces, found a tab", Mark(mark.line, tab + 1 if tab >= 0 else mark.column))
    context = f" {error.context}" if error.context else ""
    return Fault("yaml-syntax", f"this is not valid YAML: {error.problem}{context}", mark)
