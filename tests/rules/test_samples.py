"""Samples do not expire: their dates are judged on a fixed day, those of other packets on the real one."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from commands.terminal import opmodel
from opmodel.formats.api.documents import packet_document
from opmodel.formats.csv_tables import portfolio as portfolio_csv
from opmodel.formats.feed import feed
from opmodel.rules.check import Checked, check
from opmodel.views.packet.page import packet_page
from opmodel.views.portfolio import portfolio
from sites import INTAKE, SHIPPED, TODAY, build, but_history, edit, good, lines, read_yaml, shipped

MARK = f"sample_as_of: {TODAY}\n"
YEARS = (1, 2, 5)


def later(years: int) -> date:
    return TODAY.replace(year=TODAY.year + years)


def stamp(day: date) -> str:
    return str(int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()))


def sample(folder: Path) -> Path:
    """Return a site whose live packet is a sample."""
    site = good(folder)
    edit(site, INTAKE, "revised: 2026-10-01\n", f"revised: 2026-10-01\n{MARK}")
    return site


@pytest.mark.parametrize("path", sorted((SHIPPED / "data/workflows").glob("*.yml")), ids=lambda path: str(path.stem))
def test_every_shipped_packet_is_marked_as_a_sample(path: Path) -> None:
    assert read_yaml(path)["sample_as_of"] == TODAY.isoformat()


@pytest.mark.parametrize("years", YEARS)
def test_the_shipped_site_has_no_problem_in_later_years(years: int) -> None:
    assert but_history(check(SHIPPED, later(years)).problems) == []


@pytest.mark.slow
@pytest.mark.parametrize("years", YEARS)
def test_a_site_of_samples_builds_strictly_in_later_years(years: int, tmp_path: Path) -> None:
    built = build(sample(tmp_path / "site"), SOURCE_DATE_EPOCH=stamp(later(years)))
    page = (built / "workflows/intake/index.html").read_text(encoding="utf-8")
    assert "This packet is a sample: its dates are always judged as on 22 November 2026." in page
    assert "Overdue" not in page


@pytest.mark.slow
def test_the_shipped_site_builds_strictly_five_years_later(tmp_path: Path) -> None:
    built = build(shipped(tmp_path / "site"), SOURCE_DATE_EPOCH=stamp(later(5)))
    assert (built / "index.html").is_file()


@pytest.mark.parametrize("years", YEARS)
def test_a_new_site_with_samples_has_no_problem_in_later_years(years: int, tmp_path: Path) -> None:
    site = tmp_path / "site"
    opmodel(tmp_path, "init", str(site), "--organisation", "Acme", "--samples", "--as-of", later(years).isoformat())
    assert lines(site, later(years)) == []


def test_a_packet_of_ones_own_is_judged_on_the_real_day(tmp_path: Path) -> None:
    own = good(tmp_path / "site")
    (problem,) = lines(own, later(1))
    assert problem.endswith("is overdue on 2027-11-22; the grace ends on 2027-01-19 (review-overdue)")


VIEWS: tuple[Callable[[Checked], object], ...] = (
    lambda checked: packet_page(checked, "intake"),
    lambda checked: portfolio(checked, ["intake"]),
    lambda checked: packet_document(checked, "intake"),
    portfolio_csv,
    feed,
)


def test_every_view_judges_a_sample_on_its_day(tmp_path: Path) -> None:
    site = sample(tmp_path / "site")
    now, then = check(site, TODAY), check(site, later(2))
    assert [view(then) for view in VIEWS] == [view(now) for view in VIEWS]


def test_a_portfolio_says_on_which_day_samples_are_judged(tmp_path: Path) -> None:
    checked = check(sample(tmp_path / "site"), later(1))
    view = portfolio(checked)
    assert view.samples == "The dates of samples are always judged as on 22 November 2026."
    assert {row.id: row.sample for group in view.groups for row in group.rows} == {"intake": "Sample", "triage": ""}
    assert portfolio(checked, ["triage"]).samples == ""


def test_a_sample_that_is_changed_as_ones_own_says_what_helps(tmp_path: Path) -> None:
    site = sample(tmp_path / "site")
    edit(site, INTAKE, "revised: 2026-10-01\n", "revised: 2027-11-22\n")
    found = [line for line in lines(site, later(1)) if line.endswith("(date-future)")]
    assert found == [
        f"{INTAKE}:4:10: expected a day up to 2026-11-22, found 2027-11-22; this is a sample, judged as on that day: "
        "leave out sample_as_of to make it yours (date-future)"
    ]


def test_a_sample_is_signed_on_its_day(tmp_path: Path) -> None:
    site = sample(tmp_path / "site")
    owner = read_yaml(site / INTAKE)["owners"]["value"]["holder"]
    words = ("sign", "intake", "--side", "business", "--by", owner, "--as-of", later(1).isoformat())
    assert f"signed intake for Business on {TODAY}" in opmodel(site, *words).output
    assert lines(site, later(1)) == []
