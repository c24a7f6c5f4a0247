"""A day that a build is told and that is none."""

import os

import pytest

from commands.terminal import opmodel
from opmodel.environment import drop_unusable_date
from sites import GOOD


@pytest.mark.parametrize(
    ("stamp", "kept"), [("", False), ("x", False), ("9" * 30, False), ("-1", False), ("1795305600", True)]
)
def test_a_date_that_is_none_is_not_handed_to_the_host(stamp: str, kept: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", stamp)
    drop_unusable_date()
    assert ("SOURCE_DATE_EPOCH" in os.environ) is kept


@pytest.mark.parametrize("stamp", ["abc", "-1", "1e9", "1700000000.5", "١٢٣", "9" * 30])
def test_a_date_that_is_none_gets_one_line_and_no_more(stamp: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", stamp)
    done = opmodel(GOOD, "check", str(GOOD))
    assert done.stderr.count("SOURCE_DATE_EPOCH is ignored: expected whole seconds since 1970") == 1
    assert ascii(stamp) in done.stderr
