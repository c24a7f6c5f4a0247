"""Faults of form: what each outcome needs, ids, and parties that take no part."""

from collections.abc import Iterable, Iterator

from opmodel.approval.domain import domain_faults
from opmodel.approval.duties import duty_faults
from opmodel.approval.faults import ApprovalFault, Path
from opmodel.model.approval import Approval, ApprovalRule, Step
from opmodel.model.vocabulary import Outcome
from opmodel.text.nearest import listing

_NEEDS = {
    Outcome.ACT: (),
    Outcome.REVIEW: ("checked_by", "within"),
    Outcome.APPROVE: ("approved_by", "within", "on_timeout"),
    Outcome.REFUSE: (),
}
_MAY_HAVE = {Outcome.REFUSE: ("exception",)}
_FIELDS = ("approved_by", "checked_by", "within", "on_timeout", "exception")


def check_form(approval: Approval) -> tuple[ApprovalFault, ...]:
    """Return every fault of ``approval`` that needs no proof: domains, ids, outcomes, duties, escalation, delegation.

    Conditions are not read; `compile_table` does that.
    """
    return (
        *domain_faults(approval.inputs),
        *_repeated("parties", (party.id for party in approval.parties)),
        *_repeated("rules", (rule.id for rule in approval.rules)),
        *(fault for number, rule in enumerate(approval.rules) for fault in _outcome_faults(number, rule)),
        *duty_faults(approval),
        *_unused(approval),
    )


def _repeated(where: str, ids: Iterable[str]) -> Iterator[ApprovalFault]:
    seen: dict[str, str] = {}
    for number, name in enumerate(ids):
        first = seen.setdefault(name.casefold(), f"{name}, number {number + 1} in {where}")
        if not first.endswith(f", number {number + 1} in {where}"):
            yield ApprovalFault((where, number, "id"), f"id {name} is taken by {first}", "duplicate-id")


def _outcome_faults(number: int, rule: ApprovalRule) -> Iterator[ApprovalFault]:
    needs = _NEEDS[rule.outcome]
    have = {field for field in _FIELDS if getattr(rule, field)}
    if missing := [field for field in needs if field not in have]:
        message = f'outcome "{rule.outcome}" needs {listing(missing)}'
        yield _outcome(("rules", number, "outcome"), f"{rule.id}: {message}")
    for field in _FIELDS:
        if field in have and field not in (*needs, *_MAY_HAVE.get(rule.outcome, ())):
            yield _outcome(
                ("rules", number, field), f'{rule.id}: outcome "{rule.outcome}" has no {field}; leave it out'
            )
    if rule.within and rule.within.seconds == 0:
        message = f"expected a time limit such as PT8H, found {rule.within}, which is no time"
        yield _outcome(("rules", number, "within"), f"{rule.id}: {message}")
    for at, step in enumerate(rule.approved_by):
        yield from _step_faults(("rules", number, "approved_by", at), rule, step)


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


def _unused(approval: Approval) -> Iterator[ApprovalFault]:
    parties = {party.id: party for party in approval.parties}
    todo = [approval.started_by]
    for rule in approval.rules:
        todo += [party for step in rule.approved_by for party in step.parties]
        todo += [rule.checked_by] if rule.checked_by else []
    used: set[str] = set()
    while todo:
        name = todo.pop()
        if name not in used and (party := parties.get(name)):
            used.add(name)
            todo += [party.escalates_to] if party.escalates_to else []
            todo += [party.delegate.to] if party.delegate else []
    for number, party in enumerate(approval.parties):
        if party.id not in used:
            message = f"party {party.id} neither starts, approves, checks, stands in nor is escalated to"
            yield ApprovalFault(("parties", number, "id"), message, "unused-party")
