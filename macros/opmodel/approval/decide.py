"""Decisions: the rule that decides one case and what it answers, and the examples of a model put to its table."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from opmodel.approval.case_input import CaseInputError, read_case
from opmodel.approval.conditions import Condition, Value, value_text
from opmodel.approval.faults import ApprovalFault, Path
from opmodel.approval.table import CompiledRule, DecisionTable
from opmodel.model.approval import Approval, Example, Input, Party
from opmodel.model.chains import chain_from
from opmodel.model.values import TimeLimit
from opmodel.model.vocabulary import HitPolicy, OnTimeout, Outcome
from opmodel.text.words import listed


class UndecidedError(ValueError):
    """Raised when no rule matches, or several do under ``unique``. Nothing is allowed then."""


@dataclass(frozen=True, slots=True)
class ApprovalStep:
    """One step of an approval: any one of the parties, or each of them in parallel."""

    parties: tuple[Party, ...]
    all: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The answer for one case. ``row.rule`` is the deciding rule, ``conditions`` its conditions that limit an input.

    ``escalation`` has a chain of parties for each approver, approver first, where a timeout escalates.
    """

    row: CompiledRule
    outcome: Outcome
    reason: str
    conditions: tuple[tuple[Input, Condition, Value], ...]
    steps: tuple[ApprovalStep, ...] = ()
    checked_by: Party | None = None
    within: TimeLimit | None = None
    no_limit_reason: str | None = None
    on_timeout: OnTimeout | None = None
    escalation: tuple[tuple[Party, ...], ...] = ()
    exception: str | None = None
    advised: tuple[Party, ...] = ()
    informed: tuple[Party, ...] = ()


def matching(table: DecisionTable, values: Mapping[str, Value]) -> list[CompiledRule]:
    """Return every rule that matches a case that `read_case` checked, in order."""
    point = table.point(values)
    return [row for row in table.rows if row.matches(point)]


def decide(table: DecisionTable, given: Mapping[str, object]) -> Decision:
    """Return the decision of ``table`` for one case.

    Raises `CaseInputError` when the case is not complete or not possible, and `UndecidedError` when no rule or, under
    ``unique``, more than one rule matches.
    """
    values = read_case(table, given)
    return _decision(table, _deciding_rule(table, values), values)


def deciding_rule(table: DecisionTable, given: Mapping[str, object]) -> CompiledRule:
    """Return the rule that decides one case. Raises the same as `decide`."""
    return _deciding_rule(table, read_case(table, given))


def _deciding_rule(table: DecisionTable, values: Mapping[str, Value]) -> CompiledRule:
    rows = matching(table, values)
    if not rows:
        raise UndecidedError("no rule matches this case")
    if len(rows) > 1 and table.hit_policy is HitPolicy.UNIQUE:
        raise UndecidedError(f"{listed(row.id for row in rows)} match this case, where exactly one rule should")
    return rows[0]


def _decision(table: DecisionTable, row: CompiledRule, values: Mapping[str, Value]) -> Decision:
    rule, parties = row.rule, {party.id: party for party in table.approval.parties}
    steps = tuple(
        ApprovalStep(tuple(parties[p] for p in step.parties if p in parties), step.all is not None)
        for step in rule.approved_by
    )
    escalates = rule.on_timeout is OnTimeout.ESCALATE
    return Decision(
        row=row,
        outcome=rule.outcome,
        reason=rule.reason,
        conditions=tuple(
            (source, condition, values[source.id])
            for source, condition in zip(table.inputs, row.conditions, strict=True)
            if condition.tests
        ),
        steps=steps,
        checked_by=parties.get(rule.checked_by or ""),
        within=rule.within,
        no_limit_reason=rule.no_limit_reason,
        on_timeout=rule.on_timeout,
        escalation=tuple(escalation_chain(table.approval, parties[name]) for name in rule.approvers if name in parties)
        if escalates
        else (),
        exception=rule.exception,
        advised=tuple(parties[name] for name in rule.advised if name in parties),
        informed=tuple(parties[name] for name in rule.informed if name in parties),
    )


def escalation_chain(approval: Approval, party: Party) -> tuple[Party, ...]:
    """Return ``party`` and everyone it escalates to, in order; a circular chain ends before it repeats a party."""
    parties = {p.id: p for p in approval.parties}
    return tuple(parties[name] for name in chain_from(party.id, {name: p.escalates_to for name, p in parties.items()}))


def run_examples(table: DecisionTable) -> tuple[ApprovalFault, ...]:
    """Return a fault for each example with an unexpected answer; it names the rule and conditions that decided."""
    numbered = enumerate(table.approval.examples)
    return tuple(fault for number, example in numbered for fault in _faults(table, number, example))


def _faults(table: DecisionTable, number: int, example: Example) -> Iterator[ApprovalFault]:
    path: Path = ("examples", number)
    try:
        row = deciding_rule(table, example.given)
    except CaseInputError as error:
        yield from _case_faults(path, example.given, error)
        return
    except UndecidedError as error:
        yield _fault((*path, "given"), f"expected {_expected(example)}, found no decision: {error}")
        return
    if row.rule.outcome is not example.outcome:
        yield _fault((*path, "outcome"), _other(table, example))
    elif example.rule and row.id != example.rule:
        yield _fault((*path, "rule"), _other(table, example))


def _case_faults(path: Path, given: Mapping[str, object], error: CaseInputError) -> Iterator[ApprovalFault]:
    for name, problem in error.problems.items():
        yield _fault((*path, "given", name) if name in given else (*path, "given"), f"{name}: {problem}")


def _other(table: DecisionTable, example: Example) -> str:
    return f"expected {_expected(example)}, found {decision_text(decide(table, example.given))}"


def decision_text(decision: Decision) -> str:
    """Return the outcome with its reason: ``act by AP-01, because amount 499 meets < 500``."""
    met = [f"{source.id} {value_text(value)} meets {condition}" for source, condition, value in decision.conditions]
    return f"{decision.outcome} by {decision.row.id}, because {listed(met) if met else 'it has no conditions'}"


def _expected(example: Example) -> str:
    return f"{example.outcome} by {example.rule}" if example.rule else str(example.outcome)


def _fault(path: Path, message: str) -> ApprovalFault:
    return ApprovalFault(path, message, "approval-example")
