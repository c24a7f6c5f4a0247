"""Rules on references between records, which fields declare with `Reference`.

References are looked up in the trees of files, so that invalid records are checked too.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from opmodel.load.document import Document
from opmodel.load.records import records_in
from opmodel.model.base import Reference
from opmodel.model.candidates import Candidates
from opmodel.model.faq import Faq
from opmodel.model.organisation import Responsibilities, Teams
from opmodel.model.packet import Packet
from opmodel.model.problem import Place, Problem
from opmodel.model.signoff import Signoffs
from opmodel.model.systems import AiModels, Systems
from opmodel.readiness.gates import PLACEHOLDER
from opmodel.rules.rule import Context, PacketReference, packet_rules, site_rules
from opmodel.source.tree import ListNode, MapNode, Node, Path, ScalarNode, child
from opmodel.text.lookalikes import in_quotes
from opmodel.text.nearest import did_you_mean, nearest

MEANINGS = {
    "unknown-role": "A role is named that data/roles.yml does not define.",
    "unknown-team": "A team is named that data/teams.yml does not define.",
    "unknown-system": "A packet names a system that data/systems.yml does not define. Systems are named by their id; "
    "without that file, any text is valid.",
    "unknown-model": "A model is named that data/models.yml does not define.",
    "unknown-packet": "A packet is named that has no file in data/workflows/.",
    "unknown-question": "A question is named that data/faq.yml does not hold.",
    "unknown-guide": "A guide page or section is named that docs/guide/ does not hold.",
    "unknown-party": "A party is named that the packet's approval model does not list under parties.",
    "unknown-case": "A case is named that the packet's exception queue does not list.",
    "unknown-input": "A condition or example uses an input that the approval model does not declare.",
    "unknown-rule": "An example expects a rule that the approval table does not have.",
}
FoundReference = tuple[Reference, Path, str, bool]
"""A reference: the mark of its field, path, id, and whether the id is a key."""
_LOCAL: dict[str, tuple[str, ...]] = {
    "party": ("shared", "approval", "parties"),
    "case": ("shared", "exceptions", "cases"),
    "input": ("shared", "approval", "inputs"),
    "rule": ("shared", "approval", "rules"),
}
"""Kinds of records within one packet, and the path of their list."""
_KINDS: dict[str, type[BaseModel]] = {
    "data/candidates.yml": Candidates,
    "data/faq.yml": Faq,
    "data/responsibilities.yml": Responsibilities,
    "data/systems.yml": Systems,
    "data/models.yml": AiModels,
    "data/teams.yml": Teams,
    "data/workflows/": Packet,
    "data/signoffs/": Signoffs,
}


@packet_rules(MEANINGS)
def unknown_references(context: Context) -> Iterator[Problem]:
    """Find unknown ids in a packet and its sign-offs, except ids of packets."""
    return _unknown_references(context)


@site_rules(MEANINGS)
def unknown_site_references(context: Context) -> Iterator[Problem]:
    """Find unknown ids outside packets, and unknown packets everywhere."""
    yield from _unknown_references(context)
    yield from unknown_packets(context.packet_references, context.model.names.get("packet"))


def _unknown_references(context: Context) -> Iterator[Problem]:
    """Yield a problem for each unknown id, if all ids of its kind can be determined."""
    for document in context.documents:
        kind = next((kind for prefix, kind in _KINDS.items() if document.path.startswith(prefix)), None)
        if kind and document.node:
            names = {**context.model.names, **_local_names(document.node)}
            for reference, path, text, key in _references(kind, document.node, (), None):
                known = names.get(reference.kind)
                if known is not None and text not in known and not _is_owed(reference.kind, text):
                    place = document.place(path, key=key)
                    yield _unknown(place, reference.kind, text, known, _other_names(context, reference.kind))


def unknown_packets(named: Iterable[PacketReference], known: Collection[str] | None) -> Iterator[Problem]:
    """Yield a problem for each reference to a packet that is not among the ``known`` ids."""
    for each in named:
        if known is not None and each.id not in known:
            yield _unknown(each.place, "packet", each.id, known)


def packet_references(document: Document) -> tuple[PacketReference, ...]:
    """Return the references to packets in a packet's file."""
    found = references_in_packet(document, "packet")
    return tuple(PacketReference(text, document.place(path, key=key)) for _, path, text, key in found)


def _is_owed(kind: str, text: str) -> bool:
    """Whether a packet says that its system is still to be named, which keeps a launch gate open."""
    return kind == "system" and bool(PLACEHOLDER.search(text))


def _other_names(context: Context, kind: str) -> Mapping[str, str]:
    return context.model.system_names if kind == "system" else {}


def _unknown(
    place: Place, kind: str, text: str, known: Collection[str], names: Mapping[str, str] | None = None
) -> Problem:
    """Return the problem of an unknown id, with the nearest known one. ``names`` holds ids by other names."""
    what = "guide section" if kind == "guide" else kind
    return Problem(place, f"unknown-{kind}", f"unknown {what} {in_quotes(text)}{_hint(text, known, names or {})}")


def _hint(text: str, known: Collection[str], names: Mapping[str, str]) -> str:
    near = nearest(text, frozenset(names)) if names else None
    return did_you_mean(names[near], known) if near else did_you_mean(text, known)


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


def references_in_packet(document: Document, *kinds: str) -> Iterator[FoundReference]:
    """Yield the references to records of some kinds in a packet's file."""
    return iter(_references(Packet, document.node, (), frozenset(kinds)) if document.node else ())


def _references(kind: type[BaseModel], node: Node, path: Path, wanted: frozenset[str] | None) -> list[FoundReference]:
    """Return the references in a record's tree, only those to the ``wanted`` kinds if any are given."""
    found: list[FoundReference] = []
    if isinstance(node, MapNode):
        for key, (reference, models) in _fields_with_references(kind, wanted).items():
            if below := node.values.get(key):
                if reference:
                    found += _ids_in(reference, below, (*path, key))
                for model in models:
                    found += _references_below(model, below, (*path, key), wanted)
    return found


def _references_below(
    model: type[BaseModel], node: Node, path: Path, wanted: frozenset[str] | None
) -> list[FoundReference]:
    if isinstance(node, ListNode):
        steps: Iterable[tuple[str | int, Node]] = enumerate(node.items)
    elif isinstance(node, MapNode) and node.values.keys().isdisjoint(_fields(model)):
        steps = node.values.items()  # a mapping from ids to records
    else:
        return _references(model, node, path, wanted)
    return [found for step, item in steps for found in _references(model, item, (*path, step), wanted)]


def _ids_in(reference: Reference, node: Node, path: Path) -> list[FoundReference]:
    if isinstance(node, ScalarNode):
        return [(reference, path, node.value, False)] if isinstance(node.value, str) else []
    if isinstance(node, MapNode):
        return [(reference, (*path, key), key, True) for key in node.values]
    return [found for position, item in enumerate(node.items) for found in _ids_in(reference, item, (*path, position))]


@cache
def _fields_with_references(
    kind: type[BaseModel], wanted: frozenset[str] | None
) -> dict[str, tuple[Reference | None, tuple[type[BaseModel], ...]]]:
    """Return the `_fields` of a record that are references to the ``wanted`` kinds or have some below them."""
    found = {}
    for key, (reference, models) in _fields(kind).items():
        leading = tuple(model for model in models if _fields_with_references(model, wanted))
        if reference and wanted is not None and reference.kind not in wanted:
            reference = None
        if reference or leading:
            found[key] = (reference, leading)
    return found


@cache
def _fields(kind: type[BaseModel]) -> dict[str, tuple[Reference | None, tuple[type[BaseModel], ...]]]:
    """Return, by key of a record, the mark of its reference, if any, and the records below it."""
    return {
        info.alias or name: (_reference(info), tuple(records_in(info.annotation)))
        for name, info in kind.model_fields.items()
    }


def _reference(info: FieldInfo) -> Reference | None:
    marks = [*info.metadata, *_metadata(info.annotation)]
    return next((mark for mark in marks if isinstance(mark, Reference)), None)


def _metadata(annotation: Any) -> Iterator[Any]:
    yield from getattr(annotation, "__metadata__", ())
    for inner in get_args(annotation):
        yield from _metadata(inner)
