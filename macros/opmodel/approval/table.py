"""Compiled approval models: an axis for each input, and each rule as a box of cells."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import prod

from opmodel.approval.axis import Axis, axis_of, by_identity
from opmodel.approval.boxes import Box
from opmodel.approval.condition_check import condition_for
from opmodel.approval.conditions import ANYTHING, Condition, Value
from opmodel.approval.domain import domain_faults
from opmodel.approval.faults import ApprovalFault, TableError
from opmodel.approval.sfeel import SfeelError
from opmodel.approval.tiers import full_rules
from opmodel.model.approval import Approval, ApprovalRule, Input
from opmodel.model.base import SlottedModel
from opmodel.model.vocabulary import HitPolicy
from opmodel.text.lookalikes import in_quotes
from opmodel.text.nearest import suggestion
from opmodel.text.words import listed


@dataclass(frozen=True, slots=True)
class CompiledRule(SlottedModel):
    """One rule: a condition for every input, in the order of the inputs, and the cells they match.

    ``rule`` names every approver, also those that follow from the cumulative tiers.
    """

    number: int
    rule: ApprovalRule
    conditions: tuple[Condition, ...]
    box: Box

    @property
    def id(self) -> str:
        """The rule's id."""
        return self.rule.id

    def matches(self, point: tuple[int, ...]) -> bool:
        """Whether the rule matches the case whose cells are ``point``."""
        return all(mask >> cell & 1 for mask, cell in zip(self.box, point, strict=True))


@dataclass(frozen=True, slots=True)
class DecisionTable(SlottedModel):
    """A decision table whose domains and conditions have no fault. `prove` finds gaps and overlaps."""

    approval: Approval
    axes: tuple[Axis, ...]
    rows: tuple[CompiledRule, ...]

    @property
    def inputs(self) -> tuple[Input, ...]:
        """The inputs, in order."""
        return self.approval.inputs

    @property
    def hit_policy(self) -> HitPolicy:
        """How many rules may match one case."""
        return self.approval.hit_policy

    @property
    def space(self) -> Box:
        """The box of all cells."""
        return tuple(axis.full for axis in self.axes)

    @property
    def regions(self) -> int:
        """The number of boxes that the conditions cut the domain into; no condition changes its answer within one."""
        return prod(axis.size for axis in self.axes)

    def point(self, values: Mapping[str, Value]) -> tuple[int, ...]:
        """Return the cells of a case that has a valid value for every input."""
        return tuple(axis.cell(values[axis.input.id]) for axis in self.axes)


def compile_table(approval: Approval) -> DecisionTable:
    """Return the compiled table of ``approval``. Raises `TableError` with every fault of its domains and conditions."""
    faults = tuple(domain_faults(approval.inputs))
    if faults:
        raise TableError(faults)
    conditions, faults = _conditions(approval)
    if faults:
        raise TableError(faults)
    columns = tuple(zip(*conditions, strict=True))
    axes = tuple(axis_of(*each) for each in zip(approval.inputs, columns, strict=True))
    boxes = zip(*(_masks(*each) for each in zip(axes, columns, strict=True)), strict=True)
    rows = zip(full_rules(approval), conditions, boxes, strict=True)
    return DecisionTable(approval, axes, tuple(CompiledRule(number, *row) for number, row in enumerate(rows)))


def _masks(axis: Axis, conditions: tuple[Condition, ...]) -> Iterator[int]:
    """Return the cells that each of ``conditions`` matches."""
    masks = {key: axis.mask(condition) for key, condition in by_identity(conditions).items()}
    return map(masks.__getitem__, map(id, conditions))


def _conditions(approval: Approval) -> tuple[list[tuple[Condition, ...]], tuple[ApprovalFault, ...]]:
    faults: list[ApprovalFault] = []
    rows = []
    for number, rule in enumerate(approval.rules):
        faults += _unknown_inputs(approval, number, rule)
        row = []
        for source in approval.inputs:
            try:
                row.append(condition_for(source, rule.when[source.id]) if source.id in rule.when else ANYTHING)
            except SfeelError as error:
                faults.append(
                    ApprovalFault(
                        ("rules", number, "when", source.id), error.message, "approval-condition", error.offset
                    )
                )
        rows.append(tuple(row))
    return rows, tuple(faults)


def _unknown_inputs(approval: Approval, number: int, rule: ApprovalRule) -> Iterator[ApprovalFault]:
    known = [source.id for source in approval.inputs]
    for name in rule.when:
        if name not in known:
            hint = suggestion(name, known) or f"the inputs are {listed(known)}"
            yield ApprovalFault(
                ("rules", number, "when", name), f"unknown input {in_quotes(name)}; {hint}", "unknown-input"
            )
