"""The documents about packets: all in a few fields, one in full, and how they stand to the launch gates."""

from collections.abc import Iterator

from opmodel.approval import DecisionTable, export
from opmodel.formats.api import shapes
from opmodel.formats.api.parts import absolute, gate, head, readiness, summary
from opmodel.formats.api.table import ApprovalTable
from opmodel.model.signoff import Signoff
from opmodel.model.vocabulary import Section, Side
from opmodel.permalinks import addresses
from opmodel.readiness.assessment import Assessment
from opmodel.readiness.gates import GATES
from opmodel.readiness.material import packet_digest
from opmodel.readiness.signoffs import SideSignature
from opmodel.rules.check import Checked


def workflows(checked: Checked) -> shapes.Workflows:
    """Return every packet in a few fields."""
    return shapes.Workflows(
        **head(checked, "workflows", addresses.PORTFOLIO),
        workflows=tuple(summary(checked, name) for name in sorted(checked.model.summaries)),
    )


def workflow(checked: Checked, name: str) -> shapes.Workflow:
    """Return one packet with everything that is computed about it."""
    entry, assessment = checked.model.packets[name], checked.assessments[name]
    packet, table = entry.value, assessment.control.table
    return shapes.Workflow(
        **head(checked, "workflow", addresses.packet(name)),
        id=name,
        status=packet.status,
        digest=packet_digest(assessment.digests),
        digests=dict(assessment.digests),
        sections={section: absolute(checked, addresses.packet(name, section)) for section in Section},
        source=entry.document.path,
        superseded_by=checked.model.successors.get(name),
        packet=packet,
        approval=_table(table) if table else None,
        readiness=_readiness(checked, name, assessment),
        signoffs=_signatures(checked, name, assessment),
    )


def gates(checked: Checked) -> shapes.ReadinessDocument:
    """Return the launch gates, and how every packet stands to them."""
    return shapes.ReadinessDocument(
        **head(checked, "readiness", addresses.guide("launch-readiness#gates")),
        gates=tuple(_meanings(checked)),
        workflows=tuple(_standing(checked, name) for name in sorted(checked.model.summaries)),
    )


def _table(table: DecisionTable) -> ApprovalTable:
    return ApprovalTable.model_validate(export(table))


def _readiness(checked: Checked, name: str, assessment: Assessment) -> shapes.FullReadiness:
    counts = readiness(checked.model.summaries[name])
    results = tuple(gate(checked, name, result) for result in assessment.gates)
    return shapes.FullReadiness(ready=counts.ready, passed=counts.passed, total=counts.total, gates=results)


def _meanings(checked: Checked) -> Iterator[shapes.GateMeaning]:
    for each in GATES:
        yield shapes.GateMeaning(
            id=each.id,
            address=absolute(checked, addresses.guide(f"launch-readiness#gate-{each.id}")),
            title=each.title,
            meaning=" ".join(each.meaning.split()),
            section=each.section,
        )


def _standing(checked: Checked, name: str) -> shapes.PacketReadiness:
    packet = checked.model.summaries[name]
    return shapes.PacketReadiness(
        id=name,
        address=absolute(checked, addresses.packet(name, Section.READINESS)),
        title=packet.title,
        status=packet.status,
        ready=packet.ready,
        passed=packet.gates_passed,
        total=packet.gates_total,
        open=tuple(gate(checked, name, result) for result in packet.open_gates),
    )


def _signatures(checked: Checked, name: str, assessment: Assessment) -> shapes.Signatures:
    entry = checked.model.signoffs.get(name)
    records = entry.value.records if entry else ()
    return shapes.Signatures(
        business=_side(assessment, assessment.business),
        it=_side(assessment, assessment.it),
        records=tuple(_record(checked, name, number, record) for number, record in enumerate(records, 1)),
    )


def _side(assessment: Assessment, state: SideSignature) -> shapes.SideState:
    signed = state.signoff
    return shapes.SideState(
        state="missing" if signed is None else "current" if state.current else "stale",
        signed=signed.date if signed else None,
        name=signed.name if signed else None,
        changed=state.changed,
        changes=_changes(assessment, state.side),
    )


def _changes(assessment: Assessment, side: Side) -> tuple[shapes.Change, ...]:
    return tuple(
        shapes.Change(section=change.section, field=field.field, before=field.before, after=field.after)
        for change in assessment.changes[side]
        for field in change.fields
    )


def _record(checked: Checked, name: str, number: int, record: Signoff) -> shapes.Record:
    return shapes.Record(
        address=absolute(checked, addresses.packet(name, f"signoffs-{number}")),
        side=record.side,
        role=record.role,
        name=record.name,
        date=record.date,
        digests=record.digests,
    )
