"""The Code Quality report, as GitLab documents it."""

import json
from pathlib import Path
from typing import Any

import pytest

from commands.terminal import opmodel
from sites import commit, edit, good


def report(site: Path, code: int) -> Any:
    return json.loads(
        opmodel(site, "check", str(site), "--format", "gitlab", "--as-of", "2026-11-22", code=code).stdout
    )


@pytest.fixture
def site(tmp_path: Path) -> Path:
    site = good(tmp_path)
    commit(site)
    return site


def test_no_problem_is_an_empty_report(site: Path) -> None:
    assert report(site, 0) == []


def test_a_finding_keeps_its_fingerprint_when_its_line_moves(site: Path) -> None:
    edit(site, "data/teams.yml", "escalates_to: finance", "escalates_to: finanec")
    (before,) = report(site, 1)
    assert before["check_name"] == "unknown-team"
    assert before["severity"] == "major"
    assert before["location"]["path"].endswith("data/teams.yml")
    edit(site, "data/teams.yml", "teams:\n", "# More lines.\n\nteams:\n")
    (after,) = report(site, 1)
    assert after["location"]["lines"]["begin"] == before["location"]["lines"]["begin"] + 2
    assert after["fingerprint"] == before["fingerprint"]


@pytest.mark.parametrize("here", [".", "data"])
def test_files_are_named_from_the_top_of_the_repository(
    here: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = good(tmp_path / "sites" / "finance [eu]")
    commit(tmp_path)
    edit(site, "data/teams.yml", "escalates_to: finance", "escalates_to: finanec")
    monkeypatch.chdir(site / here)
    shown = opmodel(site, "check", "--format", "github", "--as-of", "2026-11-22", code=1).stdout
    assert shown.startswith("::error file=sites/finance [eu]/data/teams.yml,line=14,col=19,")
    shown = opmodel(site, "check", "--format", "gitlab", "--as-of", "2026-11-22", code=1).stdout
    assert json.loads(shown)[0]["location"]["path"] == "sites/finance [eu]/data/teams.yml"


def test_equal_findings_have_fingerprints_of_their_own(site: Path) -> None:
    for path in ("data/teams.yml",):
        edit(site, path, "escalates_to: finance", "escalates_to: nobody-here")
        edit(site, path, "escalates_to: platform", "escalates_to: nobody-here")
    found = report(site, 1)
    assert len({each["fingerprint"] for each in found}) == len(found) == 2
