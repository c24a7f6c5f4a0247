"""Every id that a record mentions must exist. Fields say what they name (``Reference``); this walks them all.

The walk follows the files' trees, not the records, so that a packet with another mistake is checked as well.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from opmodel.load.document import Document
from opmodel.load.schema import records_in
from opmodel.model.candidates import Candidates
from opmodel.model.faq import Faq
from opmodel.model.organisation import Responsibilities, Teams
from opmodel.model.packet import Packet
from opmodel.model.record import Reference
from opmodel.model.signoff import Signoffs
from opmodel.nearest import did_you_mean
from opmodel.problem import Problem
from opmodel.rules.rule import Context
from opmodel.source.tree import ListNode, MapNode, Node, Path, ScalarNode, child

MEANINGS = {
    "unknown-role": "A role is named that data/roles.yml does not define.",
    "unknown-team": "A team is named that data/teams.yml does not define.",
    "unknown-packet": "A packet is named that has no file in data/workflows/.",
    "unknown-question": "A question is named that data/faq.yml does not hold.",
    "unknown-guide": "A guide page or section is named that docs/guide/ does not hold.",
    "unknown-party": "A party is named that the packet's approval model does not list under parties.",
    "unknown-case": "A case is named that the packet's exception queue does not list.",
    "unknown-input": "A condition or example uses an input that the approval model does not declare.",
    "unknown-rule": "An example expects a rule that the approval table does not have.",
}
_LOCAL: dict[str, tuple[str, ...]] = {
    "party": ("shared", "approval", "parties"),
    "case": ("shared", "exceptions", "cases"),
    "input": ("shared", "approval", "inputs"),
    "rule": ("shared", "approval", "rules"),
}
"""Kinds whose ids are known within one packet only, and where they stand."""
_KINDS: dict[str, type[BaseModel]] = {
    "data/candidates.yml": Candidates,
    "data/faq.yml": Faq,
    "data/responsibilities.yml": Responsibilities,
    "data/teams.yml": Teams,
    "data/workflows/": Packet,
    "data/signoffs/": Signoffs,
}


def unknown_references(context: Context) -> Iterator[Problem]:
    """Yield a problem for each id that names nothing."""
    for document in context.documents:
        kind = next((kind for prefix, kind in _KINDS.items() if document.path.startswith(prefix)), None)
        if kind and document.node:
            names = {**context.model.names, **_local_names(document.node)}
            for reference, path, text, key in _walk(kind, document.node, ()):
                yield from _unknown(document, names, reference, path, text, key)


def _unknown(
    document: Document, names: Mapping[str, frozenset[str] | None], kind: str, path: Path, text: str, key: bool
) -> Iterator[Problem]:
    known = names.get(kind)
    if known is not None and text not in known:
        what = "guide section" if kind == "guide" else kind
        message = f'unknown {what} "{text}"{did_you_mean(text, known)}'
        yield Problem(document.place(path, key=key), f"unknown-{kind}", message)


def _local_names(node: Node) -> dict[str, frozenset[str] | None]:
    return {kind: _ids(node, path) for kind, path in _LOCAL.items()}


def _ids(node: Node, path: tuple[str, ...]) -> frozenset[str] | None:
    below: Node | None = node
    for step in path:
        below = child(below, step) if below else None
    if not isinstance(below, ListNode):
        return None
    ids = (child(item, "id") for item in below.items)
    return frozenset(i.value for i in ids if isinstance(i, ScalarNode) and isinstance(i.value, str))


def _walk(kind: type[BaseModel], node: Node, path: Path) -> Iterator[tuple[str, Path, str, bool]]:
    """Yield (kind of thing named, path, text, whether the text is a key) for each reference in a record's tree."""
    if not isinstance(node, MapNode):
        return
    for key, below in node.values.items():
        if found := _fields(kind).get(key):
            reference, models = found
            if reference:
                yield from _named(reference, below, (*path, key))
            for model in models:
                yield from _inner(model, below, (*path, key))


def _inner(model: type[BaseModel], node: Node, path: Path) -> Iterator[tuple[str, Path, str, bool]]:
    if isinstance(node, ListNode):
        for position, item in enumerate(node.items):
            yield from _walk(model, item, (*path, position))
    elif isinstance(node, MapNode) and not (set(node.values) & set(_fields(model))):
        for key, item in node.values.items():  # a mapping from ids to records
            yield from _walk(model, item, (*path, key))
    else:
        yield from _walk(model, node, path)


def _named(reference: str, node: Node, path: Path) -> Iterator[tuple[str, Path, str, bool]]:
    if isinstance(node, MapNode):
        for key in node.values:
            yield reference, (*path, key), key, True
    elif isinstance(node, ListNode):
        for position, item in enumerate(node.items):
            yield from _named(reference, item, (*path, position))
    elif isinstance(node.value, str):
        yield reference, path, node.value, False


@cache
def _fields(kind: type[BaseModel]) -> dict[str, tuple[str, tuple[type[BaseModel], ...]]]:
    """Return, per key of a record, the kind of thing that it names (or "") and the records below it."""
    return {
        info.alias or name: (_reference(info), tuple(records_in(info.annotation)))
        for name, info in kind.model_fields.items()
    }


def _reference(info: FieldInfo) -> str:
    marks = [*info.metadata, *_metadata(info.annotation)]
    return next((mark.kind for mark in marks if isinstance(mark, Reference)), "")


def _metadata(annotation: Any) -> Iterator[Any]:
    yield from getattr(annotation, "__metadata__", ())
    for inner in get_args(annotation):
        yield from _metadata(inner)
