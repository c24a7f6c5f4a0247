"""Sources of the generated pages of a checked site: of each page, a view and the templates that print it."""

from collections.abc import Iterator
from functools import lru_cache, partial

from markupsafe import Markup, escape

from opmodel.adapter.generated_page import CompanionFile, PageContent, PageSource, ids_of
from opmodel.formats.api.documents import packet_document, unavailable_document
from opmodel.formats.dmn import packet_dmn
from opmodel.formats.markdown import escaped, printed
from opmodel.load.operating_model import OperatingModel
from opmodel.permalinks import addresses
from opmodel.readiness.ranking import candidate_pages
from opmodel.rules.check import Checked, unavailable_packets
from opmodel.views import search_parts
from opmodel.views.candidate_list import CandidateListView, candidate_list
from opmodel.views.faq import AnswerView, answer
from opmodel.views.matrix_slots import fill_slots, matrix_with_slots
from opmodel.views.packet.fault import fault_view
from opmodel.views.packet.page import RESPONSIBILITIES_ANCHOR, PacketView, packet_page
from opmodel.views.render import render
from opmodel.views.search_entries import (
    SearchEntry,
    answer_entries,
    candidate_entries,
    packet_entries,
    system_entries,
    team_entries,
    weighted_entries,
)
from opmodel.views.systems import SystemView, system_page
from opmodel.views.teams import TeamView, team_page


def page_sources(checked: Checked) -> Iterator[PageSource]:
    """Yield the source of the page of every packet, answer and team, and of each hundred of uncounted candidates."""
    model = checked.model
    for name, summary in model.summaries.items():
        yield PageSource(
            address=addresses.packet(name), title=summary.title, make=partial(packet_content, checked, name)
        )
    for name in _unavailable(checked):
        yield PageSource(address=addresses.packet(name), title=name, make=partial(packet_content, checked, name))
    for name, question in model.questions.items():
        yield PageSource(
            address=addresses.question(name), title=question.value.question, make=partial(_answer, checked, name)
        )
    for name, team in model.teams.items():
        yield PageSource(address=addresses.team(name), title=team.value.name, make=partial(_team, checked, name))
    for name, system in model.systems.items():
        yield PageSource(address=addresses.system(name), title=system.value.name, make=partial(_system, checked, name))
    for number in range(1, candidate_pages(model.candidates.value if model.candidates else None) + 1):
        view = candidate_list(model, number)
        yield PageSource(address=view.address, title=view.title, make=partial(_candidates, checked, view))


def packet_content(checked: Checked, name: str) -> PageContent:
    """Return what the page of the packet ``name`` is made of."""
    if name not in checked.model.summaries:
        return _unavailable_content(checked, name)
    view = packet_page(checked, name)
    entries = weighted_entries(packet_entries(view), checked.model)
    parted = search_parts.is_in_parts(checked.model)
    matrix = fill_slots(_matrix_html(checked.model), view.matrix, view.title, escape)
    html = render(
        "packet.html.jinja", addresses.on_pages(checked.model, view.address), packet=view, responsibilities=matrix
    )
    return PageContent(
        address=view.address,
        title=view.title,
        description=view.description,
        html=_with_anchors(checked, name, html),
        sections=(
            *((s.title, s.id, s.layer.value) for s in view.sections),
            ("Responsibilities", RESPONSIBILITIES_ANCHOR, "shared"),
        ),
        entries=(search_parts.page_entry(entries),) if parted else tuple(entries),
        companions=partial(_companions_of_packet, checked, view, entries if parted else []),
    )


def _unavailable(checked: Checked) -> Iterator[str]:
    """Yield the packets of which there is a file and no version to show."""
    known = checked.model.names.get("packet") or ()
    yield from (name for name in unavailable_packets(checked) if name in known)


def _unavailable_content(checked: Checked, name: str) -> PageContent:
    """Return a page that says why there is no version to show."""
    fault = fault_view(checked.faulty_packets[name])
    address, model = addresses.packet(name), checked.model
    html = render("unavailable.html.jinja", addresses.on_pages(model, address), title=name, fault=fault)
    return PageContent(
        address=address,
        title=name,
        description=f"{fault.title} {fault.text}",
        html=_with_anchors(checked, name, html),
        companions=lambda: (
            (addresses.markdown(address), printed("unavailable.md.jinja", model, address, title=name, fault=fault)),
            (addresses.packet_data(name), unavailable_document(checked, name)),
        ),
    )


def _with_anchors(checked: Checked, name: str, html: Markup) -> Markup:
    """Return the HTML of a packet's page with the anchors that its present version has and the one shown lacks."""
    if name not in checked.faulty_packets:
        return html
    anchors = sorted(set(checked.faulty_packets[name].anchors) - ids_of(html))
    return html + render("anchors.html.jinja", addresses.packet(name), anchors=anchors)


@lru_cache(maxsize=1)
def _matrix_html(model: OperatingModel) -> str:
    return matrix_with_slots(
        model, lambda matrix, page: render("matrix.html.jinja", addresses.on_pages(model, page), matrix=matrix)
    )


@lru_cache(maxsize=1)
def _matrix_text(model: OperatingModel) -> str:
    return matrix_with_slots(model, lambda matrix, page: printed("matrix.md.jinja", model, page, matrix=matrix))


def _companions_of_packet(checked: Checked, view: PacketView, apart: list[SearchEntry]) -> Iterator[CompanionFile]:
    if apart:
        yield search_parts.sections_file(apart)
    model = checked.model
    matrix = fill_slots(_matrix_text(model), view.matrix, view.title, escaped)
    text = printed("packet.md.jinja", model, view.address, packet=view, responsibilities=matrix)
    yield addresses.markdown(view.address), text
    yield addresses.packet_data(view.id), packet_document(checked, view.id)
    if table := packet_dmn(checked, view.id):
        yield addresses.decision_table(view.id), table


def _answer(checked: Checked, name: str) -> PageContent:
    view = answer(checked.model, name)
    return PageContent(
        address=view.address,
        title=view.question,
        description=view.short_answer,
        html=render("answer.html.jinja", addresses.on_pages(checked.model, view.address), answer=view),
        entries=tuple(weighted_entries(answer_entries(view), checked.model)),
        companions=partial(_as_markdown, "answer.md.jinja", checked, view.address, answer=view),
    )


def _team(checked: Checked, name: str) -> PageContent:
    view = team_page(checked, name)
    return PageContent(
        address=view.address,
        title=view.name,
        description=view.description,
        html=render("team.html.jinja", addresses.on_pages(checked.model, view.address), team=view),
        sections=((("Workflows", "owned", ""),) if view.owned else ()) + (("Duties", "duties", ""),),
        entries=tuple(weighted_entries(team_entries(view), checked.model)),
        companions=partial(_as_markdown, "team.md.jinja", checked, view.address, team=view),
    )


def _system(checked: Checked, name: str) -> PageContent:
    view = system_page(checked.model, name)
    return PageContent(
        address=view.address,
        title=view.name,
        description=view.description,
        html=render("system.html.jinja", addresses.on_pages(checked.model, view.address), view=view),
        sections=(("Who may do what", "grants", ""), ("Interfaces", "contracts", "")),
        entries=tuple(weighted_entries(system_entries(view), checked.model)),
        companions=partial(_as_markdown, "system.md.jinja", checked, view.address, view=view),
    )


def _candidates(checked: Checked, view: CandidateListView) -> PageContent:
    return PageContent(
        address=view.address,
        title=view.title,
        description=view.description,
        html=render("candidate_list.html.jinja", addresses.on_pages(checked.model, view.address), view=view),
        entries=tuple(weighted_entries(candidate_entries(view), checked.model)),
        companions=partial(_as_markdown, "candidate_list.md.jinja", checked, view.address, view=view),
    )


def _as_markdown(
    template: str, checked: Checked, page: str, **view: AnswerView | TeamView | CandidateListView | SystemView
) -> list[CompanionFile]:
    return [(addresses.markdown(page), printed(template, checked.model, page, **view))]
