"""The sections of a packet that both sides agree on, other than the approval model and the computed ones."""

from datetime import date

from opmodel.addresses import row
from opmodel.load.operating_model import OperatingModel
from opmodel.model.packet import ExceptionCase, FailureCase, Packet
from opmodel.model.vocabulary import Section
from opmodel.readiness.review_dates import is_overdue
from opmodel.views.blocks import COPIED, Cell, Facts, Row, Table, badge, columns
from opmodel.views.packet.section import Blocks, assignment_cell, role_cell, team_cell
from opmodel.views.words import day


def owners(packet: Packet, model: OperatingModel) -> Blocks:
    """Who answers for value, who for safety, and who holds each other role."""
    owners = packet.owners
    accountable = (("Value owner", owners.value), ("Safety owner", owners.safety))
    rows = [
        Row(
            anchor=row(Section.OWNERS, owner.role),
            cells=(
                Cell(text=title, note=role_cell(owner.role, model).text),
                Cell(text=owner.holder),
                team_cell(owner.team, model),
            ),
        )
        for title, owner in accountable
    ]
    rows += [
        Row(
            anchor=row(Section.OWNERS, role),
            cells=(role_cell(role, model), Cell(text=held.holder), team_cell(held.team, model)),
        )
        for role, held in owners.others.items()
    ]
    titles = columns("Role", "Held by", "Team")
    return (Table(caption="Who holds each role in this workflow", columns=titles, rows=tuple(rows)),)


def exceptions(packet: Packet, model: OperatingModel) -> Blocks:
    """Where cases go that the agent may not finish."""
    queue = packet.shared.exceptions
    facts = Facts(
        facts=(
            ("Queue", Cell(text=queue.queue)),
            ("Owner", assignment_cell(queue.owner, model)),
            ("States of a case", Cell(text=" → ".join(queue.states) or "None listed")),
        )
    )
    titles = columns("Case", "Goes to", "Settled within", narrow="Settled within")
    rows = tuple(_case(case, model) for case in queue.cases)
    return facts, Table(caption="Kinds of exception", columns=titles, rows=rows)


def failure_cases(packet: Packet, model: OperatingModel) -> Blocks:
    """What must be shown not to go wrong."""
    titles = columns("What could go wrong", "How it is noticed", "How it is tested", "Owner", "Result")
    rows = tuple(_failure(case, model) for case in packet.shared.failure_cases)
    return (Table(caption="Launch-blocking failure cases", columns=titles, rows=rows),)


def audit(packet: Packet, model: OperatingModel) -> Blocks:
    """What is recorded, where, for how long, and who reads it."""
    audit = packet.shared.audit
    rows = tuple(
        Row(
            anchor=row(Section.AUDIT, record.id),
            cells=(Cell(text=record.event), Cell(text=record.fields), Cell(text=record.where)),
        )
        for record in audit.records
    )
    facts = Facts(
        facts=(
            ("Kept for", Cell(text=audit.retention.words if audit.retention else "Not set")),
            ("Read by", Cell(items=tuple(role_cell(role, model, packet) for role in audit.readers))),
        )
    )
    titles = columns("Event", "Holds", "Kept in")
    return facts, Table(caption="What is recorded", columns=titles, rows=rows)


def review(packet: Packet, model: OperatingModel, as_of: date) -> Blocks:
    """When both sides look again."""
    review = packet.shared.review
    cadence = review.cadence or (model.site.value.review_cadence if model.site else None)
    late = "Overdue" if is_overdue(packet.status, packet.shared.review.next, as_of) else ""
    return (
        Facts(
            facts=(
                ("Every", Cell(text=cadence.words if cadence else "–")),
                ("Last review", Cell(text=day(review.last))),
                ("Next review", Cell(text=day(review.next), note=late)),
                ("Last material change", Cell(text=day(packet.revised))),
            )
        ),
    )


def _case(case: ExceptionCase, model: OperatingModel) -> Row:
    cells = (Cell(text=case.case), assignment_cell(case.route, model), Cell(text=case.within.words))
    return Row(anchor=row(Section.EXCEPTIONS, case.id), cells=cells)


def _failure(case: FailureCase, model: OperatingModel) -> Row:
    evidence = (Cell(text="Evidence", href=case.evidence),) if case.evidence else ()
    when = (Cell(text=day(case.date)),) if case.date else ()
    result = Cell(items=(Cell(badge=badge("result", case.result)), *when, *evidence))
    texts = (Cell(text=case.case, note=case.id), Cell(text=case.detection), Cell(text=case.test))
    cells = (*texts, assignment_cell(case.owner, model), result)
    return Row(anchor=row(Section.FAILURE_CASES, case.id), cells=cells, data=COPIED)
