"""Responsibility tables of many layouts: each is read right, and whatever has no place is reported with its cell."""

import csv
import io
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opmodel.model.organisation import Role
from opmodel.model.vocabulary import Side
from opmodel.worksheets.csv_table import csv_grid
from opmodel.worksheets.grid import Grid, MergedArea
from opmodel.worksheets.html_tables import markdown_grids
from opmodel.worksheets.matrix_import import read_matrix
from opmodel.worksheets.matrix_report import ResponsibilityTable
from opmodel.worksheets.name_lists import NameSplitter

SIDES = {
    "workflow-owner": Side.BUSINESS,
    "operations": Side.BUSINESS,
    "platform-owner": Side.IT,
    "security": Side.IT,
    "audit": Side.IT,
    "support": Side.IT,
}
ROLES = {
    name: Role(id=name, name=name.replace("-", " ").capitalize(), side=side, meaning="What it does.")
    for name, side in SIDES.items()
}
SHORT = {"owner": "workflow-owner", "ops": "operations", "plat": "platform-owner", "sec": "security"}


def read(*texts: str) -> ResponsibilityTable:
    """Read sheets of CSV text, named Sheet 1 and so on."""
    grids = [csv_grid(f"Sheet {number}", text.strip("\n").encode()) for number, text in enumerate(texts, 1)]
    return read_matrix(grids, ROLES, {})


def rows(table: ResponsibilityTable) -> dict[str, str]:
    """Return the letters of each row on one line: ``A owner, R ops``."""
    names = {full: short for short, full in SHORT.items()}
    return {
        row["name"]: ", ".join(f"{letter} {names.get(role, role)}" for role, letter in row["raci"].items())
        for row in table.rows
    }


def unplaced(table: ResponsibilityTable) -> list[str]:
    """Return the findings that somebody has to look at."""
    return [str(each) for each in table.report if not each.recognised]


HEAD = "Activity,Workflow owner,Operations\n"
PICK, RANK = "Pick,A,R\n", "Rank,R,A\n"
BOTH = {"Pick": "A owner, R ops", "Rank": "R owner, A ops"}
CASES: dict[str, tuple[str, dict[str, str], tuple[str, ...]]] = {
    "a perfect table": (HEAD + PICK + RANK, BOTH, ()),
    "a later row of names": (
        HEAD + PICK + RANK + "Approved by,Sales Lead,Finance Lead",
        BOTH,
        ('A4 "Approved by"', 'B4 "Sales Lead"', 'C4 "Finance Lead"'),
    ),
    "a row of names between": (
        HEAD + PICK + "Approved by,Sales Lead,Finance Lead\n" + RANK,
        BOTH,
        ('A3 "Approved by"', 'B3 "Sales Lead"', 'C3 "Finance Lead"'),
    ),
    "a legend beside": (
        "Activity,Workflow owner,Operations,,R,does it\nPick,A,R,,A,signs\nRank,R,A,,C,is asked",
        BOTH,
        (),
    ),
    "a legend beside, headed": (
        "Activity,Workflow owner,Operations,,Legend,\nPick,A,R,,R,Responsible\nRank,R,A,,A,Accountable",
        BOTH,
        ('E1 "Legend"',),
    ),
    "a legend below": (HEAD + PICK + RANK + ",,\nR,does it,\nA,signs,", BOTH, ()),
    "a legend of words below": (HEAD + PICK + RANK + "R,Responsible,\nA,Accountable,", BOTH, ()),
    "a legend in one cell": (HEAD + PICK + RANK + '"R = Responsible, A = Accountable",,', BOTH, ()),
    "a legend above": ("R,Responsible,\nA,Accountable,\n,,\n" + HEAD + PICK + RANK, BOTH, ()),
    "titles above": ("Who does what,,\nVersion,3,\n,,\n" + HEAD + PICK + RANK, BOTH, ()),
    "a footnote": (HEAD + PICK + RANK + "* only abroad,,", BOTH, ('A4 "* only abroad"',)),
    "totals": (HEAD + PICK + RANK + "Total,2,2", BOTH, ()),
    "marks for nothing": (
        "Activity,Workflow owner,Operations,Security\nPick,A,-,—\nRank,n/a,A,",
        {"Pick": "A owner", "Rank": "A ops"},
        (),
    ),
    "letters of no set": (
        HEAD + "Pick,A,N\nRank,S,A",
        {"Pick": "A owner", "Rank": "A ops"},
        ('C2 "N"', 'B3 "S"'),
    ),
    "columns that are no roles": (
        "Activity,Priority,Workflow owner,Status,Operations,Due\nPick,A,A,Open,R,2026-01-02\nRank,C,R,Done,A,—",
        BOTH,
        ('B2 "A"', 'B3 "C"', 'D2 "Open"', 'D3 "Done"', 'F2 "2026-01-02"'),
    ),
    "stacked tables": (
        HEAD + PICK + ",,,\nActivity,Platform owner,Security,Audit\nRank,R,A,I",
        {"Pick": "A owner, R ops", "Rank": "R plat, A sec, I audit"},
        (),
    ),
    "a heading that is repeated": (HEAD + PICK + HEAD + RANK, BOTH, ()),
    "tables side by side": (
        "Activity,Workflow owner,Operations,,Activity,Security\nPick,A,R,,Check,A\nRank,R,A,,Mend,R",
        {**BOTH, "Check": "A sec", "Mend": "R sec"},
        (),
    ),
    "tables side by side without a gap": (
        "Activity,Workflow owner,Operations,Activity,Security\nPick,A,R,Check,A\nRank,R,A,Mend,R",
        {**BOTH, "Check": "A sec", "Mend": "R sec"},
        (),
    ),
    "a heading in two rows": (
        "Activity,Finance,IT\n,Manager,Manager\nPick,A,R\nRank,R,A",
        {"Pick": "A finance-manager, R it-manager", "Rank": "R finance-manager, A it-manager"},
        (),
    ),
    "a group above the roles": (
        ",Business,,IT\nActivity,Workflow owner,Operations,Security\nPick,A,R,C\nRank,R,A,I",
        {"Pick": "A owner, R ops, C sec", "Rank": "R owner, A ops, I sec"},
        (),
    ),
    "a heading twice": (
        "Activity,Security,Security,Operations\nPick,A,R,C\nRank,R,R,A",
        {"Pick": "C ops", "Rank": "R sec, A ops"},
        ('B2 "A"', 'C2 "R"'),
    ),
    "a table on its side": (
        "Role,Pick workflow,Grant access,Stop it\nWorkflow owner,A,I,R\nPlatform owner,R,A,C",
        {"Pick workflow": "A owner, R plat", "Grant access": "I owner, A plat", "Stop it": "R owner, C plat"},
        (),
    ),
    "unknown roles on their side": (
        "Role,Draft the policy,Approve the budget,Train new staff\nProject manager,R,C,A\nSponsor,A,A,I\nHR team,C,I,R",
        {
            "Draft the policy": "R project-manager, A sponsor, C hr-team",
            "Approve the budget": "C project-manager, A sponsor, I hr-team",
            "Train new staff": "A project-manager, I sponsor, R hr-team",
        },
        (),
    ),
    "formatted letters": (HEAD + "Pick,**A**,`R`\nRank,R ,(a)", BOTH, ()),
    "several letters": (
        HEAD + 'Pick,A/R,C\nRank,"R, A",I\nGo,**A/R**,R',
        {"Pick": "A/R owner, C ops", "Rank": "A/R owner, I ops", "Go": "A/R owner, R ops"},
        (),
    ),
    "text beside letters": (
        HEAD + "Pick,A*,R (05)\nRank,R (request ≠ approve),A (policy)",
        BOTH,
        ('B2 "A*"', 'C2 "R (05)"', 'B3 "R (request ≠ approve)"', 'C3 "A (policy)"'),
    ),
    "a deputy": (HEAD + "Pick,A,A (deputy)", {"Pick": "A owner, A ops"}, ('C2 "A (deputy)"', 'A2 "Pick"')),
    "letters that do not go together": (
        HEAD + "Pick,A / R C*,I",
        {"Pick": "A/R owner, I ops"},
        ('B2 "A / R C*"', 'A2 "Pick"'),
    ),
    "words": (HEAD + "Pick,Accountable,Responsible\nRank,Notify,Approval", {**BOTH, "Rank": "I owner, A ops"}, ()),
    "crosses": (HEAD + "Pick,A,X\nRank,R,A", {**BOTH, "Pick": "A owner"}, ('C2 "X"',)),
    "two accountable": (HEAD + "Pick,A,A", {"Pick": "A owner, A ops"}, ('A2 "Pick"',)),
    "roles named like letters": (
        "Activity,AI,IC,R\nPick,A,R,\nRank,R,A,C",
        {"Pick": "A ai, R ic", "Rank": "R ai, A ic, C r"},
        (),
    ),
    "a list with a letter a row": (
        "Task,Role,RACI\nPick,Workflow owner,A\nPick,Operations,R\nRank,Operations,A\nRank,Workflow owner,R",
        {"Pick": "A owner, R ops", "Rank": "A ops, R owner"},
        (),
    ),
    "a column of groups with blanks": (
        "Process,Activity,Workflow owner,Operations\nOrders,Pick,A,R\n,Rank,R,A\n,Go,A,R",
        {**BOTH, "Go": "A owner, R ops"},
        (),
    ),
    "headings in German with letters": (
        "Aufgabe,Verantwortlich (R),Rechenschaftspflichtig (A)\nPick,Operations,Workflow owner",
        {"Pick": "R ops, A owner"},
        (),
    ),
    "a number and a name": ("Step Id,Name,Workflow owner,Operations\n1.1,Pick,A,R\n1.2,Rank,R,A", BOTH, ()),
    "names of roles in the cells": (
        "Activity,Responsible,Accountable,Consulted,Informed\n"
        "Pick,Operations,Workflow owner,Legal and Compliance,VP Sales & Marketing\n"
        'Rank,"Operations, Audit",Security; Support,"Meier, Anna",CI/CD team\nGo,-,Operations,TBD,Operations',
        {
            "Pick": "R ops, A owner, C legal-and-compliance, I vp-sales-marketing",
            "Rank": "R ops, R audit, A sec, A support, C meier-anna, I ci-cd-team",
            "Go": "A ops",
        },
        ('A3 "Rank"', 'D4 "TBD"', 'A4 "Go"'),
    ),
    "RASCI by its headings": (
        "Task,Responsible,Accountable,Support\nPick,Operations,Workflow owner,Security",
        {"Pick": "R ops, A owner, R sec"},
        (),
    ),
    "RASCI by its title": (
        "RASCI,,\n" + HEAD + "Pick,A,S\nRank,R,A",
        {"Pick": "A owner, R ops", "Rank": "R owner, A ops"},
        (),
    ),
    "DACI by its letters": (HEAD + "Pick,D,A\nRank,A,I", {"Pick": "R owner, A ops", "Rank": "A owner, I ops"}, ()),
    "RAPID by its legend": (
        HEAD + 'Pick,R,A\nRank,I,R\n"R = Recommend, A = Agree, I = Input",,',
        {"Pick": "C owner, C ops", "Rank": "C owner, C ops"},
        (),
    ),
    "RACI-VS by its letters": (HEAD + "Pick,A,V\nRank,S,A", {"Pick": "A owner, C ops", "Rank": "C owner, A ops"}, ()),
}


@pytest.mark.parametrize("name", CASES)
def test_a_table_is_read_and_the_rest_is_reported(name: str) -> None:
    text, expected, cells = CASES[name]
    table = read(text)
    assert rows(table) == expected
    open_cells = [each.removeprefix("Sheet 1!").partition(": ")[0] for each in unplaced(table)]
    assert sorted(open_cells) == sorted(cells)
    assert [each for each in table.found if "responsibilit" in each]


@pytest.mark.parametrize(
    "text",
    [
        "Pick,A,R\nRank,R,A",
        HEAD,
        "Letter,Meaning\nR,Responsible\nA,Accountable",
        "Name,City\nAnna,Bern\nBen,Basel",
        "INFORMATION,,DEFINITIONS\nPROJECT,,\nSee the plan,RESPONSIBLE,Does it\nMANAGER,ACCOUNTABLE,Answers",
        HEAD + PICK + RANK + '"A = Assist, R = Review",,',
    ],
)
def test_what_is_no_table_gives_no_rows_and_says_so(text: str) -> None:
    table = read(text)
    assert table.rows == []
    assert unplaced(table)


PHASES: dict[str, tuple[str, dict[str, str]]] = {
    "rows": (
        HEAD + "Build,,\n" + PICK + "Phase 1: Launch,,\n" + RANK + "Operate,,\nGo,A,R",
        {"Pick": "build", "Rank": "launch", "Go": "run"},
    ),
    "a column": (
        "Phase,Activity,Workflow owner,Operations\nLaunch,Pick,A,R\n,Rank,R,A\nOperate,Go,A,R",
        {"Pick": "launch", "Rank": "launch", "Go": "run"},
    ),
    "a group that is no phase ends the one before": (
        HEAD + "Build,,\n" + PICK + "Vendor questions,,\n" + RANK,
        {"Pick": "build", "Rank": "define"},
    ),
    "German": (
        "Aufgabe,Workflow owner,Operations\nPhase 1: Konzeption,,\nPick,A,R\nUmsetzung,,\nRank,R,A\nBetrieb,,\nGo,A,R",
        {"Pick": "define", "Rank": "build", "Go": "run"},
    ),
    "French": (
        "Tâche,Workflow owner,Operations\nRéalisation,,\nPick,A,R\nExploitation,,\nRank,R,A",
        {"Pick": "build", "Rank": "run"},
    ),
    "numbers": (
        "No,Activity,Workflow owner,Operations\n1,Build,,\n1.1,Pick,A,R\n2,Launch,,\n2.1,Rank,R,A",
        {"Pick": "build", "Rank": "launch"},
    ),
}


@pytest.mark.parametrize("name", PHASES)
def test_phases(name: str) -> None:
    text, expected = PHASES[name]
    table = read(text)
    assert {row["name"]: row["phase"] for row in table.rows} == expected
    kept = {row["name"]: row["meaning"] for row in table.rows}
    assert all("in the source: " in meaning for name, meaning in kept.items() if name == "Go")


def test_a_group_that_is_merged_over_all_columns() -> None:
    grid = csv_grid("RACI", (HEAD + "Build it,Build it,Build it\n" + PICK + "End note,End note,End note").encode())
    merged = (MergedArea(1, 0, 2, 3), MergedArea(3, 0, 4, 3))
    filled = frozenset({(1, 1), (1, 2), (3, 1), (3, 2)})
    table = read_matrix([Grid(title="RACI", rows=grid.rows, merged=merged, filled=filled)], ROLES, {})
    assert [(row["name"], row["phase"]) for row in table.rows] == [("Pick", "build")]
    assert table.found == ['Sheet "RACI": 2 roles in row 1, 1 responsibility in row 3, phases from merged rows']
    assert unplaced(table) == ['RACI!A4 "End note": a note below the table; not read']


def test_one_heading_over_several_columns_is_one_role() -> None:
    grid = csv_grid("RACI", b"Activity,Operations,Operations\nPick,A,R")
    merged, filled = (MergedArea(0, 1, 1, 3),), frozenset({(0, 2)})
    table = read_matrix([Grid(title="RACI", rows=grid.rows, merged=merged, filled=filled)], ROLES, {})
    assert rows(table) == {"Pick": "A/R ops"}


def test_several_sheets_and_hidden_ones() -> None:
    first, second, third = (
        csv_grid(name, text.encode()) for name, text in (("A", HEAD + PICK), ("B", HEAD + RANK), ("C", "x"))
    )
    hidden = Grid(title="B", rows=second.rows, hidden=True)
    table = read_matrix([first, third, hidden], ROLES, {})
    assert rows(table) == {"Pick": "A owner, R ops"}
    assert unplaced(table) == ["B: hidden, and left out, with a table"]
    assert any(each.sheet == "C" and each.recognised for each in table.report)


def test_struck_text_comments_and_hidden_rows_are_told() -> None:
    grid = csv_grid("RACI", (HEAD + PICK + RANK).encode())
    marked = Grid(
        title="RACI", rows=grid.rows, struck={(1, 1): "C"}, comments={(1, 2): "only abroad"}, hidden_rows=frozenset({2})
    )
    table = read_matrix([marked], ROLES, {})
    assert unplaced(table) == [
        'RACI!B2 "C": struck through; not read',
        'RACI!C2 "only abroad": a comment on the cell; not read',
    ]
    assert "RACI: rows 3 are hidden, and read like the others" in [str(each) for each in table.report]


def test_two_accountable_are_a_conflict_that_the_check_refuses() -> None:
    table = read("Activity,Layer,Workflow owner,Security\nPick,,A,A\nRank,Shared,A,A\nGo,,A,R")
    assert [row["layer"] for row in table.rows] == ["undecided", "shared", "business"]
    assert unplaced(table) == [
        'Sheet 1!A2 "Pick": workflow-owner and security are accountable (C2, D2); expected one, or one a side in the '
        "shared layer: its layer is “undecided”"
    ]


def test_a_long_name_is_cut_and_kept_whole_in_the_meaning() -> None:
    table = read(HEAD + "x" * 500 + ",A,R")
    (row,) = table.rows
    assert (row["name"], row["meaning"]) == ("x" * 400, "x" * 500)
    assert "more than 400 characters" in unplaced(table)[0]


def test_other_letters_are_translated_by_a_table_that_is_printed() -> None:
    table = read(HEAD + "Pick,D,A\nRank,A,I")
    assert any("D (driver) → R; A (approver) → A" in str(each) for each in table.report)


def test_a_sheet_of_very_many_cells_is_not_looked_at() -> None:
    table = read_matrix([Grid(title="S", rows=(("A",) * 100,) * 700)], ROLES, {})
    assert unplaced(table) == ["S: more than 60,000 filled cells; not looked at"]


def test_tables_of_a_document() -> None:
    first = "| Task | Workflow owner | Operations |\n|--|--|--|\n| Pick | **A** | R |\n\n"
    text = first + "| Risk | Level |\n|--|--|\n| x | y |"
    table = read_matrix(markdown_grids("plan", text), ROLES, {})
    assert rows(table) == {"Pick": "A owner, R ops"}
    assert unplaced(table) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Legal and Compliance", ["Legal and Compliance"]),
        ("VP Sales & Marketing", ["VP Sales & Marketing"]),
        ("CI/CD team", ["CI/CD team"]),
        ("Meier, Anna", ["Meier, Anna"]),
        ("Meier, Anna; Weber, Jörg", ["Meier, Anna", "Weber, Jörg"]),
        ("Dev, Architect", ["Dev", "Architect"]),
        ("Finance/Operations", ["Finance", "Operations"]),
        ("Team (a, b), Finance", ["Team (a, b)", "Finance"]),
        ("• Finance\n• Operations", ["Finance", "Operations"]),
    ],
)
def test_names_in_a_cell(text: str, expected: Sequence[str]) -> None:
    assert NameSplitter(["Operations"], ["Finance", "Audit"]).names(text) == expected


VERBS = ("Draft", "Approve", "Review", "Publish", "Test", "Archive", "Configure", "Explain")
THINGS = ("the budget", "a policy", "the release", "each contract", "test data", "the runbook")
PARTIES = (
    "Workflow owner",
    "Operations",
    "Platform owner",
    "Security",
    "Project manager",
    "Steering committee",
    "Legal",
)


@st.composite
def matrices(draw: st.DrawFn) -> tuple[list[str], list[str], dict[tuple[str, str], str]]:
    """Return names, roles, and the letters of a random matrix."""
    roles = draw(st.lists(st.sampled_from(PARTIES), min_size=2, max_size=5, unique=True))
    every = [f"{verb} {thing}" for verb in VERBS for thing in THINGS]
    names = draw(st.lists(st.sampled_from(every), min_size=3, max_size=8, unique=True))
    letters = {}
    for name in names:
        owner = draw(st.integers(0, len(roles) - 1))
        for number, role in enumerate(roles):
            letters[name, role] = "A" if number == owner else draw(st.sampled_from(["R", "C", "I", "", "-", "R"]))
    return names, roles, letters


def rendered(
    matrix: tuple[list[str], list[str], dict[tuple[str, str], str]],
    corner: str,
    *,
    title: bool,
    phase: str,
    legend: str,
) -> list[list[str]]:
    """Return the cells of a matrix in one layout."""
    names, roles, letters = matrix
    column = [["Phase"]] if phase == "column" else [[]]
    cells = [[*column[0], corner, *roles]]
    for number, name in enumerate(names):
        if phase == "rows" and number == len(names) // 2:
            cells.append(["Phase 2: Launch", *[""] * len(roles)])
        cells.append(
            [*(["Build" if number == 0 else ""] if phase == "column" else []), name, *(letters[name, r] for r in roles)]
        )
    if legend == "beside":
        for row, extra in zip(
            cells, (["", "Legend"], ["", "R", "Responsible"], ["", "A", "Accountable"]), strict=False
        ):
            row += extra
    if legend == "below":
        cells += [[], ["R", "Responsible"], ["A", "Accountable"]]
    return [["Who does what"], [], *cells] if title else cells


def as_csv(cells: list[list[str]]) -> str:
    width = max(map(len, cells))
    target = io.StringIO()
    csv.writer(target).writerows([[*row, *[""] * (width - len(row))] for row in cells])
    return target.getvalue()


@settings(max_examples=60, deadline=None)
@given(
    matrices(),
    st.booleans(),
    st.sampled_from(["", "column", "rows"]),
    st.sampled_from(["", "beside", "below"]),
    st.booleans(),
)
def test_a_matrix_in_any_layout_comes_back_or_what_is_missing_is_reported(
    matrix: tuple[list[str], list[str], dict[tuple[str, str], str]], title: bool, phase: str, legend: str, turned: bool
) -> None:
    names, roles, letters = matrix
    if turned:
        cells = rendered(
            (roles, names, {(role, name): letters[name, role] for role in roles for name in names}),
            "Role",
            title=title,
            phase="",
            legend=legend,
        )
    else:
        cells = rendered(matrix, "Activity", title=title, phase=phase, legend=legend)
    table = read(as_csv(cells))
    ids = {role: role.lower().replace(" ", "-") for role in roles}
    placed = {(row["name"], role): letter for row in table.rows for role, letter in row["raci"].items()}
    expected = {(name, ids[role]): letter for (name, role), letter in letters.items() if letter not in ("", "-")}
    assert placed.items() <= expected.items()
    missing = len(expected) - len(placed)
    told = [cell for each in table.report if not each.recognised for cell in each.cell.split(", ")]
    assert missing <= len(told)
    assert not missing


TEXTS = ("", "", "R", "A", "C", "I", "A/R", "x", "-", "S", "N", "Task", "Role", "Responsible", "Accountable", "Pick it")
SCRAPS = st.lists(
    st.lists(st.sampled_from((*TEXTS, "Operations", "Build", "1", "R = Responsible")), max_size=5), max_size=7
)


@settings(max_examples=100, deadline=None)
@given(SCRAPS)
def test_no_sheet_is_read_in_silence(cells: list[list[str]]) -> None:
    width = max(map(len, cells), default=0)
    filled = tuple(tuple(text or None for text in [*row, *[""] * (width - len(row))]) for row in cells)
    table = read_matrix([Grid(title="S", rows=filled)], ROLES, {})
    texts = {text for row in cells for text in row if text}
    assert {row["name"] for row in table.rows} <= texts
    assert bool(table.rows) == bool(table.found)
    assert table.rows or table.report or not texts
