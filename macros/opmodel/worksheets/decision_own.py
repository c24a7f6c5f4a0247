"""The approval section that this program keeps in its own DMN files, taken back with what was changed in the table."""

import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

from opmodel.approval.conditions import ANYTHING, Condition
from opmodel.approval.sfeel import SfeelError, parse
from opmodel.model.approval import Approval
from opmodel.worksheets.decision_outcomes import OutputReader
from opmodel.worksheets.decision_source import SourceRule, SourceTable
from opmodel.worksheets.feel_tests import NoCounterpart, read_condition
from opmodel.worksheets.grid import Unplaced
from opmodel.worksheets.yaml_writer import plain_data


def own_section(table: SourceTable, report: list[Unplaced]) -> dict[str, Any]:
    """Return the section that a file of this program keeps; empty if the table has other inputs or rules by now."""
    kept = _kept(table.own)
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
    for row, source in zip(data["rules"], table.rules, strict=True):
        _update(outputs, kept, row, source, report)
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
    outputs: OutputReader, kept: Approval, row: dict[str, Any], source: SourceRule, report: list[Unplaced]
) -> None:
    """Take over what was changed in a rule of the table."""
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


def _condition(text: str) -> Condition:
    try:
        return parse(text, null=True)
    except SfeelError:
        return ANYTHING


def _finding(table: SourceTable, why: str, place: str = "", value: str = "", *, noted: bool = False) -> Unplaced:
    return Unplaced(sheet=table.sheet, cell=place, value=value, why=why, recognised=noted)
