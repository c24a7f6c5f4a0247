"""Candidates for the first workflow: business counts pain and repetition, IT judges whether each can be supported."""

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
    """One kind of work that people would give away."""

    id: Id = Field(description="Short id; also the row's anchor, and the name that new --from takes.")
    title: Line = Field(description="The work, as a short phrase.")
    team: TeamId = Field(description="The business team that does the work today.")
    drag: Prose = Field(description="What people do by hand today and why it hurts.")
    pain: DailyPain = Field(description="What the work costs today, counted by business.")
    repetition: Repetition = Field(description="How much one case is like the next, counted by business.")
    support: Supportability = Field(description="Whether it can be supported, judged by IT.")
    narrow: tuple[Line, ...] = Field((), description="What a first cut would have to be narrowed to.")
    packet: PacketId | None = Field(None, description="The packet that it became.")


class Candidates(FrozenModel):
    """``data/candidates.yml``, which a site may have: the list from which the first workflow is chosen."""

    currency: Currency = Field(description="Currency of all amounts in this file, such as EUR.")
    hour_costs: Number = Field(gt=0, description="What an hour of manual work costs on average.")
    candidates: tuple[Candidate, ...] = Field(min_length=1, description="The candidates, in any order.")
