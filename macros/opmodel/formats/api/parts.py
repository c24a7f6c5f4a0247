"""What several documents share: the head of a document, links, gates and reviews."""

from datetime import date
from typing import TypedDict

from opmodel import addresses
from opmodel.formats import schemas
from opmodel.formats.api import shapes
from opmodel.model.packet import Packet
from opmodel.model.vocabulary import Status
from opmodel.readiness.assessment import Assessment
from opmodel.readiness.calendar import overdue
from opmodel.readiness.gates import GateResult
from opmodel.readiness.material import packet_digest
from opmodel.rules.check import Checked
from opmodel.views.successors import successor


class Head(TypedDict):
    """The fields that every document begins with, other than its version."""

    schema_address: str
    address: str
    as_of: date


def absolute(checked: Checked, address: str) -> str:
    """Return the canonical address of something that stands at ``address`` in the site."""
    return addresses.absolute(checked.model, address)


def head(checked: Checked, kind: str, address: str) -> Head:
    """Return the fields that a document of ``kind`` begins with; ``address`` is that of the page for people."""
    return Head(
        schema_address=schemas.address(checked.model, f"api-{kind}"),
        address=absolute(checked, address),
        as_of=checked.as_of,
    )


def link(checked: Checked, name: str, address: str) -> shapes.Link:
    """Return the id of something with its canonical address."""
    return shapes.Link(id=name, address=absolute(checked, address))


def gate(checked: Checked, name: str, result: GateResult) -> shapes.Gate:
    """Return how the packet ``name`` stands to a gate."""
    reasons = tuple(
        shapes.Reason(text=text, place=shapes.Place(path=place.path, line=place.line, column=place.column))
        for place, text in result.reasons
    )
    return shapes.Gate(
        id=result.gate.id,
        address=absolute(checked, addresses.packet(name, f"readiness-{result.gate.id}")),
        title=result.gate.title,
        section=result.gate.section,
        passed=result.passed,
        reasons=reasons,
    )


def readiness(assessment: Assessment) -> shapes.Readiness:
    """Return how many gates pass."""
    return shapes.Readiness(ready=assessment.ready, passed=assessment.passed, total=len(assessment.gates))


def review(checked: Checked, packet: Packet) -> shapes.Review:
    """Return when a packet is reviewed; a retired one never is."""
    due = None if packet.status is Status.RETIRED else packet.shared.review.next
    return shapes.Review(last=packet.shared.review.last, next=due, overdue=overdue(packet, checked.as_of))


def summary(checked: Checked, name: str) -> shapes.Summary:
    """Return a packet in a few fields."""
    packet = checked.model.packets[name].value
    return shapes.Summary(
        id=name,
        address=absolute(checked, addresses.packet(name)),
        data=absolute(checked, addresses.packet_data(name)),
        title=packet.title,
        summary=packet.summary,
        status=packet.status,
        value=packet.owners.value,
        safety=packet.owners.safety,
        readiness=readiness(checked.assessments[name]),
        review=review(checked, packet),
        revised=packet.revised,
        supersedes=packet.supersedes,
        superseded_by=successor(checked.model, name),
        tags=packet.tags,
        digest=packet_digest(checked.assessments[name].digests),
    )
