"""The good and weak examples of the page on packet sections, held against the model."""

import re
from pathlib import Path
from typing import Any

import pytest

from opmodel.load.document import Document
from opmodel.load.records import records_in, validate_record
from opmodel.model.packet import Business, It, Packet, Shared
from opmodel.model.vocabulary import Section
from opmodel.readiness.approval_findings import check_approval
from opmodel.readiness.gates import PLACEHOLDER
from opmodel.source.reader import parse
from opmodel.source.tree import MapNode

PAGE = (Path(__file__).parents[2] / "docs/contribute/sections.md").read_text(encoding="utf-8")
COMPUTED = {Section.READINESS, Section.SIGNOFFS}
"""What nobody writes by hand."""
WRITTEN = [section for section in Section if section not in COMPUTED]
_PART = re.compile(r"^## [^\n]*\{ #([a-z-]+) \}\n(.*?)(?=^## |\Z)", re.M | re.S)
_EXAMPLE = re.compile(r"^(Good|Weak): ([^`]+?)\n\n```yaml\n(.*?)```", re.M | re.S)
PARTS = {name: _EXAMPLE.findall(text) for name, text in _PART.findall(PAGE)}


def node(text: str) -> MapNode:
    found, faults = parse(text)
    assert isinstance(found, MapNode), faults
    return found


def kind(key: str) -> Any:
    """Return the record (or list of records) that stands under a key of a packet."""
    for part in (Packet, Business, It, Shared):
        if key in part.model_fields:
            return next(records_in(part.model_fields[key].annotation))
    raise AssertionError(key)


@pytest.mark.parametrize("section", WRITTEN)
def test_every_section_has_a_good_and_a_weak_example(section: Section) -> None:
    assert [label for label, _, _ in PARTS[section.value]] == ["Good", "Weak"]
    assert all(list(node(text).values) == [section.value.replace("-", "_")] for _, _, text in PARTS[section.value])


@pytest.mark.parametrize("section", WRITTEN)
def test_a_good_example_fits_the_model_and_owes_nothing(section: Section) -> None:
    key = section.value.replace("-", "_")
    text = PARTS[section.value][0][2]
    below = node(text).values[key]
    items = below.items if not isinstance(below, MapNode) and hasattr(below, "items") else [below]
    for item in items:
        value, problems = validate_record(kind(key), Document("", item), item)
        assert value is not None, problems
    assert not PLACEHOLDER.search(text)


def test_the_good_approval_table_is_proven() -> None:
    below = node(PARTS["approval"][0][2]).values["approval"]
    value, _ = validate_record(kind("approval"), Document("", below), below)
    assert value is not None
    assert check_approval(value).findings == ()
