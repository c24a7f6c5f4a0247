"""Delegation: who may stand in for whom, named party by party or said once for the level below each."""

from collections.abc import Iterator

from opmodel.approval.faults import ApprovalFault
from opmodel.model.approval import Approval, Party
from opmodel.model.vocabulary import DelegationPolicy


def stand_ins(approval: Approval, party: Party) -> tuple[str, ...]:
    """Return the parties that may stand in for ``party``: the one that it names, or those of the level below."""
    if party.delegate:
        return (party.delegate.to,)
    if approval.delegation is DelegationPolicy.NAMED or party.id == approval.started_by:
        return ()
    return level_below(approval, party.id)


def level_below(approval: Approval, party: str) -> tuple[str, ...]:
    """Return the level below ``party``: the tier below it, or else those who escalate to it. The party that starts
    cases is on no level."""
    tiers = approval.cumulative_tiers
    if party in tiers:
        number = tiers.index(party)
        return tiers[number - 1 : number] if number else ()
    return tuple(p.id for p in approval.parties if p.escalates_to == party and p.id != approval.started_by)


def delegation_faults(approval: Approval) -> Iterator[ApprovalFault]:
    """Yield a fault for each party that stands in for itself, or for no time.

    That a stand-in has a stand-in is no fault: it delegates what is its own, and never what was delegated to it.
    """
    for number, party in enumerate(approval.parties):
        if party.delegate is None:
            continue
        path, longest = ("parties", number, "delegate"), party.delegate.at_most
        if party.delegate.to == party.id:
            yield ApprovalFault((*path, "to"), f"{party.id} stands in for itself", "delegation-limit")
        if longest is not None and longest.seconds == 0:
            message = f"expected a time limit such as P14D, found {longest}, which is no time"
            yield ApprovalFault((*path, "at_most"), message, "delegation-limit")
