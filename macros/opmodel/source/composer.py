"""From the events of a YAML parser to a tree."""

from typing import Any

import yaml

from opmodel.source.comments import comment_lines, swallowed
from opmodel.source.fault import Fault
from opmodel.source.scalars import FIRST_SIGNS, resolve
from opmodel.source.tree import ListNode, MapNode, Mark, Node, ScalarNode, Start, extent, mark_of

MAX_DEPTH = 30
MAX_VALUES = 20_000
"""More values than this in one file come from aliases that multiply: a long packet has about a thousand."""
MAX_FILE_VALUES = 300_000
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_STR_TAGS = (None, "!", "tag:yaml.org,2002:str")
_STARTS = (yaml.MappingStartEvent, yaml.SequenceStartEvent)
_ENDS = (yaml.MappingEndEvent, yaml.SequenceEndEvent)


def compose(text: str, faults: list[Fault]) -> Node:
    """Return the tree of one YAML document. Raises the fault that ends the reading; adds every other to ``faults``.

    Most of the time that a file takes goes by in this loop, so it is one loop, it asks what is frequent first, and what
    can be worked out later (sizes, lines and columns) is. It does not call itself: deep nesting exhausts no stack.
    """
    top = ListNode(Mark())  # what the one value of the document is put into
    here: Any = top  # the innermost list or mapping that is open; ``opened`` holds all, each with its anchor
    opened: list[tuple[Any, str | None]] = [(top, None)]
    in_map = False
    key: str | None = None  # of the value that comes next in a mapping; None where a key comes next
    key_start: Start = top.start
    anchors: dict[str, Node] = {}
    count = aliased = 0
    comments = comment_lines(text)
    for event in iter(_LOADER(text).get_event, None):
        kind = type(event)
        if kind is yaml.ScalarEvent:
            if event.tag not in _STR_TAGS:
                raise _tag(event)
            value = event.value
            if in_map and key is None:
                key, key_start = value, event.start_mark
                if value in here.keys or not value or "\n" in value:
                    faults.append(_key_fault(value, event, here))
                continue
            if value[:1] in FIRST_SIGNS and event.tag is None and event.implicit[0]:
                value = resolve(value)
            node: Node = ScalarNode(event.start_mark, value)
            if comments and event.end_mark.line in comments and event.implicit[0]:
                faults += filter(None, [swallowed(event, here.start, comments)])
        elif kind in _ENDS:
            ended, anchor = opened.pop()
            if anchor:  # only now: an anchor that contains itself is unknown inside itself
                anchors[anchor] = ended
            here = opened[-1][0]
            in_map = type(here) is MapNode
            continue
        elif kind in _STARTS:
            if event.tag is not None:
                raise _tag(event)
            if in_map and key is None:
                raise _fault("yaml-key", "expected a key of plain text, found a list or mapping as a key", event)
            _limit_depth(len(opened), event)
            node = MapNode(event.start_mark) if kind is yaml.MappingStartEvent else ListNode(event.start_mark)
        elif kind is yaml.AliasEvent:
            if in_map and key is None:
                raise _fault("yaml-key", "expected a key of plain text, found an alias as a key", event)
            node = _anchored(anchors, event)
            size, height = extent(node)
            aliased += size
            if aliased > MAX_VALUES:
                raise _fault("yaml-alias", f"aliases make this file stand for more than {MAX_VALUES:,} values", event)
            _limit_depth(len(opened) - 1 + height, event)
        elif kind is yaml.DocumentStartEvent and top.items:
            raise _fault("yaml-syntax", "expected one document, found a second one after ---", event)
        else:
            continue
        count += 1
        if count > MAX_FILE_VALUES:
            raise Fault("file-size", f"the file holds more than {MAX_FILE_VALUES:,} values", node.mark)
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
        raise Fault("file-empty", "expected data, found an empty file", Mark())
    return root


def _anchored(anchors: dict[str, Node], event: Any) -> Node:
    if event.anchor not in anchors:
        raise _fault("yaml-alias", f"no anchor &{event.anchor} is complete before this alias", event)
    return anchors[event.anchor]


def _key_fault(key: str, event: Any, parent: MapNode) -> Fault:
    """Return the fault of a key that stands twice; raise that of one that is no key."""
    if "\n" in key or not key:
        raise _fault("yaml-key", "expected a key of plain text on one line", event)
    first = mark_of(parent.keys[key])
    return _fault("duplicate-key", f'key "{key}" stands twice; first on line {first.line}', event)


def _limit_depth(depth: int, event: Any) -> None:
    """Raise Fault when values would be nested too deep, so that no walk exhausts the stack."""
    if depth > MAX_DEPTH:
        raise _fault("yaml-depth", f"values are nested more than {MAX_DEPTH} levels deep", event)


def _tag(event: Any) -> Fault:
    found = event.tag.replace("tag:yaml.org,2002:", "!!")
    return _fault("yaml-tag", f"expected plain data, found the tag {found}", event)


def _fault(rule: str, message: str, event: Any) -> Fault:
    return Fault(rule, message, mark_of(event.start_mark))
