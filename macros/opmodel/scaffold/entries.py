"""A new question or team: one entry at the end of its file."""

from datetime import date

from opmodel.load.document import Document
from opmodel.load.operating_model import OperatingModel
from opmodel.load.records import validate_record
from opmodel.model.faq import Question
from opmodel.model.organisation import Team
from opmodel.model.vocabulary import Side
from opmodel.scaffold.rendering import CreationRefused, new_id, render_template, yaml_string
from opmodel.scaffold.yaml_insert import append_entry
from opmodel.source.reader import parse
from opmodel.source.tree import ListNode
from opmodel.text.lookalikes import in_quotes
from opmodel.text.nearest import did_you_mean


def new_question(
    model: OperatingModel, question: str, name: str | None, topic: str | None, today: date
) -> tuple[str, int]:
    """Add a question to ``data/faq.yml``; return its id and the line where it begins. Raises Refused otherwise."""
    former = {old for entry in model.questions.values() for old in entry.value.formerly}
    made = new_id(name, question, {"index", *former, *(model.names["question"] or ())})
    known = [each for entry in model.questions.values() for each in entry.value.topics]
    if topic and known and topic not in known:
        topics = ", ".join(dict.fromkeys(known))
        raise CreationRefused(
            f"no answer has the topic {in_quotes(topic)}{did_you_mean(topic, known) or f'; expected one of {topics}'}"
        )
    text = render_template(
        "question.yml.jinja",
        id=made,
        question=yaml_string(question),
        topic=topic or (known or ["general"])[-1],
        role=next(iter(model.roles), "workflow-owner"),
        today=today.isoformat(),
    )
    _must_load(Question, text)
    return made, append_entry(model.root / "data" / "faq.yml", "questions", text)


def new_team(model: OperatingModel, title: str, name: str | None, side: Side, above: str | None) -> tuple[str, int]:
    """Add a team to ``data/teams.yml``; return its id and the line where it begins. Raises Refused otherwise."""
    known = model.names["team"] or frozenset()
    made = new_id(name, title, {"index", *known})
    if above and above not in known:
        raise CreationRefused(f"unknown team {in_quotes(above)}{did_you_mean(above, known)}")
    text = render_template("team.yml.jinja", id=made, name=yaml_string(title), side=side.value, escalates_to=above)
    _must_load(Team, text)
    return made, append_entry(model.root / "data" / "teams.yml", "teams", text)


def _must_load(kind: type[Question] | type[Team], text: str) -> None:
    node, faults = parse(text)
    items = node.items if isinstance(node, ListNode) else []
    problems = [p for item in items for p in validate_record(kind, Document("", item), item)[1]]
    messages = [fault.message for fault in faults] + [problem.message for problem in problems]
    if messages:
        raise CreationRefused("; ".join(messages))
