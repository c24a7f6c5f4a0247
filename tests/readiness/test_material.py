"""Digests: the same for every layout of a packet, and another for every change of what is signed."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, get_args

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from opmodel.load.records import records_in
from opmodel.model.packet import Packet
from opmodel.model.values import Duration
from opmodel.model.vocabulary import Section, Vocabulary
from opmodel.readiness.changes import FieldChange, field_changes
from opmodel.readiness.material import MATERIAL, digests, packet_digest, section_value
from opmodel.source.tree import Path
from readiness.packets import TEXT, full, packet, tree, valid

FULL = full()
PACKET = packet(FULL)
SIGNED = digests(PACKET)


def dumped(**style: Any) -> str:
    return str(yaml.safe_dump(yaml.safe_load(FULL), allow_unicode=True, **style))


def restyled(style: str) -> str:
    """Return the packet with every text that stays text written in one style."""

    class Dumper(yaml.SafeDumper):
        pass

    Dumper.add_representer(str, lambda d, v: d.represent_scalar("tag:yaml.org,2002:str", v, style=style))
    return str(yaml.dump(yaml.safe_load(FULL), Dumper=Dumper, width=30))


DESK = "role: operations\n      team: finance\n"
LAYOUTS = {
    "keys sorted": dumped(sort_keys=True),
    "flow style": dumped(default_flow_style=True),
    "block style": dumped(default_flow_style=False),
    "narrow": dumped(width=20),
    "single quotes": restyled("'"),
    "double quotes": restyled('"'),
    "folded": restyled(">"),
    "literal": restyled("|"),
    "comments": re.sub(r"\n", " # why\n", FULL),
    "blank lines": FULL.replace("\n", "\n\n"),
    "Windows": FULL.replace("\n", "\r\n"),
    "a number in another form": FULL.replace("minutes_each: 7.5", "minutes_each: 75.00e-1"),
    "a condition in another spelling": FULL.replace('"< 500"', '"<500.00"').replace('">= 500"', '">=500"'),
    "a default said aloud": FULL.replace("when: {}", 'when: { amount: "-" }'),
    "an anchor": FULL.replace(f"    owner:\n      {DESK}", f"    owner: &desk\n      {DESK}").replace(
        f"        route:\n          {DESK.replace('      ', '          ')}", "        route: *desk\n"
    ),
}  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS)
def test_layout_does_not_matter(layout: str) -> None:
    assert LAYOUTS[layout] != FULL
    assert digests(packet(LAYOUTS[layout])) == SIGNED


def leaves(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Yield every value of a packet that holds no others."""
    if isinstance(value, dict):
        for key, below in value.items():
            yield from leaves(below, (*path, key))
    elif isinstance(value, tuple):
        for position, below in enumerate(value):
            yield from leaves(below, (*path, position))
    else:
        yield path, value


def put(value: Any, path: Path, new: Any) -> Any:
    """Return a value with another one at a path; ``...`` takes it away."""
    if not path:
        return new
    step, rest = path[0], path[1:]
    if isinstance(value, dict):
        return {
            k: put(v, rest, new) if k == step else v
            for k, v in value.items()
            if not (k == step and new is ... and not rest)
        }
    return tuple(
        put(v, rest, new) if i == step else v
        for i, v in enumerate(value)
        if not (i == step and new is ... and not rest)
    )


WORDS = [word.value for kind in Vocabulary.__subclasses__() for word in kind]


def others(value: Any) -> list[Any]:
    """Return values of every kind that a field could hold instead."""
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, (int, Decimal)):
        return [value + 1]
    moved = []
    if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        moved.append((date.fromisoformat(value) + timedelta(days=1)).isoformat())
    return [*moved, "P7D", f"sha256:{64 * '1'}", *WORDS, f"{value}x", "https://elsewhere.example/", "> 7"]


PLAIN: Any = tree(FULL).plain
LEAVES = {path: value for path, value in leaves(PLAIN) if path[-1] != "type"}  # an input's type never changes alone


def changed(path: Path) -> Packet:
    """Return the packet with one value changed to another that the model accepts."""
    for other in others(LEAVES[path]):
        if other != LEAVES[path] and (found := valid(put(PLAIN, path, other))):
            return found
    raise AssertionError(f"no other value fits {path}")


def sections(path: Path) -> set[Section]:
    """Return the section whose digest covers a value, by the declaration of what is material."""
    return {
        section
        for section, material in MATERIAL.items()
        if path[: len(material.path)] == material.path and not material.except_fields & set(path[len(material.path) :])
    }


@pytest.mark.parametrize("path", LEAVES, ids=lambda path: "/".join(map(str, path)))
def test_a_changed_value_changes_the_digest_of_its_section_alone(path: Path) -> None:
    after = digests(changed(path))
    assert {section for section in MATERIAL if after[section] != SIGNED[section]} == sections(path)


def entries() -> list[Path]:
    """Return where every entry of a list stands."""
    return sorted(
        {path[: n + 1] for path in LEAVES for n, step in enumerate(path) if isinstance(step, int)} | set(), key=str
    )


@pytest.mark.parametrize("path", entries(), ids=lambda path: "/".join(map(str, path)))
def test_an_entry_that_is_taken_away_changes_the_digest(path: Path) -> None:
    if found := valid(put(PLAIN, path, ...)):
        after = digests(found)
        assert {section for section in MATERIAL if after[section] != SIGNED[section]} == sections(path)


def test_an_input_of_another_type_changes_the_digest() -> None:
    after = digests(packet(FULL.replace("type: boolean", "type: date")))
    assert {section for section in MATERIAL if after[section] != SIGNED[section]} == {Section.APPROVAL}


def test_the_packet_of_these_tests_has_every_field_of_the_model() -> None:
    assert fields(Packet) - used(Packet, PLAIN) == set()


def fields(kind: type[BaseModel]) -> set[tuple[str, str]]:
    """Return (record, field) of a record and all below it."""
    found = {(kind.__name__, info.alias or name) for name, info in kind.model_fields.items()}
    return found.union(*(fields(below) for info in kind.model_fields.values() for below in records_in(info.annotation)))


def used(kind: type[BaseModel], value: Any) -> set[tuple[str, str]]:
    """Return (record, field) of every field that a value of a record has, and those below it."""
    found = set()
    for name, info in kind.model_fields.items():
        key = info.alias or name
        if key in value:
            found.add((kind.__name__, key))
            below = value[key]
            for item in (
                below if isinstance(below, tuple) else [below, *(below.values() if isinstance(below, dict) else ())]
            ):
                for inner in records_in(info.annotation):
                    if isinstance(item, dict) and of_kind(inner, item):
                        found |= used(inner, item)
    return found


def of_kind(kind: type[BaseModel], value: dict[str, Any]) -> bool:
    """Whether a value is of a record, by its keys and, where records differ by their type, by that."""
    words = get_args(kind.model_fields["type"].annotation) if "type" in kind.model_fields else ()
    keys = {info.alias or name for name, info in kind.model_fields.items()}
    return set(value) <= keys and (not words or value.get("type") in words)


def test_every_section_that_is_written_is_signed() -> None:
    computed = {Section.READINESS, Section.SIGNOFFS}
    assert set(MATERIAL) == set(Section) - computed


def test_sections_differ_and_the_packet_has_one_digest_of_all() -> None:
    assert len(set(SIGNED.values())) == len(SIGNED)
    assert packet_digest(SIGNED) != packet_digest(digests(packet(TEXT)))
    assert re.fullmatch("sha256:[0-9a-f]{64}", packet_digest(SIGNED))


def test_a_change_is_told_field_by_field() -> None:
    after = packet(
        TEXT.replace("scope: One mailbox", "scope: Two").replace("      justification: Requests arrive here.\n", "")
    )
    found = field_changes(section_value(packet(TEXT), Section.ACCESS), section_value(after, Section.ACCESS))
    assert list(found) == [
        FieldChange("mailbox / scope", "One mailbox", "Two"),
        FieldChange("mailbox / justification", "Requests arrive here.", ""),
    ]


def test_a_duration_counts_as_it_is_written() -> None:
    assert Duration("P7D") != Duration("P1W")
    one, other = (digests(packet(TEXT.replace("at_most: P14D", f"at_most: {d}"))) for d in ("P14D", "P2W"))
    assert one[Section.APPROVAL] != other[Section.APPROVAL]


@given(st.text(alphabet='ab \t\n\u00a0\x85\x1c"\\,:{}[]é', min_size=1))
def test_white_space_within_a_text_does_not_matter(text: str) -> None:
    plainly, spaced = (with_output(words) for words in (re.sub(r"\s+", " ", text).strip(), text))
    assert digests(spaced) == digests(plainly)
    assert section_value(spaced, Section.OUTPUT)["good"] == plainly.business.output.good


def with_output(good: str) -> Packet:
    """Return the packet with a text that the model need not accept."""
    business = PACKET.business
    output = business.output.model_copy(update={"good": good})
    return PACKET.model_copy(update={"business": business.model_copy(update={"output": output})})
