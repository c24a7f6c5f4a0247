"""Summaries of packets: what lists, other pages and rules on the whole site need to know of each.

A large site is listed, checked and linked by its summaries; a packet itself is only loaded when it is asked for.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from opmodel.model.packet import Owner, Packet
from opmodel.model.problem import Place
from opmodel.model.signoff import Signoffs
from opmodel.model.vocabulary import Section, Side, Status

_ROWS: dict[Section, Callable[[Packet], Iterable[Any]]] = {
    Section.INPUTS: lambda packet: packet.business.inputs,
    Section.OUTCOMES: lambda packet: packet.business.outcomes,
    Section.ACCESS: lambda packet: packet.it.access,
    Section.FORBIDDEN: lambda packet: packet.it.forbidden,
    Section.CONTRACTS: lambda packet: packet.it.contracts,
    Section.POLICIES: lambda packet: packet.it.policies,
    Section.SUPPORT: lambda packet: packet.it.support.tiers,
    Section.APPROVAL: lambda packet: packet.shared.approval.rules,
    Section.EXCEPTIONS: lambda packet: packet.shared.exceptions.cases,
    Section.FAILURE_CASES: lambda packet: packet.shared.failure_cases,
    Section.AUDIT: lambda packet: packet.shared.audit.records,
}
"""The sections whose rows have ids of their own."""


class Duty(NamedTuple):
    """Something that a packet gives to a team: in words, the section that says so, and the matrix role, if any."""

    team: str
    words: str
    section: Section
    role: str


class Signed(NamedTuple):
    """One sign-off record: who signed, when, and how many sections."""

    side: Side
    name: str
    date: date
    sections: int


@dataclass(frozen=True, kw_only=True)
class GateResult:
    """One launch gate of one packet: passed, or the reasons why not and where to fix each."""

    id: str
    title: str
    section: Section
    reasons: tuple[tuple[Place, str], ...]

    @property
    def passed(self) -> bool:
        """Whether there is no reason against it."""
        return not self.reasons


@dataclass(frozen=True, kw_only=True)
class PacketSummary:
    """A packet in the facts that lists need. Each field is the packet's own of that name, unless it says otherwise.

    Summaries are unpickled by the thousand, so neither they nor what they hold has slots, which are slow to unpickle.
    """

    title: str
    summary: str
    status: Status
    revised: date
    supersedes: str | None
    formerly: tuple[str, ...]
    tags: tuple[str, ...]
    value: Owner
    safety: Owner
    last_review: date | None
    next_review: date
    rows: Mapping[Section, tuple[str, ...]]
    """The ids of the rows in each section that has some."""
    inputs: tuple[str, ...]
    """The names of the inputs of its approval model."""
    parties: tuple[str, ...]
    """The ids of those who take part in it."""
    duties: tuple[Duty, ...]
    signed: tuple[Signed, ...]
    """The records of its sign-offs, oldest first."""
    gates_passed: int = 0
    gates_total: int = 0
    """Number of launch gates that pass, and of all; 0 until the packet is checked."""
    open_gates: tuple[GateResult, ...] = ()
    """The gates that do not pass."""
    stale: tuple[str, ...] = ()
    """What changed since a side signed, one sentence a side."""
    digest: str = ""
    """The digest of all signed sections; empty until the packet is checked."""

    @property
    def retired(self) -> bool:
        """Whether the workflow was stopped for good."""
        return self.status is Status.RETIRED

    @property
    def ready(self) -> bool:
        """Whether the packet was checked and every gate passes."""
        return 0 < self.gates_passed == self.gates_total

    @property
    def owning_teams(self) -> tuple[str, str]:
        """The teams that own the value and the safety."""
        return self.value.team, self.safety.team

    def interned(self, pool: dict[Any, Any]) -> "PacketSummary":
        """Return the summary with the objects of ``pool`` in place of equal ones of its own, and add its own to it.

        Packets of one site have most ids, teams and words in common, so summaries then take half the memory.
        """
        one = pool.setdefault
        return replace(
            self,
            tags=one(self.tags, self.tags),
            value=one(self.value, self.value),
            safety=one(self.safety, self.safety),
            rows={section: one(ids, ids) for section, ids in self.rows.items()},
            inputs=one(self.inputs, self.inputs),
            parties=one(self.parties, self.parties),
            duties=tuple([one(duty, duty) for duty in self.duties]),
        )


def packet_summary(packet: Packet, signoffs: Signoffs | None) -> PacketSummary:
    """Return the summary of a packet and its sign-offs, without the facts that only a check finds out."""
    approval, records = packet.shared.approval, signoffs.records if signoffs else ()
    return PacketSummary(
        title=packet.title,
        summary=packet.summary,
        status=packet.status,
        revised=packet.revised,
        supersedes=packet.supersedes,
        formerly=packet.formerly,
        tags=packet.tags,
        value=packet.owners.value,
        safety=packet.owners.safety,
        last_review=packet.shared.review.last,
        next_review=packet.shared.review.next,
        rows=_rows(packet),
        inputs=tuple(source.id for source in approval.inputs),
        parties=tuple(party.id for party in approval.parties),
        duties=tuple(_duties(packet)),
        signed=tuple(Signed(record.side, record.name, record.date, len(record.digests)) for record in records),
    )


def _rows(packet: Packet) -> dict[Section, tuple[str, ...]]:
    owners = packet.owners
    rows = {section: tuple(item.id for item in of(packet)) for section, of in _ROWS.items()}
    rows[Section.OWNERS] = (owners.value.role, owners.safety.role, *owners.others)
    return rows


def _duties(packet: Packet) -> Iterator[Duty]:
    """Yield everything that a packet gives to a team, in the order of a team's page."""
    owners, queue = packet.owners, packet.shared.exceptions
    yield Duty(owners.value.team, "Owns the value", Section.OWNERS, owners.value.role)
    yield Duty(owners.safety.team, "Owns the safety", Section.OWNERS, owners.safety.role)
    for role, held in owners.others.items():
        yield Duty(held.team, held.holder, Section.OWNERS, role)
    for tier in packet.it.support.tiers:
        yield Duty(tier.team, f"Support: {tier.name}", Section.SUPPORT, "")
    for contract in packet.it.contracts:
        yield Duty(contract.owner, f"Interface: {contract.interface}", Section.CONTRACTS, "")
    yield Duty(queue.owner.team, "Owns the exception queue", Section.EXCEPTIONS, queue.owner.role)
    for case in packet.shared.failure_cases:
        yield Duty(case.owner.team, f"Failure case {case.id}", Section.FAILURE_CASES, case.owner.role)
