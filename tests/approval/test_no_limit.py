"""Approvals and checks without a time limit: said with a reason, and never invented."""

from typing import Any

import pytest

from approval.builders import AMOUNT, approval, rule
from opmodel.approval.check import check_form
from opmodel.approval.decide import decide
from opmodel.approval.export import export
from opmodel.approval.sentences import sentences
from opmodel.approval.table import compile_table
from opmodel.compare.answers import AnswerDirection
from opmodel.compare.approval import compare_tables
from opmodel.formats.dmn import to_dmn
from opmodel.model.approval import Approval

ASK: dict[str, Any] = {
    "outcome": "approve",
    "approved_by": [{"any": ["lead"]}, {"any": ["head"]}],
    "informed": ["cfo"],
}
ENDLESS = {"within": "none", "no_limit_reason": "The rules name no time."}
PARTIES = ({"id": "clerk", "title": "AP Clerk"}, *({"id": p, "title": p.title()} for p in ("lead", "head", "cfo")))


def model(**fields: Any) -> Approval:
    return approval([AMOUNT], rules=(rule({}, **ASK | fields),), parties=PARTIES)


def messages(found: Approval) -> list[tuple[Any, str]]:
    return [(fault.path, fault.message) for fault in check_form(found)]


def test_a_rule_without_a_time_limit_is_sound_with_a_reason() -> None:
    table = compile_table(model(**ENDLESS))
    assert messages(table.approval) == []
    (sentence,) = sentences(table)
    assert sentence == (
        "In every case, the Lead approves, then the Head approves, before the agent acts, without a time limit; "
        "silence has no end; the Cfo is told afterwards."
    )
    (data,) = export(table)["rules"]
    assert (data["within"], data["within_words"], data["on_timeout"]) == ("none", "none", None)
    assert (data["no_limit_reason"], data["timeout_text"]) == ("The rules name no time.", "silence has no end")
    assert decide(table, {"amount": 1}).no_limit_reason == "The rules name no time."
    assert '<text>"none"</text>' in to_dmn(table, name="x", id="x").decode()


def test_a_check_afterwards_may_have_no_limit_either() -> None:
    check: dict[str, Any] = {"outcome": "review", "checked_by": "lead", "approved_by": [], "on_timeout": None}
    table = compile_table(model(**check | ENDLESS | {"informed": ["cfo", "head"]}))
    assert messages(table.approval) == []
    assert sentences(table)[0].startswith(
        "In every case, the agent acts and the Lead checks afterwards, without a time limit; the Cfo and the Head are"
    )


@pytest.mark.parametrize(
    ("fields", "where", "message"),
    [
        ({"within": "none"}, "outcome", 'AP-01: outcome "approve" without a time limit needs no_limit_reason'),
        (
            ENDLESS | {"on_timeout": "refuse"},
            "on_timeout",
            'AP-01: outcome "approve" without a time limit has no on_timeout; leave it out',
        ),
        (
            {"within": "PT8H", "on_timeout": "refuse", "no_limit_reason": "Why."},
            "no_limit_reason",
            'AP-01: outcome "approve" has no no_limit_reason; leave it out',
        ),
    ],
)
def test_a_missing_limit_is_said_in_one_way(fields: dict[str, Any], where: str, message: str) -> None:
    assert messages(model(**fields)) == [(("rules", 0, where), message)]


def test_a_limit_that_is_lost_is_another_time_limit() -> None:
    (region,) = compare_tables(model(within="PT8H", on_timeout="refuse"), model(**ENDLESS)).regions
    assert region.direction is AnswerDirection.TIME
    assert region.after.endswith("(without a time limit); the Cfo is told afterwards")
