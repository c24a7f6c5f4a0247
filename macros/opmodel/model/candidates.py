"""Candidates for the first workflow: business counts pain and repetition, IT judges whether each can be supported.

An inventory of use cases holds neither. Its entries are candidates all the same, and are listed without a rank.
"""

from typing import Annotated

from pydantic import Field, StringConstraints

from opmodel.model.base import FrozenModel
from opmodel.model.text_kinds import CURRENCY
from opmodel.model.values import Count, Duration, Id, Line, Number, PacketId, Prose, TeamId
from opmodel.model.vocabulary import Verdict

Currency = Annotated[str, StringConstraints(pattern=CURRENCY.pattern), CURRENCY]
"""The code of a currency (ISO 4217), such as EUR."""


class DailyPain(FrozenModel):
    """What the work costs today, in numbers that were counted."""

    cases: Count = Field(description="Cases per period.")
    per: Duration = Field(description="The period, such as P1M for a month or P1W for a week.")
    minutes_each: Number = Field(ge=0, le=100_000, description="Minutes of manual work per case, on average.")
    errors_per_thousand: Number = Field(ge=0, le=1000, description="Cases in a thousand that go wrong, 0 to 1000.")
    error_costs: Number = Field(ge=0, description="What one error costs on average, in the currency of this file.")
    source: Line = Field(description="Where these numbers were read.")


class Repetition(FrozenModel):
    """How much one case is like the next."""

    alike: Number = Field(ge=0, le=100, description="Share of cases that follow the same steps, in percent, 0 to 100.")
    because: Line = Field(description="What is alike, in the words of those who do the work.")


class Supportability(FrozenModel):
    """IT's judgement, made before anything is built."""

    verdict: Verdict = Field(description="Whether IT can support it in operation.")
    because: Line = Field(description="The reason, also for a yes.")
    conditions: tuple[Line, ...] = Field((), description="For with-conditions: what must be there first.")


class Candidate(FrozenModel):
    """One kind of work that people would give away. What nobody has counted yet has no rank."""

    id: Id = Field(description="Short id; also the row's anchor, and the name that new --from takes.")
    title: Line = Field(description="The work, as a short phrase.")
    team: TeamId | None = Field(None, description="The business team that does the work today; owed with counts.")
    organisation: Line | None = Field(
        None, description="The organisation that owns it, in the words of an inventory; never a team of this site."
    )
    reference: Line | None = Field(None, description="The id that an inventory gives it.")
    purpose: Prose | None = Field(None, description="What it is meant to solve.")
    output: Prose | None = Field(None, description="What it produces.")
    stage: Line | None = Field(None, description="How far it is, in the words of an inventory, such as Pilot.")
    impact: Line | None = Field(None, description="Its impact in the words of an inventory, such as High-impact.")
    drag: Prose | None = Field(None, description="What people do by hand today and why it hurts; owed with counts.")
    pain: DailyPain | None = Field(None, description="What the work costs today, counted by business.")
    repetition: Repetition | None = Field(None, description="How much one case is like the next, counted by business.")
    support: Supportability | None = Field(None, description="Whether it can be supported, judged by IT.")
    narrow: tuple[Line, ...] = Field((), description="What a first cut would have to be narrowed to.")
    packet: PacketId | None = Field(None, description="The packet that it became.")

    @property
    def counts(self) -> tuple[DailyPain, Repetition] | None:
        """What business counted; None if something is missing that a rank needs."""
        return (self.pain, self.repetition) if self.pain and self.repetition else None

    @property
    def ruled_out(self) -> bool:
        """Whether IT says no."""
        return self.support is not None and self.support.verdict is Verdict.NO


class Candidates(FrozenModel):
    """``data/candidates.yml``, which a site may have: the list from which the first workflow is chosen."""

    currency: Currency | None = Field(
        None, description="Currency of all amounts in this file, such as EUR; owed once a candidate is counted."
    )
    hour_costs: Annotated[Number, Field(gt=0)] | None = Field(
        None, description="What an hour of manual work costs on average; owed once a candidate is counted."
    )
    candidates: tuple[Candidate, ...] = Field(min_length=1, description="The candidates, in any order.")
