"""Files that other programs read are published for good, as pages are: none is lost where its page moves or goes."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from icalendar import Calendar

import sites
from opmodel.adapter.site_files import site_files
from opmodel.cache import Cache
from opmodel.formats.api.documents import packet_document
from opmodel.formats.dmn import to_dmn
from opmodel.links.former_pages import FormerPages
from opmodel.permalinks.moves import all_moves
from opmodel.permalinks.published import SITE_FILES, page_files, page_of_file, published_addresses
from opmodel.permalinks.record import compare_addresses, record_new_addresses
from opmodel.rules.catalog import rules
from opmodel.rules.check import Checked, check
from opmodel.rules.pages import page_address
from opmodel.rules.rule import Context

KINDS = {".ics", ".json", ".csv", ".dmn", ".md", ".xml", ".txt"}
OWN = ("assets/", "search/")
"""Folders of what only the site's own pages read."""


def recorded(folder: Path) -> Path:
    """Return the good site after all of its addresses were recorded."""
    site = sites.good(folder)
    model = check(site, sites.TODAY).model
    record_new_addresses(site, compare_addresses(model, published_addresses(model, rules()), all_moves(model), ()))
    return site


def redirect(site: Path, *pairs: tuple[str, str]) -> None:
    lines = [f"  - {{from: {old}, to: {new}}}" for old, new in pairs]
    (site / "data/redirects.yml").write_text("\n".join(("redirects:", *lines, "")), encoding="utf-8")


def remove_legal(site: Path) -> None:
    """Take out a team that holds nothing."""
    text = (site / "data/teams.yml").read_text(encoding="utf-8")
    before, _, after = text.partition("  - id: legal\n")
    (site / "data/teams.yml").write_text(before + after[after.index("  - id: ") :], encoding="utf-8")


def made(checked: Checked) -> dict[str, str | bytes]:
    return {address: make() for address, make in site_files(checked, Cache())}


def test_every_file_of_a_site_is_known_without_building_it(built_site: Path) -> None:
    every = (file.relative_to(built_site).as_posix() for file in built_site.rglob("*") if file.suffix in KINDS)
    found = {f"/{file}" for file in every if not file.startswith(OWN)}
    model = sites.check_shipped().model
    known = {address for address in published_addresses(model, rules()) if "#" not in address}
    former = {f"/{source}" for source, *_ in FormerPages(model).files()}
    assert {address for address in known | former if not address.endswith("/")} == found


def test_a_file_knows_its_page() -> None:
    for page in ("", "faq/", "faq/who/", "teams/ops/", "workflows/", "workflows/triage/"):
        assert {page_of_file(file) for file in page_files(page)} == {page}
    assert len(set(SITE_FILES)) == len(SITE_FILES)


def test_a_record_from_before_files_stood_in_it_loses_nothing(tmp_path: Path) -> None:
    site = recorded(tmp_path)
    record = site / "data/permalinks.txt"
    lines = record.read_text(encoding="utf-8").splitlines()
    pages = [line for line in lines if line.endswith("/") or "#" in line]
    assert len(pages) < len(lines)
    record.write_text("".join(f"{line}\n" for line in pages), encoding="utf-8")
    checked = check(site, sites.TODAY)
    assert sites.but_history(checked.problems) == []
    assert checked.unrecorded_addresses == len(lines) - len(pages)


def test_the_files_of_a_renamed_packet_hold_the_same(tmp_path: Path) -> None:
    site = recorded(tmp_path)
    packet = site / sites.TRIAGE
    text = packet.read_text(encoding="utf-8").replace("status: draft", "status: draft\nformerly: [triage]")
    packet.with_stem("sorting").write_text(text, encoding="utf-8")
    packet.unlink()
    for path in ("data/faq.yml", "docs/guide/approval-model.md"):
        file = site / path
        old = file.read_text(encoding="utf-8")
        new = old.replace("packet:triage", "packet:sorting").replace("[triage]", "[sorting]")
        file.write_text(new, encoding="utf-8")
    checked = check(site, sites.TODAY)
    assert checked.errors == ()
    found = made(checked)
    table = checked.assessments["sorting"].control.table
    assert table
    title = checked.model.summaries["sorting"].title
    assert found["workflows/triage/approval.dmn"] == to_dmn(table, name=title, id="sorting")
    assert found["api/workflows/triage.json"] == packet_document(checked, "sorting")
    assert found["workflows/triage/index.md"] == "Moved to <https://small.example/workflows/sorting/index.md>\n"


def test_a_packet_that_is_gone_leaves_notices_that_no_engine_decides_by(tmp_path: Path) -> None:
    site = recorded(tmp_path)
    (site / sites.TRIAGE).unlink()
    redirect(site, ("/workflows/triage/", "/guide/approval-model/#signing"))
    found, where = made(check(site, sites.TODAY)), "https://small.example/guide/approval-model/"
    assert json.loads(found["api/workflows/triage.json"]) == {"moved_to": where}
    assert found["workflows/triage/approval.dmn"] == f"Moved to <{where}>\n"
    assert found["workflows/triage/index.md"] == f"Moved to <{where}index.md>\n"


@pytest.mark.parametrize(("target", "reviews"), [("/teams/finance/", 2), ("/guide/approval-model/", 0)])
def test_the_calendar_of_a_team_that_is_gone_is_still_one(target: str, reviews: int, tmp_path: Path) -> None:
    site = recorded(tmp_path)
    remove_legal(site)
    redirect(site, ("/teams/legal/", target))
    checked = check(site, sites.TODAY)
    assert checked.errors == ()
    calendar = Calendar.from_ical(made(checked)["teams/legal/reviews.ics"])
    assert len(calendar.walk("VEVENT")) == reviews
    assert calendar.subcomponents


def test_a_page_that_is_lost_is_named_once_for_all_of_its_files(tmp_path: Path) -> None:
    site = recorded(tmp_path)
    (site / sites.TRIAGE).unlink()
    lost = [problem for problem in check(site, sites.TODAY).problems if problem.rule == "permalink-lost"]
    assert len(lost) == 1
    assert lost[0].message.startswith("/workflows/triage/ and ")


def test_a_file_that_is_lost_alone_is_named(tmp_path: Path) -> None:
    site = recorded(tmp_path)
    with (site / "data/permalinks.txt").open("a", encoding="utf-8") as record:
        record.write("/api/matrix.xml\n")
    assert [line.partition(": ")[2] for line in sites.lines(site)] == [
        "/api/matrix.xml would be lost: other programs read this file there; keep what it is made from (permalink-lost)"
    ]


def test_no_file_of_docs_can_take_the_place_of_one_that_is_made(built_site: Path) -> None:
    built = [file.relative_to(built_site).as_posix() for file in built_site.rglob("*") if file.is_file()]
    built.remove(".opmodel-site")  # hidden, and the host takes no hidden file of docs/
    made = [path for path in built if not path.startswith("assets/") or path.startswith("assets/opmodel/")]
    checked = check(built_site.parent, sites.TODAY)
    model = replace(checked.model, docs_files=tuple(made))
    context = Context(
        model=model,
        packets=model.packets,
        signoffs=model.signoffs,
        documents=model.documents,
        assessments=checked.assessments,
        as_of=sites.TODAY,
        history=checked.history,
    )
    refused = {problem.place.path.removeprefix("docs/") for problem in page_address(context)}
    assert sorted(set(made) - refused) == []
