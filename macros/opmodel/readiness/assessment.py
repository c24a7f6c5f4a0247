"""Assessment of a packet: its approval model, its gates and its signatures."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from opmodel.load.document import Entry
from opmodel.load.operating_model import OperatingModel
from opmodel.model.packet import Packet
from opmodel.model.packet_summary import GateResult, PacketSummary, packet_summary
from opmodel.model.signoff import Signoffs
from opmodel.model.vocabulary import Section, Side
from opmodel.readiness.approval_findings import CheckedApproval, check_approval
from opmodel.readiness.changes import SectionChange, changes_since
from opmodel.readiness.evidence import stale_evidence
from opmodel.readiness.gates import GateContext, gate_results
from opmodel.readiness.history import History
from opmodel.readiness.material import digests, packet_digest
from opmodel.readiness.review_dates import is_overdue, judged_on
from opmodel.readiness.signoffs import SideSignature, side_signature


@dataclass(frozen=True, kw_only=True)
class Assessment:
    """What is computed of one packet on one day."""

    as_of: date
    """The day on which its dates were judged."""
    control: CheckedApproval
    digests: Mapping[Section, str]
    """The current digest of each signed section."""
    business: SideSignature
    it: SideSignature
    changes: Mapping[Side, tuple[SectionChange, ...]]
    stale_evidence: tuple[str, ...]
    """Why the evidence of each failure case is stale, or an empty text for each that is not."""
    gates: tuple[GateResult, ...]

    @property
    def passed(self) -> int:
        """The number of gates that pass."""
        return sum(result.passed for result in self.gates)

    @property
    def ready(self) -> bool:
        """Whether every gate passes."""
        return self.passed == len(self.gates)

    @property
    def open(self) -> tuple[GateResult, ...]:
        """The gates that do not pass."""
        return tuple(result for result in self.gates if not result.passed)


def assess(model: OperatingModel, as_of: date, history: History) -> Mapping[str, Assessment]:
    """Return the assessments of all packets on the day ``as_of``, by packet id; samples have a day of their own."""
    return {
        name: assess_packet(model, entry, model.signoffs.get(name), judged_on(entry.value, as_of), history)
        for name, entry in model.packets.items()
    }


def checked_summary(entry: Entry[Packet], signoffs: Entry[Signoffs] | None, assessment: Assessment) -> PacketSummary:
    """Return the summary of a packet with the fields that its assessment fills in."""
    packet = entry.value
    return replace(
        packet_summary(packet, signoffs.value if signoffs else None),
        as_of=assessment.as_of,
        overdue=is_overdue(packet.status, packet.shared.review.next, assessment.as_of),
        gates_passed=assessment.passed,
        gates_total=len(assessment.gates),
        open_gates=assessment.open,
        stale=tuple(side.reason for side in (assessment.business, assessment.it) if side.signoff and side.changed),
        digest=packet_digest(assessment.digests),
    )


def assess_packet(
    model: OperatingModel, entry: Entry[Packet], signoffs: Entry[Signoffs] | None, as_of: date, history: History
) -> Assessment:
    """Return the assessment of one packet on the day ``as_of``."""
    packet, records = entry.value, signoffs.value if signoffs else None
    approval = check_approval(packet.shared.approval)
    now = digests(packet)
    business = side_signature(now, records, Side.BUSINESS, as_of)
    it = side_signature(now, records, Side.IT, as_of)
    signed = (state.signoff for state in (business, it) if state.signoff)
    stale = stale_evidence(entry, now, signed, history)
    context = GateContext(
        packet=packet,
        model=model,
        control=approval,
        business=business,
        it=it,
        as_of=as_of,
        stale_evidence=stale,
        data=entry.document.data,
    )
    return Assessment(
        as_of=as_of,
        control=approval,
        digests=now,
        business=business,
        it=it,
        changes={state.side: _changes(entry, state, history) for state in (business, it)},
        stale_evidence=stale,
        gates=gate_results(context, entry),
    )


def _changes(entry: Entry[Packet], state: SideSignature, history: History) -> tuple[SectionChange, ...]:
    if state.signoff is None or not state.changed:
        return ()
    return changes_since(entry.value, entry.document.path, state.signoff, state.changed, history)
