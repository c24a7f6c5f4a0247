"""Each launch gate on a packet that passes it, and on one that does not, with the place to fix."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opmodel.model.vocabulary import Vocabulary
from opmodel.readiness.assessment import Assessment
from opmodel.readiness.gates import GATES, PLACEHOLDER, PLACEHOLDER_HINT
from opmodel.rules.check import check
from sites import GOOD, INTAKE, SIGNOFFS, TODAY, edit, good

EVIDENCE = "      evidence: https://evidence.example/fc-01\n"
CASES: list[tuple[str, str, str, int, str]] = [
    ("definition-complete", "    in:\n      - Requests by mail\n", "    in: []\n", 31, "in of scope is empty"),
    (
        "definition-complete",
        "  forbidden:\n    - id: FB-01\n      action: Delete a mail\n      enforced_by: The account may not delete.\n",
        "  forbidden: []\n",
        61,
        "forbidden of it is empty",
    ),
    ("definition-complete", "cost_of_error: A request is lost.", "cost_of_error: TBD", 29, '"TBD" is a placeholder'),
    ("definition-complete", "how: Press stop.", "how: To be defined", 87, '"To be defined" is a placeholder'),
    (
        "definition-complete",
        "A mail arrives.",
        "'A mail, to be confirmed'",
        36,
        '"A mail, to be confirmed" is a placeholder',
    ),
    ("definition-complete", "holder: Desk Lead", "holder: TBD", 18, '"TBD" is a placeholder'),
    ("definition-complete", 'target: "1"', 'target: "??"', 50, '"??" is a placeholder'),
    ("volume-measured", "cases: 100", "cases: 0", 26, "cases, period and minutes must be above zero"),
    ("volume-measured", "minutes_each: 7.5", "minutes_each: 0", 26, "cases, period and minutes must be above zero"),
    ("volume-measured", "per: P1M", "per: P0D", 26, "cases, period and minutes must be above zero"),
    (
        "access-justified",
        "      justification: Requests arrive here.\n",
        "",
        54,
        'access "mailbox" has no justification',
    ),
    ("support-reachable", "    runbook: https://runbooks.example/requests\n", "", 78, "there is no runbook"),
    (
        "support-reachable",
        "        team: platform\n        hours",
        "        team: finance\n        hours",
        81,
        "no tier is held by a team on the IT side",
    ),
    (
        "agent-stoppable",
        "who: [operations, platform-owner]",
        "who: [security, platform-owner]",
        88,
        "nobody on the Business side may stop the agent",
    ),
    (
        "agent-stoppable",
        "who: [operations, platform-owner]",
        "who: [operations]",
        88,
        "nobody on the IT side may stop the agent",
    ),
    ("support-reachable", "response: PT1H", "response: P0D", 85, 'tier "T1" has no time in which it answers'),
    ("agent-stoppable", "within: PT5M", "within: PT0S", 89, "there is no time until nothing runs"),
    ("agent-stoppable", "within: PT5M", "within: PT61M", 89, "stopping takes 61 minutes, more than an hour"),
    (
        "thresholds-proven",
        'amount: ">= 500"',
        'amount: "> 500"',
        121,
        'no rule for amount 500 EUR, known "yes"; amount: neither `< 500` (AP-01) nor `> 500` (AP-02) contains 500',
    ),
    (
        "thresholds-proven",
        '    examples:\n      - given: { amount: 499.99, known: "yes" }\n        outcome: act\n        rule: AP-01\n',
        "",
        92,
        "there is no example to check the table against",
    ),
    (
        "duties-separated",
        "          - any: [desk]\n        within: PT8H\n        on_timeout: escalate",
        "          - any: [desk, sender]\n        within: PT8H\n        on_timeout: refuse",
        129,
        "AP-02 is approved by sender, which starts the case; nobody approves or checks their own case",
    ),
    ("exceptions-owned", "states: [new, settled]", "states: [new]", 147, "a queue needs at least two states"),
    ("exceptions-owned", "        within: P2D\n", "        within: P0D\n", 154, 'case "EX-01" has no time limit'),
    (
        "failure-cases-passed",
        f"      result: passed\n{EVIDENCE}      date: 2026-10-02\n",
        "      result: not-run\n",
        163,
        'failure case "FC-01" has the result "not-run"',
    ),
    ("failure-cases-passed", "result: passed", "result: failed", 163, 'failure case "FC-01" has the result "failed"'),
    ("failure-cases-passed", EVIDENCE, "", 163, 'failure case "FC-01" has no evidence or no date'),
    (
        "failure-cases-passed",
        "date: 2026-10-02",
        "date: 2026-09-30",
        165,
        'failure case "FC-01" was tested on 2026-09-30, before the packet changed on 2026-10-01',
    ),
    (
        "failure-cases-passed",
        "date: 2026-10-02",
        "date: 2026-11-23",
        165,
        'the evidence of "FC-01" is of 2026-11-23, which is still to come',
    ),
    ("audit-retention-set", "    retention: P1Y\n", "", 167, "no retention is set"),
    ("audit-retention-set", "    retention: P1Y\n", "    retention: P0D\n", 167, "no retention is set"),
    ("audit-retention-set", "readers: [security]", "readers: []", 173, "nobody may read the records"),
    (
        "signed-by-business",
        "scope: One mailbox",
        "scope: Two",
        8,
        "Business signed on 2026-10-06; changed since: access",
    ),
    ("signed-by-it", "scope: One mailbox", "scope: Two", 12, "IT signed on 2026-10-06; changed since: access"),
]


def assessed(site: Path) -> Assessment:
    return check(site, TODAY).assessments["intake"]


def reasons(site: Path, gate: str) -> list[tuple[int, str]]:
    """Return (line, reason) of what keeps a gate open."""
    result = next(result for result in assessed(site).gates if result.id == gate)
    assert all(place.path == INTAKE for place, _ in result.reasons)
    return [(place.line, reason) for place, reason in result.reasons]


def test_a_good_packet_passes_every_gate() -> None:
    found = assessed(GOOD)
    assert found.ready
    assert (found.passed, found.open) == (len(GATES), ())


@pytest.mark.parametrize(
    ("gate", "find", "replace", "line", "reason"), CASES, ids=[f"{c[0]}-{n}" for n, c in enumerate(CASES)]
)
def test_a_gate_is_open_with_a_reason_and_a_place(
    gate: str, find: str, replace: str, line: int, reason: str, tmp_path: Path
) -> None:
    site = good(tmp_path / "site")
    edit(site, INTAKE, find, replace)
    assert reasons(site, gate) == [(line, reason)]


def test_an_empty_list_opens_the_gate_that_counts_it(tmp_path: Path) -> None:
    site = good(tmp_path / "site")
    text = (site / INTAKE).read_text()
    for key, until in (("access", "forbidden"), ("failure_cases", "audit"), ("tiers", "stop")):
        start = text.index(f"{key}:\n")
        end = text.rindex("\n", 0, text.index(f"{until}:\n")) + 1
        text = f"{text[:start]}{key}: []\n{text[end:]}"
    (site / INTAKE).write_text(text)
    assert [reason for _, reason in reasons(site, "access-justified")] == ["no access is listed"]
    assert [reason for _, reason in reasons(site, "failure-cases-passed")] == ["no failure case is listed"]
    assert [reason for _, reason in reasons(site, "support-reachable")] == ["no tier is listed"]


def test_without_records_neither_side_has_signed(tmp_path: Path) -> None:
    site = good(tmp_path / "site")
    (site / SIGNOFFS).unlink()
    assert reasons(site, "signed-by-business") == [(8, "Business has not signed")]
    assert reasons(site, "signed-by-it") == [(12, "IT has not signed")]


@pytest.mark.parametrize(
    "text",
    ["All TBDs are gone", "Toxxic", "Really??", "People fill in a form", "xx", "Orders to be confirmed by a buyer"],
)
def test_text_that_only_looks_like_a_placeholder_is_text(text: str, tmp_path: Path) -> None:
    site = good(tmp_path / "site")
    edit(site, INTAKE, "cost_of_error: A request is lost.", f"cost_of_error: {text}")
    assert reasons(site, "definition-complete") == []


@pytest.mark.parametrize(
    "text",
    [
        '"\\u0054BD"',
        "'tbd'",
        "To\n        be decided",
        "Lorem\n        ipsum",
        "To\u0085        be written",
        "F\u0130ll in",
    ],
)
def test_a_placeholder_is_found_however_the_file_writes_it(text: str, tmp_path: Path) -> None:
    site = good(tmp_path / "site")
    edit(site, INTAKE, "cost_of_error: A request is lost.", f"cost_of_error: {text}")
    assert next(reason for _, reason in reasons(site, "definition-complete")).endswith(" is a placeholder")


def test_every_gate_has_a_case_and_says_what_it_means() -> None:
    assert {case[0] for case in CASES} == {gate.id for gate in GATES}
    assert all(gate.meaning.endswith(".") for gate in GATES)
    assert len({gate.title for gate in GATES}) == len(GATES)


@pytest.mark.slow
@given(st.from_regex(PLACEHOLDER))
def test_every_placeholder_has_a_sign_of_one(text: str) -> None:
    assert PLACEHOLDER_HINT.search(text.encode().lower())


def test_no_word_of_a_closed_list_is_a_placeholder() -> None:
    words = [word for kind in Vocabulary.__subclasses__() for word in kind]
    assert not [word for word in words if PLACEHOLDER.search(word)]
