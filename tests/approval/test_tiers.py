"""Cumulative tiers, said once for a table, and parties that are told."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from approval.builders import AMOUNT, approval, rule
from opmodel.approval.check import check_form
from opmodel.approval.decide import decide
from opmodel.approval.export import export
from opmodel.approval.sentences import sentences
from opmodel.approval.table import compile_table
from opmodel.approval.tiers import full_rules
from opmodel.compare.answers import AnswerDirection
from opmodel.compare.approval import compare_tables
from opmodel.formats.dmn import to_dmn
from opmodel.model.approval import Approval

TIERS = ("lead", "head", "cfo")


def asks(*steps: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return rule({}, outcome="approve", approved_by=steps, within="P1D", on_timeout="refuse", **fields)


def tiered(*steps: dict[str, Any], tiers: tuple[str, ...] = TIERS, **fields: Any) -> Approval:
    return approval([AMOUNT], rules=(asks(*steps, **fields),), cumulative_tiers=tiers)


def steps(model: Approval) -> list[tuple[str, ...]]:
    (full,) = full_rules(model)
    return [step.parties for step in full.approved_by]


def test_lower_tiers_approve_first() -> None:
    model = tiered({"any": ["cfo"]})
    assert steps(model) == [("lead",), ("head",), ("cfo",)]
    assert model.rules[0].approvers == ("cfo",)


def test_the_lowest_tier_and_parties_outside_the_tiers_approve_alone() -> None:
    assert steps(tiered({"any": ["lead"]})) == [("lead",)]
    assert steps(tiered({"any": ["cfo"]}, tiers=("lead", "head"))) == [("cfo",)]


def test_a_tier_that_a_rule_names_keeps_its_place() -> None:
    assert steps(tiered({"any": ["head"]}, {"any": ["cfo"]})) == [("lead",), ("head",), ("cfo",)]
    assert steps(tiered({"all": ["lead", "cfo"]})) == [("head",), ("lead", "cfo")]
    assert steps(tiered({"any": ["cfo"]}, {"any": ["lead"]})) == [("head",), ("cfo",), ("lead",)]


PARTY = st.sampled_from(("lead", "head", "cfo"))
STEP = st.one_of(
    st.lists(PARTY, min_size=1, max_size=3, unique=True).map(lambda names: {"all": tuple(names)}),
    PARTY.map(lambda name: {"any": (name,)}),
)


@given(st.lists(STEP, min_size=1, max_size=3), st.permutations(TIERS))
def test_every_tier_below_one_that_is_named_approves_and_what_was_written_stays(
    written: list[dict[str, Any]], tiers: list[str]
) -> None:
    model = tiered(*written, tiers=tuple(tiers))
    (full,) = full_rules(model)
    named = {party for step in model.rules[0].approved_by for party in step.parties}
    highest = max(tiers.index(party) for party in named)
    assert set(full.approvers) == named | set(tiers[:highest])
    assert [step for step in full.approved_by if step in model.rules[0].approved_by] == list(model.rules[0].approved_by)
    once = approval([AMOUNT], rules=(full,), cumulative_tiers=tuple(tiers))
    assert full_rules(once) == (full,)


def test_sentence_decision_data_and_dmn_name_every_approver() -> None:
    table = compile_table(tiered({"any": ["cfo"]}))
    people = "the AP Lead approves, then the Head of AP approves, then the CFO approves"
    assert people in sentences(table)[0]
    assert [party.id for step in decide(table, {"amount": 1}).steps for party in step.parties] == list(TIERS)
    assert [party["id"] for step in export(table)["rules"][0]["approved_by"] for party in step["any"]] == list(TIERS)
    assert people in to_dmn(table, name="Intake", id="intake").decode()


def test_tiers_said_once_and_written_out_are_the_same_answer() -> None:
    written = approval([AMOUNT], rules=(asks({"any": ["lead"]}, {"any": ["head"]}, {"any": ["cfo"]}),))
    change = compare_tables(written, tiered({"any": ["cfo"]}))
    assert (change.compared, change.regions) == (True, ())


def found(model: Approval) -> list[tuple[Any, str, str]]:
    return [(fault.path, fault.rule, fault.message) for fault in check_form(model)]


def test_a_sound_model_with_tiers_and_told_parties_has_no_fault() -> None:
    assert found(tiered({"any": ["head"]}, informed=["cfo"])) == []


def test_a_choice_between_tiers_does_not_say_how_far_up_it_goes() -> None:
    ((path, rule_id, message),) = found(tiered({"any": ["lead", "cfo"]}))
    assert (path, rule_id) == (("rules", 0, "approved_by", 0, "any"), "approval-outcome")
    assert message.startswith("AP-01: any one of the tiers lead and cfo is enough here")


def test_a_tier_is_listed_once_and_never_starts_the_case() -> None:
    assert [each[:2] for each in found(tiered({"any": ["cfo"]}, tiers=("lead", "head", "lead", "cfo")))] == [
        (("cumulative_tiers", 2), "approval-outcome")
    ]
    ((path, rule_id, message),) = found(tiered({"any": ["cfo"]}, tiers=("clerk", *TIERS)))
    assert (path, rule_id) == (("cumulative_tiers", 0), "separation-of-duties")
    assert message.startswith("a cumulative tier is clerk, which starts the case")


def test_every_tier_that_approves_needs_somebody_to_escalate_to() -> None:
    model = approval(
        [AMOUNT],
        rules=(asks({"any": ["head"]}) | {"on_timeout": "escalate"},),
        cumulative_tiers=("cfo", "head"),
    )
    assert [message for _, rule_id, message in found(model) if rule_id == "escalation-ends"] == [
        "AP-01 escalates when time runs out, but cfo has no escalates_to"
    ]


def test_who_is_told_stands_in_sentence_answer_and_data() -> None:
    table = compile_table(tiered({"any": ["lead"]}, advised=["head", "cfo"], informed=["clerk"], tiers=()))
    told = "the Head of AP and the CFO are told before the agent acts; the AP Clerk is told afterwards"
    assert sentences(table) == (
        f"In every case, the AP Lead approves first, within 1 day; no answer refuses the case; {told}.",
    )
    (data,) = export(table)["rules"]
    assert data["told_text"] == told
    assert [party["id"] for party in data["advised"]] == ["head", "cfo"]
    decision = decide(table, {"amount": 1})
    assert [party.title for party in decision.advised] == ["Head of AP", "CFO"]
    assert [party.title for party in decision.informed] == ["AP Clerk"]


def test_an_act_may_be_told_of_and_a_refusal_only_afterwards() -> None:
    parties = ({"id": "clerk", "title": "AP Clerk"}, {"id": "cfo", "title": "CFO"})
    (sentence,) = sentences(compile_table(approval([AMOUNT], rules=(rule({}, advised=["cfo"]),))))
    assert sentence == "In every case, the agent acts alone; the CFO is told before the agent acts."
    refused = approval([AMOUNT], rules=(rule({}, outcome="refuse", advised=["cfo"]),), parties=parties)
    assert found(refused) == [
        (("rules", 0, "advised"), "approval-outcome", 'AP-01: outcome "refuse" has no advised; leave it out')
    ]
    after = approval([AMOUNT], rules=(rule({}, outcome="refuse", informed=["cfo"]),), parties=parties)
    assert found(after) == []


@pytest.mark.parametrize(
    ("fields", "path"),
    [
        ({"advised": ["cfo", "cfo"]}, ("rules", 0, "advised", 1)),
        ({"advised": ["cfo"], "informed": ["head", "cfo"]}, ("rules", 0, "informed", 1)),
    ],
)
def test_nobody_is_told_twice(fields: dict[str, Any], path: tuple[Any, ...]) -> None:
    ((where, rule_id, message),) = found(tiered({"any": ["cfo"]}, **fields))
    assert (where, rule_id) == (path, "approval-outcome")
    assert message == "AP-01: cfo is told twice; name it once, under advised or under informed"


def test_others_who_are_told_are_a_change_of_their_own() -> None:
    before = tiered({"any": ["lead"]})
    (region,) = compare_tables(before, tiered({"any": ["lead"]}, advised=["cfo"])).regions
    assert region.direction is AnswerDirection.TOLD
    assert region.before == "approve by the AP Lead (1 day; no answer: refused)"
    assert region.after == f"{region.before}; the CFO is told before the agent acts"
    (moved,) = compare_tables(
        tiered({"any": ["lead"]}, advised=["cfo"]), tiered({"any": ["lead"]}, informed=["cfo"])
    ).regions
    assert moved.direction is AnswerDirection.TOLD
