"""Faults of form and duty: each is found where it is, and a sound model has none."""

from typing import Any

import pytest

from approval.builders import AMOUNT, MATCH, PARTIES, approval, rule
from opmodel.approval.check import check_form
from opmodel.approval.faults import Path

APPROVE: dict[str, Any] = {
    "outcome": "approve",
    "approved_by": [{"any": ["lead"]}],
    "within": "PT8H",
    "on_timeout": "escalate",
}


def faults(**fields: Any) -> list[tuple[Path, str, str]]:
    """The faults of a sound model with ``fields`` changed: place, message, rule."""
    sound: dict[str, Any] = {"inputs": (AMOUNT, MATCH), "rules": (rule({}, **APPROVE),)}
    return [fault[:3] for fault in check_form(approval(**(sound | fields)))]


def only(**fields: Any) -> tuple[Path, str, str]:
    (fault,) = faults(**fields)
    return fault


def parties(*changes: dict[str, Any]) -> tuple[dict[str, Any], ...]:
    """The usual parties with some changed or added, by id."""
    by_id = {party["id"]: party for party in PARTIES}
    for change in changes:
        by_id[change["id"]] = by_id.get(change["id"], {"title": change["id"]}) | change
    return tuple(by_id.values())


def test_a_sound_model_has_no_faults() -> None:
    assert faults() == []


@pytest.mark.parametrize(
    ("change", "path", "words"),
    [
        ({"min": 5, "max": 4}, ("min",), "min 5 is above max 4"),
        ({"decimals": 2, "min": "0.005"}, ("min",), "min 0.005 has more than the 2 decimals that a value can have"),
        ({"max": "1E+40"}, ("max",), "max has more than 34 digits"),
        ({"unit": "EUX"}, ("unit",), "not one of ISO 4217; did you mean"),
        ({"window": {"over": "P0D", "per": "vendor"}}, ("window", "over"), "a window of P0D holds nothing"),
        ({"id": "or"}, ("id",), '"or" is a word of FEEL'),
    ],
)
def test_domains_of_numbers(change: dict[str, Any], path: Path, words: str) -> None:
    where, message, rule_id = only(inputs=(AMOUNT | change,))
    assert (where, rule_id) == (("inputs", 0, *path), "approval-domain")
    assert words in message


@pytest.mark.parametrize("unit", ["EUR", "items", "per cent", "kWh", None])
def test_units_that_are_no_currency_codes_are_left_alone(unit: str | None) -> None:
    assert faults(inputs=(AMOUNT | {"unit": unit},)) == []


def test_domains_of_choices_and_days() -> None:
    assert only(inputs=(MATCH | {"values": ("a", "b", "a")},)) == (
        ("inputs", 0, "values", 2),
        'value "a" is listed twice',
        "approval-domain",
    )
    due = {"id": "due", "type": "date", "label": "Due", "min": "2026-02-01", "max": "2026-01-01"}
    assert only(inputs=(due,))[1] == "min 2026-02-01 is after max 2026-01-01"


@pytest.mark.parametrize(
    ("fields", "where", "message"),
    [
        ({"inputs": (AMOUNT, AMOUNT)}, ("inputs", 1, "id"), 'input "amount" is declared twice; the first is number 1'),
        (
            {"rules": (rule({}, **APPROVE), rule({}, **APPROVE))},
            ("rules", 1, "id"),
            "id AP-01 is taken by AP-01, number 1 in rules",
        ),
        (
            {"parties": (*PARTIES, {"id": "Lead", "title": "Other", "escalates_to": "head"})},
            ("parties", 4, "id"),
            "id Lead is taken by lead, number 2 in parties",
        ),
    ],
)
def test_ids_are_given_once(fields: dict[str, Any], where: Path, message: str) -> None:
    assert (where, message, "duplicate-id") in faults(**fields)


@pytest.mark.parametrize(
    ("fields", "where", "words"),
    [
        ({"outcome": "approve"}, ("outcome",), 'outcome "approve" needs approved_by, within and on_timeout'),
        ({"outcome": "review", "within": "P2D"}, ("outcome",), 'outcome "review" needs checked_by'),
        ({"outcome": "act", "within": "P2D"}, ("within",), 'outcome "act" has no within; leave it out'),
        ({"outcome": "act", "checked_by": "lead"}, ("checked_by",), 'outcome "act" has no checked_by'),
        ({"outcome": "refuse", "on_timeout": "refuse"}, ("on_timeout",), 'outcome "refuse" has no on_timeout'),
        ({"outcome": "act", "exception": "x"}, ("exception",), 'outcome "act" has no exception'),
        (APPROVE | {"within": "PT0S"}, ("within",), "found PT0S, which is no time"),
        (APPROVE | {"approved_by": [{}]}, ("approved_by", 0), "expected one of any and all in a step, found neither"),
        (
            APPROVE | {"approved_by": [{"any": ["lead"], "all": ["head"]}]},
            ("approved_by", 0),
            "expected one of any and all in a step, found both",
        ),
        (APPROVE | {"approved_by": [{"all": ["lead", "lead"]}]}, ("approved_by", 0, "all", 1), "lead is named twice"),
    ],
)
def test_each_outcome_has_what_it_needs_and_no_more(fields: dict[str, Any], where: Path, words: str) -> None:
    found = [fault for fault in faults(rules=(rule({}, **fields),)) if fault[2] != "unused-party"]
    ((path, message, rule_id),) = found
    assert (path, rule_id) == (("rules", 0, *where), "approval-outcome")
    assert words in message


def test_refusal_may_name_its_case() -> None:
    refusal = rule({}, 2, outcome="refuse", exception="EX-01")
    assert faults(rules=(rule({}, **APPROVE), refusal)) == []


@pytest.mark.parametrize(
    ("fields", "where", "words"),
    [
        (
            {"rules": (rule({}, **APPROVE | {"approved_by": [{"any": ["lead", "clerk"]}], "on_timeout": "refuse"}),)},
            ("rules", 0, "approved_by", 0, "any", 1),
            "AP-01 is approved by clerk, which starts the case",
        ),
        (
            {"rules": (rule({}, **APPROVE), rule({}, 2, outcome="review", checked_by="clerk", within="P1D"))},
            ("rules", 1, "checked_by"),
            "AP-02 is checked by clerk, which starts the case",
        ),
        (
            {"parties": parties({"id": "lead", "title": "ap clerk"})},
            ("rules", 0, "approved_by", 0, "any", 0),
            "the same title as clerk",
        ),
        (
            {"parties": parties({"id": "clerk", "role": "operations"}, {"id": "head", "role": "operations"})},
            ("parties", 1, "escalates_to"),
            'lead escalates to head, which holds the same role as clerk, "operations"',
        ),
        (
            {"parties": parties({"id": "lead", "title": "The agent"})},
            ("rules", 0, "approved_by", 0, "any", 0),
            "an agent never approves",
        ),
        (
            {"parties": parties({"id": "cfo", "escalates_to": "clerk"})},
            ("parties", 3, "escalates_to"),
            "cfo escalates to clerk, which starts the case",
        ),
        (
            {"parties": parties({"id": "lead", "delegate": {"to": "clerk", "at_most": "P14D"}})},
            ("parties", 1, "delegate", "to"),
            "lead is stood in for by clerk, which starts the case",
        ),
    ],
)
def test_nobody_controls_their_own_case(fields: dict[str, Any], where: Path, words: str) -> None:
    path, message, rule_id = only(**fields)
    assert (path, rule_id) == (where, "separation-of-duties")
    assert words in message


def test_a_purchasing_agent_is_a_person() -> None:
    assert faults(parties=parties({"id": "lead", "title": "Purchasing agent"})) == []


def test_escalation_needs_somebody_to_go_to() -> None:
    path, message, rule_id = only(rules=(rule({}, **APPROVE | {"approved_by": [{"any": ["lead"]}, {"all": ["cfo"]}]}),))
    assert (path, rule_id) == (("rules", 0, "on_timeout"), "escalation-ends")
    assert message == "AP-01 escalates when time runs out, but cfo has no escalates_to"


def test_escalation_never_turns_in_a_circle_and_one_circle_is_one_fault() -> None:
    path, message, rule_id = only(parties=parties({"id": "cfo", "escalates_to": "lead"}))
    assert (path, rule_id) == (("parties", 3, "escalates_to"), "escalation-ends")
    assert message == "escalation turns in a circle: cfo to lead to head to cfo; it must end at someone"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ([{"id": "lead", "delegate": {"to": "lead", "at_most": "P9D"}}], "lead stands in for itself"),
        ([{"id": "lead", "delegate": {"to": "head", "at_most": "P0D"}}], "found P0D, which is no time"),
    ],
)  # fmt: skip
def test_a_stand_in_is_somebody_else_for_some_time(changes: list[dict[str, Any]], words: str) -> None:
    path, message, rule_id = only(parties=parties(*changes))
    assert (path[:3], rule_id) == (("parties", 1, "delegate"), "delegation-limit")
    assert words in message


def test_parties_without_a_part_are_named() -> None:
    extra = ({"id": "x", "title": "X", "escalates_to": "y"}, {"id": "y", "title": "Y"})
    found = faults(parties=(*PARTIES, *extra))
    assert [(path, rule_id) for path, _, rule_id in found] == [
        (("parties", 4, "id"), "unused-party"),
        (("parties", 5, "id"), "unused-party"),
    ]


def test_unknown_parties_are_left_to_the_check_of_references() -> None:
    unknown = APPROVE | {"approved_by": [{"any": ["nobody", "lead"]}]}
    assert faults(rules=(rule({}, **unknown),), parties=parties({"id": "cfo", "escalates_to": "gone"})) == []
