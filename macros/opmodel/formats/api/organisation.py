"""The documents about the organisation: its matrix, its teams and its questions."""

from collections.abc import Callable

from opmodel.formats.api import shapes
from opmodel.formats.api.parts import absolute, head, link
from opmodel.formats.markdown import canonical_links
from opmodel.model.faq import Question
from opmodel.model.organisation import Responsibility, Team
from opmodel.model.packet_summary import PacketSummary
from opmodel.permalinks import addresses
from opmodel.rules.check import Checked


def responsibilities(checked: Checked) -> shapes.ResponsibilitiesDocument:
    """Return the responsibility matrix."""
    roles = (entry.value for entry in checked.model.roles.values())
    return shapes.ResponsibilitiesDocument(
        **head(checked, "responsibilities", addresses.MATRIX),
        roles=tuple(shapes.RoleShape(id=r.id, name=r.name, side=r.side, meaning=r.meaning) for r in roles),
        responsibilities=tuple(_row(checked, entry.value) for entry in checked.model.responsibilities.values()),
    )


def teams(checked: Checked) -> shapes.TeamsDocument:
    """Return every team with what it owns."""
    found = tuple(_team(checked, entry.value) for entry in checked.model.teams.values())
    return shapes.TeamsDocument(**head(checked, "teams", addresses.TEAMS), teams=found)


def faq(checked: Checked) -> shapes.FaqDocument:
    """Return every question with its answer."""
    found = tuple(_answer(checked, entry.value) for entry in checked.model.questions.values())
    return shapes.FaqDocument(**head(checked, "faq", addresses.FAQ), questions=found)


def _row(checked: Checked, row: Responsibility) -> shapes.ResponsibilityShape:
    return shapes.ResponsibilityShape(
        id=row.id,
        address=absolute(checked, f"{addresses.MATRIX}#{row.id}"),
        name=row.name,
        meaning=row.meaning,
        layer=row.layer,
        phase=row.phase,
        raci=row.raci,
        evidence=row.evidence,
    )


def _team(checked: Checked, team: Team) -> shapes.TeamShape:
    return shapes.TeamShape(
        id=team.id,
        address=absolute(checked, addresses.team(team.id)),
        name=team.name,
        side=team.side,
        purpose=team.purpose,
        channel=team.channel,
        contact=team.contact,
        escalates_to=team.escalates_to,
        owns_value_of=_owned(checked, team.id, lambda summary: summary.value.team == team.id),
        owns_safety_of=_owned(checked, team.id, lambda summary: summary.safety.team == team.id),
        reviews=absolute(checked, addresses.reviews(team.id)),
    )


def _answer(checked: Checked, question: Question) -> shapes.Answer:
    related = question.related
    return shapes.Answer(
        id=question.id,
        address=absolute(checked, addresses.question(question.id)),
        question=question.question,
        short_answer=question.short_answer,
        answer=canonical_links(question.answer, checked.model),
        topics=question.topics,
        asked_by=question.asked_by,
        related_guide=tuple(link(checked, name, addresses.guide(name)) for name in related.guide),
        related_workflows=tuple(link(checked, name, addresses.packet(name)) for name in related.packets),
        related_questions=tuple(link(checked, name, addresses.question(name)) for name in related.questions),
        reviewed=question.reviewed,
        formerly=question.formerly,
    )


def _owned(checked: Checked, team: str, owns: Callable[[PacketSummary], bool]) -> tuple[shapes.Link, ...]:
    names = checked.model.owned.get(team, ())
    return tuple(link(checked, name, addresses.packet(name)) for name in names if owns(checked.model.summaries[name]))
