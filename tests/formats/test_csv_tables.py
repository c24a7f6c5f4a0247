"""The CSV files: as RFC 4180 says, as spreadsheets want them, and with no cell that is a formula."""

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sites
from opmodel.formats.csv_tables import candidates, csv_bytes, safe_cell
from opmodel.model.candidates import Candidate

FILES = ("api/matrix.csv", "api/portfolio.csv", "api/candidates.csv")


def read(file: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.read_bytes().decode("utf-8-sig"), newline=""), strict=True))


@pytest.mark.parametrize("name", FILES)
def test_a_file_has_a_byte_order_mark_and_crlf_line_ends(built_site: Path, name: str) -> None:
    content = (built_site / name).read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.endswith(b"\r\n")
    assert content.count(b"\n") == content.count(b"\r\n")


@pytest.mark.parametrize("name", FILES)
def test_every_row_has_every_column(built_site: Path, name: str) -> None:
    rows = list(csv.reader(io.StringIO((built_site / name).read_text("utf-8-sig"), newline=""), strict=True))
    assert {len(row) for row in rows} == {len(rows[0])}
    assert len(set(rows[0])) == len(rows[0])


def test_the_matrix_has_every_responsibility(built_site: Path) -> None:
    model = sites.check_shipped().model
    rows = {row["Id"]: row for row in read(built_site / FILES[0])}
    assert list(rows) == list(model.responsibilities)
    for name, entry in model.responsibilities.items():
        for role in model.roles.values():
            letter = entry.value.raci.get(role.value.id)
            assert rows[name][role.value.name] == (letter.value if letter else "")


def test_the_portfolio_has_every_workflow(built_site: Path) -> None:
    rows = {row["Id"]: row for row in read(built_site / FILES[1])}
    assert set(rows) == set(sites.check_shipped().model.packets)
    assert rows["invoice-triage"]["Next review"] == "2027-02-02"
    assert rows["invoice-matching"]["Next review"] == ""
    assert rows["contract-intake"]["Open gates"]


def test_the_candidates_have_what_is_known_of_each(tmp_path: Path) -> None:
    model = sites.check_shipped().model
    assert model.candidates
    new = Candidate(id="scan", title="Scan mail", organisation="=Post", output="Text", stage="Pilot", impact="High")
    listed = (*model.candidates.value.candidates, new)
    whole = replace(model.candidates, value=model.candidates.value.model_copy(update={"candidates": listed}))
    checked = replace(sites.check_shipped(), model=replace(model, candidates=whole))
    (tmp_path / "candidates.csv").write_bytes(candidates(checked))
    rows = {row["Id"]: row for row in read(tmp_path / "candidates.csv")}
    assert list(rows) == [each.id for each in listed]
    assert (rows["post-invoices"]["Rank"], rows["post-invoices"]["IT says"]) == ("1", "With conditions")
    assert [rows["scan"][key] for key in ("Rank", "Organisation", "Output", "Stage", "Impact", "IT says")] == [
        *("", "'=Post", "Text", "Pilot", "High", "")
    ]


FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "\uff1d1", "\uff0b1", "\uff0d1", "\uff201"]
UNSEEN = ["\u00a0=1", "\u3000=1", "\u200b=1", "\u00ad+1", "\u2060 \u2003@x"]


@pytest.mark.parametrize("cell", [*FORMULAS, *UNSEEN])
def test_a_cell_that_would_be_a_formula_is_text(cell: str) -> None:
    assert safe_cell(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "1", "A/R", "2026-11-22", "–", "a=b", "https://x.example/", "'=1"])
def test_other_cells_stay_as_they_are(cell: str) -> None:
    assert safe_cell(cell) == cell


@given(
    st.lists(
        st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), min_size=2), min_size=1
    )
)
def test_what_is_written_is_what_is_read(rows: list[list[str]]) -> None:
    text = csv_bytes(rows).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text, newline=""), strict=True)) == [
        [safe_cell(cell) for cell in row] for row in rows
    ]
    assert not any(
        cell.lstrip(" ").startswith(tuple("=+-@\t\r\n"))
        for row in csv.reader(io.StringIO(text, newline=""))
        for cell in row
    )


def test_the_tables_are_linked_beside_the_pages(built_site: Path) -> None:
    assert 'href="../api/matrix.csv"' in (built_site / "matrix/index.html").read_text(encoding="utf-8")
    assert 'href="../api/portfolio.csv"' in (built_site / "workflows/index.html").read_text(encoding="utf-8")
