"""Builds and previews of sites in which a packet has errors."""

import shutil
from pathlib import Path

import pytest

from opmodel.adapter.page_sources import page_sources
from opmodel.cache import Cache
from opmodel.environment import on_error
from opmodel.publication.publish import with_shown_versions
from opmodel.rules.check import Checked, check
from sites import INTAKE, TESTS, TODAY, apply, commit, edit, good, read_yaml, run_build

STAMP = {"SOURCE_DATE_EPOCH": "1795305600", "NO_MKDOCS_2_WARNING": "1"}
BAD = TESTS / "rules" / "bad"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site whose live packet was good once, and has a mistake now."""
    made = good(tmp_path / "site")
    commit(made, "Start", day="2026-11-01")
    edit(made, INTAKE, "status: live\n", "status: lvie\n")
    commit(made, "Mistake", day="2026-11-10")
    return made


def test_a_build_stops_at_a_mistake_in_a_packet_by_default(site: Path) -> None:
    done = run_build(site, **STAMP)
    assert done.returncode == 1
    assert not (site / "site").exists()


@pytest.mark.parametrize("how", ["variable", "setting"])
def test_a_build_publishes_the_rest_and_ends_with_three(how: str, site: Path) -> None:
    if how == "setting":
        edit(site, "mkdocs.yml", "  - opmodel\n", "  - opmodel: { on_error: publish }\n")
    done = run_build(site, **STAMP, **({"OPMODEL_ON_ERROR": "publish"} if how == "variable" else {}))
    assert done.returncode == 3, done.stderr
    assert f"{INTAKE}:3:9: expected one of draft" in done.stderr
    assert "1 packet with errors; the rest is published, and the exit code is 3" in done.stderr
    assert "Traceback" not in done.stderr
    for page in ("workflows/intake/", "", "teams/finance/"):
        assert "1 error since 10 November 2026" in (site / "site" / f"{page}index.html").read_text(encoding="utf-8")
    assert "om-fault" not in (site / "site/workflows/triage/index.html").read_text(encoding="utf-8")


def test_a_preview_shows_the_last_good_version_of_what_cannot_be_read(site: Path) -> None:
    checked = previewed(site)
    assert checked.stopping == ()
    assert checked.model.summaries["intake"].title == "Intake"
    assert "Shown is its last version without an error" in pages(checked)["workflows/intake/"]


def test_a_page_may_link_to_a_row_that_the_last_good_version_lacks(tmp_path: Path) -> None:
    site = good(tmp_path / "site")
    commit(site, "Start", day="2026-11-01")
    edit(site, INTAKE, "      - id: EX-01\n", "      - id: EX-09\n")
    with (site / "docs/index.md").open("a", encoding="utf-8") as page:
        page.write("\n[The exception](workflows/intake.md#exceptions-ex-09)\n")
    done = run_build(site, **STAMP, OPMODEL_ON_ERROR="publish")
    assert done.returncode == 3, done.stderr
    assert "WARNING" not in done.stderr


def test_a_site_without_errors_is_built_with_zero(tmp_path: Path) -> None:
    done = run_build(good(tmp_path / "site"), **STAMP, OPMODEL_ON_ERROR="publish")
    assert done.returncode == 0, done.stderr


def test_a_wrong_value_of_the_variable_is_told(site: Path) -> None:
    done = run_build(site, **STAMP, OPMODEL_ON_ERROR="publsh")
    assert done.returncode == 1
    assert "OPMODEL_ON_ERROR: expected stop or publish, found 'publsh'" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_variable_replaces_the_setting() -> None:
    assert on_error("publish", {}) == "publish"
    assert on_error("publish", {"OPMODEL_ON_ERROR": "stop"}) == "stop"
    assert on_error("stop", {"OPMODEL_ON_ERROR": ""}) == "stop"


def previewed(site: Path) -> Checked:
    return with_shown_versions(check(site, TODAY), Cache(), as_saved=True)


def pages(checked: Checked) -> dict[str, str]:
    """Return the HTML of the page of every packet; the files beside it can be made."""
    made = [source.make() for source in page_sources(checked) if source.address.startswith("workflows/")]
    for content in made:
        list(content.companions())
    return {content.address: str(content.html) for content in made}


def test_a_material_edit_of_a_live_packet_can_be_previewed(tmp_path: Path) -> None:
    site = good(tmp_path / "site")
    before = pages(previewed(site))
    edit(site, INTAKE, "title: Intake\n", "title: Wider intake\n")
    text = (site / INTAKE).read_text(encoding="utf-8")
    edit(site, INTAKE, *_material(text))
    after = previewed(site)
    assert after.stopping == ()
    shown = pages(after)
    assert "Wider intake</h1>" in shown["workflows/intake/"]
    assert "needs the gate signed-by-business" in shown["workflows/intake/"]
    assert "It is shown as it was saved." in shown["workflows/intake/"]
    assert shown["workflows/triage/"] == before["workflows/triage/"]


def _material(text: str) -> tuple[str, str]:
    line = next(line for line in text.splitlines() if line.startswith("    event:"))
    return f"{line}\n", f"{line} or later\n"


def cases() -> list[str]:
    return sorted(path.name for path in BAD.iterdir())


@pytest.mark.parametrize("case", cases())
def test_every_mistake_in_a_packet_can_be_previewed(case: str, tmp_path: Path) -> None:
    site = good(tmp_path / "site")
    shutil.copytree(BAD / case, site, dirs_exist_ok=True, ignore=shutil.ignore_patterns("edit.yml", "expected.txt"))
    if (BAD / case / "edit.yml").exists():
        apply(site, read_yaml(BAD / case / "edit.yml"))
    checked = previewed(site)
    errors = [
        line for line in (BAD / case / "expected.txt").read_text("utf-8").splitlines() if ": warning: " not in line
    ]
    of_packets = [line.startswith(("data/workflows/", "data/signoffs/")) for line in errors]
    if not any(line.startswith("data/permalinks.txt") for line in errors):  # which belongs to either
        assert bool(checked.stopping) == (not all(of_packets))
        assert bool(checked.faulty_packets) == any(of_packets)
    if checked.stopping:
        return
    shown = pages(checked)
    for name, fault in checked.faulty_packets.items():
        if name in (checked.model.names["packet"] or ()):
            page = shown[f"workflows/{name}/"]
            assert "This packet has" in page
            assert all(problem.rule in page for problem in fault.problems[:5])
