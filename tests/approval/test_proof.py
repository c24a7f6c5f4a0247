"""Gaps, overlaps and rules out of reach, with the case, the boundary and the words."""

import re
from decimal import Decimal
from typing import Any

import pytest

from approval.builders import AMOUNT, DUE, MATCH, NEW, approval
from opmodel.approval.check import check
from opmodel.approval.proof import Proof, prove
from opmodel.approval.table import compile_table

CENTS = AMOUNT | {"decimals": 2}


def proof(inputs: list[dict[str, Any]], whens: list[dict[str, str]], **fields: Any) -> Proof:
    return prove(compile_table(approval(inputs, whens, **fields)))


def messages(inputs: list[dict[str, Any]], whens: list[dict[str, str]], **fields: Any) -> list[str]:
    return [finding.message for finding in proof(inputs, whens, **fields).findings]


def amounts(*conditions: str) -> list[dict[str, str]]:
    return [{"amount": condition} for condition in conditions]


def test_a_sound_table_is_proven_over_its_regions() -> None:
    result = proof(
        [AMOUNT, MATCH],
        [
            {"amount": "< 500", "po_match": '"matched"'},
            {"amount": "[500..5000)", "po_match": '"matched"'},
            {"amount": ">= 5000", "po_match": '"matched"'},
            {"po_match": 'not("matched")'},
        ],
    )
    assert result.holds
    assert result.regions == 9


@pytest.mark.parametrize(
    ("source", "conditions", "expected"),
    [
        (AMOUNT, ["< 500", ">= 500"], []),
        (CENTS, ["[0..499.99]", ">= 500"], []),
        (
            AMOUNT,
            ["[0..499.99]", ">= 500"],
            [
                "no rule for amount 499.991 EUR; nothing covers amount (499.99..500) EUR; "
                "amount: neither `[0..499.99]` (AP-01) nor `>= 500` (AP-02) contains (499.99..500)"
            ],
        ),
        (
            AMOUNT,
            ["< 500", "> 500"],
            ["no rule for amount 500 EUR; amount: neither `< 500` (AP-01) nor `> 500` (AP-02) contains 500"],
        ),
        (
            AMOUNT,
            ["<= 500", ">= 500"],
            ["AP-01 and AP-02 both match amount 500 EUR; amount: both `<= 500` and `>= 500` contain 500"],
        ),
        (
            CENTS,
            ["< 500", "[499..600)", ">= 600"],
            ["AP-01 and AP-02 both match amount 499 EUR; amount: both `< 500` and `[499..600)` contain [499..499.99]"],
        ),
        (
            AMOUNT,
            ["> 0"],
            ["no rule for amount 0 EUR; amount: `> 0` (AP-01) does not contain 0"],
        ),
        (
            AMOUNT | {"min": None},
            [">= 0"],
            ["no rule for amount -1 EUR; nothing covers amount < 0 EUR; amount: `>= 0` (AP-01) does not contain < 0"],
        ),
        (
            AMOUNT,
            ["-", "-"],
            ["AP-01 and AP-02 both match amount 0 EUR; their conditions are the same"],
        ),
        (
            AMOUNT,
            ["-", "[5..6]"],
            ["AP-01 and AP-02 both match amount 5 EUR; AP-01 matches every case of AP-02"],
        ),
    ],
)
def test_boundaries_are_named(source: dict[str, Any], conditions: list[str], expected: list[str]) -> None:
    assert messages([source], amounts(*conditions)) == expected


def test_days_have_no_gap_between_them() -> None:
    whens = [{"due": '<= date("2026-01-31")'}, {"due": '>= date("2026-02-01")'}]
    assert messages([DUE], whens) == []
    assert messages([DUE], [whens[0], {"due": '> date("2026-02-01")'}]) == [
        'no rule for due date("2026-02-01"); due: neither `<= date("2026-01-31")` (AP-01) '
        'nor `> date("2026-02-01")` (AP-02) contains date("2026-02-01")'
    ]


def test_one_gap_is_one_finding_and_the_smallest_comes_first() -> None:
    whens = [
        {"amount": "[500..5000)"},
        {"amount": "> 5000", "po_match": '"matched"'},
        {"amount": "> 5000", "po_match": '"none"'},
    ]
    assert messages([AMOUNT, MATCH], whens) == [
        'no rule for amount 0 EUR, po_match "matched"; nothing covers amount < 500 EUR; '
        "amount: `[500..5000)` (AP-01) does not contain < 500",
        'no rule for amount 5000 EUR, po_match "matched"; nothing covers amount 5000 EUR; '
        "amount: neither `[500..5000)` (AP-01) nor `> 5000` (AP-02) contains 5000",
        'no rule for amount 5001 EUR, po_match "partial"; nothing covers amount >= 5000 EUR, po_match "partial"; '
        "amount: `[500..5000)` (AP-01) does not contain >= 5000",
    ]


def test_a_gap_of_two_words_is_one_finding() -> None:
    assert messages([MATCH, NEW], [{"po_match": '"matched"'}]) == [
        'no rule for po_match "partial", new_vendor false; nothing covers po_match "partial", "none"'
    ]


def test_overlaps_differ_in_what_they_share() -> None:
    whens = [
        {"amount": "< 500", "po_match": '"matched", "partial"'},
        {"amount": "[400..600]", "po_match": '"partial", "none"'},
    ]
    (overlap,) = [m for m in messages([AMOUNT, MATCH], whens) if "both match" in m]
    assert overlap == (
        'AP-01 and AP-02 both match amount 400 EUR, po_match "partial"; '
        "amount: both `< 500` and `[400..600]` contain [400..500)"
    )


def test_under_first_a_rule_that_never_decides_names_the_rules_that_cover_it() -> None:
    whens = amounts("< 500", "[500..5000)", "[5000..9000]", "[100..4000]", "-")
    assert messages([AMOUNT], whens, hit_policy="first") == [
        "AP-04 never decides: AP-01 and AP-02 above it match every case of it; amount 100 EUR is decided by AP-01"
    ]


def test_under_first_a_late_overlap_is_no_finding() -> None:
    assert messages([AMOUNT], amounts("< 500", "< 600", "-"), hit_policy="first") == []


def test_many_gaps_are_counted_and_only_the_smallest_are_described() -> None:
    conditions = [f"({2 * n}..{2 * n + 2})" for n in range(40)]
    found = messages([AMOUNT], amounts(*conditions))
    assert len(found) == 11
    assert found[0].startswith("no rule for amount 0 EUR")
    assert found[-1] == "31 more gaps"


def test_very_many_gaps_are_not_all_counted() -> None:
    found = messages([AMOUNT], amounts(*(f"({2 * n}..{2 * n + 2})" for n in range(200))))
    assert re.fullmatch(r"at least \d+ more gaps", found[-1])


def test_many_overlaps_are_counted() -> None:
    found = messages([AMOUNT], amounts(*["-"] * 10))
    assert len(found) == 11
    assert found[-1] == "35 more pairs of rules overlap"


def test_a_proof_that_takes_too_long_claims_nothing() -> None:
    table = compile_table(approval([AMOUNT, MATCH], amounts("< 5", "[5..6]", "> 6"), hit_policy="first"))
    findings = prove(table, limit=1).findings
    assert [finding.rule for finding in findings] == ["approval-too-complex"] * 2
    assert "not proven: whether every case has a rule was not decided within 1 steps" in findings[0].message
    assert findings[1].path == ("rules", 1)


BANDS = [
    "<= 1000",
    "(1000..5000]",
    "(5000..25000]",
    "(25000..100000]",
    "(100000..500000]",
    "(500000..2000000]",
    "> 2000000",
]


def authority(bands: list[str]) -> dict[str, Any]:
    """A spending authority matrix: each tier approves up to its limit, and all lower tiers approve first."""
    tiers = [f"tier{n}" for n in range(1, 8)]
    parties = [{"id": "buyer", "title": "Buyer"}]
    parties += [
        {"id": tier, "title": f"Tier {n}", "escalates_to": tiers[min(n, 6)] if n < 7 else "board"}
        for n, tier in enumerate(tiers, 1)
    ]
    rules = [
        {
            "id": f"AP-{n:02}",
            "when": {"amount": band},
            "outcome": "approve",
            "reason": f"Band {n}.",
            "approved_by": [{"all": (tier,)} for tier in tiers[:n]],
            "within": "P2D",
            "on_timeout": "escalate",
        }
        for n, band in enumerate(bands, 1)
    ]
    window = {"over": "P60D", "per": "vendor"}
    return {
        "started_by": "buyer",
        "parties": (*parties, {"id": "board", "title": "Board"}),
        "inputs": (CENTS | {"label": "Spend", "window": window},),
        "rules": tuple(rules),
    }


def test_seven_bands_of_spending_authority_are_proven() -> None:
    model = approval(**authority(BANDS))
    assert check(model).faults == ()
    assert prove(compile_table(model)).regions == 7


def test_a_slip_in_one_band_is_the_only_finding() -> None:
    slipped = [*BANDS[:3], "[25000..100000]", *BANDS[4:]]
    (fault,) = check(approval(**authority(slipped))).faults
    assert fault.rule == "approval-overlap"
    assert fault.path == ("rules", 3)
    assert (
        "both match amount 25000 EUR; amount: both `(5000..25000]` and `[25000..100000]` contain 25000" in fault.message
    )


def test_a_gap_has_the_whole_region_as_conditions() -> None:
    (gap,) = proof([AMOUNT, MATCH], [{"amount": ">= 5"}]).findings
    assert gap.rule == "approval-gap"
    assert gap.example == {"amount": Decimal(0), "po_match": "matched"}
    assert {name: str(c) for name, c in (gap.where or {}).items()} == {"amount": "< 5"}
