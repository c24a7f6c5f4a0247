"""What changed in a packet since a signature, where version control still has the version that was signed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from opmodel.load.document import Document
from opmodel.load.records import validate_record
from opmodel.model.packet import Packet
from opmodel.model.signoff import Signoff
from opmodel.model.values import Duration
from opmodel.model.vocabulary import Section
from opmodel.readiness.history import History
from opmodel.readiness.material import digests, section_value
from opmodel.source.reader import parse

_SPACE = re.compile(r"\s+")
_DURATION = re.compile(r"P(?=[\dT])[\dYMWDTHS]+")


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that differs. ``before`` or ``after`` is empty where it was not there."""

    field: str
    before: str
    after: str

    @property
    def kind(self) -> str:
        """Whether the field was ``added``, ``removed`` or ``changed``."""
        return "changed" if self.before and self.after else "added" if self.after else "removed"


def plain_data(value: Any) -> Any:
    """Return a record (or a list of records) as plain data with its defaults left out and white space folded."""
    if isinstance(value, tuple):
        return [plain_data(item) for item in value]
    if isinstance(value, BaseModel):
        return _folded(value.model_dump(mode="json", by_alias=True, exclude_defaults=True))
    return _folded(value)


def _folded(value: Any) -> Any:
    if isinstance(value, str):
        return _SPACE.sub(" ", value).strip()
    if isinstance(value, list):
        return [_folded(item) for item in value]
    return {key: _folded(item) for key, item in value.items()} if isinstance(value, dict) else value


def field_changes(old: Any, new: Any, path: tuple[str, ...] = ()) -> Iterator[FieldChange]:
    """Yield each difference. Entries of lists are matched by ``id``, words by themselves."""
    if old == new:
        return
    if _is_words(old) and _is_words(new):
        yield from _entries(old, new, _name(path))
        return
    before, after = _keyed(old), _keyed(new)
    if before is None or after is None:
        yield FieldChange(_name(path), in_words(old), in_words(new))
        return
    for key in [*before, *(key for key in after if key not in before)]:
        yield from field_changes(before.get(key), after.get(key), (*path, key))
    if isinstance(old, list):
        yield from _order(list(before), list(after), path)


def _is_words(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _entries(old: list[str], new: list[str], name: str) -> Iterator[FieldChange]:
    """Yield what was added and removed; of lists with the same words, their order."""
    gone = [word for word in old if word not in new]
    come = [word for word in new if word not in old]
    if len(gone) == len(come) == 1:
        yield FieldChange(name, gone[0], come[0])
        return
    yield from (FieldChange(name, in_words(word), "") for word in gone)
    yield from (FieldChange(name, "", in_words(word)) for word in come)
    if not gone and not come:
        yield FieldChange(f"{name} / order", ", ".join(old), ", ".join(new))


def _order(old: list[str], new: list[str], path: tuple[str, ...]) -> Iterator[FieldChange]:
    if old != new and set(old) == set(new):
        yield FieldChange(_name((*path, "order")), ", ".join(old), ", ".join(new))


def _keyed(value: Any) -> dict[str, Any] | None:
    if isinstance(value, dict):
        return value
    if not isinstance(value, list):
        return None
    ids = [str(item["id"]) for item in value if isinstance(item, dict) and "id" in item]
    if value and len(ids) == len(value) == len(set(ids)):
        return dict(zip(ids, value, strict=True))
    return {str(number): item for number, item in enumerate(value, 1)}


def _name(path: tuple[str, ...]) -> str:
    return " / ".join(step.replace("_", " ") if len(step) <= 40 else f"{step[:39]}…" for step in path)


def in_words(value: Any) -> str:
    """Return plain data as people read it; durations in words."""
    if value is None:
        return ""
    if isinstance(value, dict):
        return "; ".join(f"{key.replace('_', ' ')}: {in_words(item)}" for key, item in value.items() if key != "id")
    if isinstance(value, list):
        return ", ".join(_entry(item) for item in value) or "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = str(value)
    return Duration(text).words if _DURATION.fullmatch(text) else text


def _entry(value: Any) -> str:
    name = f"{value['id']} " if isinstance(value, dict) and "id" in value else ""
    return f"{name}({in_words(value)})" if isinstance(value, dict) else in_words(value)


@dataclass(frozen=True, kw_only=True)
class SectionChange:
    """The fields of one section that differ between two versions of a packet."""

    section: Section
    fields: tuple[FieldChange, ...]


def changes_since(
    packet: Packet, path: str, signed: Signoff, changed: tuple[Section, ...], history: History
) -> tuple[SectionChange, ...]:
    """Return each material field that changed in the sections ``changed`` since ``signed``; nothing without history."""
    old = _signed_version(path, signed, history) if changed else None
    return tuple(_section_change(old, packet, section) for section in changed) if old else ()


def _signed_version(path: str, signed: Signoff, history: History) -> Packet | None:
    """Return the newest committed version of the packet whose sections have the signed digests."""
    for version in reversed(history.versions(path).get(path, [])):
        node, _ = parse(version.text) if version.text else (None, [])
        packet = validate_record(Packet, Document(path, node), node)[0] if node else None
        if packet and digests(packet) == signed.digests:
            return packet
    return None


def _section_change(old: Packet, new: Packet, section: Section) -> SectionChange:
    fields = field_changes(section_value(old, section), section_value(new, section))
    return SectionChange(section=section, fields=tuple(fields))
