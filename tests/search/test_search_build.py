"""A built site of many packets: each stands in the first part of the search index, its sections beside it."""

import json
from pathlib import Path

import pytest

from opmodel.views.search_parts import WHOLE
from sites import TRIAGE, build, edit, good


@pytest.mark.parametrize("short_way", ["true", "false"])
def test_a_site_of_many_packets_is_built_with_its_index_in_parts(tmp_path: Path, short_way: str) -> None:
    site = good(tmp_path / "site")
    text = (site / TRIAGE).read_text(encoding="utf-8")
    for number in range(100, 100 + WHOLE):
        copy = text.replace("title: Triage", f"title: Copy {number}").replace("summary: ", f"summary: Copy {number}. ")
        (site / f"data/workflows/copy-{number}.yml").write_text(copy, encoding="utf-8")
    edit(site, "mkdocs.yml", "  - opmodel\n", f"  - opmodel:\n      short_way: {short_way}\n")
    search = build(site) / "search"

    entries = json.loads((search / "search_index.json").read_text(encoding="utf-8"))["docs"]
    locations = [entry["location"] for entry in entries]
    assert "workflows/copy-107/" in locations
    assert not [location for location in locations if location.startswith("workflows/copy-107/#")]
    sections = json.loads((search / "workflows/copy-107.json").read_text(encoding="utf-8"))
    assert "workflows/copy-107/#approval" in {entry["location"] for entry in sections}
    number = next(entry["part"] for entry in entries if entry["location"] == "workflows/copy-107/")
    words = json.loads((search / "words/0.json").read_text(encoding="utf-8"))
    assert words["107"] == [number]
    assert not [entry for entry in entries if "spoken" in entry]
