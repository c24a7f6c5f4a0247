"""A value that may be missing: a case of its own, which only ``null`` and a rule without a condition match."""

from decimal import Decimal
from typing import Any

import pytest

from approval.builders import DUE, MATCH, NEW, approval, rule
from approval.test_engine import Engine
from opmodel.approval.case_input import CaseInputError, parse_case, read_case
from opmodel.approval.check import check
from opmodel.approval.conditions import Value
from opmodel.approval.decide import decide, decision_text, matching
from opmodel.approval.export import export
from opmodel.approval.proof import prove
from opmodel.approval.sentences import sentences
from opmodel.approval.table import DecisionTable, compile_table
from opmodel.compare.approval import compare_tables
from opmodel.formats.dmn import to_dmn
from opmodel.model.approval import Approval

SCORE: dict[str, Any] = {"id": "score", "type": "number", "label": "Fraud score", "min": 0, "max": 100, "decimals": 0}
MAY: dict[str, Any] = {"may_be_missing": True}


def table(source: dict[str, Any], *conditions: str, **fields: Any) -> DecisionTable:
    whens = [{source["id"]: condition} for condition in conditions]
    return compile_table(approval([source], whens, **fields))


def messages(*args: Any, **fields: Any) -> list[str]:
    return [finding.message for finding in prove(table(*args, **fields)).findings]


@pytest.mark.parametrize(
    ("source", "conditions", "expected"),
    [
        (SCORE, ["< 50", ">= 50"], []),
        (SCORE | MAY, ["< 50", ">= 50, null"], []),
        (SCORE | MAY, ["null", "not(null)"], []),
        (SCORE | MAY, ["-"], []),
        (SCORE | MAY, ["< 50", ">= 50"], ["no rule for score missing"]),
        (SCORE | MAY, ["not(7)", "7"], ["no rule for score missing"]),
        (SCORE | MAY, ["null"], ["no rule for score 0; nothing covers score not missing"]),
        (
            SCORE | MAY,
            ["< 50"],
            [
                "no rule for score 50; nothing covers score >= 50; score: `< 50` (AP-01) does not contain >= 50",
                "no rule for score missing",
            ],
        ),
        (
            SCORE | MAY,
            ["null", "-"],
            ["AP-01 and AP-02 both match score missing; AP-02 matches every case of AP-01"],
        ),
        (
            SCORE | MAY,
            ["< 50, null", ">= 50, null"],
            [
                "AP-01 and AP-02 both match score missing; score: both `< 50, null` and `>= 50, null` contain "
                "a missing value"
            ],
        ),
        (MATCH | MAY, ['"matched"', 'not("matched")'], ["no rule for po_match missing"]),
        (MATCH | MAY, ['"matched"', 'not("matched", null)'], ["no rule for po_match missing"]),
        (MATCH | MAY, ['"matched", null', 'not("matched")'], []),
    ],
)
def test_a_missing_value_is_a_case_that_rules_must_cover_once(
    source: dict[str, Any], conditions: list[str], expected: list[str]
) -> None:
    assert messages(source, *conditions) == expected


def test_a_gap_for_every_value_and_without_one_is_a_single_gap() -> None:
    amount = {"id": "amount", "type": "number", "label": "Amount", "unit": "EUR"}
    whens = [{"amount": "< 500"}, {"amount": ">= 500", "score": ">= 50, null"}]
    found = prove(compile_table(approval([amount, SCORE | MAY], whens[:1]))).findings
    assert [f.message for f in found] == [
        "no rule for amount 500 EUR, score 0; nothing covers amount >= 500 EUR; "
        "amount: `< 500` (AP-01) does not contain >= 500"
    ]
    assert not prove(
        compile_table(approval([amount, SCORE | MAY], [*whens, {"amount": ">= 500", "score": "< 50"}]))
    ).findings


@pytest.mark.parametrize(
    ("source", "condition", "words"),
    [
        (SCORE, "null", "may_be_missing: true"),
        (SCORE, "not(null)", "may_be_missing: true"),
        (NEW, "null", "every input always has a value"),
        (DUE, "null", "every input always has a value"),
        (SCORE | MAY, "NULL", "expected null, found NULL"),
        (SCORE | MAY, "None", "write null for a missing value"),
        (SCORE | MAY, "< null", "null is compared with nothing and stands alone"),
        (SCORE | MAY, "[null..5]", "null is compared with nothing and stands alone"),
        (MATCH | MAY, 'not("matched", "partial", "none")', "excludes every value"),
        (SCORE | MAY, "null 5", "expected a comma or the end"),
    ],
)
def test_null_is_written_where_a_value_may_be_missing_and_nowhere_else(
    source: dict[str, Any], condition: str, words: str
) -> None:
    (fault,) = check(approval([source], [{source["id"]: condition}])).faults[-1:]
    assert fault.rule == "approval-condition"
    assert words in fault.message


def test_the_same_text_means_another_thing_for_an_input_that_always_has_a_value() -> None:
    assert [table(source, 'not("none")').rows[0].box for source in (MATCH, MATCH | MAY, MATCH)] == [(3,), (3,), (3,)]
    assert [table(source, "-").rows[0].box for source in (MATCH, MATCH | MAY, MATCH)] == [(7,), (15,), (7,)]


def test_a_choice_of_the_word_null_cannot_be_missing() -> None:
    faults = check(approval([MATCH | MAY | {"values": ("null", "none")}])).faults
    assert [(f.path, f.rule) for f in faults if f.rule != "unused-party"] == [
        (("inputs", 0, "values", 0), "approval-domain")
    ]
    assert 'value "null" reads like a value that is missing' in str(faults)


@pytest.mark.parametrize("given", [{}, {"score": None}, {"score": "null"}])
def test_a_case_without_the_value_is_complete(given: dict[str, object]) -> None:
    made = table(SCORE | MAY, "< 50", ">= 50", "null")
    assert read_case(made, given) == {"score": None}
    assert decision_text(decide(made, given)) == "act by AP-03, because score missing meets null"


@pytest.mark.parametrize("given", [{}, {"score": None}, {"score": "null"}, {"score": ""}])
def test_a_value_that_is_always_there_must_be_given(given: dict[str, object]) -> None:
    with pytest.raises(CaseInputError, match=r"missing; give Fraud score$|expected a number"):
        read_case(table(SCORE, "-"), given)


@pytest.mark.parametrize(
    ("words", "value"), [([], None), (["score="], None), (["score=null"], None), (["score= 7 "], Decimal(7))]
)
def test_words_of_a_command_can_say_that_it_is_missing(words: list[str], value: Value) -> None:
    assert parse_case(table(SCORE | MAY, "-"), words) == {"score": value}


def test_an_empty_word_is_no_value_where_none_may_be_missing() -> None:
    with pytest.raises(CaseInputError, match="expected a number such as 4999"):
        parse_case(table(SCORE, "-"), ["score="])


def test_an_example_may_leave_the_value_out_or_give_null() -> None:
    made: dict[str, Any] = {"rules": (rule({"score": "null"}), rule({"score": "not(null)"}, 2, outcome="refuse"))}
    examples = [({}, "act"), ({"score": None}, "act"), ({"score": 7}, "refuse"), ({"score": None}, "refuse")]
    found = check(
        approval(
            [SCORE | MAY], examples=tuple({"given": given, "outcome": outcome} for given, outcome in examples), **made
        )
    ).faults
    assert [f.message for f in found if f.rule == "approval-example"] == [
        "expected refuse, found act by AP-01, because score missing meets null"
    ]


def test_an_example_gives_null_only_where_a_value_may_be_missing() -> None:
    found = check(approval([SCORE], examples=({"given": {"score": None}, "outcome": "act"},))).faults
    assert [(f.path, f.message) for f in found if f.rule == "approval-example"] == [
        (("examples", 0, "given", "score"), "score: missing; give Fraud score")
    ]


def test_sentences_say_that_a_value_is_missing() -> None:
    made = table(SCORE | MAY, "null", ">= 50, null", "not(null)", "not(7)")
    assert [text.partition(":")[0] for text in sentences(made)] == [
        "When the fraud score is missing",
        "When the fraud score is at least 50 or missing",
        "When the fraud score is not missing",
        "When the fraud score is neither 7 nor missing",
    ]


def test_engines_are_told_of_the_missing_value_and_answer_alike() -> None:
    sources = [SCORE | MAY, MATCH | MAY]
    whens = [
        {"score": "null", "po_match": 'not("none")'},
        {"score": ">= 50, null", "po_match": '"none", null'},
        {"score": "not(50)", "po_match": "not(null)"},
    ]
    made = compile_table(approval(sources, whens, hit_policy="first"))
    engine = Engine({"one": to_dmn(made, name="One", id="one")})
    for score in (None, Decimal(0), Decimal(50), Decimal(100)):
        for word in (None, *MATCH["values"]):
            values: dict[str, Value] = {"score": score, "po_match": word}
            if rows := matching(made, values):
                assert engine.answer("one", values)["rule"] == rows[0].id, values
    assert export(made)["rules"][2]["conditions"] == {"score": "not(50, null)", "po_match": "not(null)"}
    assert export(made)["inputs"][0]["may_be_missing"] is True
    assert "may_be_missing" not in export(table(SCORE, "-"))["inputs"][0]


def compared(before: Approval, after: Approval) -> tuple[list[str], list[tuple[str, str, str]]]:
    change = compare_tables(before, after)
    assert change.compared
    return list(change.inputs), [(region.cases, region.example, region.after) for region in change.regions]


def test_a_value_that_may_be_missing_from_now_on_is_a_change_of_its_own() -> None:
    before, after = table(SCORE, "-").approval, table(SCORE | MAY, "-").approval
    inputs, regions = compared(before, after)
    assert inputs == ["input score can now be missing"]
    assert [(cases, example) for cases, example, _ in regions] == [("score missing", "score missing")]
    inputs, regions = compared(after, before)
    assert inputs == ["input score can no longer be missing"]
    assert [cases for cases, *_ in regions] == ["score missing"]


def test_a_changed_answer_to_a_missing_value_names_it() -> None:
    refuse: dict[str, Any] = {"rules": (rule({"score": "null"}, outcome="refuse"), rule({"score": "not(null)"}, 2))}
    turned: dict[str, Any] = {"rules": (rule({"score": "null"}), rule({"score": "not(null)"}, 2, outcome="refuse"))}
    change = compare_tables(approval([SCORE | MAY], **refuse), approval([SCORE | MAY], **turned))
    assert sorted((region.cases, region.given) for region in change.regions) == [
        ("score missing", (("score", "null"),)),
        ("score not missing", (("score", "0"),)),
    ]


def test_an_unlimited_number_that_becomes_optional_changes_only_the_missing_case() -> None:
    free = {"id": "score", "type": "number", "label": "Fraud score"}
    _, regions = compared(table(free, "-").approval, table(free | MAY, "-").approval)
    assert [cases for cases, *_ in regions] == ["score missing"]
