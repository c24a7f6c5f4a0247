"""The approval model of a packet: a decision table as in DMN 1.3, with the people who take part in it."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, PlainSerializer, StrictBool, StrictInt, StrictStr
from pydantic_core import PydanticCustomError

from opmodel.model.base import FrozenModel, Reference
from opmodel.model.text_kinds import NAME
from opmodel.model.values import (
    ActingRoleId,
    ActingTeamId,
    CaseId,
    Date,
    Duration,
    Line,
    Number,
    PartyId,
    Prose,
    RowId,
    RuleId,
    TimeLimit,
    plain,
)
from opmodel.model.vocabulary import DelegationPolicy, HitPolicy, OnTimeout, Outcome


def _name(value: str) -> str:
    if not value.isidentifier() or not value.isascii():
        raise PydanticCustomError("name", f"expected {NAME.expected}")
    return value


InputName = Annotated[str, Field(max_length=40), AfterValidator(_name), NAME]
"""The name of an input: also a FEEL name, so letters, digits and underscores only."""


def _exact(value: bool | int | Decimal | str | None) -> bool | str | None:
    """Return a number as text, so that no reader of JSON rounds it; other values stay."""
    return value if value is None or isinstance(value, bool | str) else plain(Decimal(value))


Value = Annotated[StrictBool | StrictInt | Decimal | StrictStr | None, PlainSerializer(_exact, when_used="json")]
"""A value of an input in an example, as YAML gives it; None is a value that is missing."""


class Window(FrozenModel):
    """A number that is summed over a time before it is compared, such as all spend per vendor in 60 days."""

    over: Duration = Field(description="How far back the sum reaches.")
    per: Line = Field(description="What the sum is kept for, such as vendor.")


class NumberInput(FrozenModel):
    """An input that is an exact number."""

    id: InputName = Field(description="Name used in conditions.")
    type: Literal["number"] = Field(description="The kind of input, which says how its values are compared.")
    label: Line = Field(description="What the input is, in words.")
    unit: Line | None = Field(None, description="Unit, such as an ISO 4217 currency code or 'items'.")
    min: Number | None = Field(None, description="Smallest value that can occur; none means no lower bound.")
    max: Number | None = Field(None, description="Largest value that can occur; none means no upper bound.")
    decimals: Annotated[int, Field(ge=0, le=12)] | None = Field(
        None, description="Decimal places that a value can have (2 for cents, 0 for counts); none means any."
    )
    window: Window | None = Field(None, description="Set when the value is a sum over a time window.")
    may_be_missing: StrictBool = Field(
        False, description="Whether a case can come without this value; rules then cover that case too, as `null`."
    )


class ChoiceInput(FrozenModel):
    """An input that is one of a few words."""

    id: InputName = Field(description="Name used in conditions.")
    type: Literal["choice"] = Field(description="The kind of input, which says how its values are compared.")
    label: Line = Field(description="What the input is, in words.")
    values: tuple[Line, ...] = Field(min_length=1, max_length=2000, description="Every value that can occur.")
    may_be_missing: StrictBool = Field(
        False, description="Whether a case can come without this value; rules then cover that case too, as `null`."
    )


class BooleanInput(FrozenModel):
    """An input that is true or false."""

    id: InputName = Field(description="Name used in conditions.")
    type: Literal["boolean"] = Field(description="The kind of input, which says how its values are compared.")
    label: Line = Field(description="What the input is, in words.")


class DateInput(FrozenModel):
    """An input that is a calendar day."""

    id: InputName = Field(description="Name used in conditions.")
    type: Literal["date"] = Field(description="The kind of input, which says how its values are compared.")
    label: Line = Field(description="What the input is, in words.")
    min: Date | None = Field(None, description="First day that can occur; none means no lower bound.")
    max: Date | None = Field(None, description="Last day that can occur; none means no upper bound.")


Input = Annotated[NumberInput | ChoiceInput | BooleanInput | DateInput, Field(discriminator="type")]


class Delegation(FrozenModel):
    """Who may stand in for a party. A stand-in cannot pass on what was delegated to it."""

    to: PartyId = Field(description="The party that stands in.")
    at_most: Duration | None = Field(
        None, description="Longest time that one delegation lasts; none means the site's delegation_max."
    )


class Party(FrozenModel):
    """Somebody who starts, approves or checks cases: a function in the organisation, never a named person."""

    id: RowId = Field(description="Short id used in this approval model.")
    title: Line = Field(description="Title of the function, such as Head of Accounts Payable.")
    team: ActingTeamId | None = Field(None, description="Team of the function; none for people outside the teams.")
    role: ActingRoleId | None = Field(None, description="Matrix role that the function holds, if any.")
    escalates_to: PartyId | None = Field(None, description="Who decides when this party does not answer in time.")
    delegate: Delegation | None = Field(None, description="Who may stand in, and for how long.")


class Step(FrozenModel):
    """One step of an approval: any one of the parties, or all of them, in parallel."""

    any: tuple[PartyId, ...] | None = Field(None, min_length=1, description="One of these parties is enough.")
    all: tuple[PartyId, ...] | None = Field(None, min_length=1, description="Each of these parties must approve.")

    @property
    def parties(self) -> tuple[str, ...]:
        """Ids of the parties in this step."""
        return (self.any or ()) + (self.all or ())


class ApprovalRule(FrozenModel):
    """One row of the decision table."""

    id: RowId = Field(description="Short id such as AP-01; also the row's anchor.")
    when: Annotated[dict[str, StrictStr], Reference("input")] = Field(
        description="S-FEEL unary test per input; an input that is left out matches anything."
    )
    outcome: Outcome = Field(description="What the agent may do.")
    reason: Line = Field(description="Why this outcome fits these cases.")
    approved_by: tuple[Step, ...] = Field(
        (), description="For approve: the steps in order, each any or all of parties."
    )
    checked_by: PartyId | None = Field(None, description="For review: the party that checks afterwards.")
    within: TimeLimit | None = Field(
        None, description="For approve and review: the time limit of each step, by the clock or in working time."
    )
    no_limit_reason: Line | None = Field(None, description="Where the time limit is none: why there is no limit.")
    on_timeout: OnTimeout | None = Field(
        None, description="For approve: what happens when time runs out. Without a time limit, nothing does."
    )
    exception: CaseId | None = Field(None, description="For refuse: the case of the exception queue that takes it.")
    advised: tuple[PartyId, ...] = Field(
        (), max_length=50, description="Who is told before the agent acts, and need not answer."
    )
    informed: tuple[PartyId, ...] = Field((), max_length=50, description="Who is told afterwards.")

    @property
    def has_no_limit(self) -> bool:
        """Whether the rule says that approval or check have no time limit."""
        return self.within is not None and self.within.is_none

    @property
    def told(self) -> tuple[str, ...]:
        """The parties that are told, before or afterwards."""
        return self.advised + self.informed

    @property
    def approvers(self) -> tuple[str, ...]:
        """The parties that approve, in order, each once."""
        return tuple(dict.fromkeys(party for step in self.approved_by for party in step.parties))


class Example(FrozenModel):
    """A case with its expected answer, run at every check."""

    given: Annotated[dict[str, Value], Reference("input")] = Field(
        description="A value for every input; `null`, or none, where it may be missing."
    )
    outcome: Outcome = Field(description="The outcome that is expected.")
    rule: RuleId | None = Field(None, description="The rule that is expected to decide.")
    note: Prose | None = Field(None, description="What the example shows.")


class Approval(FrozenModel):
    """The decision table of a packet, with its parties and examples."""

    started_by: PartyId = Field(description="The party that starts a case; it never approves one.")
    parties: tuple[Party, ...] = Field(
        min_length=1, max_length=500, description="Everyone who starts, approves or checks cases."
    )
    cumulative_tiers: tuple[PartyId, ...] = Field(
        (),
        max_length=50,
        description="Tiers of approval, lowest first: where a rule names one, those below it approve first as well.",
    )
    delegation: DelegationPolicy = Field(
        DelegationPolicy.NAMED, description="Who may stand in for a party that names no stand-in."
    )
    inputs: tuple[Input, ...] = Field(min_length=1, max_length=16, description="What the decision depends on.")
    hit_policy: HitPolicy = Field(HitPolicy.UNIQUE, description="How many rules may match one case.")
    rules: tuple[ApprovalRule, ...] = Field(min_length=1, max_length=500, description="The rows of the table.")
    examples: tuple[Example, ...] = Field((), max_length=1000, description="Cases with expected answers.")
