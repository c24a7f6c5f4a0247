"""Lists of related packets, however they are written, lose what is gone and stay mappings and lists."""

import pytest
import yaml

from opmodel.scaffold.prose_links import without_links_in_yaml

WRITTEN = [
    "related: {packets: [gone]}\n",
    "related: {packets: [gone], guide: [a#b]}\n",
    "related: {guide: [a#b], packets: [kept, gone]}\n",
    "related:\n  packets: [gone]\n",
    "related:\n  packets:\n    - gone # why\n",
    "related:\n  packets:\n    - kept\n    - gone\n  guide: [a#b]\n",
    "related:\n  packets: [gone]\n  guide: [a#b]\n",
]


@pytest.mark.parametrize("related", WRITTEN)
@pytest.mark.parametrize("indent", ["", "    "])
def test_what_is_gone_is_taken_out_of_related_packets(related: str, indent: str) -> None:
    whole = "".join(f"{indent}{line}\n" for line in [*related.splitlines(), "reviewed: 2026-11-01"])
    before = yaml.safe_load(whole)
    after = yaml.safe_load(without_links_in_yaml(whole, lambda _, name: name == "gone"))
    packets = [name for name in before["related"].pop("packets") if name != "gone"]
    assert after["related"].pop("packets", []) == packets
    assert after == before


@pytest.mark.parametrize("related", WRITTEN)
def test_what_names_nothing_that_is_gone_stays_as_it_is_written(related: str) -> None:
    assert without_links_in_yaml(related, lambda _, name: name == "other") == related
