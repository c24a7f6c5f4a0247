"""A build that takes longer than two seconds says how far it has come."""

import logging

import pytest

from opmodel.adapter import progress
from opmodel.adapter.progress import log_progress


def test_long_work_is_told_every_two_seconds(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    clock = iter(range(100))
    monkeypatch.setattr(progress, "monotonic", lambda: next(clock) / 2)
    with caplog.at_level(logging.INFO, "mkdocs.plugins.opmodel"):
        assert list(log_progress("Pages", range(9), 9)) == list(range(9))
    assert [record.message for record in caplog.records][:2] == ["Pages: 4 of 9", "Pages: 8 of 9"]


def test_short_work_is_not(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "mkdocs.plugins.opmodel"):
        assert list(log_progress("Pages", "abc", 3)) == ["a", "b", "c"]
    assert not caplog.records
