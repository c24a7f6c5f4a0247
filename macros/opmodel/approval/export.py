"""A table as JSON data, for the published documents and for the form that decides in the browser."""

from datetime import date
from typing import Any

from opmodel.approval.case_input import input_prompt
from opmodel.approval.conditions import Bound, Condition, Equal, Test, Value, may_be_missing
from opmodel.approval.decide import escalation_chain
from opmodel.approval.sentences import RuleText, cached_for_last_table, rule_texts
from opmodel.approval.table import CompiledRule, DecisionTable
from opmodel.model.approval import ApprovalRule, BooleanInput, ChoiceInput, Input, NumberInput, Party
from opmodel.model.values import plain
from opmodel.model.vocabulary import OnTimeout

SECTION_SPACE = "urn:opmodel:approval"
"""The namespace of the element of a DMN file that holds the whole approval section as JSON."""


@cached_for_last_table
def export(table: DecisionTable) -> dict[str, Any]:
    """Return ``table`` as plain data. Numbers and days are text, so that no JSON parser rounds them.

    ``hit_policy``, ``inputs`` (id, type, label, asks, and unit, min, max, decimals, window or values, and
    may_be_missing where that is so), and ``rules``
    (id, ``when`` with the tests of each input that matters, ``conditions`` in S-FEEL, outcome, reason, sentence, and
    who answers and who is told).
    """
    parties = {party.id: party for party in table.approval.parties}
    return {
        "hit_policy": str(table.hit_policy),
        "inputs": [_input(source) for source in table.inputs],
        "rules": [_rule(table, row, words, parties) for row, words in zip(table.rows, rule_texts(table), strict=True)],
    }


def _input(source: Input) -> dict[str, Any]:
    data: dict[str, Any] = {"id": source.id, "type": source.type, "label": source.label, "asks": input_prompt(source)}
    if may_be_missing(source):
        data["may_be_missing"] = True
    if isinstance(source, ChoiceInput):
        return data | {"values": list(source.values)}
    if isinstance(source, BooleanInput):
        return data
    data |= {"min": _text(source.min), "max": _text(source.max)}
    if isinstance(source, NumberInput):
        window = source.window and {"over": str(source.window.over), "per": source.window.per}
        data |= {"unit": source.unit, "decimals": source.decimals, "window": window}
    return data


def _rule(table: DecisionTable, row: CompiledRule, words: RuleText, parties: dict[str, Party]) -> dict[str, Any]:
    limited = [(s, c) for s, c in zip(table.inputs, row.conditions, strict=True) if c.tests]
    rule = row.rule
    return {
        "id": rule.id,
        "when": {source.id: _condition(condition) for source, condition in limited},
        "conditions": {source.id: str(condition) for source, condition in limited},
        "outcome": str(rule.outcome),
        "outcome_label": rule.outcome.label,
        "outcome_meaning": rule.outcome.meaning,
        "reason": rule.reason,
        "sentence": words.sentence,
        "answer": words.answer,
        "who_text": words.who,
        "timeout_text": words.timeout or None,
        "approved_by": [{"all" if s.all else "any": [_party(p, parties) for p in s.parties]} for s in rule.approved_by],
        "checked_by": _party(rule.checked_by, parties) if rule.checked_by else None,
        "within": rule.within and str(rule.within),
        "no_limit_reason": rule.no_limit_reason,
        "within_words": rule.within and rule.within.words,
        "on_timeout": rule.on_timeout and str(rule.on_timeout),
        "escalation": _escalation(table, rule, parties),
        "exception": rule.exception,
        "advised": [_party(name, parties) for name in rule.advised],
        "informed": [_party(name, parties) for name in rule.informed],
        "told_text": words.told or None,
    }


def _escalation(table: DecisionTable, rule: ApprovalRule, parties: dict[str, Party]) -> list[list[dict[str, str]]]:
    if rule.on_timeout is not OnTimeout.ESCALATE:
        return []
    chains = (escalation_chain(table.approval, parties[name]) for name in rule.approvers if name in parties)
    return [[_party(party.id, parties) for party in chain] for chain in chains]


def _party(name: str, parties: dict[str, Party]) -> dict[str, str]:
    return {"id": name, "title": parties[name].title if name in parties else name}


def _condition(condition: Condition) -> dict[str, Any]:
    return {"not": condition.negated, "tests": [_test(test) for test in condition.tests]}


def _test(test: Test) -> dict[str, Any]:
    if isinstance(test, Equal):
        return {"equal": _text(test.value)}
    return {"low": _end(test.low), "high": _end(test.high)}


def _end(bound: Bound | None) -> dict[str, Any] | None:
    return {"value": _text(bound.value), "closed": bound.closed} if bound else None


def _text(value: Value | None) -> str | bool | None:
    if value is None or isinstance(value, bool | str):
        return value
    return value.isoformat() if isinstance(value, date) else plain(value)
