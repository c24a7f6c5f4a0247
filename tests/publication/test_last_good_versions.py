"""Which version of a faulty packet is published, and what is said of it."""

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from opmodel.adapter.page_sources import packet_content, page_sources
from opmodel.cache import Cache
from opmodel.formats.api import content
from opmodel.formats.api.documents import documents, packet_document
from opmodel.model.faulty_packet import FaultyPacket, ShownVersion
from opmodel.publication.publish import with_shown_versions
from opmodel.rules.check import Checked, check
from opmodel.views.portfolio import portfolio
from opmodel.views.teams import team_page
from sites import INTAKE, SIGNOFFS, TODAY, TRIAGE, commit, edit, git, good

LATE = date(2027, 3, 1)
"""Two months after the live packet's review was due."""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """The good site, committed on 1 November 2026."""
    made = good(tmp_path / "site")
    commit(made, "Start", day="2026-11-01")
    return made


def published(site: Path, day: date = TODAY) -> Checked:
    return with_shown_versions(check(site, day), Cache())


def fault(checked: Checked, name: str = "intake") -> FaultyPacket:
    assert set(checked.faulty_packets) == {name}
    assert checked.stopping == ()
    return checked.faulty_packets[name]


def page(checked: Checked, name: str = "intake") -> str:
    """Return the HTML of a packet's page, and see that all other pages and documents can be made."""
    for source in page_sources(checked):
        list(source.make().companions())
    for _, make in documents(checked):
        make()
    return str(packet_content(checked, name).html)


def break_it(site: Path) -> None:
    edit(site, INTAKE, "status: live\n", "status: lvie\n")


def test_a_site_without_errors_stays_as_it_is(site: Path) -> None:
    checked = check(site, TODAY)
    assert with_shown_versions(checked, Cache()) is checked


def test_a_packet_for_which_only_time_has_passed_is_shown_itself(site: Path) -> None:
    checked = published(site, LATE)
    found = fault(checked)
    assert (found.shown, found.only_time, found.since) == (ShownVersion.PRESENT, True, date(2027, 1, 20))
    shown = page(checked)
    assert "This packet has 1 error since 20 January 2027." in shown
    assert "Only time has passed: the packet is shown as it is." in shown
    assert "the review of 2027-01-05 is overdue on 2027-03-01" in shown


def test_time_alone_needs_no_history(tmp_path: Path) -> None:
    assert fault(published(good(tmp_path / "site"), LATE)).only_time


def test_the_last_good_version_stands_in_the_place_of_a_wrong_one(site: Path) -> None:
    edit(site, INTAKE, "title: Intake\n", "title: Intake, second version\n")
    commit(site, day="2026-11-05")
    break_it(site)
    commit(site, day="2026-11-10")
    edit(site, INTAKE, "title: Intake, second version\n", "title: Intake, third version\n")
    commit(site, day="2026-11-15")
    checked = published(site)
    found = fault(checked)
    assert (found.shown, found.since) == (ShownVersion.EARLIER, date(2026, 11, 10))
    assert (found.version_day, found.version_commit) == (date(2026, 11, 5), git(site, "rev-parse", "HEAD~2").strip())
    shown = page(checked)
    assert "Intake, second version</h1>" in shown
    assert "This packet has 1 error since 10 November 2026." in shown
    assert (
        f"Shown is its last version without an error, of 5 November 2026 (commit {found.version_commit[:10]})." in shown
    )
    assert "did you mean &#34;live&#34;?" in shown


def test_a_change_that_is_not_committed_says_so(site: Path) -> None:
    break_it(site)
    checked = published(site)
    assert fault(checked).since is None
    assert "The change that brought the error is not committed." in page(checked)


def test_a_packet_that_never_had_a_good_version_has_a_page_that_says_so(site: Path) -> None:
    shutil.copy(site / TRIAGE, site / "data/workflows/new.yml")
    edit(site, "data/workflows/new.yml", "status: draft\n", "status: darft\n")
    commit(site, day="2026-11-12")
    checked = published(site)
    found = fault(checked, "new")
    assert (found.shown, found.since) == (ShownVersion.NONE, date(2026, 11, 12))
    shown = page(checked, "new")
    assert "This packet has 1 error since 12 November 2026." in shown
    assert "No version of it without an error was committed, so none is shown." in shown
    (unavailable,) = content.workflows(checked).unavailable
    assert (unavailable.id, unavailable.fault.shown) == ("new", "none")
    ((cell, words),) = portfolio(checked).unavailable
    assert (cell.text, cell.address, words) == ("new", "workflows/new/", "1 error since 12 November 2026")


def test_a_version_is_judged_with_the_shared_data_of_its_commit(site: Path) -> None:
    edit(site, "data/teams.yml", "id: security-office\n", "id: security\n")
    commit(site, day="2026-11-09")
    checked = published(site)
    assert set(checked.faulty_packets) == {"intake", "triage"}
    for name, found in checked.faulty_packets.items():
        assert (found.shown, found.since, found.version_day) == (
            ShownVersion.EARLIER,
            date(2026, 11, 9),
            date(2026, 11, 1),
        )
        assert "security-office" in page(checked, name)


def test_a_version_is_judged_on_the_day_of_its_commit(site: Path) -> None:
    edit(site, INTAKE, "title: Intake\n", "title: Late intake\n")
    commit(site, "An overdue version", day="2027-02-20")
    break_it(site)
    commit(site, day="2027-02-25")
    found = fault(published(site, LATE))
    assert (found.shown, found.since, found.version_day) == (ShownVersion.EARLIER, date(2027, 2, 20), date(2026, 11, 1))


def test_only_first_parents_count(site: Path) -> None:
    git(site, "checkout", "--quiet", "-b", "side")
    edit(site, INTAKE, "title: Intake\n", "title: Only on a branch\n")
    commit(site, day="2026-11-03")
    break_it(site)
    commit(site, day="2026-11-04")
    git(site, "checkout", "--quiet", "main")
    git(site, "merge", "--quiet", "--no-ff", "--message", "Merge", "side", day="2026-11-06")
    found = fault(published(site))
    assert (found.version_day, found.since) == (date(2026, 11, 1), date(2026, 11, 6))


def test_altered_signoffs_are_replaced_by_those_before(site: Path) -> None:
    file = site / SIGNOFFS
    file.write_text(
        file.read_text(encoding="utf-8").replace("date: 2026-10-06", "date: 2026-10-05", 1), encoding="utf-8"
    )
    commit(site, day="2026-11-08")
    checked = published(site)
    found = fault(checked)
    assert "signoff-altered" in {problem.rule for problem in found.problems}
    assert (found.shown, found.since, found.version_day) == (
        ShownVersion.EARLIER,
        date(2026, 11, 8),
        date(2026, 11, 1),
    )
    page(checked)


def test_a_lost_address_is_the_fault_of_its_packet(site: Path) -> None:
    recorded = "/workflows/triage/\n/workflows/triage/#exceptions-ex-01\n"
    (site / "data/permalinks.txt").write_text(recorded, encoding="utf-8")
    commit(site, day="2026-11-03")
    for number in (2, 3):
        text = (site / TRIAGE).read_text(encoding="utf-8").replace(f"EX-0{number - 1}", f"EX-0{number}")
        (site / TRIAGE).write_text(text, encoding="utf-8")
        commit(site, day=f"2026-11-0{number + 5}")
    checked = published(site)
    found = fault(checked, "triage")
    assert "permalink-lost" in {problem.rule for problem in found.problems}
    assert (found.shown, found.since, found.version_day) == (ShownVersion.EARLIER, date(2026, 11, 7), date(2026, 11, 1))
    assert 'id="exceptions-ex-01"' in page(checked, "triage")


def test_a_reference_to_a_packet_that_is_gone_is_judged_as_of_the_commit(site: Path) -> None:
    edit(site, TRIAGE, "status: draft\n", "status: draft\nsupersedes: other\n")
    shutil.copy(site / TRIAGE, site / "data/workflows/other.yml")
    edit(site, "data/workflows/other.yml", "supersedes: other\n", "")
    commit(site, day="2026-11-03")
    (site / "data/workflows/other.yml").unlink()
    commit(site, day="2026-11-07")
    checked = published(site)
    found = fault(checked, "triage")
    assert (found.shown, found.version_day) == (ShownVersion.EARLIER, date(2026, 11, 3))
    page(checked, "triage")


def test_an_error_of_no_packet_stops_everything(site: Path) -> None:
    break_it(site)
    (site / "data/teams.yml").write_text("teams: []\n", encoding="utf-8")
    checked = published(site)
    assert {problem.place.path for problem in checked.stopping} >= {"data/teams.yml"}


def test_a_file_with_an_odd_name_stops_nothing(site: Path) -> None:
    shutil.copy(site / TRIAGE, site / "data/workflows/Odd Name.yml")
    checked = published(site)
    assert fault(checked, "Odd Name").shown is ShownVersion.NONE
    ((cell, _),) = portfolio(checked).unavailable
    assert (cell.text, cell.address) == ("Odd Name", "")
    page(checked)


def shallow(site: Path, to: Path) -> None:
    git(site, "clone", "--quiet", "--depth=1", f"file://{site}", str(to))


def without_git(site: Path, to: Path) -> None:
    shutil.copytree(site, to, ignore=shutil.ignore_patterns(".git"))


@pytest.mark.parametrize(
    ("clone", "reason"), [(shallow, "this clone is shallow"), (without_git, "the site is in no git repository")]
)
def test_without_a_history_it_says_that_nobody_could_look(
    site: Path, tmp_path: Path, clone: Callable[[Path, Path], object], reason: str
) -> None:
    break_it(site)
    commit(site, day="2026-11-10")
    clone(site, tmp_path / "clone")
    checked = published(tmp_path / "clone")
    found = fault(checked)
    assert found.shown is ShownVersion.NONE
    assert "nobody could look for one without an error" in found.not_searched_because
    assert reason in found.not_searched_because
    assert reason in page(checked)


def test_no_cache_is_asked_for_the_last_good_version(site: Path, tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    edit(site, INTAKE, "title: Intake\n", "title: Never committed\n")
    assert with_shown_versions(check(site, TODAY, cache), cache).errors == ()
    break_it(site)
    shown = with_shown_versions(check(site, TODAY, cache), cache)
    assert shown.model.summaries["intake"].title == "Intake"


def test_portfolio_team_page_and_json_say_it(site: Path) -> None:
    break_it(site)
    commit(site, day="2026-11-10")
    checked = published(site)
    rows = {row.id: row.fault for group in portfolio(checked).groups for row in group.rows}
    assert rows == {"intake": "1 error since 10 November 2026", "triage": ""}
    team = checked.model.summaries["intake"].value.team
    owned = team_page(checked, team).owned
    assert owned
    assert {row.fault for group in owned.groups for row in group.rows if row.id == "intake"} == {rows["intake"]}
    summaries = {each.id: each.fault for each in content.workflows(checked).workflows}
    assert summaries["triage"] is None
    assert summaries["intake"]
    assert summaries["intake"].since == date(2026, 11, 10)
    assert json.loads(packet_document(checked, "intake"))["fault"]["errors"][0]["rule"] == "unknown-word"


def test_an_anchor_that_the_last_good_version_lacks_still_leads_to_the_page(site: Path) -> None:
    recorded = "/workflows/intake/#inputs-brand-new\n"
    (site / "data/permalinks.txt").write_text(recorded, encoding="utf-8")
    break_it(site)
    commit(site, day="2026-11-10")
    assert '<span id="inputs-brand-new"></span>' in page(published(site))
