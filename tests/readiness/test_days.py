"""Which day it is, and what the day changes."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from opmodel.environment import today
from opmodel.model.values import Duration
from opmodel.readiness.review_dates import grace_end
from sites import INTAKE, edit, good, lines


@pytest.mark.parametrize(
    ("stamp", "day"),
    [
        ("0", date(1970, 1, 1)),
        ("86399", date(1970, 1, 1)),
        ("86400", date(1970, 1, 2)),
        ("1795000000", date(2026, 11, 18)),
    ],
)
def test_a_build_can_be_told_the_day(stamp: str, day: date) -> None:
    assert today({"SOURCE_DATE_EPOCH": stamp}) == day


@pytest.mark.parametrize("stamp", ["", "soon", "-1", "1.5", "9" * 40, "\N{SUPERSCRIPT TWO}"])
def test_a_stamp_that_is_no_time_is_passed_over(stamp: str) -> None:
    now = datetime.now(UTC).date()
    assert today({"SOURCE_DATE_EPOCH": stamp}) in (now, datetime.now(UTC).date())


@pytest.mark.parametrize(
    ("day", "found"),
    [
        (date(2027, 1, 5), ""),
        (date(2027, 1, 6), "warning: "),
        (date(2027, 1, 19), "warning: "),
        (date(2027, 1, 20), "the review of 2027-01-05 is overdue on 2027-01-20; the grace ends on 2027-01-19"),
    ],
)
def test_a_late_review_is_a_warning_until_the_grace_ends(day: date, found: str, tmp_path: Path) -> None:
    reported = lines(good(tmp_path / "site"), day)
    assert len(reported) == bool(found)
    assert all(found in line and line.endswith("(review-overdue)") for line in reported)


@pytest.mark.parametrize("grace", ["P0D", "PT23H"])
def test_a_grace_of_less_than_a_day_is_none(grace: str, tmp_path: Path) -> None:
    site = good(tmp_path / "site")
    edit(site, "data/site.yml", "review_grace: P14D", f"review_grace: {grace}")
    assert lines(site, date(2027, 1, 5)) == []
    assert "warning" not in lines(site, date(2027, 1, 6))[0]


def test_a_grace_may_reach_beyond_the_calendar() -> None:
    assert grace_end(date(2026, 1, 1), Duration("P9999Y")) == date.max
    assert grace_end(date(2026, 1, 31), Duration("P14D")) == date(2026, 2, 14)


@pytest.mark.parametrize("status", ["draft", "in-review", "paused", "retired"])
def test_only_a_live_packet_can_be_late(status: str, tmp_path: Path) -> None:
    site = good(tmp_path / "site")
    edit(site, INTAKE, "status: live", f"status: {status}")
    assert lines(site, date(2030, 1, 1)) == []
