"""Files of each format, read as grids: what cells show, what is merged, hidden, struck through or commented."""

import base64
import io
import warnings
import zipfile
import zlib
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook  # type: ignore[import-untyped]
from openpyxl.comments import Comment  # type: ignore[import-untyped]
from openpyxl.styles import Font  # type: ignore[import-untyped]

from opmodel.worksheets.grid import MAX_COLUMNS, MAX_ROWS, Grid, UnreadableSpreadsheet
from opmodel.worksheets.number_formats import shown_text
from opmodel.worksheets.spreadsheets import read_grids

XLS = zlib.decompress(
    base64.b85decode(
        "c-rk)O=uHA6#izj`Dtv@w6;Pklu)p0?M1wJX=4;Eg4P&>77=RNL>f}EB?$z*Sgkn<f+xjGp%*VzFaF>Udh;Mu^dJagqImKoD0pbI"
        "zIi)a+nPfoTCD6B=FOWo@6F7<_hxpoFXx-fGj}>FScQJLP&FIiStb)y8tg_0)Nh)SwQC<0)4_&9gO38~apPg&g;&N<#=8OyxAkX4"
        "fe%zpVG@HzHWgk+?B_Kkgj_?P&?)yc+@KOfJFlyS=@`?^OmDI7Bc}UUa+zr#>6XPw%tr=$_NqJ{*1EVaNL1h++q`ATZnWXK%;WP{"
        "gr)07G?z|H{F@z}dLw2*ksC;5Q@O-M8Lbq;S$s3Yz*l>(J`Fqa^_2^d{QF9|w}$+xrUO$jPYaodB{U+a%N`x^=z+r}1d#Mt;Xabi"
        "7xD`j#wK+N2Y{h*Bb+o+`EYSOQ6Re$iF_tVVk4J1Ghr0NMv;=j4;-7M+$f}tY@U>2>9GtYQItxYn(;(7Ly13V_~p2K8iZDy1_9n9"
        "jYN}ZV!oMoN{G(;g_~bq9UYBDMp!b%Zvg8(u}wZ0Ok9u_WE|ukH&Yjt9=6!U^dgVCmH7^)t)xkHcdSh@ho)KQ68Cn~JbM_gBionp"
        "JBTlRK7PNm^f9uN__=|~xz@Qikr{N6$C6|(f79p{z2f>ci3bt87V1QK$F%*I)5WKS)Y?t;GHk*k{LD5peZnp29qAvbFKXxu)|b?3"
        "+1|8T8ns+%Hm!!W#@4#hw_@R5YDsI4vX-N0tE^pY?N$0Nwzl>48nfxFFJt<cyrZ*zkY(?A^iS$}z^#6*1$X5F>Gb`H^~fr*L^o<y"
        "iJDm@{ls2HEw4Io;J|?c2M!$k9t7XrtUI}`Zs_vf;Z@&t7O7O7&m{jX;xOn}pueRDk)=9^vvuXq7Py5ymRO^W{k>3Ph-S|rgHc{b"
        "rtbWu`?Xm9JZm-#{kbhv@BGzz*7=v`{{aNY3%~"
    )
)
"""A workbook of the old format: a merged title, a table, a hidden sheet."""


def save(tmp_path: Path, name: str, data: bytes | str) -> tuple[Grid, ...]:
    """Write a file and read its grids."""
    path = tmp_path / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return read_grids(path)


def texts(grid: Grid) -> list[list[str]]:
    return [[grid.text(row, column) for column in range(len(cells))] for row, cells in enumerate(grid.rows)]


def ods(content: str) -> bytes:
    """Return an OpenDocument spreadsheet with these tables."""
    names = "".join(
        f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
        for short, long in dict.fromkeys(
            (("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"))
        )
    )
    styles = (
        '<style:style style:name="gone"><style:text-properties style:text-line-through-style="solid"/></style:style>'
        '<style:style style:name="off"><style:table-properties table:display="false"/></style:style>'
    )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        package.writestr("content.xml", f"<office:document-content{names}>{styles}{content}</office:document-content>")
    return target.getvalue()


def repacked(book: Any, *changes: tuple[str, str], **added: str) -> bytes:
    """Return a workbook with texts of its parts replaced, and parts added to its folder ``xl``."""
    usual, target = io.BytesIO(), io.BytesIO()
    book.save(usual)
    with zipfile.ZipFile(usual) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            part = old.read(name).decode()
            for before, after in changes:
                part = part.replace(before, after)
            new.writestr(name, part)
        for name, part in added.items():
            new.writestr(f"xl/{name}.xml", part)
    return target.getvalue()


def test_a_workbook_of_the_old_format(tmp_path: Path) -> None:
    first, second = save(tmp_path, "a.xls", XLS)
    assert texts(first)[0] == ["Who does what"] * 3
    assert texts(first)[1:] == [
        ["Task", "Workflow owner", "Operations"],
        ["Pick", "A", "R"],
        ["Rank", "R", ""],
        ["No", "3", "0.55"],
    ]
    assert set(first.filled) == {(0, 1), (0, 2)}
    assert (second.title, second.hidden) == ("Lists", True)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.xls", XLS[:40] + b"\xff" * 60 + XLS[100:]),
        ("a.xls", XLS[:600]),
        ("a.xlsx", b"PK\x03\x04 and more"),
        ("a.ods", ods("<a>")),
    ],
)
def test_damage_is_told_in_one_sentence_and_nothing_else(
    name: str, data: bytes, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(UnreadableSpreadsheet, match="damaged"):
        save(tmp_path, name, data)
    assert capfd.readouterr() == ("", "")


def test_cells_of_a_workbook_are_read_as_they_are_shown(tmp_path: Path) -> None:
    book = Workbook()
    page = book.active
    cells: list[tuple[Any, str]] = [
        (0.55, "0%"),
        (0.125, "0.0%"),
        (1200, '"€ "#,##0.00'),
        (-5, "[$$-409]#,##0.00;[Red]-[$$-409]#,##0.00"),
        (date(2026, 11, 3), "d mmm yyyy"),
        (datetime(2026, 11, 3, 14, 5), "dd/mm/yyyy hh:mm"),  # noqa: DTZ001 as a spreadsheet stores it
        (time(14, 5), "h:mm AM/PM"),
        (7, "000"),
    ]
    for row, (value, code) in enumerate(cells, 1):
        page.cell(row, 1, value).number_format = code
    book.save(tmp_path / "a.xlsx")
    (grid,) = read_grids(tmp_path / "a.xlsx")
    expected = ["55 %", "12.5 %", "€ 1,200.00", "-$5.00", "3 Nov 2026", "03/11/2026 14:05", "2:05 PM", "007"]
    assert [row[0] for row in texts(grid)] == expected
    assert grid.rows[4][0] == date(2026, 11, 3)


@pytest.mark.parametrize(
    ("value", "code", "expected"),
    [
        (1234.5, "#,##0.00 [$€-407]", "1,234.50 €"),
        (5, "0.0E+00", None),
        (5, "# ?/?", None),
        (5_000_000, "0.0,,", None),
        (5, "General", None),
        (date(2026, 11, 3), "mm-dd-yy", "2026-11-03"),
        (date(2026, 11, 3), "[$-407]dddd, d. mmmm yy", "Tuesday, 3. November 26"),
        (timedelta(hours=30), "[h]:mm", "30:00"),
        (0, '0;-0;"none"', None),
    ],
)
def test_number_formats(value: object, code: str, expected: str | None) -> None:
    assert shown_text(value, code) == expected


def test_struck_text_comments_and_hidden_parts_of_a_workbook_are_told(tmp_path: Path) -> None:
    book = Workbook()
    page = book.active
    page.append(["Task", "A", "R old", "C"])
    page.append(["x", "y", "z", "w"])
    page["B1"].font = Font(strike=True)
    page["D1"].comment = Comment("only abroad", "Anna")
    page.row_dimensions[2].hidden = page.column_dimensions["C"].hidden = True
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    texts_part = f'<sst xmlns="{main}"><si><r><t>R </t></r><r><rPr><strike/></rPr><t>old</t></r></si></sst>'
    changes = (
        ('t="inlineStr"><is><t>R old</t></is>', 't="s"><v>0</v>'),
        ("</Types>", f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'),
    )
    (grid,) = save(tmp_path, "a.xlsx", repacked(book, *changes, sharedStrings=texts_part))
    assert texts(grid)[0] == ["Task", "", "R", "C"]
    assert grid.struck == {(0, 1): "A", (0, 2): "old"}
    assert (set(grid.hidden_rows), set(grid.hidden_columns)) == ({1}, {2})
    assert "only abroad" in grid.comments[0, 3]
    assert next(str(mark) for mark in grid.marks()) == 'Sheet!B1 "A": struck through; not read'


def test_a_workbook_of_the_strict_variant(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["Task", "R"])
    usual, strict = "http://schemas.openxmlformats.org", "http://purl.oclc.org/ooxml"
    names = [
        (f"{usual}/spreadsheetml/2006/main", f"{strict}/spreadsheetml/main"),
        (f"{usual}/officeDocument/2006/relationships", f"{strict}/officeDocument/relationships"),
    ]
    (grid,) = save(tmp_path, "a.xlsx", repacked(book, *names))
    assert texts(grid) == [["Task", "R"]]


def test_an_open_document_spreadsheet(tmp_path: Path) -> None:
    content = """<table:table table:name="RACI">
<table:table-column/><table:table-column table:visibility="collapse"/>
<table:table-row>
  <table:table-cell table:number-columns-spanned="3"><text:p>Who does</text:p></table:table-cell>
  <table:covered-table-cell table:number-columns-repeated="2"/>
</table:table-row>
<table:table-row>
  <table:table-cell><text:p>Ta<text:s/>sk</text:p><text:p>two</text:p></table:table-cell>
  <table:table-cell table:number-columns-repeated="2">
    <office:annotation><text:p>Ask Anna</text:p></office:annotation><text:p>A</text:p>
  </table:table-cell>
  <table:table-cell table:number-columns-repeated="16000"/>
</table:table-row>
<table:table-row table:visibility="filter">
  <table:table-cell office:value-type="percentage" office:value="0.55"><text:p>55%</text:p></table:table-cell>
  <table:table-cell table:style-name="gone"><text:p>R</text:p></table:table-cell>
  <table:table-cell office:value-type="date" office:date-value="2026-11-03"><text:p>03.11.26</text:p></table:table-cell>
</table:table-row>
<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>
</table:table>
<table:table table:name="Lists" table:style-name="off">
  <table:table-row><table:table-cell><text:p>R</text:p></table:table-cell></table:table-row>
</table:table>"""
    grid, lists = save(tmp_path, "a.ods", ods(content))
    assert texts(grid) == [["Who does"] * 3, ["Ta sk\ntwo", "A", "A"], ["55 %", "", "03.11.26"]]
    assert grid.rows[2][2] == date(2026, 11, 3)
    assert grid.struck == {(2, 1): "R"}
    assert grid.comments == {(1, 1): "Ask Anna", (1, 2): "Ask Anna"}
    assert (set(grid.hidden_rows), set(grid.hidden_columns), grid.notes) == ({2}, {1}, ())
    assert set(grid.filled) == {(0, 1), (0, 2)}
    assert lists.hidden


def test_an_open_document_that_repeats_a_filled_cell_is_cut_or_refused(tmp_path: Path) -> None:
    cell = '<table:table-cell table:number-columns-repeated="16384"><text:p>A</text:p></table:table-cell>'
    row = f'<table:table-row table:number-rows-repeated="1000000">{cell}</table:table-row>'
    rows = f'<table:table table:name="a">{row}</table:table>'
    with pytest.raises(UnreadableSpreadsheet, match="more than 500,000 cells"):
        save(tmp_path, "a.ods", ods(rows))


def test_a_document_type_is_refused(tmp_path: Path) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as package:
        package.writestr("content.xml", '<!DOCTYPE x [<!ENTITY a "aaaa">]><x/>')
    with pytest.raises(UnreadableSpreadsheet, match="a document type"):
        save(tmp_path, "a.ods", data.getvalue())


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("Rôle;A\nCafé;R\n".encode("cp1252"), [["Rôle", "A"], ["Café", "R"]]),
        (b"\xef\xbb\xbf" + "Rôle;A\nCafé;R\n".encode("cp1252"), [["Rôle", "A"], ["Café", "R"]]),
        ("Rôle\tA\nCafé\tR\n".encode("utf-16"), [["Rôle", "A"], ["Café", "R"]]),
        ("Rôle,A\nCafé,R\n".encode("utf-16-le"), [["Rôle", "A"], ["Café", "R"]]),
        ("Rôle,A\nCafé,R\n".encode("utf-16-be"), [["Rôle", "A"], ["Café", "R"]]),
        (b'a,"say ""no"""\nb,"1,5"\n', [["a", 'say "no"'], ["b", "1,5"]]),
    ],
)
def test_encodings_and_separators(data: bytes, expected: list[list[str]], tmp_path: Path) -> None:
    (grid,) = save(tmp_path, "a.csv", data)
    assert texts(grid) == expected
    assert all(note.recognised for note in grid.notes)


def test_a_quotation_mark_that_is_left_open_is_told(tmp_path: Path) -> None:
    (grid,) = save(tmp_path, "a.csv", 'Task,A,B\n"Pick,A,R\nRank,R,A\n')
    assert "left open" in grid.notes[0].why


def test_tables_of_a_markdown_document(tmp_path: Path) -> None:
    text = (
        "# Plan\n\nR is responsible.\n\n## Build\n\n"
        "| Task | **Owner** | [IT](x.md) |\n|:--|--|--|\n| `a` | ~~A~~ R | I<br>C |\n\n"
        "## Run\n\nTask | Owner\n--- | ---\nb | A\n"
    )
    build, run = save(tmp_path, "plan.md", text)
    assert (build.title, texts(build)) == ("Build", [["Task", "Owner", "IT"], ["a", "R", "I\nC"]])
    assert (run.title, texts(run), build.struck) == ("Run", [["Task", "Owner"], ["b", "A"]], {(1, 1): "A"})
    assert [note.value for note in run.notes] == ["R is responsible."]


def test_tables_of_an_html_document(tmp_path: Path) -> None:
    text = (
        "<!doctype html><title>x</title><style>td {}</style><h2>One</h2><table>"
        "<tr><th rowspan=2>Task<th colspan=2>Owner</tr>"
        "<tr><td>A&amp;B<td style='text-decoration:line-through'>R</td></tr>"
        "<tr><td>x<td><table><tr><td>in</table></td></tr></table>"
    )
    inner, outer = save(tmp_path, "a.html", text)
    assert texts(inner) == [["in"]]
    assert texts(outer) == [["Task", "Owner", "Owner"], ["Task", "A&B", ""], ["x", "", ""]]
    assert (outer.title, outer.struck) == ("One (2)", {(1, 2): "R"})
    (wide,) = save(tmp_path, "b.html", "<table><tr><td rowspan=99999999 colspan=99999999>A<td>B</table>")
    assert (len(wide.rows), len(wide.rows[0])) == (1, MAX_COLUMNS)
    with pytest.raises(UnreadableSpreadsheet, match="holds no table"):
        save(tmp_path, "c.md", "No table here.")
    assert len(save(tmp_path, "d.html", "<table>" + "<tr><td>A" * (MAX_ROWS + 5))[0].rows) == MAX_ROWS


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("a.pdf", b"%PDF-1.7", "a PDF file"),
        (
            "a.xls",
            b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
            "XML spreadsheet",
        ),
        ("a.csv", b"a\x00\x00\x01b" * 9, "neither an .xlsx nor a CSV file"),
    ],
)
def test_other_kinds_of_files_are_refused_by_name(name: str, data: bytes, why: str, tmp_path: Path) -> None:
    with pytest.raises(UnreadableSpreadsheet, match=why):
        save(tmp_path, name, data)


@pytest.mark.parametrize(
    ("part", "why"),
    [("xl/workbook.bin", "xlsb"), ("word/document.xml", "docx"), ("Index/x.iwa", "Numbers"), ("a.html", "packed")],
)
def test_packages_that_are_no_workbook_are_refused_by_name(part: str, why: str, tmp_path: Path) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as package:
        package.writestr(part, "x")
    with pytest.raises(UnreadableSpreadsheet, match=why):
        save(tmp_path, "a.xlsx", data.getvalue())


def test_no_warning_of_a_library_reaches_the_terminal(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["Task", "R"])
    extension = '<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"/></extLst></worksheet>'
    with warnings.catch_warnings(action="error"):
        save(tmp_path, "a.xlsx", repacked(book, ("</worksheet>", extension)))


def test_the_raised_mark_of_a_footnote_is_no_digit_of_the_number_before_it(tmp_path: Path) -> None:
    (page,) = save(tmp_path, "raised.html", "<table><tr><td>$500<sup>2</sup> or 10<sup>th</sup></table>")
    assert texts(page) == [["$500² or 10th"]]
    book = Workbook()
    book.active["A1"] = "$5002"
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    mark = '<r><rPr><vertAlign val="superscript"/></rPr><t>2</t></r>'
    changes = (
        ('t="inlineStr"><is><t>$5002</t></is>', 't="s"><v>0</v>'),
        ("</Types>", f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'),
    )
    strings = f'<sst xmlns="{main}"><si><r><t>$500</t></r>{mark}</si></sst>'
    (sheet,) = save(tmp_path, "raised.xlsx", repacked(book, *changes, sharedStrings=strings))
    assert texts(sheet) == [["$500²"]]
