"""Findings that hold whatever a faulty condition was meant to say, and conditions that match everything by mistake."""

from collections.abc import Iterator, Sequence
from functools import reduce
from operator import or_

from opmodel.approval.axis import OrderedAxis
from opmodel.approval.conditions import Condition, Range, number_of, test_text
from opmodel.approval.faults import ApprovalFault, TableError
from opmodel.approval.proof import prove
from opmodel.approval.table import DecisionTable, compile_table
from opmodel.model.approval import Approval


def certain_findings(approval: Approval, faults: Sequence[ApprovalFault]) -> Iterator[ApprovalFault]:
    """Yield what the proof finds although some conditions cannot be read.

    A faulty condition counts as one that matches everything: a gap that is left is a gap in any case. Of overlaps and
    unreachable rules, those among rules without a fault are certain.
    """
    faulty = {fault.path[1] for fault in faults if fault.path[0] == "rules"}
    unread = {(fault.path[1], fault.path[3]) for fault in faults if fault.path[::2] == ("rules", "when")}
    rules = tuple(
        rule.model_copy(
            update={"when": {name: test for name, test in rule.when.items() if (number, name) not in unread}}
        )
        for number, rule in enumerate(approval.rules)
    )
    try:
        table = compile_table(approval.model_copy(update={"rules": rules}))
    except TableError:
        return
    for finding in prove(table).findings:
        touched = {row.number for row in finding.rows} & faulty
        if finding.example is not None and (finding.rule == "approval-gap" or not touched):
            yield finding.fault


def conditions_matching_all(table: DecisionTable) -> Iterator[ApprovalFault]:
    """Yield a fault for each condition whose tests together match everything, as a comma means or."""
    for row in table.rows:
        for axis, condition in zip(table.axes, row.conditions, strict=True):
            if isinstance(axis, OrderedAxis) and len(condition.tests) > 1 and not condition.negated:
                masks = [axis.mask(Condition((test,))) for test in condition.tests]
                if axis.valued & ~reduce(or_, masks) == 0 and not any(axis.valued & ~mask == 0 for mask in masks):
                    both = _both(condition)
                    advice = f'if both must hold, write "{both}"' if both else "if that is meant, leave it out"
                    message = f"{row.id}: {condition} matches every value, because a comma means or; {advice}"
                    yield ApprovalFault(("rules", row.number, "when", axis.input.id), message, "comma-means-or")


def _both(condition: Condition) -> str:
    """Return the range between the two tests of a condition, empty if there is none: ``(5000..50000]``."""
    ends = [test for test in condition.tests if isinstance(test, Range)]
    low = next((test.low for test in ends if not test.high), None)
    high = next((test.high for test in ends if not test.low), None)
    if len(condition.tests) != 2 or not low or not high or number_of(low.value) >= number_of(high.value):
        return ""
    return test_text(Range(low, high))
