"""The history part of a packet's page, made from the committed versions of its file."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import ClassVar

import pytest
from selectolax.lexbor import LexborHTMLParser

from compare.repository import Repository
from opmodel.compare.packets import compare_packets
from opmodel.compare.versions import MOST_VERSIONS, version_changes
from opmodel.load.loader import load_model
from opmodel.model.packet import Packet
from opmodel.readiness.history import History
from opmodel.rules.check import check
from opmodel.views.packet.page import packet_page
from opmodel.views.render import render
from sites import GOOD

PACKET = "data/workflows/intake.yml"


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path)


def page(repository: Repository) -> LexborHTMLParser:
    view = packet_page(check(repository.site, date(2026, 11, 22)), "intake")
    return LexborHTMLParser(render("packet.html.jinja", view.address, packet=view))


def summaries(repository: Repository) -> list[str]:
    view = packet_page(check(repository.site, date(2026, 11, 22)), "intake")
    return [version.summary for version in view.history.versions]


def asked(repository: Repository) -> list[str]:
    """Return the blobs that the history of the packet as it stands needs from version control."""

    class Asked(History):
        blobs: ClassVar[list[str]] = []

        def texts(self, blobs: Iterable[str]) -> dict[str, str]:
            self.blobs.extend(wanted := list(blobs))
            return super().texts(wanted)

    present = load_model(repository.site).model.packets["intake"]
    assert version_changes(Asked(repository.site), PACKET, present=present)
    return Asked.blobs


def test_versions_come_newest_first_and_layout_is_no_version(repository: Repository) -> None:
    repository.replace(PACKET, ">= 500", ">= 800")
    repository.replace(PACKET, "< 500", "< 800")
    repository.commit()
    repository.replace(PACKET, "tags: [requests]", "tags:\n  - requests")
    repository.commit()
    repository.replace(PACKET, "status: live", "status: paused")
    repository.commit()
    assert summaries(repository) == ["Status live to paused", "More autonomy in 1 region", "First version"]


def test_what_is_not_committed_is_no_history(repository: Repository) -> None:
    repository.replace(PACKET, "status: live", "status: paused")
    assert summaries(repository) == ["First version"]


def test_a_version_that_is_the_file_itself_is_not_read_again(repository: Repository) -> None:
    assert asked(repository) == []
    first = repository.git("rev-parse", f"HEAD:{PACKET}").strip()
    repository.replace(PACKET, "status: live", "status: paused")
    repository.commit()
    assert asked(repository) == [first]


def test_an_edit_that_is_not_committed_leaves_the_history_to_version_control(repository: Repository) -> None:
    repository.replace(PACKET, "status: live", "status: paused")
    repository.commit()
    repository.replace(PACKET, "status: paused", "status: retired")
    assert summaries(repository) == ["Status live to paused", "First version"]


def test_a_repository_with_longer_ids_has_the_same_history(tmp_path: Path) -> None:
    repository = Repository(tmp_path, "", "--object-format=sha256")
    repository.replace(PACKET, "status: live", "status: paused")
    repository.commit()
    assert summaries(repository) == ["Status live to paused", "First version"]


def test_the_page_shows_what_each_version_changed_and_adds_no_anchor(repository: Repository) -> None:
    repository.replace(PACKET, "Requests by phone", "Requests by fax | <b>")
    commit = repository.commit()
    shown = page(repository).css_first("details.om-history")
    assert shown is not None
    first = shown.css("ol > li")[0].text(separator=" ")
    assert "2026-11-20" in first
    assert commit[:10] in first
    assert "Requests by fax | <b>" in first
    assert shown.css("[id]") == []


def test_merged_work_is_one_version(repository: Repository) -> None:
    repository.git("checkout", "--quiet", "-b", "work")
    for old, new in (("phone", "fax"), ("by fax", "by letter"), ("by letter", "by pigeon")):
        repository.replace(PACKET, old, new)
        repository.commit()
    repository.git("checkout", "--quiet", "main")
    repository.git("commit", "--quiet", "--allow-empty", "--message=Meanwhile")
    repository.git("merge", "--quiet", "--no-ff", "--message=Merge", "work")
    (newest, first) = version_changes(History(repository.site), PACKET)
    assert newest.commit == repository.git("rev-parse", "HEAD").strip()
    assert newest.change is not None
    assert [field.after for field in newest.change.sections[0].fields] == ["Requests by pigeon"]
    assert first.change is None


def test_old_versions_are_cut_and_that_is_said(repository: Repository) -> None:
    for number in range(MOST_VERSIONS + 2):
        repository.replace(PACKET, f"cases: {100 + number}", f"cases: {101 + number}")
        repository.commit()
    view = packet_page(check(repository.site, date(2026, 11, 22)), "intake").history
    assert len(view.versions) == MOST_VERSIONS
    assert view.note == f"Only the last {MOST_VERSIONS} versions are shown; version control has them all."


def test_versions_that_cannot_be_read_are_left_out(repository: Repository) -> None:
    repository.replace(PACKET, "title: Intake", "titel: Intake")
    repository.commit()
    repository.replace(PACKET, "titel: Intake", "title: Intake of requests")
    repository.commit()
    assert summaries(repository) == ["The version before it cannot be compared", "First version"]


@pytest.mark.parametrize("how", ["no git", "shallow"])
def test_without_a_whole_history_nothing_is_shown(repository: Repository, tmp_path: Path, how: str) -> None:
    if how == "no git":
        (repository.folder / ".git").rename(repository.folder / "elsewhere")
    else:
        repository.commit()
        (repository.folder / ".git" / "shallow").write_text(repository.git("rev-parse", "HEAD"))
    assert page(repository).css_first(".om-history") is None


def test_a_site_in_a_folder_has_the_history_of_its_own_files(tmp_path: Path) -> None:
    repository = Repository(tmp_path, below="sites/finance")
    repository.replace(PACKET, "status: live", "status: paused")
    repository.commit()
    assert summaries(repository) == ["Status live to paused", "First version"]


@pytest.mark.parametrize("name", sorted(Packet.model_fields.keys() - {"owners", "business", "it", "shared"}))
def test_a_change_of_any_field_above_the_sections_is_told(name: str) -> None:
    before = load_model(GOOD).model.packets["intake"].value
    change = compare_packets(before, before.model_copy(update={name: "other"}))
    assert {field.field for field in change.head} == {name.replace("_", " ")}
