"""A built site of many packets: each stands in the first part of the search index, its sections beside it."""

import json
import shutil
from pathlib import Path

import pytest

from opmodel.views.search_parts import MOST_IN_ONE_FILE
from sites import TRIAGE, build, edit, good

pytestmark = pytest.mark.slow
FIRST = 100


def small(folder: Path, **options: str) -> Path:
    """Return a copy of the good site without preview pictures, of which a hundred packets have a hundred."""
    site = good(folder)
    lines = [f"      {name}: {value}\n" for name, value in {"previews": "false", **options}.items()]
    edit(site, "mkdocs.yml", "  - opmodel\n", "".join(["  - opmodel:\n", *lines]))
    return site


def grow(site: Path, packets: int) -> None:
    """Add copies of a packet to the good site until it has so many."""
    text = (site / TRIAGE).read_text(encoding="utf-8")
    for number in range(FIRST, FIRST + packets - 2):
        copy = text.replace("title: Triage", f"title: Copy {number}").replace("summary: ", f"summary: Copy {number}. ")
        (site / f"data/workflows/copy-{number}.yml").write_text(copy, encoding="utf-8")


def searched(built: Path) -> dict[str, bytes]:
    """Return the files of the search by their paths."""
    files = (built / "search").rglob("*.json")
    return {file.relative_to(built).as_posix(): file.read_bytes() for file in files}


@pytest.mark.parametrize("short_way", ["true", "false"])
def test_a_site_of_many_packets_is_built_with_its_index_in_parts(tmp_path: Path, short_way: str) -> None:
    site = small(tmp_path / "site", short_way=short_way)
    grow(site, MOST_IN_ONE_FILE + 1)
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


def test_a_site_that_grows_and_shrinks_has_the_search_of_a_clean_build(tmp_path: Path) -> None:
    site = small(tmp_path / "site")
    grow(site, MOST_IN_ONE_FILE)
    whole = searched(build(site))
    assert list(whole) == ["search/search_index.json"]
    grow(site, MOST_IN_ONE_FILE + 1)
    grown = searched(build(site))
    assert grown == searched(build(clean_copy(site, tmp_path / "clean")))
    assert len(grown) > MOST_IN_ONE_FILE
    (site / f"data/workflows/copy-{FIRST + MOST_IN_ONE_FILE - 2}.yml").unlink()
    assert searched(build(site)) == whole


def clean_copy(site: Path, to: Path) -> Path:
    """Return a copy of a site's sources, without what earlier builds have left."""
    return Path(shutil.copytree(site, to, ignore=shutil.ignore_patterns("site", ".*")))
