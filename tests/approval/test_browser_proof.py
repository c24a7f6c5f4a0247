"""The proof in the browser finds what Python's finds, in the same words."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from approval.limit_tables import limit_tables
from opmodel.adapter.theme_files import joined_script
from opmodel.approval.conditions import value_text
from opmodel.approval.export import export
from opmodel.approval.findings import ProofFinding
from opmodel.approval.proof import prove
from opmodel.approval.sentences import sentences
from opmodel.approval.table import DecisionTable, compile_table

pytestmark = pytest.mark.browser
TABLES = 1000
PROVE = """tables => tables.map(data => {
    const table = compileTable(data);
    const limited = box => table.axes.filter((_, number) => box[number] !== table.space[number]);
    const shown = (axis, mask) => [axis.input.id, conditionText(axis.input, axis.condition(mask))];
    const where = box => Object.fromEntries(limited(box).map(axis => shown(axis, box[table.axes.indexOf(axis)])));
    const literals = example => table.inputs.map(input => [input.id, literalText(input, example[input.id])]);
    return proveTable(table).map(({rule, message, rows, example, box}) => ({
        rule, message, rows, where: box && where(box), example: example && Object.fromEntries(literals(example)),
    }));
})"""


def expected(finding: ProofFinding) -> dict[str, Any]:
    """Return what the script gives for a finding."""
    return {
        "rule": finding.rule,
        "message": finding.message,
        "rows": [row.number for row in finding.rows],
        "example": finding.example and {name: value_text(value) for name, value in finding.example.items()},
        "where": None if finding.where is None else {name: str(each) for name, each in finding.where.items()},
    }


def in_browser(page: Page, code: str, tables: list[DecisionTable]) -> Any:
    """Return what a function of the script says of the data of tables."""
    page.add_script_tag(content=joined_script("limits.js"))
    return page.evaluate(code, [json.loads(json.dumps(export(table))) for table in tables])


@pytest.mark.slow
def test_a_thousand_tables_are_judged_as_python_judges_them(new_tab: Callable[[], Page]) -> None:
    tables = list(limit_tables(TABLES, seed=18))
    found = in_browser(new_tab(), PROVE, tables)
    proofs = [[expected(finding) for finding in prove(table).findings] for table in tables]
    assert found == proofs
    kinds = [{finding["rule"] for finding in proof} for proof in proofs]
    assert sum("approval-gap" in each for each in kinds) > TABLES / 4
    assert sum("approval-overlap" in each for each in kinds) > TABLES / 4
    assert sum("approval-unreachable" in each for each in kinds) > TABLES / 20
    assert sum(not each for each in kinds) > TABLES / 50


SENTENCES = "tables => tables.map(table => table.rules.map(rule => `${whenText(table, rule)} ${rule.answer}`))"


def test_conditions_are_put_into_the_words_of_python(new_tab: Callable[[], Page]) -> None:
    tables = list(limit_tables(200, seed=6))
    labels = ["The amount", "PO match", "the \u00dcberweisung", "Is it urgent", "X value", "iPhone orders", "ISBN"]
    for label, each in zip(labels, tables, strict=False):
        first = each.inputs[0].model_copy(update={"label": label})
        tables.append(compile_table(each.approval.model_copy(update={"inputs": (first, *each.inputs[1:])})))
    assert in_browser(new_tab(), SENTENCES, tables) == [list(sentences(table)) for table in tables]
