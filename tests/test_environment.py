"""A day that a build is told and that is none."""

import os

import pytest

from opmodel.environment import drop_unusable_date


@pytest.mark.parametrize(
    ("stamp", "kept"), [("", False), ("x", False), ("9" * 30, False), ("-1", False), ("1795305600", True)]
)
def test_a_date_that_is_none_is_not_handed_to_the_host(stamp: str, kept: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", stamp)
    drop_unusable_date()
    assert ("SOURCE_DATE_EPOCH" in os.environ) is kept
