"""Read a data file into a tree, or raise the one fault that stops it from being read."""

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from opmodel.source.fault import Fault
from opmodel.source.scalars import resolve
from opmodel.source.tree import ListNode, MapNode, Mark, Node, ScalarNode

MAX_BYTES = 1024 * 1024
MAX_DEPTH = 30
MAX_VALUES = 20_000
"""More values than this in one file come from aliases that multiply: a long packet has about a thousand."""
MAX_FILE_VALUES = 300_000
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_STR_TAGS = (None, "!", "tag:yaml.org,2002:str")


def read_bytes(path: Path, root: Path) -> bytes:
    """Return the bytes of a file of the site in ``root``.

    Raises Fault when it cannot be opened, leads out of the site's folder or is larger than 1 MiB.
    """
    if not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(root)):
        raise Fault("file-unreadable", "the file is a link that leads out of the site's folder", Mark())
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):  # reading a pipe would never end
            raise Fault("file-unreadable", "expected a file, found a folder or device", Mark())
        if status.st_size > MAX_BYTES:
            raise Fault("file-size", f"the file has {status.st_size:,} bytes; the limit is {MAX_BYTES:,}", Mark())
        return path.read_bytes()
    except OSError as error:
        raise Fault("file-unreadable", f"the file cannot be read: {error.strerror or error}", Mark()) from None


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
    if bad := _CONTROL.search(text):
        found = f"control character U+{ord(bad[0]):04X}"
        raise Fault("file-encoding", f"expected readable text, found {found}", _mark_in(text, bad.start()))
    return text


def parse(text: str) -> tuple[Node | None, list[Fault]]:
    """Return the tree of one plain YAML document, or None with every fault that could be found in it."""
    composer = _Composer(text)
    try:
        node = composer.document()
    except Fault as fault:
        return None, [*composer.faults, fault]
    except yaml.MarkedYAMLError as error:
        return None, [*composer.faults, _syntax(text, error)]
    except (yaml.YAMLError, ValueError) as error:
        message = f"this is not valid YAML: {error}".splitlines()[0]
        return None, [*composer.faults, Fault("yaml-syntax", message, Mark())]
    return (None, composer.faults) if composer.faults else (node, [])


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


class _Composer:
    """Builds the tree from parser events with a loop of its own, so that deep nesting cannot exhaust the stack."""

    def __init__(self, text: str) -> None:
        self.events: Iterator[Any] = yaml.parse(text, Loader=_LOADER)
        self.anchors: dict[str, Node] = {}
        self.sizes: dict[int, int] = {}
        self.heights: dict[int, int] = {}
        self.open: list[tuple[Node, str | None]] = []
        self.keys: list[tuple[str, Mark] | None] = []
        self.faults: list[Fault] = []
        self.root: Node | None = None
        self.values = 0
        self.aliased = 0

    def document(self) -> Node:
        documents = 0
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    mark = _mark(event)
                    raise Fault("yaml-syntax", "expected one document, found a second one after ---", mark)
            else:
                self.take(event)
        if self.root is None or (isinstance(self.root, ScalarNode) and self.root.value is None):
            raise Fault("file-empty", "expected data, found an empty file", Mark())
        return self.root

    def take(self, event: Any) -> None:
        if isinstance(event, yaml.ScalarEvent):
            self.scalar(event)
        elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            self.start(event)
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            self.end()
        elif isinstance(event, yaml.AliasEvent):
            self.alias(event)

    def scalar(self, event: Any) -> None:
        mark = _mark(event)
        if event.tag not in _STR_TAGS:
            raise _tag(event.tag, mark)
        if self.waits_for_key():
            self.key(event.value, mark)
            return
        plain = event.implicit[0] and event.tag is None
        self.place(ScalarNode(mark, resolve(event.value) if plain else event.value), event.anchor)

    def start(self, event: Any) -> None:
        mark = _mark(event)
        if event.tag is not None:
            raise _tag(event.tag, mark)
        if self.waits_for_key():
            raise Fault("yaml-key", "expected a key of plain text, found a list or mapping as a key", mark)
        self.limit_depth(1, mark)
        node: Node = MapNode(mark) if isinstance(event, yaml.MappingStartEvent) else ListNode(mark)
        self.place(node, None)
        self.open.append((node, event.anchor))
        self.keys.append(None)

    def end(self) -> None:
        node, anchor = self.open.pop()
        self.keys.pop()
        below = node.values.values() if isinstance(node, MapNode) else node.items if isinstance(node, ListNode) else ()
        self.sizes[id(node)] = 1 + sum(self.sizes.get(id(item), 1) for item in below)
        self.heights[id(node)] = 1 + max((self.heights.get(id(item), 0) for item in below), default=0)
        if anchor:  # only now: an anchor that contains itself is unknown inside itself
            self.anchors[anchor] = node

    def alias(self, event: Any) -> None:
        mark = _mark(event)
        if self.waits_for_key():
            raise Fault("yaml-key", "expected a key of plain text, found an alias as a key", mark)
        if event.anchor not in self.anchors:
            raise Fault("yaml-alias", f"no anchor &{event.anchor} is complete before this alias", mark)
        node = self.anchors[event.anchor]
        self.aliased += self.sizes.get(id(node), 1)
        if self.aliased > MAX_VALUES:
            raise Fault("yaml-alias", f"aliases make this file stand for more than {MAX_VALUES:,} values", mark)
        self.limit_depth(self.heights.get(id(node), 0), mark)
        self.place(node, None)

    def limit_depth(self, height: int, mark: Mark) -> None:
        """Raise Fault when a value of so many levels would stand too deep, so that no walk exhausts the stack."""
        if len(self.open) + height > MAX_DEPTH:
            raise Fault("yaml-depth", f"values are nested more than {MAX_DEPTH} levels deep", mark)

    def waits_for_key(self) -> bool:
        return bool(self.open) and isinstance(self.open[-1][0], MapNode) and self.keys[-1] is None

    def key(self, text: str, mark: Mark) -> None:
        parent = self.open[-1][0]
        if "\n" in text or not text:
            raise Fault("yaml-key", "expected a key of plain text on one line", mark)
        if isinstance(parent, MapNode) and text in parent.keys:
            first = parent.keys[text]
            message = f'key "{text}" stands twice; first on line {first.line}'
            self.faults.append(Fault("duplicate-key", message, mark))
        self.keys[-1] = (text, mark)

    def place(self, node: Node, anchor: str | None) -> None:
        self.values += 1
        if self.values > MAX_FILE_VALUES:
            raise Fault("file-size", f"the file holds more than {MAX_FILE_VALUES:,} values", node.mark)
        if anchor:
            self.anchors[anchor] = node
        if not self.open:
            self.root = node
            return
        parent = self.open[-1][0]
        if isinstance(parent, ListNode):
            parent.items.append(node)
        elif isinstance(parent, MapNode) and (key := self.keys[-1]):
            parent.values[key[0]] = node
            parent.keys[key[0]] = key[1]
            self.keys[-1] = None


def _mark(event: Any) -> Mark:
    return Mark(event.start_mark.line + 1, event.start_mark.column + 1)


def _tag(tag: str, mark: Mark) -> Fault:
    return Fault("yaml-tag", f"expected plain data, found the tag {tag.replace('tag:yaml.org,2002:', '!!')}", mark)
