"""What a sign-off covers: the sections of a packet, and the few fields in them whose change leaves a signature valid.

This is the one place that declares what is material; the site publishes it.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from opmodel.approval.sfeel import SfeelError, parse
from opmodel.model.packet import Packet
from opmodel.model.vocabulary import Section

_encoded = json.JSONEncoder(check_circular=False, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class MaterialSection:
    """A section that is signed: where it stands in the packet, which fields do not count, and why they do not."""

    path: tuple[str, ...]
    except_fields: frozenset[str] = field(default_factory=frozenset)
    because: str = ""


MATERIAL: dict[Section, MaterialSection] = {
    Section.OWNERS: MaterialSection(("owners",)),
    Section.PAIN: MaterialSection(("business", "pain")),
    Section.SCOPE: MaterialSection(("business", "scope")),
    Section.TRIGGER: MaterialSection(("business", "trigger")),
    Section.INPUTS: MaterialSection(("business", "inputs")),
    Section.OUTPUT: MaterialSection(("business", "output")),
    Section.OUTCOMES: MaterialSection(("business", "outcomes")),
    Section.ACCESS: MaterialSection(("it", "access")),
    Section.FORBIDDEN: MaterialSection(("it", "forbidden")),
    Section.CONTRACTS: MaterialSection(("it", "contracts")),
    Section.POLICIES: MaterialSection(("it", "policies")),
    Section.SUPPORT: MaterialSection(("it", "support")),
    Section.APPROVAL: MaterialSection(
        ("shared", "approval"), frozenset({"examples"}), "An example tests the table and does not change it."
    ),
    Section.EXCEPTIONS: MaterialSection(("shared", "exceptions")),
    Section.FAILURE_CASES: MaterialSection(
        ("shared", "failure_cases"),
        frozenset({"result", "evidence", "date"}),
        "A repeated test changes these; a gate judges them at every check.",
    ),
    Section.AUDIT: MaterialSection(("shared", "audit")),
    Section.REVIEW: MaterialSection(
        ("shared", "review"), frozenset({"last", "next"}), "Holding a review moves the dates, not the agreement."
    ),
}
"""Section by section; what is not listed (title, summary, status, tags, dates) is not signed."""


def section_value(packet: Packet, section: Section) -> Any:
    """Return a section's material content as plain JSON values: defaults left out, white space folded, and the
    conditions of approval rules in one spelling."""
    return _folded(_material(_content(packet), section), section)


def _content(packet: Packet) -> Any:
    return packet.model_dump(mode="json", by_alias=True, exclude_defaults=True)


def _material(content: Any, section: Section) -> Any:
    for step in MATERIAL[section].path:
        content = content[step]
    return _without(content, MATERIAL[section].except_fields)


def _folded(material: Any, section: Section) -> Any:
    return _spelled_out(_fold(material), section)


def _spelled_out(material: Any, section: Section) -> Any:
    """Return a section with the conditions of approval rules in one spelling."""
    if section is not Section.APPROVAL:
        return material
    return {**material, "rules": [{**rule, "when": _conditions(rule["when"])} for rule in material["rules"]]}


def _without(content: Any, fields: frozenset[str]) -> Any:
    """Return the content of a section, a record or a list of them, without the fields that do not count."""
    if not fields:
        return content
    if isinstance(content, list):
        return [_without(item, fields) for item in content]
    return {key: value for key, value in content.items() if key not in fields}


def _conditions(when: dict[str, str]) -> dict[str, str]:
    """Return conditions as S-FEEL spells them; one that matches anything says nothing, as if it were left out."""
    spelled = {name: _spelled(" ".join(text.split())) for name, text in when.items()}
    return {name: text for name, text in spelled.items() if text != "-"}


@lru_cache(maxsize=4096)  # packets repeat their conditions
def _spelled(text: str) -> str:
    try:
        return str(parse(text))
    except SfeelError:
        return text


def digests(packet: Packet) -> dict[Section, str]:
    """Return ``sha256:…`` of each section in canonical form, so that comments, key order and layout do not matter."""
    content = _content(packet)
    return {section: _hashed(_canonical(_material(content, section), section)) for section in MATERIAL}


def packet_digest(sections: Mapping[Section, str]) -> str:
    """Return one digest over those of all sections: the version of the packet, as a print names it."""
    return _digest({section.value: digest for section, digest in sections.items()})


def _digest(value: Any) -> str:
    return _hashed(_encoded(value))


def _hashed(text: str) -> str:
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def _canonical(material: Any, section: Section) -> str:
    """Return a section in canonical form. Most hold no white space to fold, which is seen sooner than folded."""
    text = _encoded(_spelled_out(material, section))
    return text if _is_folded(text) else _encoded(_folded(material, section))


def _is_folded(text: str) -> bool:
    """Whether no text within this JSON can have white space at an end or more than one space in a row.

    Without a backslash but before a quote, each text stands in it as it is, between its quotes.
    """
    return (
        '" ' not in text
        and ' "' not in text
        and ("\\" not in text or "\\" not in text.replace('\\"', ""))
        and ("  " not in text if text.isascii() else " ".join(text.split()) == text)
    )


def _fold(value: Any) -> Any:
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, list):
        return [_fold(item) for item in value]
    if isinstance(value, dict):
        return {key: _fold(item) for key, item in value.items()}
    return value
