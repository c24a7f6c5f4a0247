"""The shape of every document under ``api/``. Field descriptions end up in the published JSON Schemas.

The shapes have a version. A new field leaves it; a field that goes or changes its meaning raises it.
"""

import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from opmodel.formats.api.table import ApprovalTable
from opmodel.model.faulty_packet import ShownVersion
from opmodel.model.packet import Owner, Packet
from opmodel.model.signoff import Digest
from opmodel.model.vocabulary import Layer, Phase, Raci, Section, Side, SigningSide, Status

VERSION: Literal[1] = 1
Address = Annotated[str, Field(json_schema_extra={"format": "uri"})]


class Shape(BaseModel):
    """The base of every shape: frozen, with no field that is not described."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", validate_by_name=True, validate_by_alias=True, defer_build=True
    )


class Document(Shape):
    """What every document begins with."""

    schema_address: Address = Field(alias="$schema", description="The JSON Schema of this document.")
    version: Literal[1] = Field(VERSION, description="Version of the shapes under api/.")
    address: Address = Field(description="Canonical address of the page that shows the same to people.")
    as_of: datetime.date = Field(description="The day on which dates were judged.")


class Link(Shape):
    """Something with an address."""

    id: str = Field(description="Its id in the data.")
    address: Address = Field(description="Its canonical address.")


class DocumentLink(Link):
    """One document of the API."""

    about: str = Field(description="What it holds.")
    schema_address: Address = Field(alias="schema", description="Its JSON Schema.")


class FileLink(Link):
    """One file in another format."""

    about: str = Field(description="What it holds.")
    media_type: str = Field(description="Its media type.")


class Index(Document):
    """``api/index.json``: what this site publishes for programs."""

    name: str = Field(description="Name of the site.")
    organisation: str = Field(description="The organisation whose operating model this is.")
    description: str = Field(description="What the site is for.")
    documents: tuple[DocumentLink, ...] = Field(description="The other documents.")
    files: tuple[FileLink, ...] = Field(description="The same content in other formats.")
    data_schemas: tuple[Link, ...] = Field(description="JSON Schemas of the YAML files that the site is made from.")


class Place(Shape):
    """Where to mend something."""

    path: str = Field(description="File, relative to the repository's root.")
    line: int = Field(description="Line, from 1.")
    column: int = Field(description="Column, from 1.")


class Reason(Shape):
    """Why a gate is open."""

    text: str = Field(description="The reason.")
    place: Place = Field(description="Where to mend it.")


class Gate(Link):
    """One launch gate, as one packet stands to it."""

    title: str = Field(description="Name of the gate.")
    section: Section = Field(description="The section that it is about.")
    passed: bool = Field(description="Whether it passes.")
    reasons: tuple[Reason, ...] = Field(description="Why it is open; none when it passes.")


class Readiness(Shape):
    """The launch gates of a packet in numbers."""

    ready: bool = Field(description="Whether every gate passes.")
    passed: int = Field(description="Gates that pass.")
    total: int = Field(description="All gates.")


class FullReadiness(Readiness):
    """Every gate with its reasons."""

    gates: tuple[Gate, ...] = Field(description="The gates, in the order in which a packet fills up.")


class Review(Shape):
    """When both sides look at a packet again."""

    last: datetime.date | None = Field(description="The last review.")
    next: datetime.date | None = Field(description="The next review; none for a retired packet.")
    overdue: bool = Field(description="Whether the next review of a live packet has passed.")


class Owed(Shape):
    """What was added after a packet was signed."""

    kind: Literal["role", "row", "section", "rule", "gate"] = Field(description="What it is.")
    id: str = Field(description="Its id.")
    words: str = Field(description="What the packet owes, in words.")


class Error(Shape):
    """What is wrong with a packet."""

    rule: str = Field(description="Id of the rule.")
    text: str = Field(description="What was expected, and what was found.")
    place: Place = Field(description="Where to mend it.")


class Fault(Shape):
    """The errors of a packet that is published in spite of them."""

    errors: tuple[Error, ...] = Field(description="The errors, by place.")
    since: datetime.date | None = Field(description="The day since which it has errors, where that is known.")
    only_time: bool = Field(description="Whether nothing but time has passed since it had no error.")
    shown: ShownVersion = Field(description="Which version is shown: the present one, an earlier one, or none.")
    committed: datetime.date | None = Field(description="The day of the commit whose version is shown.")
    commit: str = Field(description="The id of that commit; empty where the present version or none is shown.")
    unknown: str = Field(description="Why nobody could look for an earlier version; empty where somebody could.")


class Unavailable(Link):
    """A packet of which no version is shown."""

    fault: Fault = Field(description="What is wrong with it.")


class UnavailableWorkflow(Document):
    """``api/workflows/<id>.json`` of a packet of which no version is shown."""

    id: str = Field(description="The packet's id.")
    fault: Fault = Field(description="What is wrong with it.")


class Summary(Link):
    """A packet in a few fields."""

    data: Address = Field(description="The document with the whole packet.")
    title: str = Field(description="Name of the workflow.")
    summary: str = Field(description="What the agent does.")
    status: Status = Field(description="Where the packet stands.")
    value: Owner = Field(description="The owner for value.")
    safety: Owner = Field(description="The owner for safety.")
    readiness: Readiness = Field(description="How many gates pass.")
    owed: tuple[Owed, ...] = Field(
        description="What it owes at its next review, because it was added after both signed."
    )
    review: Review = Field(description="When it is reviewed.")
    revised: datetime.date = Field(description="The day of the last material change.")
    sample_as_of: datetime.date | None = Field(description="The fixed day on which dates of a sample are judged.")
    supersedes: str | None = Field(description="The packet that it replaces.")
    superseded_by: str | None = Field(description="The packet that replaced it.")
    fault: Fault | None = Field(description="What is wrong with it; none where it has no error.")
    tags: tuple[str, ...] = Field(description="Words that group packets.")
    digest: Digest = Field(description="One digest over all sections that are signed.")


class Workflows(Document):
    """``api/workflows/index.json``: every packet in a few fields."""

    workflows: tuple[Summary, ...] = Field(description="The packets, by id.")
    unavailable: tuple[Unavailable, ...] = Field(description="Packets of which no version is shown, by id.")


class Change(Shape):
    """A field that is not what was signed."""

    section: Section = Field(description="The section.")
    field: str = Field(description="The field in it.")
    before: str = Field(description="As it was signed; empty where it was not there.")
    after: str = Field(description="As it is now; empty where it is not there.")


class Record(Shape):
    """One sign-off."""

    address: Address = Field(description="Where the page shows it.")
    side: SigningSide = Field(description="The side that signed.")
    role: str = Field(description="The matrix role that signed.")
    name: str = Field(description="Title of the function that signed.")
    date: datetime.date = Field(description="The day.")
    left_out: tuple[str, ...] = Field(description="Fields that were not material; the digests do not cover them.")
    engine: str | None = Field(description="Version of opmodel that made the record, where it says so.")
    digests: dict[Section, Digest] = Field(description="Digest of each section as it was signed.")


class SideState(Shape):
    """Whether the signature of one side holds."""

    state: Literal["current", "stale", "missing"] = Field(description="Whether it covers the packet as it stands.")
    signed: datetime.date | None = Field(description="The day of the newest sign-off.")
    name: str | None = Field(description="Title of the function that signed it.")
    changed: tuple[Section, ...] = Field(description="Sections that changed since.")
    changes: tuple[Change, ...] = Field(description="The changed fields, where version control has what was signed.")


class Signatures(Shape):
    """Both signatures, and every record."""

    business: SideState = Field(description="The business side.")
    it: SideState = Field(description="The IT side.")
    records: tuple[Record, ...] = Field(description="Every sign-off, oldest first.")


class Workflow(Document):
    """``api/workflows/<id>.json``: one packet, with everything that is computed about it."""

    id: str = Field(description="The packet's id.")
    status: Status = Field(description="Where the packet stands.")
    digest: Digest = Field(description="One digest over all sections that are signed.")
    digests: dict[Section, Digest] = Field(description="Digest of each section as it stands.")
    sections: dict[Section, Address] = Field(description="Canonical address of each section.")
    source: str = Field(description="The YAML file that it is made from.")
    superseded_by: str | None = Field(description="The packet that replaced it.")
    fault: Fault | None = Field(description="What is wrong with it; none where it has no error.")
    packet: Packet = Field(description="The packet as it was written. Exact numbers are text.")
    approval: ApprovalTable | None = Field(description="The approval table, compiled; none when it is not sound.")
    readiness: FullReadiness = Field(description="Every launch gate.")
    signoffs: Signatures = Field(description="Who signed, and whether it still holds.")


class Answer(Link):
    """One question with its answer."""

    question: str = Field(description="The question.")
    short_answer: str = Field(description="The answer in plain text, 200 characters at most.")
    answer: str = Field(description="The answer in Markdown, with canonical links.")
    topics: tuple[str, ...] = Field(description="Topics that group the questions.")
    asked_by: tuple[str, ...] = Field(description="Ids of the roles that ask this.")
    related_guide: tuple[Link, ...] = Field(description="Guide pages or sections to read on.")
    related_workflows: tuple[Link, ...] = Field(description="Packets that show the answer in use.")
    related_questions: tuple[Link, ...] = Field(description="Questions that people ask next.")
    reviewed: datetime.date = Field(description="When the answer was last checked.")
    formerly: tuple[str, ...] = Field(description="Ids that the question had before.")


class FaqDocument(Document):
    """``api/faq.json``: every question with its answer."""

    questions: tuple[Answer, ...] = Field(description="The questions, in the order of the index.")


class RoleShape(Shape):
    """One column of the matrix."""

    id: str = Field(description="The role's id.")
    name: str = Field(description="Name of the role.")
    side: Side = Field(description="The side that it belongs to.")
    meaning: str = Field(description="What the role does.")


class ResponsibilityShape(Link):
    """One row of the matrix."""

    name: str = Field(description="The responsibility.")
    meaning: str = Field(description="What doing it well means.")
    layer: Layer = Field(description="The layer that it belongs to.")
    phase: Phase = Field(description="When it applies.")
    raci: dict[str, Raci] = Field(description="RACI letter by role id; a role that is left out has no part in it.")
    evidence: Section = Field(description="The packet section that shows how it was met.")


class ResponsibilitiesDocument(Document):
    """``api/responsibilities.json``: the responsibility matrix."""

    roles: tuple[RoleShape, ...] = Field(description="The columns, in order.")
    responsibilities: tuple[ResponsibilityShape, ...] = Field(description="The rows, in order.")


class TeamShape(Link):
    """A team with what it owns."""

    name: str = Field(description="Name of the team.")
    side: Side = Field(description="The side that it belongs to.")
    purpose: str = Field(description="What the team is for.")
    channel: str = Field(description="Where to reach it.")
    contact: str = Field(description="Role or shared mailbox that answers.")
    escalates_to: str | None = Field(description="Id of the team that takes over.")
    owns_value_of: tuple[Link, ...] = Field(description="Workflows whose value it owns.")
    owns_safety_of: tuple[Link, ...] = Field(description="Workflows whose safety it owns.")
    reviews: Address = Field(description="Calendar of its next reviews, which may be empty.")


class TeamsDocument(Document):
    """``api/teams.json``: every team."""

    teams: tuple[TeamShape, ...] = Field(description="The teams.")


class GateMeaning(Link):
    """What a gate asks."""

    title: str = Field(description="Name of the gate.")
    meaning: str = Field(description="What must be true for it to pass.")
    section: Section = Field(description="The section that it is about.")


class PacketReadiness(Link):
    """How one packet stands to the gates."""

    title: str = Field(description="Name of the workflow.")
    status: Status = Field(description="Where the packet stands.")
    ready: bool = Field(description="Whether every gate passes.")
    passed: int = Field(description="Gates that pass.")
    total: int = Field(description="All gates.")
    open: tuple[Gate, ...] = Field(description="The gates that do not pass.")


class ReadinessDocument(Document):
    """``api/readiness.json``: the launch gates, and how every packet stands to them."""

    gates: tuple[GateMeaning, ...] = Field(description="The gates, in order.")
    workflows: tuple[PacketReadiness, ...] = Field(description="The packets, by id.")


SHAPES: dict[str, type[Document]] = {
    "index": Index,
    "workflows": Workflows,
    "workflow": Workflow,
    "unavailable-workflow": UnavailableWorkflow,
    "faq": FaqDocument,
    "responsibilities": ResponsibilitiesDocument,
    "teams": TeamsDocument,
    "readiness": ReadinessDocument,
}
"""Every kind of document; the schema's name is ``api-`` and this name."""
