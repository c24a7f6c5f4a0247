"""What several documents share: the head of a document, links, gates and reviews."""

from datetime import date
from typing import TypedDict

from opmodel.formats import schemas
from opmodel.formats.api import shapes
from opmodel.model.packet_summary import GateResult, PacketSummary
from opmodel.permalinks import addresses
from opmodel.readiness.review_dates import is_overdue
from opmodel.rules.check import Checked


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
        id=result.id,
        address=absolute(checked, addresses.packet(name, f"readiness-{result.id}")),
        title=result.title,
        section=result.section,
        passed=result.passed,
        reasons=reasons,
    )


def readiness(packet: PacketSummary) -> shapes.Readiness:
    """Return how many gates pass."""
    return shapes.Readiness(ready=packet.ready, passed=packet.gates_passed, total=packet.gates_total)


def review(checked: Checked, packet: PacketSummary) -> shapes.Review:
    """Return when a packet is reviewed; a retired one never is."""
    late = is_overdue(packet.status, packet.next_review, checked.as_of)
    return shapes.Review(last=packet.last_review, next=None if packet.retired else packet.next_review, overdue=late)


def summary(checked: Checked, name: str) -> shapes.Summary:
    """Return a packet in a few fields."""
    packet = checked.model.summaries[name]
    return shapes.Summary(
        id=name,
        address=absolute(checked, addresses.packet(name)),
        data=absolute(checked, addresses.packet_data(name)),
        title=packet.title,
        summary=packet.summary,
        status=packet.status,
        value=packet.value,
        safety=packet.safety,
        readiness=readiness(packet),
        review=review(checked, packet),
        revised=packet.revised,
        supersedes=packet.supersedes,
        superseded_by=checked.model.successors.get(name),
        tags=packet.tags,
        digest=packet.digest,
    )
