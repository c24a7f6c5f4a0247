"""A comparison as a JSON document.

``version`` is raised when a key changes its meaning or goes; new keys may come at any time. ``packets`` is sorted as a
reviewer should read it; ``approval`` is null where the section is the same, and ``compared`` is false where the tables
could not be compared case by case (``note`` says why).
"""

import json
from typing import Any

from opmodel.compare.approval import TableChange
from opmodel.compare.packets import PacketChange
from opmodel.compare.sites import PacketDifference, SiteChange
from opmodel.readiness.changes import FieldChange

VERSION = 1


def as_json(change: SiteChange, base: str, head: str) -> str:
    """Return the comparison of ``base`` with ``head`` as JSON."""
    document = {
        "version": VERSION,
        "base": base,
        "head": head,
        "changed": bool(change),
        "packets": [_packet(packet) for packet in change.packets],
        **{name: _fields(fields) for name, fields in change.others.items()},
    }
    return json.dumps(document, ensure_ascii=False, indent=2)


def _packet(packet: PacketDifference) -> dict[str, Any]:
    return {
        "id": packet.id,
        "title": packet.title,
        "kind": packet.kind,
        "widened": bool(packet.change and packet.change.widened),
        "signoffs": [vars(signature) for signature in packet.signatures],
        **(_change(packet.change) if packet.change else {}),
    }


def _change(change: PacketChange) -> dict[str, Any]:
    return {
        "fields": _fields(change.head),
        "approval": _approval(change.approval) if change.approval else None,
        "access": [
            {"id": grant.id, "change": grant.direction.value, "text": grant.text, "fields": _fields(grant.fields)}
            for grant in change.access
        ],
        "sections": {part.section.value: _fields(part.fields) for part in change.sections},
    }


def _approval(change: TableChange) -> dict[str, Any]:
    return {
        "compared": change.compared,
        "note": change.note,
        "inputs": list(change.inputs),
        "touched": vars(change.touched) if change.touched else None,
        "regions": [{**vars(region), "given": dict(region.given)} for region in change.regions],
    }


def _fields(fields: tuple[FieldChange, ...]) -> list[dict[str, str]]:
    return [{"field": f.field, "change": f.kind, "before": f.before, "after": f.after} for f in fields]
