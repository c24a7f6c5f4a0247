import subprocess
import sys
from datetime import date
from pathlib import Path
from random import Random
from statistics import median

import pytest
import yaml
from click.testing import CliRunner

from made.plan import plans
from made.site import WORDS
from made.teams import organisation
from opmodel.rules.check import check
from packets import main
from sites import but_history, git

ROOT = Path(__file__).parents[2]
DAY = date(2026, 11, 24)


def generate(folder: Path, *options: str) -> str:
    done = CliRunner().invoke(main, [str(folder), f"--as-of={DAY}", *options], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("generated") / "site"
    generate(folder, "--packets=12")
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_a_generated_site_passes_the_check_without_a_word(site: Path) -> None:
    checked = check(site, DAY)
    assert len(checked.model.packets) == 12
    assert but_history(checked.problems) == []


def test_generated_packets_are_varied(site: Path) -> None:
    packets = [entry.value for entry in check(site, DAY).model.packets.values()]
    assert {packet.status for packet in packets} >= {"live", "draft", "in-review", "approved", "paused"}
    assert {len(packet.shared.approval.rules) for packet in packets} >= {4, 5}
    assert {len(packet.shared.approval.inputs) for packet in packets} >= {2, 3}
    assert len({packet.title for packet in packets}) == 12
    assert len({packet.owners.value.team for packet in packets}) > 1


def test_each_live_packet_is_signed_by_both_sides(site: Path) -> None:
    checked = check(site, DAY)
    live = {name for name, packet in checked.model.packets.items() if packet.value.status == "live"}
    assert live
    assert all(not checked.assessments[name].open for name in live)


def test_a_generated_packet_is_as_long_as_people_write_one(site: Path) -> None:
    lengths = [len(file.read_text().splitlines()) for file in (site / "data/workflows").glob("*.yml")]
    assert 150 <= median(lengths) <= 190


@pytest.mark.slow
def test_the_same_seed_gives_the_same_site(site: Path, tmp_path: Path) -> None:
    script, folder = ROOT / "benchmarks/packets.py", tmp_path / "again"
    command = [sys.executable, str(script), str(folder), f"--as-of={DAY}", "--packets=12"]
    subprocess.run(command, check=True, capture_output=True)  # where text has other hashes
    assert contents(tmp_path / "again") == contents(site)


@pytest.mark.slow
def test_another_seed_gives_other_packets(site: Path, tmp_path: Path) -> None:
    generate(tmp_path / "other", "--packets=12", "--seed=2")
    assert contents(tmp_path / "other").keys() != contents(site).keys()


@pytest.mark.slow
def test_each_fault_that_was_put_in_is_found_and_nothing_else(tmp_path: Path) -> None:
    on_progress = generate(tmp_path / "site", "--packets=48", "--faults=13").splitlines()
    problems = but_history(check(tmp_path / "site", DAY).problems)
    assert len(on_progress) == len(set(on_progress)) == 13
    assert len({line.partition(": ")[2] for line in on_progress}) == 11
    assert sorted(on_progress) == sorted(f"{problem.place.path}: {problem.rule}" for problem in problems)


@pytest.mark.slow
def test_a_team_for_every_twenty_packets_stands_on_each_side(tmp_path: Path) -> None:
    generate(tmp_path / "site", "--packets=220")
    teams = yaml.safe_load((tmp_path / "site/data/teams.yml").read_text())["teams"]
    assert [sum(team["side"] == side for team in teams) for side in ("business", "it")] == [11, 11]


def test_the_words_are_enough_for_ten_thousand_packets() -> None:
    words = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    teams = organisation(words, 10_000)
    made = plans(words, teams, 10_000, Random(1))  # noqa: S311 chance that repeats
    assert len({plan.id for plan in made}) == 10_000
    assert len({team["id"] for team in teams.teams}) == 1_000


def test_a_site_can_be_a_repository_with_one_commit(tmp_path: Path) -> None:
    generate(tmp_path / "site", "--packets=3", "--git")
    assert git(tmp_path / "site", "status", "--porcelain") == ""
    assert git(tmp_path / "site", "rev-list", "--count", "HEAD").strip() == "1"
