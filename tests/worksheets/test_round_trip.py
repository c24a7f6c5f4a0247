"""A packet as a worksheet and back: nothing is lost, and what people do to a sheet is understood or reported."""

from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook  # type: ignore[import-untyped]

from opmodel.commands.export import known_ids
from opmodel.commands.main import command_group
from opmodel.model.approval import Example
from opmodel.model.packet import Packet
from opmodel.source.reader import parse
from opmodel.worksheets.packet_reader import read_packet
from opmodel.worksheets.packet_writer import packet_workbook
from opmodel.worksheets.spreadsheets import read_grids
from opmodel.worksheets.yaml_writer import packet_yaml
from readiness.packets import full
from readiness.packets import packet as readiness_packet
from sites import check_shipped

ROOT = Path(__file__).parents[2]
MODEL = check_shipped().model
PACKETS = {name: entry.value for name, entry in MODEL.packets.items()}


def run(*arguments: object) -> Result:
    return CliRunner().invoke(command_group(), [*map(str, arguments), "--site", str(ROOT)])


def exported(tmp_path: Path, name: str = "invoice-triage") -> Path:
    """Return the worksheet that the command writes for a packet."""
    target = tmp_path / "packet.xlsx"
    target.write_bytes(worksheet(name))
    return target


@cache
def worksheet(name: str) -> bytes:
    """Return the bytes that the command writes, once for all tests of a process."""
    with TemporaryDirectory() as folder:
        target = Path(folder) / "packet.xlsx"
        result = run("export", name, "--xlsx", target)
        assert result.exit_code == 0, result.output
        return target.read_bytes()


def packet_of(text: str) -> Packet:
    node, faults = parse(text)
    assert node is not None, faults
    return Packet.model_validate(node.plain)


def changed(path: Path, change: Callable[[Any], None]) -> Path:
    book = load_workbook(path)
    change(book)
    book.save(path)
    return path


@pytest.mark.parametrize("name", PACKETS)
def test_every_sample_packet_comes_back_equal(name: str, tmp_path: Path) -> None:
    path = tmp_path / "packet.xlsx"
    packet_workbook(name, PACKETS[name], known_ids(MODEL)).save(path)
    read = read_packet(read_grids(path), known_ids(MODEL))
    assert read.report == ()
    assert (read.id, read.packet) == (name, PACKETS[name])


def test_a_value_that_may_be_missing_comes_back(tmp_path: Path) -> None:
    """An empty cell of an example is a value that is not given, which means the same as null."""
    text = packet_yaml(PACKETS["invoice-triage"])
    choice = "          - none\n"
    assert text.count(choice) == 1
    packet = packet_of(text.replace(choice, f"{choice}        may_be_missing: true\n"))
    assert packet_of(packet_yaml(packet)) == packet != PACKETS["invoice-triage"]
    assert packet_yaml(packet).count("may_be_missing") == 1
    given: dict[str, Any] = dict.fromkeys(packet.shared.approval.examples[0].given)
    first = packet.shared.approval.examples[0].model_copy(update={"given": given})
    assert packet_of(packet_yaml(with_example(packet, first))) == with_example(packet, first)
    packet_workbook("invoice-triage", with_example(packet, first), known_ids(MODEL)).save(tmp_path / "packet.xlsx")
    read = read_packet(read_grids(tmp_path / "packet.xlsx"), known_ids(MODEL))
    assert read.report == ()
    assert read.packet == with_example(packet, first.model_copy(update={"given": {}}))


def test_every_optional_field_of_an_approval_comes_back(tmp_path: Path) -> None:
    packet = readiness_packet(full().replace("within: PT8H", "within: 8 working hours"))
    assert packet_of(packet_yaml(packet)) == packet
    packet_workbook("intake", packet, known_ids(MODEL)).save(tmp_path / "packet.xlsx")
    read = read_packet(read_grids(tmp_path / "packet.xlsx"), known_ids(MODEL))
    assert read.packet is not None
    assert read.packet.shared.approval == packet.shared.approval


def with_example(packet: Packet, example: Example) -> Packet:
    """Return a packet with another first example."""
    examples = (example, *packet.shared.approval.examples[1:])
    approval = packet.shared.approval.model_copy(update={"examples": examples})
    return packet.model_copy(update={"shared": packet.shared.model_copy(update={"approval": approval})})


def test_text_is_read_as_its_cell_shows_it_and_a_percentage_is_no_number(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        cells = book["Outcomes"]["D6"], book["Outcomes"]["D7"]
        cells[0].value, cells[0].number_format = 0.55, "0%"
        cells[1].value, cells[1].number_format = datetime(2026, 11, 3, 9, 30), "d mmm yyyy h:mm"  # noqa: DTZ001
        book["Pain"]["B6"].value, book["Pain"]["B6"].number_format = 0.55, "0%"

    read = read_packet(read_grids(changed(exported(tmp_path), change)), known_ids(MODEL))
    assert [row["target"] for row in read.data["business"]["outcomes"]][:2] == ["55 %", "3 Nov 2026 9:30"]
    assert [str(each) for each in read.report][:1] == [
        'Pain!B6 "55 %": a percentage, which is stored as 0.55; type the number that is meant'
    ]


def test_the_commands_write_the_file_of_the_packet(tmp_path: Path) -> None:
    result = run("import", exported(tmp_path), "-o", tmp_path / "packet.yml")
    assert result.exit_code == 0, result.output
    assert packet_of((tmp_path / "packet.yml").read_text()) == PACKETS["invoice-triage"]


def test_columns_may_be_moved_sheets_renamed_and_rows_added(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        sheet = book["Access"]
        rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(reversed(row), 1):
                sheet.cell(number, column).value = value
        sheet.title = "What it touches"
        sheet.insert_rows(7)
        book["Read me"].title = "Start"

    result = run("import", changed(exported(tmp_path), change))
    assert result.exit_code == 0, result.output
    assert packet_of(result.stdout) == PACKETS["invoice-triage"]


def test_what_people_write_is_understood(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        page = book["Packet"]
        page["B7"], page["B8"] = "In review", datetime(2026, 11, 3)  # noqa: DTZ001 as a spreadsheet stores it
        pain = book["Pain"]
        pain["B6"], pain["B7"], pain["B8"] = "6,200", "1 month", "7,5"
        book["Support"]["B9"] = "1 hour 30 min"
        book["System contracts"]["D6"] = 3.2

    path = changed(exported(tmp_path), change)
    result = run("import", path)
    assert '"6,200"' in result.stderr
    packet = packet_of(run("import", changed(path, lambda book: book["Pain"].__setitem__("B6", "6200"))).stdout)
    assert (packet.status, packet.revised.isoformat()) == ("in-review", "2026-11-03")
    assert (packet.business.pain.volume.per, str(packet.business.pain.volume.minutes_each)) == ("P1M", "7.5")
    assert packet.it.support.stop.within == "PT1H30M"
    assert packet.it.contracts[0].version == "3.2"


def test_what_could_not_be_placed_is_reported_with_its_cell(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        book["Packet"]["B7"] = "aproved"
        book["Owners"]["B6"] = "finance-op"
        book["Access"]["J7"] = "call me"
        book["Pain"]["B5"] = None
        del book["Review"]
        book.create_sheet("Ideas")["A1"] = "later"

    result = run("import", changed(exported(tmp_path), change))
    assert result.exit_code == 1
    lines = result.stderr.splitlines()
    assert any(
        'Packet!B7 "aproved": expected one of draft,' in line and 'did you mean "approved"?' in line for line in lines
    )
    assert '  Owners!B6 "finance-op": kept, but the site has no team “finance-op”; did you mean "finance-ops"?' in lines
    assert '  Access!J7 "call me": a column without a key; not read' in lines
    assert "  Pain!B5: nothing is filled in here, and the packet needs it" in lines
    assert "  Review: this sheet is missing, or its keys are" in lines
    assert "  Ideas: this sheet has no keys; not read" in lines


def test_text_is_never_a_formula(tmp_path: Path) -> None:
    packet = PACKETS["invoice-triage"]
    texts = ("=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("https://bad.example")', "a\nb", "_x0041_", " 7 ")
    scope = packet.business.scope.model_copy(update={"included": tuple(t for t in texts if "\n" not in t)})
    business = packet.business.model_copy(update={"scope": scope})
    path = tmp_path / "packet.xlsx"
    packet_workbook("x", packet.model_copy(update={"title": "=1+1", "business": business}), {}).save(path)
    cells = [c for sheet in load_workbook(path) for row in sheet.iter_rows() for c in row]
    assert all(cell.data_type != "f" for cell in cells)
    assert all(c.quotePrefix for c in cells if isinstance(c.value, str) and c.value[:1] in "=+-@")
    back = packet_of(run("import", path).stdout)
    assert back.title == "=1+1"
    assert back.business.scope.included == (
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        '=HYPERLINK("https://bad.example")',
        "_x0041_",
        "7",
    )


def test_closed_words_have_drop_downs_and_keys_are_protected(tmp_path: Path) -> None:
    book = load_workbook(exported(tmp_path))
    page = book["Packet"]
    (rule,) = [rule for rule in page.data_validations.dataValidation if "B7" in rule.sqref]
    column = rule.formula1.split("$")[1]
    assert [cell.value for cell in book["Lists"][column] if cell.value][:2] == ["draft", "in-review"]
    assert page.protection.sheet
    assert page["D7"].protection.locked
    assert not page["B7"].protection.locked
    assert "What the agent does, in one sentence." in page["C6"].value


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    path = exported(tmp_path)
    before = path.read_bytes()
    assert run("export", "invoice-triage", "--xlsx", path).exit_code == 1
    assert path.read_bytes() == before
    assert run("import", path, "-o", path).exit_code == 1
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["packet.xlsx"]


def test_an_unknown_packet_is_wrong_usage(tmp_path: Path) -> None:
    result = run("export", "invoice-triag", "--xlsx", tmp_path / "x.xlsx")
    assert result.exit_code == 2
    assert 'did you mean "invoice-triage"?' in result.output


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"PK\x03\x04 no zip", "is no .xlsx file that can be read"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "protected by a password or damaged"),
        (b"\x00\x01\x02", "neither an .xlsx nor a CSV file"),
    ],
)
def test_other_files_are_refused_in_one_sentence(data: bytes, why: str, tmp_path: Path) -> None:
    path = tmp_path / "file.xlsx"
    path.write_bytes(data)
    result = run("import", path)
    assert result.exit_code == 1
    assert why in result.output
