"""The check of a packet's approval model, with findings at paths in the packet."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from pydantic import ValidationError

from opmodel.approval.check import check
from opmodel.approval.faults import ApprovalFault
from opmodel.approval.proof import Proof
from opmodel.approval.sentences import sentences
from opmodel.approval.table import DecisionTable
from opmodel.model.approval import Approval

APPROVAL_PATH = ("shared", "approval")
MEANINGS = {
    "approval-domain": "An input's domain is not sound: bounds the wrong way round, values twice, an unknown currency.",
    "approval-condition": "A condition is not an S-FEEL unary test over its input's domain (DMN 1.3, chapter 9).",
    "approval-outcome": "A rule lacks what its outcome needs (who, how fast, what on silence) or has what it may not.",
    "approval-gap": "Cases of the declared domain that no rule matches. The message names the smallest one.",
    "approval-overlap": "Cases that two rules match under the unique hit policy. The message names the smallest one.",
    "approval-unreachable": "Under the first hit policy, a rule that never decides because earlier ones match first.",
    "comma-means-or": "A condition of several tests that matches everything, as a comma means or. This is a warning.",
    "approval-too-complex": "The proof needs more work than is allowed. Nothing is claimed; split the table.",
    "approval-example": "An example of the packet gives another answer than it expects.",
    "separation-of-duties": "Whoever starts a case, and the agent, may not approve, check, stand in or take over.",
    "escalation-ends": "Escalation must lead to someone and never in a circle.",
    "delegation-limit": "Nobody stands in for themselves, and a delegation lasts for some time.",
    "unused-party": "A party takes no part: nothing names it. Mostly a rule that was forgotten. This is a warning.",
}
WARNINGS = frozenset({"unused-party", "comma-means-or"})
_DUTIES = frozenset({"separation-of-duties", "escalation-ends", "delegation-limit"})
_REPORTED_ELSEWHERE = frozenset({"unknown-input", "duplicate-id"})
"""Rules of `opmodel.approval` that other rules cover for the whole packet."""


@dataclass(frozen=True, slots=True)
class ApprovalFinding:
    """A problem of an approval model, with its path in the packet."""

    path: tuple[str | int, ...]
    message: str
    rule: str


@dataclass(frozen=True, kw_only=True)
class CheckedApproval:
    """A checked approval model. Without a valid form there is neither a table nor a proof."""

    table: DecisionTable | None
    proof: Proof | None
    findings: tuple[ApprovalFinding, ...]

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """Each rule as a sentence, computed on access because only pages need them."""
        return sentences(self.table) if self.table else ()

    @property
    def duty_findings(self) -> tuple[ApprovalFinding, ...]:
        """Findings on who may approve, escalation and delegation."""
        return tuple(finding for finding in self.findings if finding.rule in _DUTIES)

    @property
    def table_findings(self) -> tuple[ApprovalFinding, ...]:
        """Findings on the table itself and its examples."""
        return tuple(f for f in self.findings if f.rule not in _DUTIES and f.rule not in WARNINGS)


def check_approval(approval: Approval) -> CheckedApproval:
    """Check and prove the approval model of a packet."""
    table, proof, faults = check(approval)
    found = dict.fromkeys(_finding(fault) for fault in faults if fault.rule not in _REPORTED_ELSEWHERE)
    return CheckedApproval(table=table, proof=proof, findings=tuple(found))


def check_approval_tree(packet: Any) -> tuple[ApprovalFinding, ...]:
    """Return the findings of the approval model in the plain data of a packet that has a fault elsewhere.

    Plain values in place of conditions count as their text, so that such a fault hides no other. Empty if the model
    itself cannot be read.
    """
    try:
        approval = packet["shared"]["approval"]
        rules = tuple(rule | {"when": _as_conditions(rule["when"])} for rule in approval["rules"])
        return check_approval(Approval.model_validate(approval | {"rules": rules})).findings
    except (ValidationError, KeyError, TypeError, AttributeError):
        return ()


def _as_conditions(when: Mapping[str, object]) -> dict[str, object]:
    """Return conditions with the text of numbers, true and false that stand in their place."""
    texts = {name: str(test).lower() for name, test in when.items() if isinstance(test, bool | int | Decimal)}
    return {**when, **texts}


def _finding(fault: ApprovalFault) -> ApprovalFinding:
    return ApprovalFinding((*APPROVAL_PATH, *fault.path), fault.message, fault.rule)
