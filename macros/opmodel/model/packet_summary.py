"""Summaries of packets, from which lists, other pages and rules on the whole site are made without loading packets."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from opmodel.model.packet import Owner, Packet
from opmodel.model.problem import Place
from opmodel.model.signoff import Signoffs
from opmodel.model.system_uses import SystemUses
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
"""The sections with rows that have ids."""


class Duty(NamedTuple):
    """A duty of a team in a packet: in words, with its section and matrix role, if any."""

    team: str
    words: str
    section: Section
    role: str


class OwedItem(NamedTuple):
    """What was added after a packet was signed: a role, row, section, rule or gate, by its id and in words."""

    kind: str
    id: str
    words: str


class Signed(NamedTuple):
    """A sign-off: who signed, when, and how many sections."""

    side: Side
    name: str
    date: date
    sections: int


@dataclass(frozen=True, kw_only=True)
class GateResult:
    """The result of a launch gate: the reasons why it does not pass, with their places."""

    id: str
    title: str
    section: Section
    reasons: tuple[tuple[Place, str], ...]

    @property
    def passed(self) -> bool:
        """Whether there are no reasons."""
        return not self.reasons


@dataclass(frozen=True, kw_only=True)
class PacketSummary:
    """A summary of a packet. Fields are the packet's fields of the same name, unless they say otherwise.

    It has no slots, because summaries are unpickled by the thousand and slots are slow to unpickle.
    """

    title: str
    summary: str
    status: Status
    revised: date
    sample_as_of: date | None
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
    """The ids of the parties of its approval model."""
    duties: tuple[Duty, ...]
    identities: tuple[str, ...]
    """The identities that the agent uses, each once."""
    signed: tuple[Signed, ...]
    """The records of its sign-offs, oldest first."""
    gates_passed: int = 0
    gates_total: int = 0
    """Number of launch gates that pass, and of all; 0 until the packet is checked."""
    open_gates: tuple[GateResult, ...] = ()
    """The gates that do not pass."""
    stale: tuple[str, ...] = ()
    """One sentence a side whose signature is no longer valid."""
    as_of: date = date.min
    """The day on which its dates are judged: the day of the check, or the fixed day of a sample."""
    overdue: bool = False
    """Whether it is live and its next review has passed; False until the packet is checked."""
    owed: tuple[OwedItem, ...] = ()
    """What was added after it was signed, which it owes at its next review."""
    system_uses: SystemUses | None = None
    """What it says of systems; only in sites that list theirs."""
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
            identities=one(self.identities, self.identities),
            duties=tuple([one(duty, duty) for duty in self.duties]),
        )


def packet_summary(packet: Packet, signoffs: Signoffs | None) -> PacketSummary:
    """Return the summary of a packet and its sign-offs, without the fields that a check fills in."""
    approval, records = packet.shared.approval, signoffs.records if signoffs else ()
    return PacketSummary(
        title=packet.title,
        summary=packet.summary,
        status=packet.status,
        revised=packet.revised,
        sample_as_of=packet.sample_as_of,
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
        identities=tuple(dict.fromkeys([grant.identity for grant in packet.it.access])),
        signed=tuple(Signed(record.side, record.name, record.date, len(record.digests)) for record in records),
    )


def _rows(packet: Packet) -> dict[Section, tuple[str, ...]]:
    owners = packet.owners
    rows = {section: tuple(item.id for item in of(packet)) for section, of in _ROWS.items()}
    rows[Section.OWNERS] = (owners.value.role, owners.safety.role, *owners.others)
    return rows


def _duties(packet: Packet) -> Iterator[Duty]:
    """Yield all duties in a packet, in the order of a team's page."""
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
