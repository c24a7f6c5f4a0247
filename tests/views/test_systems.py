"""Systems on the pages of packets, in worksheets and in the form."""

import json
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from adapter.hostile import PAYLOADS
from commands.terminal import opmodel
from opmodel.adapter.page_sources import packet_content, page_sources
from opmodel.rules.check import check
from opmodel.views.packet_form import packet_schema
from sites import TODAY, TRIAGE, edit, good

SYSTEMS = "systems: [{ id: mail, name: Company mail, owner: platform, data_class: internal }]\n"


def page_of(site: Path) -> str:
    return packet_content(check(site, TODAY), "triage").html


def test_a_system_that_no_record_defines_is_text(tmp_path: Path) -> None:
    site = good(tmp_path)
    edit(site, TRIAGE, "system: Mail", f"system: {json.dumps(PAYLOADS[1])}")
    page = page_of(site)
    assert "Q{{ 7*7 }}Q &lt;/script&gt;&lt;x-made&gt;" in page
    assert "<x-made>" not in page


def test_packets_show_the_names_of_systems(tmp_path: Path) -> None:
    site = good(tmp_path)
    (site / "data/systems.yml").write_text(SYSTEMS, encoding="utf-8")
    edit(site, TRIAGE, "system: Mail", "system: mail")
    edit(site, TRIAGE, "where: Log store", "where: Log store\n        system: mail")
    edit(site, TRIAGE, "interface: Mail interface", "interface: Mail interface\n      system: mail")
    edit(site, TRIAGE, "      source: Mailbox\n      data", "      source: Mailbox\n      system: mail\n      data")
    page = page_of(site)
    assert "Works in Company mail." in page
    assert page.count("Company mail") == 5


def test_worksheets_keep_systems(tmp_path: Path) -> None:
    site = good(tmp_path)
    edit(site, TRIAGE, "where: Log store", "where: Log store\n        system: Our log, kept; twice")
    (tmp_path / "sheets").mkdir()
    workbook, back = tmp_path / "sheets/triage.xlsx", tmp_path / "sheets/triage.yml"
    opmodel(site, "export", "triage", "-o", str(workbook))
    opmodel(site, "import", str(workbook), "-o", str(back))
    assert "        system: Our log, kept; twice\n" in back.read_text(encoding="utf-8")


def test_the_form_offers_systems_where_the_site_lists_them() -> None:
    assert "x-reference" not in packet_schema()["$defs"]["Access"]["properties"]["system"]
    assert packet_schema(systems=True)["$defs"]["Access"]["properties"]["system"]["x-reference"] == "system"


def with_systems(site: Path) -> Path:
    (site / "data/systems.yml").write_text(SYSTEMS, encoding="utf-8")
    edit(site, TRIAGE, "system: Mail", "system: mail")
    edit(site, TRIAGE, "interface: Mail interface", "interface: Mail interface\n      system: mail")
    return site


def test_a_system_has_a_page_with_every_grant_and_interface(tmp_path: Path) -> None:
    checked = check(with_systems(good(tmp_path)), TODAY)
    (source,) = [source for source in page_sources(checked) if source.address == "systems/mail/"]
    made = source.make()
    assert made.description == "Company mail: 1 workflow may read or change something there."
    page = LexborHTMLParser(made.html)
    grants, contracts = page.css("table")
    assert [cell.text(separator=" ").split() for cell in grants.css("tbody tr > *")] == [
        ["Triage", "Draft"],
        ["Read", "Send"],
        ["One", "mailbox"],
        ["Internal"],
        ["svc-requests"],
        ["1", "act;", "1", "ask", "first;", "1", "refuse"],
    ]
    links = [link.attributes["href"] for link in page.css("td a, th a")]
    assert "../../workflows/triage/#access-mailbox" in links
    assert "../../workflows/triage/#approval" in links
    assert "The mail waits." in contracts.text()
    ((address, text),) = made.companions()
    assert address == "systems/mail/index.md"
    assert "svc-requests" in str(text)


def test_packets_lead_to_the_pages_of_systems(tmp_path: Path) -> None:
    assert '<a href="../../systems/mail/">Company mail</a>' in page_of(with_systems(good(tmp_path)))


def test_summaries_say_what_a_packet_may_do_only_where_systems_are_listed(tmp_path: Path) -> None:
    assert check(good(tmp_path / "bare"), TODAY).model.summaries["triage"].system_uses is None
    assert check(with_systems(good(tmp_path / "listed")), TODAY).model.summaries["triage"].system_uses
