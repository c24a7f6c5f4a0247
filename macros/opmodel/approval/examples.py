"""Runs the examples of an approval model: each must be decided as it says."""

from collections.abc import Iterator, Mapping

from opmodel.approval.decide import Decision, Undecided, decide, deciding
from opmodel.approval.faults import Fault, Path
from opmodel.approval.given import GivenError
from opmodel.approval.syntax import literal
from opmodel.approval.table import Table
from opmodel.model.approval import Example
from opmodel.nearest import listing


def run_examples(table: Table) -> tuple[Fault, ...]:
    """Return a fault for each example that is not decided as expected, with the rule and conditions that decided it."""
    numbered = enumerate(table.approval.examples)
    return tuple(fault for number, example in numbered for fault in _faults(table, number, example))


def _faults(table: Table, number: int, example: Example) -> Iterator[Fault]:
    path: Path = ("examples", number)
    try:
        row = deciding(table, example.given)
    except GivenError as error:
        yield from _given_faults(path, example.given, error)
        return
    except Undecided as error:
        yield _fault((*path, "given"), f"expected {_expected(example)}, found no decision: {error}")
        return
    if row.rule.outcome is not example.outcome:
        yield _fault((*path, "outcome"), _other(table, example))
    elif example.rule and row.id != example.rule:
        yield _fault((*path, "rule"), _other(table, example))


def _given_faults(path: Path, given: Mapping[str, object], error: GivenError) -> Iterator[Fault]:
    for name, problem in error.problems.items():
        yield _fault((*path, "given", name) if name in given else (*path, "given"), f"{name}: {problem}")


def _other(table: Table, example: Example) -> str:
    return f"expected {_expected(example)}, found {decided_by(decide(table, example.given))}"


def decided_by(decision: Decision) -> str:
    """Return the outcome with what led to it: ``act by AP-01, because amount 499 meets < 500``."""
    met = [f"{source.id} {literal(value)} meets {condition}" for source, condition, value in decision.conditions]
    return f"{decision.outcome} by {decision.row.id}, because {listing(met) if met else 'it has no conditions'}"


def _expected(example: Example) -> str:
    return f"{example.outcome} by {example.rule}" if example.rule else str(example.outcome)


def _fault(path: Path, message: str) -> Fault:
    return Fault(path, message, "approval-example")
