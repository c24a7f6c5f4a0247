"""Checks of an approval model: its form, duties, escalation and delegation, then its conditions, proof and examples."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from opmodel.approval.certain import certain_findings, conditions_matching_all
from opmodel.approval.decide import run_examples
from opmodel.approval.delegation import delegation_faults, stand_ins
from opmodel.approval.domain import domain_faults
from opmodel.approval.faults import ApprovalFault, Path, TableError
from opmodel.approval.proof import Proof, prove
from opmodel.approval.table import DecisionTable, compile_table
from opmodel.approval.tiers import alternatives, full_rules
from opmodel.model.approval import Approval, ApprovalRule, Party, Step
from opmodel.model.chains import cycle_text, cycles
from opmodel.model.vocabulary import OnTimeout, Outcome
from opmodel.text.words import listed

_NEEDS = {
    Outcome.ACT: (),
    Outcome.REVIEW: ("checked_by", "within"),
    Outcome.APPROVE: ("approved_by", "within", "on_timeout"),
    Outcome.REFUSE: (),
}
_MAY_HAVE = {
    Outcome.ACT: ("advised", "informed"),
    Outcome.REVIEW: ("advised", "informed"),
    Outcome.APPROVE: ("advised", "informed"),
    Outcome.REFUSE: ("exception", "informed"),
}
_AGENT = re.compile(r"(?:(?:the|an|our)[ -])?(?:(?:ai|software|automated)[ -])?(?:agent|bot)", re.IGNORECASE)
_FIELDS = ("approved_by", "checked_by", "within", "no_limit_reason", "on_timeout", "exception", "advised", "informed")
_WITHOUT_LIMIT = " without a time limit"


class ApprovalCheck(NamedTuple):
    """The result of `check`. ``table`` and ``proof`` are None for a model that cannot be compiled."""

    table: DecisionTable | None
    proof: Proof | None
    faults: tuple[ApprovalFault, ...]


def check(approval: Approval) -> ApprovalCheck:
    """Return every fault of ``approval``: of form, then of its conditions or else of its proof and examples."""
    form = check_form(approval)
    try:
        table = compile_table(approval)
    except TableError as error:
        certain = certain_findings(approval, error.faults)
        return ApprovalCheck(None, None, tuple(dict.fromkeys((*form, *error.faults, *certain))))
    proof = prove(table)
    found = (finding.fault for finding in proof.findings)
    return ApprovalCheck(table, proof, (*form, *found, *conditions_matching_all(table), *run_examples(table)))


def check_form(approval: Approval) -> tuple[ApprovalFault, ...]:
    """Return every fault of ``approval`` that needs no proof: domains, ids, outcomes, duties, escalation, delegation.

    Conditions are not read; `compile_table` does that. Unknown parties are found by the check of references.
    """
    parties = {party.id: party for party in approval.parties}
    return (
        *domain_faults(approval.inputs),
        *_repeated("parties", (party.id for party in approval.parties)),
        *_repeated("rules", (rule.id for rule in approval.rules)),
        *(fault for number, rule in enumerate(approval.rules) for fault in _outcome_faults(number, rule)),
        *_tier_faults(approval),
        *_separation(approval, parties),
        *_escalation(approval, parties),
        *delegation_faults(approval),
        *_unused(approval, parties),
    )


def _repeated(where: str, ids: Iterable[str]) -> Iterator[ApprovalFault]:
    seen: dict[str, str] = {}
    for number, name in enumerate(ids):
        first = seen.setdefault(name.casefold(), f"{name}, number {number + 1} in {where}")
        if not first.endswith(f", number {number + 1} in {where}"):
            yield ApprovalFault((where, number, "id"), f"id {name} is taken by {first}", "duplicate-id")


def _outcome_faults(number: int, rule: ApprovalRule) -> Iterator[ApprovalFault]:
    needs = _needs(rule)
    have = {field for field in _FIELDS if getattr(rule, field)}
    if missing := [field for field in needs if field not in have]:
        message = f'outcome "{rule.outcome}"{_WITHOUT_LIMIT * rule.has_no_limit} needs {listed(missing)}'
        yield _outcome(("rules", number, "outcome"), f"{rule.id}: {message}")
    for field in _FIELDS:
        if field in have and field not in (*needs, *_MAY_HAVE[rule.outcome]):
            message = f'outcome "{rule.outcome}"{_WITHOUT_LIMIT * rule.has_no_limit} has no {field}; leave it out'
            yield _outcome(("rules", number, field), f"{rule.id}: {message}")
    if rule.within and rule.within.length == ("seconds", 0):
        message = f"expected a time limit such as PT8H, found {rule.within}, which is no time"
        yield _outcome(("rules", number, "within"), f"{rule.id}: {message}")
    for at, step in enumerate(rule.approved_by):
        yield from _step_faults(("rules", number, "approved_by", at), rule, step)
    yield from _told_faults(number, rule)


def _needs(rule: ApprovalRule) -> tuple[str, ...]:
    """Return the fields that ``rule`` must have. Without a time limit, nothing happens on timeout."""
    needs = _NEEDS[rule.outcome]
    if not rule.has_no_limit or "within" not in needs:
        return needs
    return (*(field for field in needs if field != "on_timeout"), "no_limit_reason")


def _told_faults(number: int, rule: ApprovalRule) -> Iterator[ApprovalFault]:
    """Yield a fault for each party that is told twice."""
    seen: set[str] = set()
    for field, names in (("advised", rule.advised), ("informed", rule.informed)):
        for at, name in enumerate(names):
            if name in seen:
                message = f"{rule.id}: {name} is told twice; name it once, under advised or under informed"
                yield _outcome(("rules", number, field, at), message)
            seen.add(name)


def _tier_faults(approval: Approval) -> Iterator[ApprovalFault]:
    """Yield a fault for each tier that is listed twice, and each step that leaves open how far up the tiers it goes."""
    tiers = approval.cumulative_tiers
    for at, tier in enumerate(tiers):
        if tier in tiers[:at]:
            yield _outcome(("cumulative_tiers", at), f"{tier} is a cumulative tier twice")
    for number, rule in enumerate(approval.rules):
        for at, step in enumerate(rule.approved_by):
            if several := alternatives(step, tiers):
                message = (
                    f"{rule.id}: any one of the tiers {listed(several)} is enough here, which leaves open whether the "
                    f"tiers between them approve; name one of them, or write all in place of any"
                )
                yield _outcome(("rules", number, "approved_by", at, "any"), message)


def _step_faults(path: Path, rule: ApprovalRule, step: Step) -> Iterator[ApprovalFault]:
    if (step.any is None) == (step.all is None):
        found = "both" if step.any else "neither"
        yield _outcome(path, f"{rule.id}: expected one of any and all in a step, found {found}")
    for field, parties in (("any", step.any or ()), ("all", step.all or ())):
        for at, party in enumerate(parties):
            if party in parties[:at]:
                yield _outcome((*path, field, at), f"{rule.id}: {party} is named twice in one step")


def _outcome(path: Path, message: str) -> ApprovalFault:
    return ApprovalFault(path, message, "approval-outcome")


def _duties(approval: Approval) -> Iterator[tuple[Path, str, str]]:
    """Yield (path, duty, party) for each party that approves, checks, stands in or is escalated to."""
    for number, rule in enumerate(approval.rules):
        for at, step in enumerate(rule.approved_by):
            for field, names in (("any", step.any or ()), ("all", step.all or ())):
                for nth, name in enumerate(names):
                    yield ("rules", number, "approved_by", at, field, nth), f"{rule.id} is approved by", name
        if rule.checked_by:
            yield ("rules", number, "checked_by"), f"{rule.id} is checked by", rule.checked_by
    for at, tier in enumerate(approval.cumulative_tiers):
        yield ("cumulative_tiers", at), "a cumulative tier is", tier
    for number, party in enumerate(approval.parties):
        if party.id != approval.started_by:
            if party.escalates_to:
                yield ("parties", number, "escalates_to"), f"{party.id} escalates to", party.escalates_to
            path: Path = ("parties", number, "delegate", "to") if party.delegate else ("delegation",)
            for name in stand_ins(approval, party):
                yield path, f"{party.id} is stood in for by", name


def _separation(approval: Approval, parties: dict[str, Party]) -> Iterator[ApprovalFault]:
    starter = parties.get(approval.started_by)
    for path, duty, name in _duties(approval):
        if clash := _clash(parties.get(name), starter, approval.started_by, name):
            yield ApprovalFault(path, f"{duty} {name}, {clash}", "separation-of-duties")


def _clash(party: Party | None, starter: Party | None, started_by: str, name: str) -> str | None:
    if name == started_by:
        return "which starts the case; nobody approves or checks their own case"
    if party is None:
        return None
    if _AGENT.fullmatch(party.id) or _AGENT.fullmatch(party.title.strip()):
        return "the agent; an agent never approves or checks its own work"
    if starter and party.title.strip().casefold() == starter.title.strip().casefold():
        return f'which has the same title as {started_by}, "{party.title}", which starts the case'
    if starter and party.role and party.role == starter.role:
        return f'which holds the same role as {started_by}, "{party.role}", which starts the case'
    return None


def _escalation(approval: Approval, parties: dict[str, Party]) -> Iterator[ApprovalFault]:
    for number, rule in enumerate(full_rules(approval)):
        if rule.on_timeout is OnTimeout.ESCALATE:
            for name in rule.approvers:
                if name in parties and not parties[name].escalates_to:
                    message = f"{rule.id} escalates when time runs out, but {name} has no escalates_to"
                    yield ApprovalFault(("rules", number, "on_timeout"), message, "escalation-ends")
    numbers = {party.id: number for number, party in enumerate(approval.parties)}
    for ring in cycles({name: party.escalates_to for name, party in parties.items()}):
        message = f"escalation turns in a circle: {cycle_text(ring, 0, ' to ')}; it must end at someone"
        yield ApprovalFault(("parties", numbers[ring[0]], "escalates_to"), message, "escalation-ends")


def _unused(approval: Approval, parties: dict[str, Party]) -> Iterator[ApprovalFault]:
    todo = [approval.started_by]
    for rule in full_rules(approval):
        todo += rule.approvers
        todo += rule.told
        todo += [rule.checked_by] if rule.checked_by else []
    used: set[str] = set()
    while todo:
        name = todo.pop()
        if name not in used and (party := parties.get(name)):
            used.add(name)
            todo += [party.escalates_to] if party.escalates_to else []
            todo += stand_ins(approval, party)
    for number, party in enumerate(approval.parties):
        if party.id not in used:
            message = f"party {party.id} neither starts, approves, checks, is told, stands in nor is escalated to"
            yield ApprovalFault(("parties", number, "id"), message, "unused-party")
