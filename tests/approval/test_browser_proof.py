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
from opmodel.approval.table import DecisionTable

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


def browser_findings(page: Page, tables: list[DecisionTable]) -> Any:
    page.add_script_tag(content=joined_script("limits.js"))
    return page.evaluate(PROVE, [json.loads(json.dumps(export(table))) for table in tables])


@pytest.mark.slow
def test_a_thousand_tables_are_judged_as_python_judges_them(new_tab: Callable[[], Page]) -> None:
    tables = list(limit_tables(TABLES, seed=18))
    found = browser_findings(new_tab(), tables)
    proofs = [[expected(finding) for finding in prove(table).findings] for table in tables]
    assert found == proofs
    kinds = [{finding["rule"] for finding in proof} for proof in proofs]
    assert sum("approval-gap" in each for each in kinds) > TABLES / 4
    assert sum("approval-overlap" in each for each in kinds) > TABLES / 4
    assert sum(not each for each in kinds) > TABLES / 50
