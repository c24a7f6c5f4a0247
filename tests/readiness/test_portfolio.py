"""The portfolio says which signature no longer holds, and what changed since."""

from pathlib import Path

from opmodel.rules.check import check
from opmodel.views.portfolio import portfolio
from sites import INTAKE, TODAY, edit, good


def stale(site: Path) -> list[str]:
    groups = portfolio(check(site, TODAY)).groups
    return [reason for group in groups for row in group.rows for reason in row.stale]


def test_a_signature_that_holds_is_not_mentioned(tmp_path: Path) -> None:
    assert stale(good(tmp_path / "site")) == []


def test_a_stale_signature_names_the_side_the_day_and_the_sections(tmp_path: Path) -> None:
    site = good(tmp_path / "site")
    edit(site, INTAKE, "scope: One mailbox", "scope: Two mailboxes")
    assert [reason.split(" signed on ")[0] for reason in stale(site)] == ["Business", "IT"]
    assert all(reason.endswith("; changed since: access") for reason in stale(site))
