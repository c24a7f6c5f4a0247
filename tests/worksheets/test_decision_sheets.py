"""Decision tables on sheets: Camunda's layouts, Drools' RuleTables, and tables of if and then."""

from pathlib import Path

import pytest

from commands.terminal import opmodel
from opmodel.worksheets.decision_import import import_decision
from opmodel.worksheets.decision_sheets import decision_tables
from opmodel.worksheets.grid import Grid, squared
from opmodel.worksheets.imported_approval import ImportedApproval
from sites import good


def read(*rows: str) -> ImportedApproval | None:
    """Return the table on a sheet whose cells are separated by bars."""
    cells = squared([[cell.strip() for cell in row.split("|")] for row in rows])
    tables = decision_tables([Grid(title="Rules", rows=cells)])
    return import_decision(tables, None, None) if tables else None


def conditions(result: ImportedApproval | None) -> list[dict[str, str]]:
    assert result
    return [rule["when"] for rule in result.data["rules"]]


def open_findings(result: ImportedApproval | None) -> list[str]:
    assert result
    return [str(finding) for finding in result.report if not finding.recognised]


def test_headings_that_say_if_and_then() -> None:
    result = read(
        "Rules for orders",
        "If amount | If region | Then approver | Comment",
        "> 1,000 | EU, UK | Director | large",
        "1000 | | rejected |",
        "[1..5) | - | Team lead |",
        "",
        "Draft of May",
    )
    assert conditions(result) == [
        {"amount": "> 1000", "region": '"EU", "UK"'},
        {"amount": "1000"},
        {"amount": "[1..5)"},
    ]
    assert result
    assert [rule["outcome"] for rule in result.data["rules"]] == ["approve", "refuse", "approve"]
    assert result.data["rules"][0]["reason"] == "large"
    assert open_findings(result) == ['Rules!A7 "Draft of May": outside of the table; not read']


def test_inputs_and_outputs_as_headings_of_groups_with_types_and_hit_policy() -> None:
    result = read(
        " | Input | | Output |",
        " | Risk | Amount | Level |",
        " | Expression | juel | Expression |",
        " | risk | ${order.amount} | level |",
        "FIRST | string | integer | string |",
        "1 | 7 | > 5 | A | checked in May",
        "2 | | | B |",
    )
    assert result
    assert conditions(result) == [{"risk": '"7"', "order_amount": "> 5"}, {}]
    assert result.data["hit_policy"] == "first"
    assert result.data["inputs"][1]["decimals"] == 0
    assert result.data["rules"][0]["reason"] == "checked in May; Level: A"
    assert [why.partition(": ")[2] for why in open_findings(result)] == [
        "an approval table has no such output; its values stand in the reasons",
        "no rule says what the agent may do: written as undecided, which the check refuses until you choose",
    ]


def test_a_hit_policy_in_the_corner() -> None:
    result = read("U | Amount | Region | Approver", "1 | < 5 | EU | Clerk", "2 | >= 5 | EU | Manager")
    assert conditions(result) == [{"Amount": "< 5", "Region": '"EU"'}, {"Amount": ">= 5", "Region": '"EU"'}]
    assert open_findings(result) == []


def test_a_rule_table_of_drools() -> None:
    result = read(
        "RuleSet | org.example",
        "",
        "RuleTable Loans",
        "NAME | CONDITION | C | CONDITION | CONDITION | PRIORITY | ACTION",
        " | $l: Loan | $l: Loan | $l: Loan | $l: Loan | |",
        ' | amount > $param | kind == "$param" | age >= $1 && age < $2 | score $param | | setApprover($param);',
        "Name | Amount | Kind | Age | Score | | Approver",
        "Big | 500 | car | 20,30 | >= 7 | 10 | Director",
        "Other | | house | | < limit | | Clerk",
    )
    assert result
    assert conditions(result) == [
        {"amount": "> 500", "kind": '"car"', "age": "[20..30)", "score": ">= 7"},
        {"kind": '"house"', "score": "< limit"},
    ]
    assert [rule["reason"] for rule in result.data["rules"]] == ["Big", "Other"]
    told = "\n".join(open_findings(result))
    assert 'F4 "PRIORITY": a setting of the engine' in told
    assert "compares with another value" in told
    assert "hit policy ALL (Drools): gives the results of all rules" in told
    assert "undecided" not in told


@pytest.mark.parametrize(
    "rows",
    [
        ("Amount | Approver", "Up to 5,000 | Manager"),
        ("Task | Workflow owner | Operations", "Pick | A | R"),
        ("Condition | Approver", "Up to 5,000 | Manager"),
        ("Input of the clerk | Amount", "a | b"),
    ],
)
def test_other_tables_are_no_decision_tables(rows: tuple[str, ...]) -> None:
    assert read(*rows) is None


def test_the_command_reads_a_sheet(tmp_path: Path) -> None:
    site = good(tmp_path / "site")
    file = tmp_path / "rules.csv"
    file.write_text("If amount,Then approver\n< 5,Clerk\n>= 5,Manager\n", encoding="utf-8")
    done = opmodel(site, "import", str(file), "--approval", "intake")
    assert "rules: 2 rules, 1 input, 1 output, hit policy UNIQUE" in done.stderr
    assert "Proven: every case has exactly one rule." in done.stderr
