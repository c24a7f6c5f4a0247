"""Responsibility tables as people keep them, read into rows; what has no place is reported."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from openpyxl import Workbook  # type: ignore[import-untyped]

from opmodel.commands.main import command_group
from opmodel.load.document import Document
from opmodel.load.records import validate_record
from opmodel.model.organisation import Responsibilities
from opmodel.source.reader import parse
from opmodel.worksheets.cell_values import CellMismatch, read_day, read_duration, read_number
from opmodel.worksheets.raci_cells import cell_letters
from sites import check_shipped

ROOT = Path(__file__).parents[2]


def read(path: Path, *options: str) -> tuple[dict[str, dict[str, str]], list[str], Result]:
    """Return the letters of each responsibility by name, the lines of the report, and the result."""
    result = CliRunner().invoke(command_group(), ["import", str(path), "--site", str(ROOT), *options])
    node, _ = parse(result.stdout)
    if result.exit_code > 1 or not result.stdout:
        return {}, [line.strip() for line in result.stderr.splitlines()], result
    assert node is not None, result.output
    rows: Any = node.plain["responsibilities"] if isinstance(node.plain, dict) else ()
    if rows and "undecided" not in result.stdout:
        found, problems = validate_record(Responsibilities, Document("x.yml", node), node)
        assert found, [str(problem) for problem in problems]
    return {row["name"]: row["raci"] for row in rows}, [line.strip() for line in result.stderr.splitlines()], result


def sheet(tmp_path: Path, rows: Sequence[Any], *merged: str) -> Path:
    book = Workbook()
    page = book.active
    page.title = "RACI"
    for row in rows:
        page.append(list(row))
    for cells in merged:
        page.merge_cells(cells)
    path = tmp_path / "matrix.xlsx"
    book.save(path)
    return path


def csv(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / "matrix.csv"
    path.write_bytes(data)
    return path


def test_a_table_with_title_notes_blank_rows_and_many_ways_to_write_a_letter(tmp_path: Path) -> None:
    rows = [
        ["AI programme: who does what"],
        ["Version", "3"],
        [],
        ["#", "Activity", "Workflow Owner", "Opérations", "Platform-Owner", "SECURITY", "Notes"],
        [1, "Define the trigger", "A", "r", "c", None, "see wiki"],
        [2, "Grant access", "I", " - ", "A/R", "Consulted", None],
        [],
        [3, "Stop the agent", "(C)", "R, A", "Accountable & Responsible", "n/a", None],
        [None, "R = Responsible"],
    ]
    found, report, result = read(sheet(tmp_path, rows, "A1:G1"))
    assert found == {
        "Define the trigger": {"workflow-owner": "A", "operations": "R", "platform-owner": "C"},
        "Grant access": {"workflow-owner": "I", "platform-owner": "A/R", "security": "C"},
        "Stop the agent": {"workflow-owner": "C", "operations": "A/R", "platform-owner": "A/R"},
    }
    assert 'RACI!G5 "see wiki": in the column “Notes”, which has no place in a responsibility' in report
    assert 'RACI!B9 "R = Responsible": a legend' in report
    assert result.exit_code == 1


def test_what_has_no_letter_is_reported_with_its_cell(tmp_path: Path) -> None:
    rows = [
        ["Task", "Workflow owner", "Securty", "Finance Manager"],
        ["Sign", "A", "x", "S"],
        ["Pay", "A", "C", "R/I"],
        [None, None, "R", None],
        ["Count", "A", "I", "=1+1"],
    ]
    found, report, result = read(sheet(tmp_path, rows))
    assert found["Pay"] == {"workflow-owner": "A", "securty": "C", "finance-manager": "R"}
    assert 'RACI!C1 "Securty": no role of the site; written as securty; did you mean "security"?' in report
    assert 'RACI!D1 "Finance Manager": no role of the site; written as finance-manager' in report
    assert 'RACI!C2 "x": a mark says that the role takes part but not how; expected R, A, C or I' in report
    assert 'RACI!D2 "S": expected R, A, C or I, or several of them' in report
    assert 'RACI!A3 "Pay": finance-manager has R, so I beside it was left out' in report
    assert 'RACI!C4 "R": letters in a row without a name' in report
    assert 'RACI!D5 "=1+1": a formula without a saved value' in report
    assert result.exit_code == 1


def test_a_perfect_table_is_exit_0_and_says_what_was_found_and_assumed(tmp_path: Path) -> None:
    found, report, result = read(sheet(tmp_path, [["Task", "Chief", "Operations"], ["Sign", "A", "R"]]))
    assert (found, result.exit_code) == ({"Sign": {"chief": "A", "operations": "R"}}, 0)
    assert report[0] == 'Sheet "RACI": 2 roles in row 1, 1 responsibility in row 2'
    assert 'RACI!B1 "Chief": no role of the site; written as chief' in report
    assert "RACI: the sheet names no phase, so “define” is written; check 1 row" in report


def test_a_heading_can_be_told_what_it_means(tmp_path: Path) -> None:
    path = sheet(tmp_path, [["Task", "Chief", "Tech"], ["Sign", "A", "R"], ["Pay", "A", "C"]])
    found, report, _ = read(path, "--role", "Chief=workflow-owner", "--role", "Tech=platform-owner")
    assert found["Sign"] == {"workflow-owner": "A", "platform-owner": "R"}
    assert not any("no role of the site" in line for line in report)
    refused = CliRunner().invoke(command_group(), ["import", str(path), "--site", str(ROOT), "--role", "Chief=suport"])
    assert refused.exit_code == 2
    assert 'did you mean "support"?' in refused.output


def test_columns_of_letters_with_roles_in_the_cells(tmp_path: Path) -> None:
    rows = [
        ["Deliverable", "Responsible (does it)", "Accountable", "Consulted", "Informed"],
        ["Pick the workflow", "Operations, Process expert", "Workflow owner", "-", "Audit"],
        ["Grant access", "Integration", "Platform owner", "Security\nAudit", "Workflow owners; Operations"],
    ]
    found, _, _ = read(sheet(tmp_path, rows))
    assert found["Pick the workflow"] == {
        "operations": "R",
        "process-expert": "R",
        "workflow-owner": "A",
        "audit": "I",
    }
    assert found["Grant access"] == {
        "integration": "R",
        "platform-owner": "A",
        "security": "C",
        "audit": "C",
        "workflow-owner": "I",
        "operations": "I",
    }


def test_a_table_on_its_side_is_turned_and_cells_keep_their_names(tmp_path: Path) -> None:
    rows = [
        ["Role", "Pick workflow", "Grant access"],
        ["Workflow owner", "A", "I"],
        ["Operations", "R", None],
        ["Platform owner", "C", "Q"],
        ["Security", None, "A"],
    ]
    found, report, _ = read(sheet(tmp_path, rows))
    assert found["Grant access"] == {"workflow-owner": "I", "security": "A"}
    assert 'RACI!C4 "Q": expected R, A, C or I, or several of them' in report


def test_merged_phases_and_phase_headings(tmp_path: Path) -> None:
    rows = [
        ["Phase", "Task", "Workflow owner", "Operations", "Platform owner"],
        ["Launch", "Prove it", "A", "R", "C"],
        [None, "Sign it", "A", "R", "A"],
        [None, "3. Run phase", None, None, None],
        [None, "Work the queue", "A", "R", None],
    ]
    path = sheet(tmp_path, rows, "A2:A3")
    _, _, result = read(path)
    node, _ = parse(result.stdout)
    assert node is not None
    plain: Any = node.plain
    assert [(row["phase"], row["layer"]) for row in plain["responsibilities"]] == [
        ("launch", "business"),
        ("launch", "undecided"),
        ("run", "business"),
    ]


@pytest.mark.parametrize(
    "data",
    [
        "sep=;\r\nTask;Workflow owner;Sécurity\r\nFreigabe; A;C\r\nZugriff prüfen;R;A".encode("cp1252"),
        "\ufeffTask\tWorkflow owner\tSécurity\nFreigabe\tA\tC\nZugriff prüfen\tR\tA\n".encode(),
        'Task,Workflow owner,Sécurity\nFreigabe,A,C\n"Zugriff prüfen",R,A\n'.encode("utf-16"),
        "Task,Workflow owner,Sécurity\n,,\nFreigabe,A,C\nZugriff prüfen,R,A\n,,\n".encode(),
    ],
)
def test_csv_of_any_separator_and_encoding(data: bytes, tmp_path: Path) -> None:
    found, _, _ = read(csv(tmp_path, data))
    assert found == {
        "Freigabe": {"workflow-owner": "A", "security": "C"},
        "Zugriff prüfen": {"workflow-owner": "R", "security": "A"},
    }


def test_a_file_without_a_table_says_what_was_expected(tmp_path: Path) -> None:
    found, report, result = read(csv(tmp_path, b"hello,world\n1,2\n"))
    assert (found, result.exit_code) == ({}, 1)
    assert any("expected a row of roles above cells with R, A, C or I" in line for line in report)
    assert "matrix.csv holds no responsibilities, so nothing is written" in result.stderr


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b"\n\n", b",,\n,,\n", b"Activity,Workflow owner,Operations\n"])
def test_a_file_that_holds_nothing_is_an_error_and_writes_nothing(data: bytes, tmp_path: Path) -> None:
    target = tmp_path / "new.yml"
    for path in (csv(tmp_path, data), tmp_path / "empty.xlsx"):
        if not path.exists():
            path.write_bytes(b"")
        _, _, result = read(path, "-o", str(target))
        assert (result.exit_code, result.stdout, target.exists()) == (1, "", False)
        assert "Error: " in result.stderr


@pytest.mark.parametrize("rows", [[], [[None, " "], [None, None]], [["Activity", "Workflow owner", "Operations"]]])
def test_a_workbook_that_holds_nothing_is_an_error(rows: list[list[Any]], tmp_path: Path) -> None:
    _, _, result = read(sheet(tmp_path, rows))
    assert (result.exit_code, result.stdout) == (1, "")
    assert "matrix.xlsx holds no responsibilities, so nothing is written" in result.stderr


def test_a_workbook_of_charts_alone_is_named(tmp_path: Path) -> None:
    book = Workbook()
    book.create_chartsheet("Chart")
    book.remove(book.active)
    book.save(tmp_path / "charts.xlsx")
    _, _, result = read(tmp_path / "charts.xlsx")
    assert result.stderr == "Error: charts.xlsx holds no sheet with cells, such as a workbook of charts alone\n"


def test_a_csv_file_whose_lines_end_with_carriage_returns(tmp_path: Path) -> None:
    found, _, _ = read(csv(tmp_path, b"Activity,Workflow owner,Operations\rDefine the trigger,A,R\r"))
    assert list(found) == ["Define the trigger"]


def test_the_own_matrix_comes_back(tmp_path: Path) -> None:
    model = check_shipped().model
    roles = {role.value.name: name for name, role in model.roles.items()}
    rows: list[list[object]] = [["Id", "Responsibility", "Meaning", "Layer", "Phase", "Evidence", *roles]]
    for entry in model.responsibilities.values():
        r = entry.value
        letters_of = [raci.value if (raci := r.raci.get(role)) else None for role in roles.values()]
        rows.append([r.id, r.name, r.meaning, r.layer.label, r.phase.label, r.evidence.label, *letters_of])
    _, report, result = read(sheet(tmp_path, rows))
    node, _ = parse(result.stdout)
    assert node is not None
    back = Responsibilities.model_validate(node.plain).responsibilities
    assert list(back) == [
        entry.value.model_copy(update={"meaning": entry.value.meaning.strip()})
        for entry in model.responsibilities.values()
    ]
    assert result.exit_code == 0, report


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A/R", "AR"),
        ("ra", "AR"),
        ("R & A", "AR"),
        ("Accountable", "A"),
        ("(c)*", "C"),
        ("\uff32", "R"),
        ("–", ""),
        ("N/A", ""),
    ],
)
def test_letters(text: str, expected: str) -> None:
    assert cell_letters(text) == frozenset(expected)


@pytest.mark.parametrize("text", ["S", "maybe", "A1", "Anna", "R?"])
def test_no_letters(text: str) -> None:
    assert cell_letters(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("P1D", "P1D"),
        ("pt8h", "PT8H"),
        ("2 days", "P2D"),
        ("1 month", "P1M"),
        ("a week", "P1W"),
        ("90 min", "PT90M"),
        ("1 day, 4 hours and 30 minutes", "P1DT4H30M"),
        ("10y", "P10Y"),
    ],
)
def test_durations_in_words(text: str, expected: str) -> None:
    assert read_duration(text) == expected


@pytest.mark.parametrize("text", ["soon", "2", "2 days or so", "2 fortnights", "1 day 2 days"])
def test_durations_that_are_none(text: str) -> None:
    with pytest.raises(CellMismatch):
        read_duration(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("7,5", "7.5"), ("1.234,56", "1234.56"), ("1,234.56", "1234.56"), ("1 200", "1200"), ("-3", "-3")],
)
def test_numbers_stored_as_text(text: str, expected: str) -> None:
    assert str(read_number(text)) == expected


@pytest.mark.parametrize("text", ["1,234", "five", "5 EUR", ""])
def test_numbers_that_are_in_doubt_are_refused(text: str) -> None:
    with pytest.raises(CellMismatch):
        read_number(text)


def test_days_whose_order_is_in_doubt_are_refused() -> None:
    assert read_day("2026/11/3").isoformat() == read_day("3.11.2026").isoformat() == "2026-11-03"
    for text in ("03/11/2026", "31.02.2026", "tomorrow"):
        with pytest.raises(CellMismatch):
            read_day(text)
