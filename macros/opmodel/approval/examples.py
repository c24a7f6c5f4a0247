"""Runs the examples of an approval model: each must be decided as it says."""

from collections.abc import Iterator, Mapping

from opmodel.approval.case_input import CaseInputError
from opmodel.approval.conditions import literal
from opmodel.approval.decide import Decision, UndecidedError, decide, deciding_rule
from opmodel.approval.faults import ApprovalFault, Path
from opmodel.approval.table import DecisionTable
from opmodel.model.approval import Example
from opmodel.text.nearest import listing


def run_examples(table: DecisionTable) -> tuple[ApprovalFault, ...]:
    """Return a fault for each example that is not decided as expected, with the rule and conditions that decided it."""
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
    """Return the outcome with what led to it: ``act by AP-01, because amount 499 meets < 500``."""
    met = [f"{source.id} {literal(value)} meets {condition}" for source, condition, value in decision.conditions]
    return f"{decision.outcome} by {decision.row.id}, because {listing(met) if met else 'it has no conditions'}"


def _expected(example: Example) -> str:
    return f"{example.outcome} by {example.rule}" if example.rule else str(example.outcome)


def _fault(path: Path, message: str) -> ApprovalFault:
    return ApprovalFault(path, message, "approval-example")
