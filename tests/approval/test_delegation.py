"""Stand-ins: named party by party, or said once for the level below each."""

from typing import Any

from approval.builders import AMOUNT, PARTIES, approval, rule
from opmodel.approval.check import check_form
from opmodel.approval.delegation import stand_ins
from opmodel.model.approval import Approval

ASK: dict[str, Any] = {"outcome": "approve", "within": "P1D", "on_timeout": "refuse"}


def model(*changes: dict[str, Any], **fields: Any) -> Approval:
    known = {change["id"]: change for change in changes}
    parties = tuple(party | known.get(party["id"], {}) for party in PARTIES)
    asks = rule({}, **ASK, approved_by=[{"any": ["lead"]}])
    return approval([AMOUNT], **{"rules": (asks,), "parties": parties} | fields)


def who(found: Approval) -> dict[str, tuple[str, ...]]:
    return {party.id: names for party in found.parties if (names := stand_ins(found, party))}


def test_only_parties_that_name_a_stand_in_have_one() -> None:
    assert who(model()) == {}
    assert who(model({"id": "head", "delegate": {"to": "lead", "at_most": "P9D"}})) == {"head": ("lead",)}


def test_the_level_below_stands_in_where_nobody_is_named() -> None:
    assert who(model(delegation="level-below")) == {"head": ("lead",), "cfo": ("head",)}
    named = model({"id": "cfo", "delegate": {"to": "lead"}}, delegation="level-below")
    assert who(named) == {"head": ("lead",), "cfo": ("lead",)}


def test_the_level_below_is_the_tier_below() -> None:
    tiered = model(delegation="level-below", cumulative_tiers=["head", "lead", "cfo"])
    assert who(tiered) == {"lead": ("head",), "cfo": ("lead",)}


def test_the_party_that_starts_cases_is_on_no_level() -> None:
    started = model({"id": "clerk", "escalates_to": "lead"}, delegation="level-below")
    assert who(started) == {"head": ("lead",), "cfo": ("head",)}
    assert check_form(started) == ()


def test_a_chain_of_delegations_is_no_delegation_of_a_delegation() -> None:
    chain = model(
        {"id": "lead", "delegate": {"to": "head", "at_most": "P9D"}},
        {"id": "head", "delegate": {"to": "cfo", "at_most": "P9D"}},
        {"id": "cfo", "delegate": {"to": "lead", "at_most": "P9D"}},
    )
    assert check_form(chain) == ()


def test_a_level_below_that_shares_the_starters_role_never_stands_in() -> None:
    same = model(
        {"id": "clerk", "role": "operations"}, {"id": "lead", "role": "operations"}, delegation="level-below",
        rules=(rule({}, **ASK, approved_by=[{"any": ["head"]}]),),
    )  # fmt: skip
    assert [(fault.path, fault.message) for fault in check_form(same)] == [
        (
            ("delegation",),
            'head is stood in for by lead, which holds the same role as clerk, "operations", which starts the case',
        )
    ]


def test_who_only_stands_in_takes_part() -> None:
    only = model(delegation="level-below", rules=(rule({}, **ASK, approved_by=[{"any": ["head"]}]),))
    assert check_form(only) == ()
    named = model(rules=(rule({}, **ASK, approved_by=[{"any": ["head"]}]),))
    assert [fault.rule for fault in check_form(named)] == ["unused-party"]
