"""A build that carries pages over from the last one gives what a build from nothing gives, whatever changed between."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

import sites
from opmodel.adapter.short.carried import FOLDERS

DAY = "1795305600"
ASIDE = ".opmodel-previous"
Change = Callable[[Path], None]


def built(site: Path, target: Path) -> dict[str, bytes]:
    """Build a site in this process, as of 22 November 2026, and return every file by its path."""
    config = load_config(str(site / "mkdocs.yml"), site_dir=str(target))
    config.plugins.on_startup(command="build", dirty=False)
    build(config)
    return {file.relative_to(target).as_posix(): file.read_bytes() for file in target.rglob("*") if file.is_file()}


def edited(path: str, find: str, replace: str) -> Change:
    return lambda site: sites.edit(site, path, find, replace)


def copied(site: Path) -> None:
    text = (site / sites.TRIAGE).read_text().replace("title: Triage of requests", "title: Sorting\nsupersedes: triage")
    (site / "data/workflows/sorting.yml").write_text(text)


def renamed(site: Path) -> None:
    text = (site / "data/workflows/sorting.yml").read_text()
    (site / "data/workflows/sorting.yml").unlink()
    (site / "data/workflows/ordering.yml").write_text(f"formerly: [sorting]\n{text}")


def without_memory(site: Path) -> None:
    shutil.rmtree(site.parent / "memory", ignore_errors=True)


def spoilt(site: Path) -> None:
    for file in (site.parent / "memory").rglob("*.pickle"):
        file.write_bytes(file.read_bytes()[:-100])


CHANGES: dict[str, Change] = {
    "nothing": lambda site: None,
    "a title": edited(sites.TRIAGE, "title: Triage", "title: Triage of requests"),
    "a packet that supersedes another": copied,
    "the title of the superseded packet": edited(sites.TRIAGE, "title: Triage of requests", "title: Old triage"),
    "a packet that got another id": renamed,
    "a packet that is gone": lambda site: (site / "data/workflows/ordering.yml").unlink(),
    "a team's name": edited("data/teams.yml", "name: Finance", "name: Money"),
    "the meaning of a responsibility": lambda site: _reworded(site / "data/responsibilities.yml"),
    "a page of docs": lambda site: _reworded(site / "docs/index.md"),
    "the name of the site": edited("data/site.yml", "name: ", "name: The "),
    "a setting of the theme": edited("mkdocs.yml", "  font: false", "  font: false\n  language: de"),
    "an output file that somebody changed": lambda site: _reworded(site.parent / "out/workflows/intake/index.html"),
    "an output file that somebody removed": lambda site: (site.parent / "out/workflows/triage/index.md").unlink(),
    "an output folder that somebody removed": lambda site: shutil.rmtree(site.parent / "out"),
    "a memory that was removed": without_memory,
    "a memory that was cut off": spoilt,
}


def _reworded(file: Path) -> None:
    file.write_text(file.read_text(encoding="utf-8") + "\n# Added\n", encoding="utf-8")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", DAY)
    monkeypatch.setenv("OPMODEL_CACHE", str(tmp_path / "memory"))
    return sites.good(tmp_path / "site")


def test_whatever_changes_the_output_is_that_of_a_clean_build(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built(site, tmp_path / "out")
    for number, (what, change) in enumerate(CHANGES.items()):
        change(site)
        carried = built(site, tmp_path / "out")
        with monkeypatch.context() as clean:
            clean.setenv("OPMODEL_CACHE", "")
            expected = built(site, tmp_path / f"clean-{number}")
        assert carried.keys() == expected.keys(), what
        assert [path for path in carried if carried[path] != expected[path]] == [], what
        assert not (tmp_path / "out" / ASIDE).exists()


def test_a_page_that_did_not_change_is_not_made_again(site: Path, tmp_path: Path) -> None:
    before = built(site, tmp_path / "out")
    made = {path: (tmp_path / "out" / path).stat().st_ino for path in before}
    sites.edit(site, sites.TRIAGE, "title: Triage", "title: Triage of requests")
    after = built(site, tmp_path / "out")
    assert before["workflows/triage/index.html"] != after["workflows/triage/index.html"]
    same = {path for path in after if (tmp_path / "out" / path).stat().st_ino == made[path]}
    whole = {path for path in after if path.startswith(("workflows/intake/", "api/workflows/intake."))}
    assert whole <= same
    assert not {path for path in same if "triage" in path}


def test_every_file_of_a_packet_stands_where_pages_are_carried_over_from(site: Path, tmp_path: Path) -> None:
    found = [path for path in built(site, tmp_path / "out") if "/intake" in path]
    assert len(found) >= 4
    assert all(path.startswith(tuple(f"{folder}/" for folder in FOLDERS)) for path in found)


def test_a_build_that_was_stopped_leaves_nothing_behind_in_the_next(site: Path, tmp_path: Path) -> None:
    expected = built(site, tmp_path / "out")
    (tmp_path / "out" / "workflows").rename(tmp_path / "out" / ASIDE)
    assert built(site, tmp_path / "out") == expected
    assert not (tmp_path / "out" / ASIDE).exists()
