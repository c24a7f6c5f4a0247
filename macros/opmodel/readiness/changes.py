"""Differences between two versions of data, field by field, and those of a packet since it was signed."""

import re
from collections.abc import Iterable, Iterator
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
from opmodel.readiness.material import LeftOut, digests, folded, left_out, section_value
from opmodel.source.reader import parse

_DURATION = re.compile(r"P(?=[\dT])[\dYMWDTHS]+")


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that differs. ``before`` is empty if it was added, ``after`` if it was removed."""

    field: str
    before: str
    after: str

    @property
    def kind(self) -> str:
        """Whether the field was ``added``, ``removed`` or ``changed``."""
        return "changed" if self.before and self.after else "added" if self.after else "removed"


def plain_data(value: Any) -> Any:
    """Return a record or a tuple of records as JSON values, without defaults and with white space folded."""
    if isinstance(value, tuple):
        return [plain_data(item) for item in value]
    if isinstance(value, BaseModel):
        return folded(value.model_dump(mode="json", by_alias=True, exclude_defaults=True))
    return folded(value)


def field_changes(old: Any, new: Any, path: tuple[str, ...] = ()) -> Iterator[FieldChange]:
    """Yield each difference between two JSON values. Records in lists are matched by ``id``, texts by equality."""
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
    """Yield the texts that were added and removed, or the order if all are the same."""
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
    """Return a JSON value as readable text."""
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
    """The fields of a section that differ between two versions of a packet."""

    section: Section
    fields: tuple[FieldChange, ...]


def section_changes(
    old: Packet, new: Packet, sections: Iterable[Section], without: LeftOut
) -> tuple[SectionChange, ...]:
    """Return the material fields of some sections that differ between two versions, but for those left out."""
    return tuple(
        SectionChange(
            section=section,
            fields=tuple(field_changes(section_value(old, section, without), section_value(new, section, without))),
        )
        for section in sections
    )


def signed_version(path: str, signed: Signoff, history: History) -> Packet | None:
    """Return the newest committed version of the packet whose sections have the signed digests."""
    versions = history.file_versions(path).get(path, [])
    texts = history.texts(version.blob for version in versions if version.blob)
    for version in versions:
        node, _ = parse(texts.get(version.blob or "", "\n"))
        packet = validate_record(Packet, Document(path, node), node)[0] if node else None
        if packet and signed.digests.items() <= digests(packet, left_out(signed.left_out)).items():
            return packet
    return None
