"""The FAQ: an index of all questions by topic, and a page per answer."""

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from opmodel.load.operating_model import OperatingModel
from opmodel.model.faq import Question
from opmodel.permalinks import addresses
from opmodel.text.words import day
from opmodel.views.blocks import Cell, FeedbackLink, edit_address, feedback_links
from opmodel.views.markdown_fields import markdown_to_html, markdown_to_text
from opmodel.views.people import role_cell


@dataclass(frozen=True, kw_only=True)
class AnswerView:
    """One question with its answer, for the page at one address."""

    id: str
    address: str
    question: str
    short_answer: str
    answer: Markup
    markdown: str
    """The answer as it was written."""
    words: str
    topics: tuple[Cell, ...]
    asked_by: str
    related: tuple[tuple[str, str, tuple[Cell, ...]], ...]
    """(anchor, heading, links) of each group."""
    reviewed: str
    reviewed_on: date
    source: str
    edit: str
    feedback: tuple[FeedbackLink, ...]


@dataclass(frozen=True, kw_only=True)
class Topic:
    """The questions of one topic."""

    id: str
    name: str
    answers: tuple[AnswerView, ...]


def answer(model: OperatingModel, name: str, page: str | None = None) -> AnswerView:
    """Return the answer ``name`` with its links relative to the page at ``page`` (its own page by default)."""
    entry = model.questions[name]
    question = entry.value
    address = addresses.question(name)
    here = addresses.on_pages(model, address) if page is None else page
    return AnswerView(
        id=name,
        address=address,
        question=question.question,
        short_answer=question.short_answer,
        answer=markdown_to_html(question.answer, here),
        markdown=question.answer,
        words=markdown_to_text(question.answer),
        topics=tuple(_topic(model, topic) for topic in question.topics),
        asked_by=", ".join(role_cell(role, model).text for role in question.asked_by),
        related=_related(model, question),
        reviewed=day(question.reviewed),
        reviewed_on=question.reviewed,
        source=entry.document.path,
        edit=edit_address(model, entry.document.path),
        feedback=feedback_links(model, question.question, address),
    )


def topics(model: OperatingModel, page: str) -> tuple[Topic, ...]:
    """Return every question once, under its first topic, in the order of the data."""
    grouped: dict[str, list[AnswerView]] = {}
    for name, entry in model.questions.items():
        grouped.setdefault(entry.value.topics[0], []).append(answer(model, name, page))
    return tuple(
        Topic(id=f"topic-{topic}", name=topic.replace("-", " ").capitalize(), answers=tuple(answers))
        for topic, answers in grouped.items()
    )


def _topic(model: OperatingModel, topic: str) -> Cell:
    """Return a topic, linked to its section of the index if it is the first topic of a question."""
    listed = any(entry.value.topics[0] == topic for entry in model.questions.values())
    return Cell(text=topic.replace("-", " "), address=f"{addresses.FAQ}#topic-{topic}" if listed else "")


def _related(model: OperatingModel, question: Question) -> tuple[tuple[str, str, tuple[Cell, ...]], ...]:
    related = question.related
    guide = tuple(_guide_link(model, reference) for reference in related.guide)
    packets = tuple(
        Cell(text=model.summaries[name].title, address=addresses.packet(name))
        for name in related.packets
        if name in model.summaries
    )
    questions = tuple(
        Cell(text=model.questions[name].value.question, address=addresses.question(name))
        for name in related.questions
        if name in model.questions
    )
    groups = (
        ("in-the-guide", "In the guide", guide),
        ("in-use", "In use", packets),
        ("asked-next", "Asked next", questions),
    )
    return tuple(group for group in groups if group[2])


def _guide_link(model: OperatingModel, reference: str) -> Cell:
    name, _, anchor = reference.partition("#")
    page = model.guide[name].value
    section = next((heading.title for heading in page.headings if heading.id == anchor), "")
    text = f"{page.title}: {section}" if anchor and section else page.title
    return Cell(text=text, address=addresses.guide(reference))
