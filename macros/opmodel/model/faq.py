"""The questions that buyers and operators ask, each with an address of its own."""

from typing import Annotated

from pydantic import Field, StringConstraints

from opmodel.model.base import FrozenModel
from opmodel.model.values import Date, GuideId, Id, Line, Markdown, PacketId, QuestionId, RoleId


class Related(FrozenModel):
    """Where a reader of an answer goes next."""

    guide: tuple[GuideId, ...] = Field((), description="Guide pages or sections, such as approval-model#thresholds.")
    packets: tuple[PacketId, ...] = Field((), description="Packets that show the answer in use.")
    questions: tuple[QuestionId, ...] = Field((), description="Questions that people ask next.")


class Question(FrozenModel):
    """One question with its answer."""

    id: Id = Field(description="Short id; the answer's address is faq/<id>/.")
    question: Line = Field(description="The question as people ask it.")
    also_asked: tuple[Line, ...] = Field((), description="Other words in which people ask this; search finds them.")
    short_answer: Annotated[Line, StringConstraints(max_length=200)] = Field(
        description="The answer in plain text, 200 characters at most; link previews show it."
    )
    answer: Markdown = Field(description="The answer in Markdown, 120 words at most.")
    topics: tuple[Id, ...] = Field(min_length=1, description="Topics that group the questions.")
    asked_by: tuple[RoleId, ...] = Field(min_length=1, description="Roles that ask this.")
    related: Related = Field(description="Where to read on.")
    reviewed: Date = Field(description="When the answer was last checked.")
    formerly: tuple[Id, ...] = Field((), description="Ids that this question had before; they redirect here.")


class Faq(FrozenModel):
    """``data/faq.yml``."""

    questions: tuple[Question, ...] = Field(min_length=1, description="The questions, in the order of the index.")
