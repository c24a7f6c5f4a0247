"""``opmodel check --explain``: the rule, the reason, and what right looks like."""

from pathlib import Path

import pytest

from commands.terminal import opmodel
from opmodel.rules.advice import FORMS, advice
from opmodel.rules.catalog import rules
from opmodel.source.reader import parse
from sites import commit, edit, good


def test_every_rule_has_advice_and_no_advice_is_left_over() -> None:
    assert set(advice()) == set(rules())


@pytest.mark.parametrize("rule", list(advice()))
def test_advice_is_a_reason_and_an_example_that_can_be_read(rule: str) -> None:
    given = advice()[rule]
    assert given.why.endswith(".")
    assert given.form in FORMS
    if given.form == "yaml":
        node, faults = parse(given.example)
        assert node is not None, faults


def test_a_problem_is_explained_below_it(tmp_path: Path) -> None:
    site = good(tmp_path)
    commit(site)
    edit(site, "data/teams.yml", "escalates_to: finance", "escalates_to: finanec")
    edit(site, "data/teams.yml", "escalates_to: platform", "escalates_to: platfrom")
    shown = opmodel(site, "check", str(site), "--explain", "--as-of", "2026-11-22", code=1).stdout
    first, second = shown.strip().split("\n\n")
    assert '"finanec"; did you mean "finance"? (unknown-team)\n    The rule: A team is named that' in first
    assert "\n    Why: Support, escalation and approval end at a team." in first
    assert "\n    For example:\n        owner:\n          role: operations\n" in first
    assert second.endswith(f"Explained above, at {first.split(': ')[0]}")


def test_only_people_are_explained_to(tmp_path: Path) -> None:
    shown = opmodel(tmp_path, "check", str(good(tmp_path)), "--explain", "--format", "json", code=2).output
    assert "--explain is for people" in shown
