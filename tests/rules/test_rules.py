"""Every rule, by example: what is reported, in exactly these words, and what beside it is not."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from opmodel.rules.catalog import rules
from sites import TESTS, apply, good, lines, read_yaml

BAD = TESTS / "rules" / "bad"
CASES = sorted(path.name for path in BAD.iterdir())
FINE = read_yaml(TESTS / "rules" / "fine.yml")
MADE = {"file-size", "file-name", "signoff-altered", "history-missing", "approval-too-complex", "finished-site"}
"""Rules whose examples are made elsewhere: a file of 1 MiB, names, histories, a proof with little patience, builds."""


def broken(case: str, folder: Path) -> Path:
    """Return the good site with the edits and files of a case."""
    site = good(folder)
    shutil.copytree(BAD / case, site, dirs_exist_ok=True, ignore=shutil.ignore_patterns("edit.yml", "expected.txt"))
    if (BAD / case / "edit.yml").exists():
        apply(site, read_yaml(BAD / case / "edit.yml"))
    return site


@pytest.mark.parametrize("case", CASES)
def test_a_broken_site_is_told_exactly_what_is_wrong(
    case: str, tmp_path: Path, golden: Callable[[str, str], None]
) -> None:
    found = lines(broken(case, tmp_path / "site"))
    assert any(line.endswith(f"({case.split('--')[0]})") for line in found)
    golden("".join(f"{line}\n" for line in found), str(BAD / case / "expected.txt"))


def test_the_good_site_has_no_problem(tmp_path: Path) -> None:
    assert lines(good(tmp_path / "site")) == []


@pytest.mark.parametrize("rule", FINE)
def test_what_a_rule_allows_is_not_reported(rule: str, tmp_path: Path) -> None:
    site = good(tmp_path / "site")
    apply(site, FINE[rule])
    assert lines(site) == []


def test_every_rule_has_examples_on_both_sides() -> None:
    assert set(rules()) - MADE - {case.split("--")[0] for case in CASES} == set()
    assert set(rules()) - MADE - set(FINE) == set()


def test_every_rule_that_is_reported_is_in_the_catalogue() -> None:
    reported = {
        rule
        for case in CASES
        for rule in re.findall(r"\(([a-z-]+)\)$", (BAD / case / "expected.txt").read_text(), re.M)
    }
    assert reported <= set(rules())


def test_every_rule_says_what_it_means_in_a_sentence() -> None:
    assert [rule for rule, meaning in rules().items() if not re.fullmatch(r"[A-Z].*\.", meaning)] == []
