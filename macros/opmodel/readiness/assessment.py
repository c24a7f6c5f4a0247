"""Assessment of a packet: its approval model, its gates and its signatures."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from opmodel.load.document import Entry
from opmodel.load.operating_model import OperatingModel
from opmodel.model.packet import Packet
from opmodel.model.packet_summary import GateResult, OwedItem, PacketSummary, packet_summary
from opmodel.model.signoff import Signoffs
from opmodel.model.vocabulary import SIGNING_SIDES, Section, Side
from opmodel.readiness.approval_findings import CheckedApproval, check_approval
from opmodel.readiness.changes import SectionChange, section_changes, signed_version
from opmodel.readiness.evidence import stale_evidence
from opmodel.readiness.gates import GATES, GateContext, gate_results
from opmodel.readiness.history import History
from opmodel.readiness.material import digests, left_out, packet_digest
from opmodel.readiness.owed import is_newer, owed_items, valid_signoffs
from opmodel.readiness.review_dates import is_overdue, judged_on
from opmodel.readiness.signoffs import SideSignature, side_signature, without_immaterial


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
    owed: tuple[OwedItem, ...]
    """What was added after it was signed, which it owes at its next review; without rules, which are yet to run."""

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


def checked_summary(
    entry: Entry[Packet], signoffs: Entry[Signoffs] | None, assessment: Assessment, owed_rules: Iterable[OwedItem]
) -> PacketSummary:
    """Return the summary of a packet with the fields that its check fills in."""
    packet = entry.value
    return replace(
        packet_summary(packet, signoffs.value if signoffs else None),
        as_of=assessment.as_of,
        overdue=is_overdue(packet.status, packet.shared.review.next, assessment.as_of),
        gates_passed=assessment.passed,
        gates_total=len(assessment.gates),
        open_gates=assessment.open,
        stale=tuple(side.reason for side in (assessment.business, assessment.it) if side.signoff and side.changed),
        owed=(*assessment.owed, *owed_rules),
        digest=packet_digest(assessment.digests),
    )


def assess_packet(
    model: OperatingModel, entry: Entry[Packet], signoffs: Entry[Signoffs] | None, as_of: date, history: History
) -> Assessment:
    """Return the assessment of one packet on the day ``as_of``."""
    packet, records = entry.value, signoffs.value if signoffs else None
    approval = check_approval(packet.shared.approval)
    now = digests(packet)
    states = (side_signature(packet, now, records, side, as_of) for side in SIGNING_SIDES)
    compared = (_compared(entry, state, model, history) for state in states)
    (business, business_changes), (it, it_changes) = compared
    signed = [record for record in (records.records if records else ()) if record.date <= as_of]
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
    gates = gate_results(context, entry)
    signatures = (business, it)
    newer = {gate.id for gate in GATES if gate.since and is_newer(gate.since, valid_signoffs(packet, signatures))}
    owed_gates = (OwedItem("gate", g.id, f'the gate "{g.title}"') for g in gates if g.id in newer and not g.passed)
    return Assessment(
        as_of=as_of,
        control=approval,
        digests=now,
        business=business,
        it=it,
        changes={Side.BUSINESS: business_changes, Side.IT: it_changes},
        stale_evidence=stale,
        gates=gates,
        owed=(*owed_items(packet, model, signatures), *owed_gates),
    )


def _compared(
    entry: Entry[Packet], state: SideSignature, model: OperatingModel, history: History
) -> tuple[SideSignature, tuple[SectionChange, ...]]:
    """Compare a packet with the version that was signed, if digests differ and the history has that version.

    Returns:
        The signature without sections in which only fields changed that are not material by now, and what changed.
    """
    signed = state.signoff
    old = signed_version(entry.document.path, signed, history) if signed and state.changed else None
    if old is None or signed is None:
        return state, ()
    without = left_out((*signed.left_out, *model.not_material))
    state = without_immaterial(state, old, entry.value, without)
    return state, section_changes(old, entry.value, state.changed, without)
