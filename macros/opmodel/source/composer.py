"""Composes a tree from the events of a YAML parser.

Plain scalars follow the YAML 1.2 core schema (section 10.3.2), with exact decimals instead of binary floats. Unlike in
YAML 1.1, ``no`` and ``on`` are text, ``12:30`` is text and ``2026-11-30`` is text.
"""

import json
import re
from collections.abc import Collection
from decimal import Decimal
from functools import lru_cache
from typing import Any

import yaml

from opmodel.source.fault import SourceFault
from opmodel.source.tree import ListNode, MapNode, Mark, Node, ParserMark, Scalar, ScalarNode, mark_of, size_and_depth

_WORDS: dict[str, Scalar] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True,
    "false": False, "False": False, "FALSE": False,
}  # fmt: skip
NON_TEXT_STARTS = frozenset({word[:1] for word in _WORDS} | set("0123456789+-."))
"""First characters of every plain scalar that may resolve to something other than text; empty for an empty scalar."""
_INTEGER = re.compile(r"[-+]?[0-9]{1,40}")
_OTHER_BASE = re.compile(r"0o[0-7]{1,40}|0x[0-9a-fA-F]{1,40}")
_DECIMAL = re.compile(r"[-+]?(\.[0-9]{1,40}|[0-9]{1,40}(\.[0-9]{0,40})?)([eE][-+]?[0-9]{1,2})?")


@lru_cache(maxsize=1 << 12)  # the same numbers and words recur in all files
def scalar_value(text: str) -> Scalar:
    """Return the value of a plain (unquoted) scalar: None, a bool, an int, an exact Decimal, or the text itself."""
    if text in _WORDS:
        return _WORDS[text]
    if not (text[0].isascii() and (text[0].isdigit() or text[0] in "+-.")):
        return text
    if _INTEGER.fullmatch(text):
        return int(text)
    if _OTHER_BASE.fullmatch(text):
        return int(text, 0)
    return Decimal(text) if _DECIMAL.fullmatch(text) else text


_COMMENT = re.compile(r"[ \t]+(#+[^\s#]\S*)")


def comment_lines(text: str) -> dict[int, str]:
    """Return each line, by its number from 0, on which ``#`` stands between white space and a word."""
    if " #" not in text and "\t#" not in text:  # the usual case
        return {}
    return {number: line for number, line in enumerate(text.split("\n")) if "#" in line and _COMMENT.search(line)}


def comment_in_value(event: Any, parent: ParserMark, lines: dict[int, str]) -> SourceFault | None:
    """Return a warning if a comment that was probably meant as part of a value follows it.

    YAML reads ``channel: Slack #finance-ops`` as ``Slack``. A comment that begins with ``#`` and a space is accepted.

    Args:
        event: The parser's event of the unquoted value.
        parent: The start of the list or mapping around it.
        lines: The `comment_lines` of the file.
    """
    rest = lines[event.end_mark.line][event.end_mark.column :]
    comment = _COMMENT.match(rest)
    if comment is None:
        return None
    in_brackets = lines.get(parent.line, "")[parent.column : parent.column + 1] in ("[", "{")
    lost = (re.split(r"[]},]", rest)[0] if in_brackets else rest).rstrip()
    fix = json.dumps(event.value + lost if event.value else lost.strip(), ensure_ascii=False)
    if event.start_mark.line == event.end_mark.line and not in_brackets:  # with its key or dash
        fix = f"{lines[event.end_mark.line][: event.start_mark.column].strip()} {fix}".lstrip()
    found = f'"{event.value}"' if event.value else "nothing"
    begun = f"{comment[1]} begins a comment, so the value is {found}"
    message = f"{begun}; write {fix}, or # and a space where a comment is meant"
    mark = Mark(event.end_mark.line + 1, event.end_mark.column + comment.start(1) + 1)
    return SourceFault("yaml-comment", message, mark, warning=True)


MAX_DEPTH = 30
MAX_VALUES = 20_000
"""The most values that aliases may add to a file; a long packet has about a thousand values in all."""
MAX_FILE_VALUES = 300_000
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_STR_TAGS = (None, "!", "tag:yaml.org,2002:str")
_STARTS = (yaml.MappingStartEvent, yaml.SequenceStartEvent)
_ENDS = (yaml.MappingEndEvent, yaml.SequenceEndEvent)


def compose(text: str, faults: list[SourceFault]) -> Node:
    """Return the tree of one YAML document.

    Reading a file spends most of its time in this loop, so frequent events are tested first, and sizes, lines and
    columns are computed on demand. It is iterative, so deep nesting cannot exhaust the stack.

    Raises:
        SourceFault: A fault after which reading cannot go on. Every other fault is added to ``faults``.
    """
    top = ListNode(Mark())  # holds the one value of the document
    here: Any = top  # the innermost open list or mapping; ``opened`` holds all of them with their anchors
    opened: list[tuple[Any, str | None]] = [(top, None)]
    in_map = False
    key: str | None = None  # key of the next value in a mapping; None if a key comes next
    key_start: ParserMark = top.start
    anchors: dict[str, Node] = {}
    count = aliased = 0
    comments = comment_lines(text)
    for event in iter(_LOADER(text).get_event, None):
        kind = type(event)
        if kind is yaml.ScalarEvent:
            if event.tag not in _STR_TAGS:
                raise _tag_fault(event)
            value = event.value
            if in_map and key is None:
                key, key_start = value, event.start_mark
                if value in here.keys or not value or "\n" in value:
                    faults.append(_key_fault(value, event, here))
                continue
            if value[:1] in NON_TEXT_STARTS and event.tag is None and event.implicit[0]:
                value = scalar_value(value)
            node: Node = ScalarNode(event.start_mark, value)
            if comments and event.end_mark.line in comments and event.implicit[0]:
                faults += filter(None, [comment_in_value(event, here.start, comments)])
        elif kind in _ENDS:
            ended, anchor = opened.pop()
            if anchor:  # registered at the end, so that an anchor cannot contain itself
                anchors[anchor] = ended
            here = opened[-1][0]
            in_map = type(here) is MapNode
            continue
        elif kind in _STARTS:
            if event.tag is not None:
                raise _tag_fault(event)
            if in_map and key is None:
                raise _fault_at("yaml-key", "expected a key of plain text, found a list or mapping as a key", event)
            _limit_depth(len(opened), event)
            node = MapNode(event.start_mark) if kind is yaml.MappingStartEvent else ListNode(event.start_mark)
        elif kind is yaml.AliasEvent:
            if in_map and key is None:
                raise _fault_at("yaml-key", "expected a key of plain text, found an alias as a key", event)
            node = _anchored(anchors, event, {anchor for _, anchor in opened})
            size, height = size_and_depth(node)
            aliased += size
            if aliased > MAX_VALUES:
                raise _fault_at(
                    "yaml-alias", f"aliases make this file stand for more than {MAX_VALUES:,} values", event
                )
            _limit_depth(len(opened) - 1 + height, event)
        elif kind is yaml.DocumentStartEvent and top.items:
            raise _fault_at("yaml-syntax", "expected one document, found a second one after ---", event)
        else:
            continue
        count += 1
        if count > MAX_FILE_VALUES:
            raise SourceFault("file-size", f"the file holds more than {MAX_FILE_VALUES:,} values", node.mark)
        if in_map:
            here.values[key] = node
            here.keys[key] = key_start
            key = None
        else:
            here.items.append(node)
        if kind in _STARTS:
            here, in_map = node, kind is yaml.MappingStartEvent
            opened.append((node, event.anchor))
        elif event.anchor:
            anchors[event.anchor] = node
    root = top.items[0] if top.items else None
    if root is None or (isinstance(root, ScalarNode) and root.value is None):
        raise SourceFault("file-empty", "expected data, found an empty file", Mark())
    return root


def _anchored(anchors: dict[str, Node], event: Any, unfinished: Collection[str | None]) -> Node:
    if event.anchor in unfinished and event.anchor not in anchors:
        message = (
            f"&{event.anchor} contains itself: this alias stands within what the anchor names; write the value out"
        )
        raise _fault_at("yaml-alias", message, event)
    if event.anchor not in anchors:
        raise _fault_at("yaml-alias", f"no anchor &{event.anchor} stands before this alias", event)
    return anchors[event.anchor]


def _key_fault(key: str, event: Any, parent: MapNode) -> SourceFault:
    """Return the fault of a duplicate key; raise the fault of an invalid one."""
    if "\n" in key or not key:
        raise _fault_at("yaml-key", "expected a key of plain text on one line", event)
    first = mark_of(parent.keys[key])
    return _fault_at("duplicate-key", f'key "{key}" stands twice; first on line {first.line}', event)


def _limit_depth(depth: int, event: Any) -> None:
    """Raise SourceFault if values are nested too deep for recursive functions."""
    if depth > MAX_DEPTH:
        raise _fault_at("yaml-depth", f"values are nested more than {MAX_DEPTH} levels deep", event)


def _tag_fault(event: Any) -> SourceFault:
    found = event.tag.replace("tag:yaml.org,2002:", "!!")
    return _fault_at("yaml-tag", f"expected plain data, found the tag {found}", event)


def _fault_at(rule: str, message: str, event: Any) -> SourceFault:
    return SourceFault(rule, message, mark_of(event.start_mark))
