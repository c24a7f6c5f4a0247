"""Inventories of use cases as candidates: each row is placed or reported, and nothing is made up."""

from pathlib import Path

from commands.terminal import opmodel
from opmodel.model.candidates import Candidate
from opmodel.rules.check import check
from sites import TODAY, good, lines

CSV = (
    "\ufeffSECTION 1: identifiers,,,SECTION 2: summary,,,,\n"
    "Use Case ID,Use Case Name,Bureau/Component,What problem is the AI intended to solve?,"
    "Describe the AI system’s outputs.,Stage of Development,Is the AI use case high-impact?,Email Address\n"
    "HR-1,Sort applications,Personnel,Too many to read,\"['A rank', 'A note']\","
    "b) Pilot – The use case has been deployed in a limited test.,c) Not high-impact,a@example.com\n"
    ",Sort applications,Payroll,,N/A,,,\n"
    "HR-1,Plan shifts,[blank],,[],Deployed,a) High-impact,b@example.com\n"
    ",,,,,,,\n"
    "HR-3,,Canteen,No name,,,,\n"
)
COUNTED = """\
currency: EUR
hour_costs: 40
candidates:
  - id: hr-1
    title: Sort requests
    team: finance
    drag: Requests are read twice.
    pain: {cases: 100, per: P1M, minutes_each: 6, errors_per_thousand: 10, error_costs: 50, source: Desk report}
    repetition: {alike: 80, because: Most are alike.}
"""


def import_csv(site: Path, text: str, *options: str, code: int = 0) -> list[str]:
    """Import an inventory, and return what is said of it."""
    file = site.parent / "inventory.csv"
    file.write_text(text, encoding="utf-8")
    done = opmodel(site, "import", str(file), "--candidates", *options, code=code)
    return [line.strip() for line in done.output.splitlines()]


def candidates(site: Path) -> dict[str, Candidate]:
    whole = check(site, TODAY).model.candidates
    return {each.id: each for each in whole.value.candidates} if whole else {}


def test_each_row_is_placed_or_reported_and_what_is_there_stays(tmp_path: Path) -> None:
    site = good(tmp_path)
    file = site / "data/candidates.yml"
    file.write_text(COUNTED, encoding="utf-8")
    said = import_csv(site, CSV, code=1)
    assert file.read_text(encoding="utf-8").startswith(COUNTED)
    assert lines(site) == []
    found = candidates(site)
    assert list(found) == ["hr-1", "hr-1-2", "sort-applications", "hr-1-3"]
    assert found["hr-1-2"].model_dump(exclude_none=True, exclude={"narrow"}) == {
        "id": "hr-1-2",
        "title": "Sort applications",
        "organisation": "Personnel",
        "reference": "HR-1",
        "purpose": "Too many to read",
        "output": "A rank; A note",
        "stage": "Pilot",
        "impact": "Not high-impact",
    }
    assert found["sort-applications"].organisation == "Payroll"
    assert found["hr-1-3"].organisation is None
    assert 'inventory!B7 "HR-3 | Canteen | No name": the row has no name, and is not placed' in said
    assert 'inventory!H2 "Email Address": no field for this column; 2 cells not read' in said
    assert sum("above the headings" in line for line in said) == 2
    assert any("read as “Pilot”" in line for line in said)


def test_a_second_import_adds_nothing_and_another_text_is_reported(tmp_path: Path) -> None:
    site = good(tmp_path)
    import_csv(site, CSV, code=1)
    before = (site / "data/candidates.yml").read_bytes()
    said = import_csv(site, CSV, code=1)
    assert (site / "data/candidates.yml").read_bytes() == before
    assert "In data/candidates.yml already, and unchanged: 3 use cases." in said
    said = import_csv(site, CSV.replace("Too many to read", "Too many"), code=1)
    assert (site / "data/candidates.yml").read_bytes() == before
    assert any("data/candidates.yml has this id with other content" in line for line in said)


def test_any_heading_can_be_given_a_field(tmp_path: Path) -> None:
    site = good(tmp_path)
    rows = "Tool,Maker,Made\nSorter,Desk 4,Lists\n"
    said = import_csv(site, rows, code=1)
    assert any("there is no inventory of use cases, so nothing is written" in line for line in said)
    assert candidates(site) == {}
    import_csv(site, rows, "--column", "Tool=name", "--column", "Made=output", "--column", "maker=organisation")
    assert candidates(site)["sorter"].output == "Lists"
    assert candidates(site)["sorter"].organisation == "Desk 4"
    said = import_csv(site, rows, "--column", "Tool=name", "--column", "Tools=output", code=1)
    assert any(line.endswith('--column "Tools": no such heading') for line in said)
    said = import_csv(site, rows, "--column", "Tool=owner", code=2)
    assert any("no field" in line for line in said)


def test_control_characters_go_with_a_word_and_long_texts_do_not_come_in_part(tmp_path: Path) -> None:
    site = good(tmp_path)
    said = import_csv(site, f"Use Case Name,Purpose\nSort\x96er,{'x' * 4001}\n{'y' * 401},Short\n", code=1)
    assert list(candidates(site)) == ["sorter"]
    assert candidates(site)["sorter"].purpose is None
    assert any("title: control characters are left out" in line for line in said)
    assert any("purpose: expected at most 4000 characters" in line for line in said)
    assert any("the row has no name, and is not placed" in line for line in said)


def test_a_file_with_errors_is_left_alone(tmp_path: Path) -> None:
    site = good(tmp_path)
    (site / "data/candidates.yml").write_text("candidates: [", encoding="utf-8")
    said = import_csv(site, CSV, code=1)
    assert any("data/candidates.yml has errors" in line for line in said)
    assert (site / "data/candidates.yml").read_text(encoding="utf-8") == "candidates: ["


def test_a_packet_starts_from_what_an_inventory_says(tmp_path: Path) -> None:
    site = good(tmp_path)
    import_csv(site, CSV, code=1)
    opmodel(site, "new", "--from", "hr-1", "--team", "finance", "--as-of", TODAY.isoformat())
    packet = check(site, TODAY).model.packets["sort-applications"].value
    assert packet.business.output.good.startswith("TBD: ")
    assert "A rank; A note" in packet.business.output.good
    assert lines(site) == []
