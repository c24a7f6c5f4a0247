"""Separation of duties, escalation that ends, and delegation of one level."""

import re
from collections.abc import Iterator

from opmodel.approval.faults import ApprovalFault, Path
from opmodel.model.approval import Approval, Party
from opmodel.model.chains import cycle_text, cycles
from opmodel.model.vocabulary import OnTimeout

_AGENT = re.compile(r"(?:(?:the|an|our)[ -])?(?:(?:ai|software|automated)[ -])?(?:agent|bot)", re.IGNORECASE)


def duty_faults(approval: Approval) -> Iterator[ApprovalFault]:
    """Yield every fault of who acts for whom. Parties that do not exist are left to the check of references."""
    parties = {party.id: party for party in approval.parties}
    yield from _separation(approval, parties)
    yield from _escalation(approval, parties)
    yield from _delegation(approval, parties)


def _duties(approval: Approval) -> Iterator[tuple[Path, str, str]]:
    """Yield where each party gets a duty of control: the place, the duty, the party."""
    for number, rule in enumerate(approval.rules):
        for at, step in enumerate(rule.approved_by):
            for field, names in (("any", step.any or ()), ("all", step.all or ())):
                for nth, name in enumerate(names):
                    yield ("rules", number, "approved_by", at, field, nth), f"{rule.id} is approved by", name
        if rule.checked_by:
            yield ("rules", number, "checked_by"), f"{rule.id} is checked by", rule.checked_by
    for number, party in enumerate(approval.parties):
        if party.id != approval.started_by:
            if party.escalates_to:
                yield ("parties", number, "escalates_to"), f"{party.id} escalates to", party.escalates_to
            if party.delegate:
                yield ("parties", number, "delegate", "to"), f"{party.id} is stood in for by", party.delegate.to


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
    for number, rule in enumerate(approval.rules):
        if rule.on_timeout is OnTimeout.ESCALATE:
            approvers = dict.fromkeys(name for step in rule.approved_by for name in step.parties)
            for name in approvers:
                if name in parties and not parties[name].escalates_to:
                    message = f"{rule.id} escalates when time runs out, but {name} has no escalates_to"
                    yield ApprovalFault(("rules", number, "on_timeout"), message, "escalation-ends")
    numbers = {party.id: number for number, party in enumerate(approval.parties)}
    for ring in cycles({name: party.escalates_to for name, party in parties.items()}):
        message = f"escalation turns in a circle: {cycle_text(ring, 0, ' to ')}; it must end at someone"
        yield ApprovalFault(("parties", numbers[ring[0]], "escalates_to"), message, "escalation-ends")


def _delegation(approval: Approval, parties: dict[str, Party]) -> Iterator[ApprovalFault]:
    for number, party in enumerate(approval.parties):
        if not party.delegate:
            continue
        path, to = ("parties", number, "delegate"), party.delegate.to
        if to == party.id:
            yield ApprovalFault((*path, "to"), f"{party.id} stands in for itself", "delegation-limit")
        elif to in parties and parties[to].delegate:
            message = f"{to} stands in for {party.id} and has a stand-in itself; delegation goes one level"
            yield ApprovalFault((*path, "to"), message, "delegation-limit")
        if party.delegate.at_most.seconds == 0:
            message = f"expected a time limit such as P14D, found {party.delegate.at_most}, which is no time"
            yield ApprovalFault((*path, "at_most"), message, "delegation-limit")
