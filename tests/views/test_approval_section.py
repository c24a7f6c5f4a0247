"""The approval section of a page: every approver, who is told, limits in working time or none, and stand-ins."""

from opmodel.model.organisation import Site
from opmodel.model.values import Duration
from opmodel.model.working_time import WorkingTime
from opmodel.readiness.approval_findings import check_approval
from opmodel.views.blocks import Cell
from opmodel.views.packet.approval import ApprovalBlock, approval_block
from readiness.packets import TEXT, packet

EDITS = (
    (
        "    inputs:\n      - id: amount\n",
        "    cumulative_tiers: [desk, head]\n    delegation: level-below\n    inputs:\n      - id: amount\n",
    ),
    ("          - any: [desk]\n        within: PT8H\n", "          - any: [head]\n        within: 8 working hours\n"),
    ("on_timeout: escalate\n", "on_timeout: refuse\n        advised: [deputy]\n"),
    ("        reason: Small and known.\n", "        reason: Small and known.\n        informed: [head, sender]\n"),
)
CALENDAR = WorkingTime.model_validate(
    {
        "days": ["monday", "friday"],
        "hours": "09:00-17:30",
        "time_zone": "Europe/Berlin",
        "holidays": ["2026-12-25"],
    },
    strict=False,
)
SITE = Site(
    name="Site",
    organisation="Example",
    description="A site.",
    address="https://example.com/",
    review_cadence=Duration("P90D"),
    review_grace=Duration("P14D"),
    delegation_max=Duration("P30D"),
    working_time=CALENDAR,
)


def block(*more: tuple[str, str]) -> ApprovalBlock:
    text = TEXT
    for find, replace in (*EDITS, *more):
        assert text.count(find) == 1, find
        text = text.replace(find, replace)
    found = packet(text)
    return approval_block(found, "intake", check_approval(found.shared.approval), SITE)


def answers(found: ApprovalBlock) -> list[tuple[str, str]]:
    return [(row.cells[-2].text, row.cells[-2].note) for row in found.rules.rows]


def test_each_rule_names_all_approvers_the_limit_and_who_is_told() -> None:
    assert answers(block())[:2] == [
        ("", "the Head of Finance and the Sender of the mail are told afterwards"),
        (
            "The Desk Lead approves, then the Head of Finance approves",
            "within 8 working hours, no answer: refused; the Deputy Desk Lead is told before the agent acts",
        ),
    ]


def test_a_limit_that_is_missing_is_shown_with_its_reason() -> None:
    endless = ("within: 8 working hours\n", "within: none\n        no_limit_reason: No rule names a time.\n")
    found = block(endless, ("        on_timeout: refuse\n", ""))
    assert answers(found)[1][1] == (
        "without a time limit (No rule names a time); the Deputy Desk Lead is told before the agent acts"
    )
    assert "Working time" not in found.policy


def test_tiers_and_working_time_are_said_once() -> None:
    assert block().policy.endswith(
        "Where a tier approves, those below it approve first: the Desk Lead, then the Head of Finance. "
        "Working time is Monday and Friday, 09:00 to 17:30 (Europe/Berlin), but for 1 holiday."
    )


def test_stand_ins_and_parts_of_the_parties_are_shown() -> None:
    rows: list[tuple[Cell, ...]] = [row.cells for row in block().parties.rows]
    assert [(cells[0].text, cells[1].text, cells[3].text) for cells in rows] == [
        ("Sender of the mail", "Starts cases, is told", "–"),
        ("Desk Lead", "Approves", "Deputy Desk Lead, 14 days at most"),
        ("Deputy Desk Lead", "Is told", "–"),
        ("Head of Finance", "Approves, is told", "Desk Lead, 30 days at most"),
    ]
