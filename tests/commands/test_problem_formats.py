"""The forms of ``opmodel check`` for other programs: each is read by software that was not written here."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from junitparser import Failure, JUnitXml, TestCase

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


def printed(site: Path, style: str, code: int) -> str:
    return opmodel(site, "check", str(site), "--format", style, "--as-of", "2026-11-22", code=code).stdout


def faulty(site: Path) -> Path:
    """Return the site with an error in a file whose name needs escaping, and a warning."""
    (site / "data/workflows/tri&age \u00fc.yml").write_text("title: <b>", "utf-8")
    edit(site, "data/workflows/intake.yml", "next: 2027-01-05", "next: 2026-11-21")
    return site


MULTITOOL = Path(__file__).parents[1] / "judges/node_modules/@microsoft/sarif-multitool/bin.js"


@pytest.mark.judges
@pytest.mark.slow
def test_the_validator_of_sarif_accepts_the_log(site: Path, tmp_path: Path) -> None:
    empty, full, report = (tmp_path / name for name in ("empty.sarif", "full.sarif", "report.sarif"))
    empty.write_text(printed(site, "sarif", 0), "utf-8")
    full.write_text(printed(faulty(site), "sarif", 1), "utf-8")
    command: list[str | Path] = ["node", MULTITOOL, "validate", empty, full, "--output", report]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    (run,) = json.loads(report.read_text("utf-8-sig"))["runs"]
    # It would like an address of the tool, and each site has its own.
    assert {result["ruleId"] for result in run.get("results", [])} <= {"SARIF2005"}


def test_a_sarif_result_has_level_place_and_the_text_of_its_rule(site: Path) -> None:
    edit(site, "data/teams.yml", "escalates_to: finance", "escalates_to: finanec")
    edit(site, "data/workflows/intake.yml", "next: 2027-01-05", "next: 2026-11-21")
    (run,) = json.loads(printed(site, "sarif", 1))["runs"]
    error, warning = run["results"]
    assert (error["level"], warning["level"]) == ("error", "warning")
    assert error["message"]["text"] == 'unknown team "finanec"; did you mean "finance"?'
    assert error["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "data/teams.yml", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 14, "startColumn": 19},
    }
    rules = run["tool"]["driver"]["rules"]
    assert [rules[each["ruleIndex"]]["id"] for each in (error, warning)] == ["unknown-team", "review-overdue"]


def test_a_junit_report_has_a_failing_case_for_each_error(site: Path) -> None:
    report = JUnitXml.fromstring(printed(faulty(site), "junit", 1).encode())
    (suite,) = report
    cases = list(suite)
    assert all(isinstance(case, TestCase) for case in cases)
    assert (report.tests, report.failures, report.errors) == (suite.tests, suite.failures, 0)
    assert suite.tests == len(cases)
    failing = [case for case in cases if any(isinstance(result, Failure) for result in case.result)]
    assert len(failing) == suite.failures > 0
    assert failing[0].classname == "data/workflows/tri&age \u00fc.yml"
    (warning,) = [case for case in cases if case.system_out]
    assert "(review-overdue)" in warning.system_out
    assert not warning.result


def test_a_junit_report_without_problems_has_one_case_that_passes(site: Path) -> None:
    (suite,) = JUnitXml.fromstring(printed(site, "junit", 0).encode())
    assert [(case.name, case.is_passed) for case in suite] == [("opmodel check", True)]
