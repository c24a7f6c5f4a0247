"""A packet: one agent workflow, written down by business and IT together."""

from typing import Annotated

from pydantic import AfterValidator, Field, StrictStr, WithJsonSchema
from pydantic_core import PydanticCustomError

from opmodel.model.approval import Approval
from opmodel.model.base import FrozenModel, Reference
from opmodel.model.signoff import Digest
from opmodel.model.values import (
    ActingRoleId,
    ActingTeamId,
    CaseId,
    Count,
    Date,
    Duration,
    Id,
    Line,
    Link,
    Number,
    PacketId,
    Prose,
    RoleId,
    RowId,
    SystemId,
    TeamId,
)
from opmodel.model.vocabulary import DataClass, FailureKind, Operation, Section, Status, TestResult

_COMPUTED = (Section.READINESS, Section.SIGNOFFS)


def _written(section: Section) -> Section:
    if section in _COMPUTED:
        raise PydanticCustomError("section", "expected a section that people write; this one is computed")
    return section


_WRITTEN = {section.value: section.meaning for section in Section if section not in _COMPUTED}
_SCHEMA = {"type": "string", "enum": [*_WRITTEN], "enumDescriptions": [*_WRITTEN.values()]}
WrittenSection = Annotated[Section, AfterValidator(_written), WithJsonSchema(_SCHEMA)]
"""A section of a packet that people write."""


class Assignment(FrozenModel):
    """A matrix role as one team holds it."""

    role: ActingRoleId = Field(description="The matrix role.")
    team: ActingTeamId = Field(description="The team that holds it here; on the same side as the role.")


class Holder(FrozenModel):
    """The team and function that hold a role in this packet."""

    team: TeamId = Field(description="The team.")
    holder: Line = Field(description="Title of the function, such as Head of Accounts Payable; never a person's name.")


class Owner(Assignment):
    """An accountable owner: a role, its team, and the function that answers."""

    holder: Line = Field(description="Title of the function, such as Head of Accounts Payable; never a person's name.")


class Owners(FrozenModel):
    """Who answers for value, who for safety, and who holds each other role."""

    value: Owner = Field(description="The one owner for value, on the business side.")
    safety: Owner = Field(description="The one owner for safety, on the IT side.")
    others: Annotated[dict[str, Holder], Reference("role")] = Field(
        default_factory=dict, description="Holder of every other role of the matrix, by role id."
    )


class Volume(FrozenModel):
    """How much manual work there is."""

    cases: Count = Field(description="Cases per period.")
    per: Duration = Field(description="The period, such as P1M for a month.")
    minutes_each: Number = Field(ge=0, description="Minutes of manual work per case, on average.")


class VolumeBand(FrozenModel):
    """A part of the cases, counted: those that meet a condition on the inputs of the approval table."""

    when: Annotated[dict[str, StrictStr], Reference("input")] = Field(
        description="S-FEEL unary test per input of the approval table, as in its rules."
    )
    cases: Count = Field(description="Cases of this band, per period of the volume.")


class Pain(FrozenModel):
    """The manual drag that the workflow removes."""

    drag: Prose = Field(description="What people do by hand today and why it hurts.")
    volume: Volume = Field(description="How often it happens and how long it takes.")
    cost_of_error: Line = Field(description="What a mistake costs, in the words of the business.")
    volume_bands: tuple[VolumeBand, ...] = Field(
        (),
        max_length=200,
        description="How the cases spread over the inputs of the approval table, where that was counted. A comparison "
        "then says how many cases a month a change touches.",
    )


class Scope(FrozenModel):
    """The narrow first cut."""

    included: tuple[Line, ...] = Field(alias="in", description="What the workflow handles.")
    excluded: tuple[Line, ...] = Field(alias="out", description="What stays with people, on purpose.")


class Trigger(FrozenModel):
    """What starts a case."""

    event: Line = Field(description="The event that starts a case.")
    source: Line = Field(description="Where the event is seen, such as a mailbox or a form.")


class Given(FrozenModel):
    """Something the agent is given for a case."""

    id: RowId = Field(description="Short id; also the row's anchor.")
    name: Line = Field(description="What it is.")
    source: Line = Field(description="Where it comes from.")
    system: SystemId | None = Field(None, description="Id of the system that it comes from.")
    data_class: DataClass = Field(description="How sensitive it is.")


class Output(FrozenModel):
    """What the workflow produces."""

    good: Prose = Field(description="What good looks like, so that an operator can tell.")
    example: Prose = Field(description="One real-looking example of a good output.")


class Measure(FrozenModel):
    """One operating outcome that the business measures."""

    id: RowId = Field(description="Short id; also the row's anchor.")
    metric: Line = Field(description="What is measured.")
    baseline: Line = Field(description="The value before the agent.")
    target: Line = Field(description="The value that makes it worth running.")
    source: Line = Field(description="Where the number is read.")


class Business(FrozenModel):
    """The part of a packet that business writes."""

    pain: Pain = Field(description=Section.PAIN.meaning)
    scope: Scope = Field(description=Section.SCOPE.meaning)
    trigger: Trigger = Field(description=Section.TRIGGER.meaning)
    inputs: tuple[Given, ...] = Field(description=Section.INPUTS.meaning)
    output: Output = Field(description=Section.OUTPUT.meaning)
    outcomes: tuple[Measure, ...] = Field(description=Section.OUTCOMES.meaning)


class Access(FrozenModel):
    """One grant: what the agent may do in one system."""

    id: RowId = Field(description="Short id; also the row's anchor.")
    system: SystemId = Field(description="Id of the system; its name where the site has no data/systems.yml.")
    operations: tuple[Operation, ...] = Field(min_length=1, description="What the agent may do there.")
    scope: Line = Field(description="Which records, folders or tables.")
    data_class: DataClass = Field(description="The most sensitive data that the grant opens.")
    identity: Line = Field(description="The identity that the agent uses, such as a service account.")
    justification: Prose | None = Field(None, description="Why the workflow cannot do without it.")


class Forbidden(FrozenModel):
    """Something the agent must never do."""

    id: RowId = Field(description="Short id; also the row's anchor.")
    action: Line = Field(description="What it must not do.")
    system: SystemId | None = Field(None, description="Id of the system in which it must not; any, when left out.")
    operations: tuple[Operation, ...] = Field(
        (),
        description="What it must not do there, as grants say it; a grant that allows one of these is then an error.",
    )
    enforced_by: Line = Field(description="What stops it, other than the instruction.")


class Contract(FrozenModel):
    """An interface that the workflow relies on."""

    id: RowId = Field(description="Short id; also the row's anchor.")
    interface: Line = Field(description="The interface.")
    system: SystemId | None = Field(None, description="Id of the system that offers it.")
    owner: ActingTeamId = Field(description="The team that owns it.")
    version: Line = Field(description="The version relied on.")
    limits: Line = Field(description="Rate, size or time limits.")
    on_failure: Line = Field(description="What happens to a case when it fails.")


class Policy(FrozenModel):
    """A platform rule that applies to this workflow."""

    id: RowId = Field(description="Short id; also the row's anchor.")
    name: Line = Field(description="The policy.")
    met_by: Line = Field(description="How this workflow meets it.")
    link: Link | None = Field(None, description="Where the policy is written.")


class Tier(FrozenModel):
    """One tier of support."""

    id: RowId = Field(description="Short id; also the row's anchor.")
    name: Line = Field(description="What this tier does.")
    team: ActingTeamId = Field(description="The team.")
    hours: Line = Field(description="When it answers.")
    response: Duration = Field(description="How fast it answers.")


class Stop(FrozenModel):
    """How to stop the agent."""

    how: Prose = Field(description="The steps, exact enough to follow at night.")
    who: tuple[ActingRoleId, ...] = Field(min_length=1, description="Roles that may stop it without asking.")
    within: Duration = Field(description="How long it takes until nothing runs.")


class Support(FrozenModel):
    """Who helps when something is wrong."""

    channel: Line = Field(description="Where to ask for help.")
    runbook: Link | None = Field(None, description="The runbook.")
    tiers: tuple[Tier, ...] = Field(description="The tiers, first line first.")
    stop: Stop = Field(description="How to stop the agent, and who may.")


class It(FrozenModel):
    """The part of a packet that IT writes."""

    access: tuple[Access, ...] = Field(description=Section.ACCESS.meaning)
    forbidden: tuple[Forbidden, ...] = Field(description=Section.FORBIDDEN.meaning)
    contracts: tuple[Contract, ...] = Field(description=Section.CONTRACTS.meaning)
    policies: tuple[Policy, ...] = Field(description=Section.POLICIES.meaning)
    support: Support = Field(description=Section.SUPPORT.meaning)


class ExceptionCase(FrozenModel):
    """A kind of case that leaves the normal path."""

    id: RowId = Field(description="Short id; also the row's anchor.")
    case: Line = Field(description="What makes it an exception.")
    route: Assignment = Field(description="Who takes it.")
    within: Duration = Field(description="How fast it is settled.")


class Exceptions(FrozenModel):
    """The exception queue."""

    queue: Line = Field(description="Where the queue is.")
    owner: Assignment = Field(description="Who answers for the queue being worked.")
    states: tuple[Line, ...] = Field(description="The states of a case, first to last.")
    cases: tuple[ExceptionCase, ...] = Field(description="The kinds of case, each with route and time limit.")
    from_elsewhere: tuple[CaseId, ...] = Field(
        (),
        description="The cases that no rule of the approval table names, because they come from elsewhere: a time "
        "limit that ran out, an input that cannot be read, a system that does not answer.",
    )


class FailureCase(FrozenModel):
    """Something that must be shown not to go wrong before launch."""

    id: RowId = Field(description="Short id; also the row's anchor.")
    case: Line = Field(description="What could go wrong.")
    kind: FailureKind | None = Field(
        None, description="What it is about, which says the sections that its test covers."
    )
    detection: Line = Field(description="How it is noticed.")
    test: Line = Field(description="How it is tried before launch.")
    sections: tuple[WrittenSection, ...] = Field(
        (),
        description="The sections that the test covers, where they are others than those of the kind.",
    )
    owner: Assignment = Field(description="Who answers for the test.")
    result: TestResult = Field(description="How the test ended.")
    evidence: Link | None = Field(None, description="Where the result can be seen.")
    date: Date | None = Field(None, description="The day of the test.")
    covered: Digest | None = Field(
        None, description="Digest of what the test covered on that day, as opmodel evidence prints it."
    )


class AuditRecord(FrozenModel):
    """Something that is recorded."""

    id: RowId = Field(description="Short id; also the row's anchor.")
    event: Line = Field(description="What is recorded.")
    fields: Line = Field(description="What each record holds.")
    where: Line = Field(description="Where it is kept.")
    system: SystemId | None = Field(None, description="Id of the system that keeps it.")


class Audit(FrozenModel):
    """The audit trail."""

    records: tuple[AuditRecord, ...] = Field(description="What is recorded.")
    retention: Duration | None = Field(None, description="How long the records are kept.")
    readers: tuple[RoleId, ...] = Field(description="Roles that may read them.")


class Review(FrozenModel):
    """When both sides look at the packet again."""

    cadence: Duration | None = Field(None, description="How often; the site's cadence when left out.")
    last: Date | None = Field(None, description="The last review.")
    next: Date = Field(description="The next review.")


class Shared(FrozenModel):
    """The part of a packet that both sides agree on."""

    approval: Approval = Field(description=Section.APPROVAL.meaning)
    exceptions: Exceptions = Field(description=Section.EXCEPTIONS.meaning)
    failure_cases: tuple[FailureCase, ...] = Field(description=Section.FAILURE_CASES.meaning)
    audit: Audit = Field(description=Section.AUDIT.meaning)
    review: Review = Field(description=Section.REVIEW.meaning)


class Packet(FrozenModel):
    """``data/workflows/<id>.yml``: one packet; the file name is the id."""

    title: Line = Field(description="Name of the workflow.")
    summary: Line = Field(description="What the agent does, in one sentence.")
    status: Status = Field(description="Where the packet stands.")
    revised: Date = Field(
        description="The day of the last material change; evidence of which nothing better is known must not be older."
    )
    sample_as_of: Date | None = Field(
        None,
        description="Marks a sample: its dates are always judged as on this day. Leave it out of your own packets.",
    )
    supersedes: PacketId | None = Field(None, description="The packet that this one replaces.")
    formerly: tuple[Id, ...] = Field(
        (), description="Ids that this packet had before, the first one first; they redirect here."
    )
    tags: tuple[Id, ...] = Field((), description="Words to group packets by.")
    owners: Owners = Field(description=Section.OWNERS.meaning)
    business: Business = Field(description="What business defines.")
    it: It = Field(description="What IT defines.")
    shared: Shared = Field(description="What both sides agree on.")
