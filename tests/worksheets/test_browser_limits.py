"""The page in the browser reads authority tables as the import does: rules, notes, the section, and its proof."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Page

from opmodel.adapter.theme_files import joined_script
from opmodel.approval.domain import FEEL_WORDS
from opmodel.approval.faults import TableError
from opmodel.approval.limit_words import all_phrases, limit_words
from opmodel.approval.sentences import sentences
from opmodel.approval.table import compile_table
from opmodel.model.approval import Approval
from opmodel.views.packet_form import form_data
from opmodel.worksheets.limit_approval import approval_data, rule_id
from opmodel.worksheets.limit_findings import limit_findings
from opmodel.worksheets.limit_rows import LimitRow
from opmodel.worksheets.limit_table import LimitTable, read_limit_table
from worksheets.limit_rows_at_random import limit_rows

pytestmark = pytest.mark.browser
CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "limit_tables.yml").read_text(encoding="utf-8"))
TIERS = [["Amount", "Approver"], ["up to $5,000", "Manager"], ["$5,001 to $9,999", "Director and all lower tiers"]]
TIERS += [["$10,000 and over", "CEO and all lower tiers (Board advised)"]]
READ = """([phrases, signs, reserved, tables]) => {
    const book = new PhraseBook(phrases, signs);
    const textOf = test => test ? testText({type: 'number'}, test) : '-';
    const row = ({row, column, words, limit, approvers, choices, reason, ...rule}) => ({
        id: limitRuleId({row, column, ...rule}), words, reason, choices: Object.fromEntries(choices), unit: limit.unit,
        decimals: limit.decimals, ...approvers, test: textOf(limitTest(limit)),
    });
    const made = (table, decimals) => {
        const {section, table: data} = limitApproval(table, decimals, reserved);
        const faults = tableFaults(data);
        const {findings, sentences} = provenLimits(table, decimals, reserved);
        const found = faults.length ? [] : findings.map(({kind, text}) => [kind, text]);
        return {section, faults, findings: found, sentences: faults.length ? [] : sentences};
    };
    return tables.map(rows => {
        const table = readLimitTable(book, rows);
        if (!table) return null;
        const {units, rules, inputs, notes, label, decimals, ladder, unread} = table;
        if (units.other) return units.unit + ' and ' + units.other;
        return JSON.parse(JSON.stringify({
            rules: rules.map(row), inputs: Object.fromEntries(inputs), unit: units.unit,
            label, decimals, ladder, unread,
            notes: notes.map(({why, row, column, recognised}) => [why, row, column, recognised]),
            made: rules.length ? [made(table, 2), made(table, 0)] : [],
        }, (_, value) => value instanceof Exact ? {exact: value.text} : value));
    });
}"""


def read_by_python(rows: list[list[str]]) -> Any:
    """Return what Python reads, in the form in which the browser gives it."""
    try:
        table = read_limit_table(rows)
    except ValueError as units:
        return str(units)
    if table is None:
        return None
    made = []
    for decimals in (2, 0) if table.rules else ():
        section = approval_data(table, decimals)
        made.append({"section": form_data(section), **_proven(table, section, decimals)})
    return {
        "rules": [_rule(rule) for rule in table.rules],
        "inputs": {heading: list(values) for heading, values in table.inputs.items()},
        **{"unit": table.unit, "label": table.label, "decimals": table.decimals, "ladder": table.ladder},
        "unread": table.unread,
        "notes": [[note.why, note.row, note.column, note.recognised] for note in table.notes],
        "made": made,
    }


def _proven(table: LimitTable, section: dict[str, Any], decimals: int) -> dict[str, Any]:
    approval = Approval.model_validate(section, strict=False)
    try:
        found = limit_findings(table, approval, decimals)
    except TableError as error:
        return {"faults": [fault.message for fault in error.faults], "findings": [], "sentences": []}
    words = list(sentences(compile_table(approval)))
    return {"faults": [], "findings": [[each.kind, each.text] for each in found], "sentences": words}


def _rule(rule: LimitRow) -> dict[str, Any]:
    assert rule.limit
    read: dict[str, Any] = {
        "id": rule_id(rule),
        "words": rule.words,
        "reason": rule.reason,
        "choices": dict(rule.choices),
    }
    read |= {"unit": rule.limit.unit, "test": rule.limit.test, "decimals": rule.limit.decimals}
    who = rule.approvers
    steps = [{"mode": step.mode, "titles": list(step.titles)} for step in who.steps]
    return read | {
        **{"steps": steps, "advised": list(who.advised), "lowerTiers": who.lower_tiers},
        **{"outcome": who.outcome, "doubt": who.doubt},
    }


def compare(page: Page, tables: list[list[list[str]]]) -> list[Any]:
    """Assert that the browser reads tables as Python does, and return what both read."""
    page.add_script_tag(content=joined_script("limits.js"))
    found = page.evaluate(READ, [all_phrases(), limit_words()["signs"], sorted(FEEL_WORDS), tables])
    for rows, read in zip(tables, found, strict=True):
        assert read == json.loads(json.dumps(read_by_python(rows))), rows
    return list(found)


def test_the_tables_of_the_import_are_read_alike(new_tab: Callable[[], Page]) -> None:
    compare(new_tab(), [TIERS, *(case["rows"] for case in CASES)])


@pytest.mark.slow
def test_a_thousand_tables_are_read_and_judged_alike(new_tab: Callable[[], Page]) -> None:
    found = [each for each in compare(new_tab(), list(limit_rows(1000, seed=6))) if isinstance(each, dict)]
    kinds = [kind for each in found for made in each["made"][:1] for kind, _ in made["findings"]]
    assert len(found) > 800
    assert min(map(kinds.count, ("hole", "double", "never"))) > 20
    assert sum(bool(each["made"]) and not each["made"][0]["findings"] for each in found) > 20
