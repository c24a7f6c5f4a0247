"""The approval section that this program keeps in its own DMN files, taken back with what was changed in the table."""

import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

from opmodel.approval.conditions import ANYTHING, Condition
from opmodel.approval.sfeel import SfeelError, parse
from opmodel.approval.tiers import full_rules
from opmodel.model.approval import Approval, ApprovalRule
from opmodel.worksheets.decision_outcomes import EXPORTED_OUTPUTS, OutputReader
from opmodel.worksheets.decision_source import SourceRule, SourceTable, SourceText
from opmodel.worksheets.feel_tests import NoCounterpart, read_condition
from opmodel.worksheets.grid import Unplaced
from opmodel.worksheets.yaml_writer import plain_data


def exported_section(table: SourceTable, report: list[Unplaced]) -> dict[str, Any]:
    """Return the section that was exported with a table, with what was changed in the table since.

    Empty if it is damaged, or if the table has other inputs or rules by now; the report says so.
    """
    kept = _kept(table.exported)
    if kept is None:
        report.append(_finding(table, "the approval section in this file is damaged, so only its table is read"))
        return {}
    outputs = OutputReader(table)
    rules = {rule.id: rule for rule in kept.rules}
    read = {outputs.read(rule).id: rule for rule in table.rules}
    if list(read) != list(rules) or len(kept.inputs) != len(table.inputs) or len(read) != len(table.rules):
        why = "inputs or rules were added, moved or taken out after the export, so only the table is read"
        report.append(_finding(table, why))
        return {}
    data: dict[str, Any] = plain_data(kept)
    for row, full, source in zip(data["rules"], full_rules(kept), table.rules, strict=True):
        _update(outputs, kept, row, full, source, report)
    if table.policy.lower() in ("unique", "first") and table.policy.lower() != kept.hit_policy:
        data["hit_policy"] = table.policy.lower()
        report.append(_finding(table, f"the hit policy was changed to {table.policy.lower()} after the export"))
    return data


def _kept(text: str) -> Approval | None:
    """Return the record of a kept section, or None if it is damaged. Its JSON holds exact numbers as text."""
    try:
        data = json.loads(text)
        numbers = [source for source in data["inputs"] if source["type"] == "number"]
        for source in numbers:
            source |= {key: Decimal(source[key]) for key in ("min", "max") if source.get(key) is not None}
        names = {source["id"] for source in numbers}
        for example in data.get("examples", ()):
            given = example["given"]
            given |= {name: Decimal(given[name]) for name in names & given.keys() if given[name] is not None}
        return Approval.model_validate(data, strict=False)
    except (ValueError, KeyError, TypeError, AttributeError, ArithmeticError, RecursionError):
        return None


def _update(
    outputs: OutputReader,
    kept: Approval,
    row: dict[str, Any],
    full: ApprovalRule,
    source: SourceRule,
    report: list[Unplaced],
) -> None:
    """Take over what was changed in a rule of the table; ``full`` is the rule with every approver, as exported."""
    table = outputs.table
    for column, text in zip(kept.inputs, source.conditions, strict=True):
        old = row["when"].get(column.id, "-")
        try:
            new = read_condition(text)
        except NoCounterpart as none:
            report.append(_finding(table, str(none), text.place, text.text))
            row["when"][column.id] = " ".join(text.text.split())
            continue
        if new != _condition(old):
            row["when"][column.id] = str(new)
            report.append(_finding(table, f"{row['id']}: changed after the export", text.place, text.text, noted=True))
    found = outputs.read(replace(source, remarks=()))
    for key, value in (("outcome", found.outcome), ("reason", found.reason)):
        if value != row[key]:
            row[key] = value
            report.append(_finding(table, f"{row['id']}: {key} changed after the export", source.place, value))
    for name, result in zip((column.expression.text for column in table.outputs), source.results, strict=True):
        if name in (*EXPORTED_OUTPUTS, "within"):
            _take_over(table, row, full, name, result, report)


def _take_over(
    table: SourceTable,
    row: dict[str, Any],
    exported: ApprovalRule,
    output: str,
    result: SourceText,
    report: list[Unplaced],
) -> None:
    """Take over an output that says one field of a rule as data, if it differs from what was exported."""
    key = "approved_by" if output == "steps" else output
    try:
        value = json.loads(result.text or "null") or None
        if value and output == "steps":
            value = [{step["need"]: step["parties"]} for step in value]
    except (ValueError, KeyError, TypeError):
        report.append(_finding(table, f"{row['id']}: expected {output} as data", result.place, result.text))
        return
    if value != (plain_data(exported).get(key) or None):
        row.pop(key, None)
        row |= {key: value} if value else {}
        report.append(_finding(table, f"{row['id']}: {output} changed after the export", result.place, result.text))


def _condition(text: str) -> Condition:
    try:
        return parse(text, null=True)
    except SfeelError:
        return ANYTHING


def _finding(table: SourceTable, why: str, place: str = "", value: str = "", *, noted: bool = False) -> Unplaced:
    return Unplaced(sheet=table.sheet, cell=place, value=value, why=why, recognised=noted)
