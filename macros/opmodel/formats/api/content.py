"""The content of the documents, filled from the checked site."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from opmodel.approval.export import export
from opmodel.formats import schemas
from opmodel.formats.api import shapes
from opmodel.formats.api.table import ApprovalTable
from opmodel.formats.markdown import canonical_links
from opmodel.model.faq import Question
from opmodel.model.organisation import Team
from opmodel.model.packet_summary import GateResult, PacketSummary
from opmodel.model.vocabulary import Section, Side
from opmodel.permalinks import addresses
from opmodel.readiness.assessment import Assessment
from opmodel.readiness.gates import GATES
from opmodel.readiness.material import packet_digest
from opmodel.readiness.signoffs import SideSignature
from opmodel.rules.check import Checked, unavailable_packets

Shape = TypeVar("Shape", bound=shapes.Shape)


def filled(shape: type[Shape], record: object, **others: Any) -> Shape:
    """Return a ``shape`` with the fields ``others``; all further fields come from ``record``."""
    return shape(**{name: getattr(record, name) for name in shape.model_fields if name not in others}, **others)


def absolute(checked: Checked, address: str) -> str:
    """Return the canonical form of an address of the site."""
    return addresses.absolute(checked.model, address)


def head(checked: Checked, kind: str, address: str) -> dict[str, Any]:
    """Return the first fields of a document; ``address`` is that of the page for people."""
    schema = schemas.address(checked.model, f"api-{kind}")
    return {"schema_address": schema, "address": absolute(checked, address), "as_of": checked.as_of}


def responsibilities(checked: Checked) -> shapes.ResponsibilitiesDocument:
    """Return the responsibility matrix."""
    rows = (entry.value for entry in checked.model.responsibilities.values())
    return shapes.ResponsibilitiesDocument(
        **head(checked, "responsibilities", addresses.MATRIX),
        roles=tuple(filled(shapes.RoleShape, entry.value) for entry in checked.model.roles.values()),
        responsibilities=tuple(
            filled(shapes.ResponsibilityShape, row, address=absolute(checked, f"{addresses.MATRIX}#{row.id}"))
            for row in rows
        ),
    )


def teams(checked: Checked) -> shapes.TeamsDocument:
    """Return every team with what it owns."""
    found = tuple(_team(checked, entry.value) for entry in checked.model.teams.values())
    return shapes.TeamsDocument(**head(checked, "teams", addresses.TEAMS), teams=found)


def faq(checked: Checked) -> shapes.FaqDocument:
    """Return every question with its answer."""
    found = tuple(_answer(checked, entry.value) for entry in checked.model.questions.values())
    return shapes.FaqDocument(**head(checked, "faq", addresses.FAQ), questions=found)


def workflows(checked: Checked) -> shapes.Workflows:
    """Return every packet in a few fields."""
    return shapes.Workflows(
        **head(checked, "workflows", addresses.PORTFOLIO),
        workflows=tuple(_summary(checked, name) for name in sorted(checked.model.summaries)),
        unavailable=tuple(
            shapes.Unavailable(
                id=name, address=absolute(checked, addresses.packet(name)), fault=_known_fault(checked, name)
            )
            for name in unavailable_packets(checked)
        ),
    )


def workflow(checked: Checked, name: str) -> shapes.Workflow:
    """Return one packet with all computed values."""
    entry, assessment = checked.model.packets[name], checked.assessments[name]
    table, summary = assessment.control.table, checked.model.summaries[name]
    return shapes.Workflow(
        **{**head(checked, "workflow", addresses.packet(name)), "as_of": summary.as_of},
        id=name,
        status=entry.value.status,
        digest=packet_digest(assessment.digests),
        digests=dict(assessment.digests),
        sections={section: absolute(checked, addresses.packet(name, section)) for section in Section},
        source=entry.document.path,
        superseded_by=checked.model.successors.get(name),
        fault=_fault(checked, name),
        packet=entry.value,
        approval=ApprovalTable.model_validate(export(table)) if table else None,
        readiness=shapes.FullReadiness(**_gate_counts(summary), gates=_gates(checked, name, assessment.gates)),
        signoffs=_signatures(checked, name, assessment),
    )


def gates(checked: Checked) -> shapes.ReadinessDocument:
    """Return the launch gates, and the readiness of every packet."""
    return shapes.ReadinessDocument(
        **head(checked, "readiness", addresses.guide("launch-readiness#gates")),
        gates=tuple(_gate_meanings(checked)),
        workflows=tuple(_packet_readiness(checked, name) for name in sorted(checked.model.summaries)),
    )


def _team(checked: Checked, team: Team) -> shapes.TeamShape:
    return filled(
        shapes.TeamShape,
        team,
        address=absolute(checked, addresses.team(team.id)),
        owns_value_of=_owned(checked, team.id, lambda summary: summary.value.team == team.id),
        owns_safety_of=_owned(checked, team.id, lambda summary: summary.safety.team == team.id),
        reviews=absolute(checked, addresses.reviews(team.id)),
    )


def _owned(checked: Checked, team: str, owns: Callable[[PacketSummary], bool]) -> tuple[shapes.Link, ...]:
    names = checked.model.owned.get(team, ())
    return _links(checked, (name for name in names if owns(checked.model.summaries[name])), addresses.packet)


def _answer(checked: Checked, question: Question) -> shapes.Answer:
    return filled(
        shapes.Answer,
        question,
        address=absolute(checked, addresses.question(question.id)),
        answer=canonical_links(question.answer, checked.model),
        related_guide=_links(checked, question.related.guide, addresses.guide),
        related_workflows=_links(checked, question.related.packets, addresses.packet),
        related_questions=_links(checked, question.related.questions, addresses.question),
    )


def _links(checked: Checked, names: Iterable[str], address: Callable[[str], str]) -> tuple[shapes.Link, ...]:
    return tuple(shapes.Link(id=name, address=absolute(checked, address(name))) for name in names)


def unavailable(checked: Checked, name: str) -> shapes.UnavailableWorkflow:
    """Return what is wrong with a packet of which no version is shown."""
    return shapes.UnavailableWorkflow(
        **head(checked, "unavailable-workflow", addresses.packet(name)), id=name, fault=_known_fault(checked, name)
    )


def _fault(checked: Checked, name: str) -> shapes.Fault | None:
    return _known_fault(checked, name) if name in checked.faulty_packets else None


def _known_fault(checked: Checked, name: str) -> shapes.Fault:
    packet = checked.faulty_packets[name]
    errors = (
        filled(shapes.Error, problem, place=filled(shapes.Place, problem.place), text=problem.message)
        for problem in packet.problems
    )
    return filled(
        shapes.Fault,
        packet,
        errors=tuple(errors),
        committed=packet.version_day,
        commit=packet.version_commit,
        unknown=packet.not_searched_because,
    )


def _summary(checked: Checked, name: str) -> shapes.Summary:
    packet = checked.model.summaries[name]
    return filled(
        shapes.Summary,
        packet,
        id=name,
        address=absolute(checked, addresses.packet(name)),
        data=absolute(checked, addresses.packet_data(name)),
        readiness=shapes.Readiness(**_gate_counts(packet)),
        owed=tuple(filled(shapes.Owed, item) for item in packet.owed),
        review=shapes.Review(
            last=packet.last_review,
            next=None if packet.retired else packet.next_review,
            overdue=packet.overdue,
        ),
        superseded_by=checked.model.successors.get(name),
        fault=_fault(checked, name),
    )


def _gate_counts(packet: PacketSummary) -> dict[str, Any]:
    return {"ready": packet.ready, "passed": packet.gates_passed, "total": packet.gates_total}


def _packet_readiness(checked: Checked, name: str) -> shapes.PacketReadiness:
    packet = checked.model.summaries[name]
    return filled(
        shapes.PacketReadiness,
        packet,
        id=name,
        address=absolute(checked, addresses.packet(name, Section.READINESS)),
        **_gate_counts(packet),
        open=_gates(checked, name, packet.open_gates),
    )


def _gates(checked: Checked, name: str, results: Iterable[GateResult]) -> tuple[shapes.Gate, ...]:
    return tuple(
        filled(
            shapes.Gate,
            result,
            address=absolute(checked, addresses.packet(name, f"readiness-{result.id}")),
            reasons=tuple(
                shapes.Reason(text=text, place=filled(shapes.Place, place)) for place, text in result.reasons
            ),
        )
        for result in results
    )


def _gate_meanings(checked: Checked) -> Iterator[shapes.GateMeaning]:
    for gate in GATES:
        address = absolute(checked, addresses.guide(f"launch-readiness#gate-{gate.id}"))
        yield filled(shapes.GateMeaning, gate, address=address, meaning=" ".join(gate.meaning.split()))


def _signatures(checked: Checked, name: str, assessment: Assessment) -> shapes.Signatures:
    entry = checked.model.signoffs.get(name)
    records = entry.value.records if entry else ()
    return shapes.Signatures(
        business=_side(assessment, assessment.business),
        it=_side(assessment, assessment.it),
        records=tuple(
            filled(shapes.Record, record, address=absolute(checked, addresses.packet(name, f"signoffs-{number}")))
            for number, record in enumerate(records, 1)
        ),
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
        filled(shapes.Change, field, section=change.section)
        for change in assessment.changes[side]
        for field in change.fields
    )
