"""What variables say: a day that is none, and the host that builds the site."""

import os

import pytest

from commands.terminal import opmodel
from opmodel.environment import drop_unusable_date, host, other_host
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


def test_the_host_is_mkdocs_unless_another_is_asked_for() -> None:
    assert host({}) == "mkdocs"
    assert host({"OPMODEL_HOST": "properdocs"}) == "properdocs"
    assert other_host("mkdocs", {"OPMODEL_HOST": "properdocs"}) == "properdocs"
    assert other_host("properdocs", {}) == ""


def test_the_host_that_is_installed_builds_the_site(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("opmodel.environment.find_spec", lambda name: name == "properdocs" or None)
    assert host({}) == "properdocs"
    with pytest.raises(ValueError, match="OPMODEL_HOST names mkdocs, which is not installed; install it with: pip"):
        host({"OPMODEL_HOST": "mkdocs"})


def test_a_host_that_is_none_is_named() -> None:
    with pytest.raises(ValueError, match="OPMODEL_HOST: expected mkdocs or properdocs, found 'zensical'"):
        host({"OPMODEL_HOST": "zensical"})
