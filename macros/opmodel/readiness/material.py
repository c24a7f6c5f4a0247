"""The sections of a packet that a sign-off covers, and their digests. The site publishes the list.

A field is material if changing it invalidates a signature.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

from pydantic import BaseModel

from opmodel.approval.sfeel import SfeelError, parse
from opmodel.load.records import records_in
from opmodel.model.packet import Packet
from opmodel.model.vocabulary import Section

_encoded = json.JSONEncoder(check_circular=False, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class MaterialSection:
    """A signed section.

    Args:
        path: Its path in the packet.
        except_fields: The fields that are not material.
        because: Why they are not.
        later: Whether it was added after the first version of opmodel, so that older signatures do not cover it.
        contacts: The fields that say whom to ask and where to read on, which no test covers.
    """

    path: tuple[str, ...]
    except_fields: frozenset[str] = field(default_factory=frozenset)
    because: str = ""
    later: bool = False
    contacts: frozenset[str] = field(default_factory=frozenset)


MATERIAL: dict[Section, MaterialSection] = {
    Section.OWNERS: MaterialSection(("owners",)),
    Section.PAIN: MaterialSection(
        ("business", "pain"), frozenset({"volume_bands"}), "Counting the cases anew does not change the agreement."
    ),
    Section.SCOPE: MaterialSection(("business", "scope")),
    Section.TRIGGER: MaterialSection(("business", "trigger")),
    Section.INPUTS: MaterialSection(("business", "inputs")),
    Section.OUTPUT: MaterialSection(("business", "output")),
    Section.OUTCOMES: MaterialSection(("business", "outcomes")),
    Section.ACCESS: MaterialSection(("it", "access")),
    Section.FORBIDDEN: MaterialSection(("it", "forbidden")),
    Section.CONTRACTS: MaterialSection(("it", "contracts"), contacts=frozenset({"owner"})),
    Section.POLICIES: MaterialSection(("it", "policies"), contacts=frozenset({"link"})),
    Section.SUPPORT: MaterialSection(("it", "support"), contacts=frozenset({"channel", "runbook", "tiers"})),
    Section.APPROVAL: MaterialSection(
        ("shared", "approval"), frozenset({"examples"}), "An example tests the table and does not change it."
    ),
    Section.EXCEPTIONS: MaterialSection(
        ("shared", "exceptions"), frozenset({"from_elsewhere"}), "It says where cases come from, not who takes them."
    ),
    Section.FAILURE_CASES: MaterialSection(
        ("shared", "failure_cases"),
        frozenset({"result", "evidence", "date", "covered"}),
        "A repeated test changes these; a gate judges them at every check.",
    ),
    Section.AUDIT: MaterialSection(("shared", "audit")),
    Section.REVIEW: MaterialSection(
        ("shared", "review"), frozenset({"last", "next"}), "Holding a review moves the dates, not the agreement."
    ),
}
"""All signed sections. Title, summary, status, tags and dates are not signed."""


ALWAYS_MATERIAL: dict[Section, frozenset[str] | None] = {
    Section.OWNERS: None,
    Section.ACCESS: None,
    Section.FORBIDDEN: None,
    Section.APPROVAL: None,
    Section.SUPPORT: frozenset({"stop"}),
}
"""Fields that no site can call not material, by section; None stands for all of them."""
LeftOut = Mapping[Section, frozenset[str]]
"""Fields that a site calls not material, by section."""


@cache
def optional_fields() -> dict[str, tuple[Section, str]]:
    """Return every field that a site can call not material, by its name in ``data/site.yml``."""
    return {
        f"{section.value}.{name}": (section, name)
        for section, material in MATERIAL.items()
        for name in sorted(_field_names(material.path) - material.except_fields)
        if not is_always_material(section.value, name)
    }


def is_always_material(section: str, name: str = "") -> bool:
    """Return whether no site can call a field of a section not material."""
    fields = next((fields for each, fields in ALWAYS_MATERIAL.items() if each.value == section), frozenset())
    return fields is None or name in fields


def _field_names(path: tuple[str, ...]) -> set[str]:
    """Return the keys of the record at a path of a packet, or of each entry of the list there."""
    record: type[BaseModel] = Packet
    for step in path:
        (record,) = set(records_in(record.model_fields[step].annotation))
    return {info.alias or name for name, info in record.model_fields.items()} - {"id"}


def left_out(names: Iterable[str]) -> LeftOut:
    """Return the fields called not material, by section; those that are always material, or unknown, are not among
    them."""
    known = optional_fields() if (listed := tuple(names)) else {}
    found: dict[Section, frozenset[str]] = {}
    for section, name in (known[each] for each in listed if each in known):
        found[section] = found.get(section, frozenset()) | {name}
    return found


NOTHING: LeftOut = {}
_NO_FIELDS = frozenset[str]()


def section_value(packet: Packet, section: Section, without: LeftOut = NOTHING) -> Any:
    """Return a section's material content as JSON values, without defaults, with white space folded and the conditions
    of approval rules in canonical form."""
    return _canonical_form(_material(_content(packet), section, without.get(section, _NO_FIELDS)), section)


def tested_content(packet: Packet, sections: Iterable[Section]) -> dict[str, Any]:
    """Return what a test covers of some sections: their material content but for contact details."""
    content = _content(packet)
    return {
        section.value: _canonical_form(_material(content, section, MATERIAL[section].contacts), section)
        for section in sections
    }


def _content(packet: Packet) -> Any:
    return packet.model_dump(mode="json", by_alias=True, exclude_defaults=True)


def _material(content: Any, section: Section, without: frozenset[str]) -> Any:
    """Return the material content of a section, without some more fields."""
    for step in MATERIAL[section].path:
        content = content[step]
    return _without(content, MATERIAL[section].except_fields | without)


def _canonical_form(material: Any, section: Section) -> Any:
    return _with_canonical_conditions(folded(material), section)


def _with_canonical_conditions(material: Any, section: Section) -> Any:
    if section is not Section.APPROVAL:
        return material
    return {**material, "rules": [{**rule, "when": _conditions(rule["when"])} for rule in material["rules"]]}


def _without(content: Any, fields: frozenset[str]) -> Any:
    """Return a record or a list of records without some fields."""
    if not fields:
        return content
    if isinstance(content, list):
        return [_without(item, fields) for item in content]
    return {key: value for key, value in content.items() if key not in fields}


def _conditions(when: dict[str, str]) -> dict[str, str]:
    """Return conditions in canonical S-FEEL. One that matches anything is left out, which means the same."""
    spelled = {name: _spelled(" ".join(text.split())) for name, text in when.items()}
    return {name: text for name, text in spelled.items() if text != "-"}


@lru_cache(maxsize=4096)  # the same conditions recur in all packets
def _spelled(text: str) -> str:
    try:
        return str(parse(text, null=True))
    except SfeelError:
        return text


def digests(packet: Packet, without: LeftOut = NOTHING) -> dict[Section, str]:
    """Return ``sha256:…`` of each section's canonical form, which is independent of comments, key order and layout.

    Args:
        packet: The packet.
        without: Further fields that are not material.
    """
    content = _content(packet)
    return {
        section: _hashed(_canonical_text(_material(content, section, without.get(section, _NO_FIELDS)), section))
        for section in MATERIAL
    }


def packet_digest(sections: Mapping[Section, str]) -> str:
    """Return one digest over those of all sections, which identifies a version of the packet."""
    return _hashed(_encoded({section.value: digest for section, digest in sections.items()}))


def content_digest(content: Any) -> str:
    """Return ``sha256:…`` of JSON values, independent of the order of keys."""
    return _hashed(_encoded(content))


def _hashed(text: str) -> str:
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def _canonical_text(material: Any, section: Section) -> str:
    """Return a section's canonical JSON. Folding is skipped if the text shows that there is nothing to fold."""
    text = _encoded(_with_canonical_conditions(material, section))
    return text if _is_folded(text) else _encoded(_canonical_form(material, section))


def _is_folded(text: str) -> bool:
    """Whether no string in this JSON needs folding. Where only quotes are escaped, strings appear in it unchanged."""
    return (
        '" ' not in text
        and ' "' not in text
        and ("\\" not in text or "\\" not in text.replace('\\"', ""))
        and ("  " not in text if text.isascii() else " ".join(text.split()) == text)
    )


def folded(value: Any) -> Any:
    """Return JSON values with white space folded in all texts."""
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, list):
        return [folded(item) for item in value]
    if isinstance(value, dict):
        return {key: folded(item) for key, item in value.items()}
    return value
