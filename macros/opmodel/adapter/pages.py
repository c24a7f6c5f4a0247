"""Which pages a checked site has. Each is a view and the template that prints it."""

from collections.abc import Iterator

from opmodel.adapter.page import Content
from opmodel.load.operating_model import OperatingModel
from opmodel.rules.check import Checked
from opmodel.views.entries import answer_entries, packet_entries, team_entries
from opmodel.views.faq import answer
from opmodel.views.packet.page import RESPONSIBILITIES, packet_page
from opmodel.views.render import render
from opmodel.views.teams import team_page


def pages(checked: Checked) -> Iterator[Content]:
    """Yield the page of every packet, answer and team."""
    for name in checked.model.packets:
        yield _packet(checked, name)
    for name in checked.model.questions:
        yield _answer(checked.model, name)
    for name in checked.model.teams:
        yield _team(checked, name)


def _packet(checked: Checked, name: str) -> Content:
    view = packet_page(checked, name)
    return Content(
        address=view.address,
        title=view.title,
        description=view.description,
        html=render("packet.html.jinja", view.address, packet=view),
        sections=(
            *((s.title, s.id, s.layer.value) for s in view.sections),
            ("Responsibilities", RESPONSIBILITIES, "shared"),
        ),
        entries=tuple(packet_entries(view)),
    )


def _answer(model: OperatingModel, name: str) -> Content:
    view = answer(model, name)
    return Content(
        address=view.address,
        title=view.question,
        description=view.short_answer,
        html=render("answer.html.jinja", view.address, answer=view),
        entries=tuple(answer_entries(view)),
    )


def _team(checked: Checked, name: str) -> Content:
    view = team_page(checked, name)
    return Content(
        address=view.address,
        title=view.name,
        description=view.description,
        html=render("team.html.jinja", view.address, team=view),
        sections=((("Workflows", "owned", ""),) if view.owned else ()) + (("Duties", "duties", ""),),
        entries=tuple(team_entries(view)),
    )
