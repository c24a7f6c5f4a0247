"""``opmodel remove``: a packet goes, and nothing that named it is left over or broken."""

import os
import re
from pathlib import Path

import pytest

from commands.terminal import opmodel, tree
from opmodel.formats.former_addresses import former_file, redirect_rules
from opmodel.links.former_pages import FormerPages
from opmodel.rules.check import check
from opmodel.views.render import render
from sites import TODAY, commit, edit, good, lines

DAY = ("--as-of", TODAY.isoformat())


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = good(tmp_path / "site")
    opmodel(folder, "permalinks", "--accept", *DAY)
    edit(folder, "data/faq.yml", "[Who decides?](faq:who-decides) is", "See [it](packet:intake#scope). This is")
    return folder


def test_a_packet_goes_without_an_error(site: Path) -> None:
    commit(site)
    recorded = (site / "data/permalinks.txt").read_bytes()
    assert lines(site) == []
    opmodel(site, "remove", "intake", *DAY)
    assert lines(site) == []
    assert not (site / "data/workflows/intake.yml").exists()
    assert not (site / "data/signoffs/intake.yml").exists()
    assert (site / "data/permalinks.txt").read_bytes() == recorded
    answers = (site / "data/faq.yml").read_text(encoding="utf-8")
    assert "intake" not in answers
    assert "answer: Two owners answer, one on each side. This is another question.\n" in answers


def test_the_old_address_says_since_when_it_is_removed(site: Path) -> None:
    opmodel(site, "remove", "intake", *DAY)
    checked = check(site, TODAY)
    former = FormerPages(checked.model)
    (page,) = (page for page in former.pages() if page.address == "workflows/intake/")
    html = str(render("redirect.html.jinja", page.address, moved=page, head=""))
    assert "Since 22 November 2026 this site has no packet “intake”." in html
    assert "refresh" not in html
    assert "<script" not in html
    assert "intake" not in redirect_rules(checked)
    files = {source: (target, removed) for source, target, removed in former.files()}
    target, removed = files["api/workflows/intake.json"]
    assert former_file(checked, "api/workflows/intake.json", target, removed) == (
        '{\n  "removed_on": "2026-11-22",\n  "see": "https://small.example/"\n}\n'
    )


def test_nothing_is_written_if_an_error_would_be_left(site: Path) -> None:
    before = tree(site)
    assert (
        "nothing was written, because the site would have errors:"
        in opmodel(site, "remove", "intake", "triage", code=1).output
    )
    assert tree(site) == before
    assert 'did you mean "intake"' in opmodel(site, "remove", "intak", code=2).output
    assert tree(site) == before


@pytest.mark.slow
def test_the_samples_go_without_an_error(tmp_path: Path) -> None:
    site = tmp_path / "site"
    opmodel(site, "init", str(site), "--organisation", "Acme", "--samples", *DAY)
    commit(site)
    opmodel(site, "new", "Payment reminders", "--team", "finance-ops", "--it-team", "enterprise-apps", *DAY)
    opmodel(site, "init", str(site), "--remove-samples", *DAY)
    assert lines(site) == []
    model = check(site, TODAY).model
    assert list(model.packets) == ["payment-reminders"]
    readme = (site / "README.md").read_text(encoding="utf-8")
    assert "first-workflow" not in readme
    assert "--team finance-ops" in readme
    pages = [file.read_text(encoding="utf-8") for file in (site / "docs").rglob("*.md")]
    assert not any(re.search(r"(?<!choose-)(?<!faq/)first-workflow|invoice.triage", page) for page in pages)
    assert any("opmodel sign payment-reminders" in page for page in pages)
    assert "0 files changed" in opmodel(site, "update-guide", *DAY).stderr
    assert {"finance-ops", "enterprise-apps"} <= set(model.teams)
    assert "customer-care" not in model.teams
    assert not model.candidates
    said = opmodel(site, "init", str(site), "--remove-samples", *DAY, code=1).output
    assert "this site has no sample packet" in said


@pytest.mark.slow
def test_a_site_without_a_packet_of_its_own_gets_a_first_draft(tmp_path: Path) -> None:
    site = tmp_path / "site"
    opmodel(site, "init", str(site), "--organisation", "Acme", "--samples", *DAY)
    opmodel(site, "init", str(site), "--remove-samples", *DAY)
    assert lines(site) == []
    assert list(check(site, TODAY).model.packets) == ["first-workflow"]
    assert "sample packet" not in (site / "README.md").read_text(encoding="utf-8")
    assert "0 files changed" in opmodel(site, "update-guide", *DAY).stderr


def test_nothing_is_removed_through_a_link(site: Path) -> None:
    (site / "data/workflows").rename(site / "real")
    (site / "data/workflows").symlink_to(site / "real")
    before = tree(site / "real")
    said = opmodel(site, "remove", "intake", *DAY, code=1).output
    assert "data/workflows is a link to a folder; put the folder itself there" in said
    assert tree(site / "real") == before


def test_a_pipe_beside_the_site_s_files_is_left_alone(site: Path) -> None:
    os.mkfifo(site / "notes")
    opmodel(site, "remove", "intake", *DAY)
    assert (site / "notes").is_fifo()


def test_a_packet_that_is_a_link_is_left_alone_with_all_that_names_it(site: Path) -> None:
    file = site / "data/workflows/intake.yml"
    file.rename(site / "elsewhere.yml")
    file.symlink_to(site / "elsewhere.yml")
    before = tree(site)
    said = opmodel(site, "remove", "intake", *DAY, code=1).output
    assert "data/workflows/intake.yml is a link; put the file itself there" in said
    assert tree(site) == before
