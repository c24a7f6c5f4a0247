"""Deciding one case: what is asked for, what is refused, and what the answer says."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from approval.builders import AMOUNT, DUE, MATCH, NEW, approval, rule
from opmodel.approval.case_input import CaseInputError, input_prompt, parse_case
from opmodel.approval.decide import UndecidedError, decide, run_examples
from opmodel.approval.faults import ApprovalFault
from opmodel.approval.sentences import sentences
from opmodel.approval.table import DecisionTable, compile_table
from opmodel.model.vocabulary import OnTimeout, Outcome

CENTS = AMOUNT | {"decimals": 2, "max": Decimal(10000)}
RULES = (
    rule({"amount": "< 500", "po_match": '"matched"'}),
    rule({"amount": "< 500", "po_match": 'not("matched")'}, 2, outcome="review", checked_by="lead", within="P2D"),
    rule(
        {"amount": "[500..5000)"},
        3,
        outcome="approve",
        approved_by=[{"any": ["lead", "head"]}, {"all": ["head", "cfo"]}],
        within="PT8H",
        on_timeout="escalate",
    ),
    rule({"amount": ">= 5000"}, 4, outcome="refuse", exception="EX-01"),
)


def table(**fields: Any) -> DecisionTable:
    return compile_table(approval(**({"inputs": (CENTS, MATCH), "rules": RULES} | fields)))


def test_the_answer_names_rule_people_time_and_reason() -> None:
    decision = decide(table(), {"amount": Decimal(4999), "po_match": "partial"})
    assert (decision.row.id, decision.outcome) == ("AP-03", Outcome.APPROVE)
    assert (decision.within, decision.on_timeout, decision.reason) == ("PT8H", OnTimeout.ESCALATE, "It fits.")
    assert [([p.id for p in step.parties], step.all) for step in decision.steps] == [
        (["lead", "head"], False),
        (["head", "cfo"], True),
    ]
    chains = [[party.id for party in chain] for chain in decision.escalation]
    assert chains == [["lead", "head", "cfo"], ["head", "cfo"], ["cfo"]]
    assert [(source.id, str(c), value) for source, c, value in decision.conditions] == [
        ("amount", "[500..5000)", Decimal(4999))
    ]


def test_review_and_refusal_name_who_or_where() -> None:
    review = decide(table(), {"amount": 0, "po_match": "none"})
    assert review.checked_by is not None
    assert (review.checked_by.id, review.within) == ("lead", "P2D")
    assert decide(table(), {"amount": 5000, "po_match": "none"}).exception == "EX-01"


def test_words_are_read_as_values() -> None:
    every = table(inputs=(CENTS, MATCH, NEW, DUE))
    words = ["amount=4999.50", "po_match=partial", "new_vendor=true", "due=2026-01-31"]
    assert parse_case(every, words) == {
        "amount": Decimal("4999.50"),
        "po_match": "partial",
        "new_vendor": True,
        "due": date(2026, 1, 31),
    }


@pytest.mark.parametrize(
    ("words", "name", "expected"),
    [
        ("amount=1", "po_match", "missing; give PO match: matched, partial or none"),
        ("po_match=none", "amount", "missing; give Invoice amount in EUR"),
        ("amount=1 po_match=none amuont=2", "amuont", 'unknown input; did you mean "amount"?'),
        ("amount=1 po_match=none zz=2", "zz", "unknown input; the inputs are amount and po_match"),
        ("amount=1 po_match=Matchd", "po_match", 'found "Matchd"; did you mean "matched"?'),
        ("amount=4,999 po_match=none", "amount", 'found "4,999"; write it without separators: 4999'),
        ("amount=499EUR po_match=none", "amount", "leave out the unit, it is EUR"),
        ("amount= po_match=none", "amount", 'expected a number such as 4999 or 0.5, found ""'),
        ("amount=1e3 po_match=none", "amount", "expected a number such as 4999"),
        ("amount=NaN po_match=none", "amount", "expected a number such as 4999"),
        ("amount=-1 po_match=none", "amount", "expected at least 0 EUR, found -1"),
        ("amount=10000.01 po_match=none", "amount", "expected at most 10000 EUR, found 10000.01"),
        ("amount=0.005 po_match=none", "amount", "expected at most 2 decimals, found 0.005"),
        ("amount=" + "1" * 40 + " po_match=none", "amount", "at most 34 digits"),
        ("amount=1 amount=2 po_match=none", "amount", "given twice"),
        ("amount", "amount", "expected input=value, such as amount=…"),
    ],
)
def test_a_case_that_is_not_possible_is_refused(words: str, name: str, expected: str) -> None:
    with pytest.raises(CaseInputError) as error:
        parse_case(table(), words.split(" "))
    assert expected in error.value.problems[name]


@pytest.mark.parametrize(
    ("source", "raw", "expected"),
    [
        (NEW, "yes", 'expected true or false, found "yes"; did you mean true?'),
        (NEW, "maybe", 'expected true or false, found "maybe"'),
        (DUE, "31.01.2026", "expected a day that exists, such as 2026-01-31"),
        (DUE, "2026-02-30", "expected a day that exists, such as 2026-01-31"),
        (DUE | {"min": "2026-01-01"}, "2025-12-31", "expected 2026-01-01 or later, found 2025-12-31"),
        (DUE | {"max": "2026-01-01"}, "2026-01-02", "expected 2026-01-01 or earlier, found 2026-01-02"),
        (AMOUNT, True, "expected a number, found true"),
    ],
)
def test_values_of_every_type_are_checked(source: dict[str, Any], raw: object, expected: str) -> None:
    with pytest.raises(CaseInputError) as error:
        decide(compile_table(approval([source])), {source["id"]: raw})
    assert expected in error.value.problems[source["id"]]


def test_everything_wrong_is_said_at_once() -> None:
    with pytest.raises(CaseInputError) as error:
        parse_case(table(), ["amount=x", "zz=1"])
    assert set(error.value.problems) == {"amount", "po_match", "zz"}


def test_a_sum_over_a_window_is_asked_for_as_one() -> None:
    spend = AMOUNT | {"label": "Spend", "window": {"over": "P60D", "per": "vendor"}}
    assert input_prompt(approval([spend]).inputs[0]) == "Spend in EUR, the sum per vendor over 60 days"


def test_an_unproven_table_decides_nothing_where_it_is_unclear() -> None:
    unclear = compile_table(approval([CENTS], [{"amount": "<= 5"}, {"amount": "[5..6]"}]))
    with pytest.raises(UndecidedError, match="AP-01 and AP-02 match this case"):
        decide(unclear, {"amount": 5})
    with pytest.raises(UndecidedError, match="no rule matches this case"):
        decide(unclear, {"amount": 7})


def example(amount: object, outcome: str, rule_id: str | None = None, **given: Any) -> dict[str, Any]:
    return {"given": {"amount": amount, "po_match": "matched"} | given, "outcome": outcome, "rule": rule_id}


def test_examples_that_hold_say_nothing() -> None:
    held = (example(499, "act"), example(500, "approve", "AP-03"), example(Decimal("4999.99"), "approve"))
    assert run_examples(table(examples=held)) == ()


@pytest.mark.parametrize(
    ("failing", "path", "message"),
    [
        (
            example(499, "refuse"),
            ("outcome",),
            "expected refuse, found act by AP-01, "
            'because amount 499 meets < 500 and po_match "matched" meets "matched"',
        ),
        (
            example(500, "approve", "AP-04"),
            ("rule",),
            "expected approve by AP-04, found approve by AP-03, because amount 500 meets [500..5000)",
        ),
        (example(-1, "act"), ("given", "amount"), "amount: expected at least 0 EUR, found -1"),
        (example(1, "act", zz=1), ("given", "zz"), "zz: unknown input; the inputs are amount and po_match"),
        (
            {"given": {"amount": 1}, "outcome": "act"},
            ("given",),
            "po_match: missing; give PO match: matched, partial or none",
        ),
    ],
)
def test_a_failing_example_says_what_decided(failing: dict[str, Any], path: tuple[str, ...], message: str) -> None:
    expected = ApprovalFault(("examples", 1, *path), message, "approval-example")
    assert run_examples(table(examples=(example(1, "act"), failing))) == (expected,)


def test_an_example_in_a_gap_is_not_decided() -> None:
    gap = table(rules=RULES[:2], examples=(example(500, "act"),))
    (fault,) = run_examples(gap)
    assert fault.message == "expected act, found no decision: no rule matches this case"


def test_each_rule_is_a_sentence() -> None:
    assert sentences(table()) == (
        "When the invoice amount is below 500 EUR and the PO match is matched: the agent acts alone.",
        "When the invoice amount is below 500 EUR and the PO match is not matched: "
        "the agent acts and the AP Lead checks afterwards, within 2 days.",
        "When the invoice amount is at least 500 EUR and below 5,000 EUR: the AP Lead or the Head of AP approves, "
        "then the Head of AP and the CFO approve, before the agent acts, within 8 hours each; "
        "no answer escalates from the AP Lead to the Head of AP and from the Head of AP to the CFO.",
        "When the invoice amount is at least 5,000 EUR: the agent may not act; the case goes to the exception queue.",
    )


@pytest.mark.parametrize(
    ("source", "condition", "expected"),
    [
        (CENTS, "5", "When the invoice amount is 5 EUR:"),
        (CENTS, "(1234.5..5000]", "When the invoice amount is above 1,234.5 EUR and at most 5,000 EUR:"),
        (CENTS, "< 1, > 5", "When the invoice amount is below 1 EUR or above 5 EUR:"),
        (CENTS, "not(5, 6)", "When the invoice amount is neither 5 EUR nor 6 EUR:"),
        (CENTS | {"min": None}, "< -1500.05", "When the invoice amount is below -1,500.05 EUR:"),
        (CENTS | {"min": None}, ">= -0.5", "When the invoice amount is at least -0.5 EUR:"),
        (MATCH, '"partial", "none"', "When the PO match is partial or none:"),
        (NEW, "true", "When “New vendor” is yes:"),
        (NEW, "not(true)", "When “New vendor” is no:"),
        (NEW, "true, false", "When “New vendor” is yes or no:"),
        (MATCH | {"label": "How well it matches"}, '"none"', "When “How well it matches” is none:"),
        (MATCH | {"label": "The match"}, '"none"', "When the match is none:"),
        (DUE, '>= date("2026-02-01")', "When the due date is on or after 2026-02-01:"),
        (DUE, '< date("2026-02-01")', "When the due date is before 2026-02-01:"),
        (DUE, "-", "In every case,"),
        (
            CENTS | {"label": "Spend", "window": {"over": "P60D", "per": "vendor"}},
            "< 5",
            "When “Spend”, summed per vendor over 60 days, is below 5 EUR:",
        ),
    ],
)
def test_conditions_in_words(source: dict[str, Any], condition: str, expected: str) -> None:
    (sentence,) = sentences(compile_table(approval([source], [{source["id"]: condition}])))
    assert sentence == f"{expected} the agent acts alone."


def test_under_first_later_rules_apply_otherwise() -> None:
    first = approval([CENTS], [{"amount": "< 5"}, {"amount": "< 9"}, {}], hit_policy="first")
    assert [s.split(":")[0] for s in sentences(compile_table(first))] == [
        "When the invoice amount is below 5 EUR",
        "Otherwise, when the invoice amount is below 9 EUR",
        "Otherwise, the agent acts alone.",
    ]
