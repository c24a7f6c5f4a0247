"""The shape of a compiled approval table, as :func:`opmodel.approval.export` gives it."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from opmodel.model.vocabulary import HitPolicy, OnTimeout, Outcome


class TableShape(BaseModel):
    """The base of these shapes."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Window(TableShape):
    """A sum over a time."""

    over: str = Field(description="How far back it reaches, as an ISO 8601 duration.")
    per: str = Field(description="What the sum is kept for.")


class TableInput(TableShape):
    """One input with its domain. Which fields are set follows from the type."""

    id: str = Field(description="Name used in conditions.")
    type: Literal["number", "choice", "boolean", "date"] = Field(description="Its type.")
    label: str = Field(description="What it is, in words.")
    asks: str = Field(description="What to type, in words.")
    values: tuple[str, ...] | None = Field(None, description="Of a choice: every value that can occur.")
    min: str | None = Field(None, description="Of a number or day: the smallest value.")
    max: str | None = Field(None, description="Of a number or day: the largest value.")
    unit: str | None = Field(None, description="Of a number: its unit.")
    decimals: int | None = Field(None, description="Of a number: decimal places that a value can have.")
    window: Window | None = Field(None, description="Of a number: set when it is a sum over a time.")
    may_be_missing: bool | None = Field(
        None, description="Of a number or choice: true where a case can come without the value."
    )


class End(TableShape):
    """One end of an interval."""

    value: str = Field(description="The bound, as text so that no reader rounds it.")
    closed: bool = Field(description="Whether the bound itself belongs to the interval.")


class Test(TableShape):
    """One unary test: equal to a value, or within an interval."""

    __test__ = False

    equal: str | bool | None = Field(
        None,
        description="Set when the input must equal this value. Without it, low and high, the value must be missing.",
    )
    low: End | None = Field(None, description="The lower end of an interval; none means no bound.")
    high: End | None = Field(None, description="The upper end of an interval; none means no bound.")


class Condition(TableShape):
    """Tests of which one must hold; with ``not``, none of them may."""

    negated: bool = Field(alias="not", description="Whether the tests are turned round.")
    tests: tuple[Test, ...] = Field(description="The tests.")


class PartyName(TableShape):
    """A party of the approval model."""

    id: str = Field(description="Its id in the packet.")
    title: str = Field(description="Title of the function.")


class Step(TableShape):
    """One step of an approval: any one of the parties, or all of them."""

    any: tuple[PartyName, ...] | None = Field(None, description="One of these is enough.")
    all: tuple[PartyName, ...] | None = Field(None, description="Each of these must approve.")


class TableRule(TableShape):
    """One row of the table."""

    id: str = Field(description="Its id.")
    when: dict[str, Condition] = Field(description="Compiled condition of each input that matters.")
    conditions: dict[str, str] = Field(description="The same in S-FEEL.")
    outcome: Outcome = Field(description="What the agent may do.")
    outcome_label: str = Field(description="Name of the outcome.")
    outcome_meaning: str = Field(description="What the outcome means.")
    reason: str = Field(description="Why this outcome fits these cases.")
    sentence: str = Field(description="The rule in plain words.")
    answer: str = Field(description="What happens to a case, in plain words.")
    who_text: str = Field(description="Who answers, in plain words.")
    timeout_text: str | None = Field(description="What happens when time runs out, in plain words.")
    approved_by: tuple[Step, ...] = Field(
        description="The steps of an approval, in order, with those that follow from cumulative tiers."
    )
    checked_by: PartyName | None = Field(description="Who checks afterwards.")
    within: str | None = Field(
        description="Time limit of each step: an ISO 8601 duration, working time such as 8 working hours, or none."
    )
    no_limit_reason: str | None = Field(description="Why there is no time limit, where there is none.")
    within_words: str | None = Field(description="The time limit in words.")
    on_timeout: OnTimeout | None = Field(description="What happens when time runs out.")
    escalation: tuple[tuple[PartyName, ...], ...] = Field(description="Who takes over from each party, in order.")
    exception: str | None = Field(description="The case of the exception queue that takes a refusal.")
    advised: tuple[PartyName, ...] = Field(description="Who is told before the agent acts.")
    informed: tuple[PartyName, ...] = Field(description="Who is told afterwards.")
    told_text: str | None = Field(description="Who is told, in plain words.")


class ApprovalTable(TableShape):
    """A compiled table."""

    hit_policy: HitPolicy = Field(description="How many rules may match one case.")
    inputs: tuple[TableInput, ...] = Field(description="The inputs, in the order of the columns.")
    rules: tuple[TableRule, ...] = Field(description="The rows, in order.")
