"""Cumulative tiers: where a rule names one tier, the tiers below it approve as well, lowest first."""

from collections.abc import Iterator

from opmodel.model.approval import Approval, ApprovalRule, Step


def full_rules(approval: Approval) -> tuple[ApprovalRule, ...]:
    """Return the rules of ``approval`` with every approver named, also those that follow from the cumulative tiers."""
    tiers = approval.cumulative_tiers
    return tuple(_full_rule(rule, tiers) for rule in approval.rules) if tiers else approval.rules


def alternatives(step: Step, tiers: tuple[str, ...]) -> list[str]:
    """Return the tiers of which ``step`` leaves a choice, so that the tiers below are not determined."""
    named = [party for party in dict.fromkeys(step.any or ()) if party in tiers]
    return named if len(named) > 1 else []


def _full_rule(rule: ApprovalRule, tiers: tuple[str, ...]) -> ApprovalRule:
    steps = tuple(_full_steps(rule.approved_by, rule.approvers, tiers))
    return rule.model_copy(update={"approved_by": steps}) if len(steps) > len(rule.approved_by) else rule


def _full_steps(steps: tuple[Step, ...], named: tuple[str, ...], tiers: tuple[str, ...]) -> Iterator[Step]:
    """Yield ``steps``, each after the steps of the tiers below it. A tier that is named keeps its place."""
    present = set(named)
    for step in steps:
        highest = max((tiers.index(party) for party in step.parties if party in tiers), default=0)
        for tier in tiers[:highest]:
            if tier not in present:
                present.add(tier)
                yield Step(any=(tier,), all=None)
        yield step
