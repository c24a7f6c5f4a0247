"""Blocks of macros on pages, made by the same views and templates as the generated pages."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import entry_points
from typing import Any

from markupsafe import Markup

from opmodel.formats.markdown import printed
from opmodel.load.operating_model import OperatingModel
from opmodel.permalinks import addresses
from opmodel.permalinks.page_form import page_address
from opmodel.rules.check import Checked, unavailable_packets
from opmodel.scaffold.packet import sample_packet
from opmodel.text.lookalikes import in_quotes
from opmodel.text.nearest import did_you_mean
from opmodel.views import candidates, faq, home, limits_form, matrix, packet_form, portfolio, reference, teams
from opmodel.views.packet.fault import fault_view
from opmodel.views.packet.page import PacketView, packet_page
from opmodel.views.reference import ReferenceChapter, field_chapters
from opmodel.views.render import render
from opmodel.views.review_day import review_day


@dataclass(frozen=True, kw_only=True)
class MacroBlock:
    """A block on a page: what it shows, and the name of the templates that print it as HTML and as Markdown."""

    template: str
    values: dict[str, Any]

    def html(self, page: str) -> Markup:
        """Return the block's HTML for the page at an address."""
        return render(f"{self.template}.html.jinja", page, **self.values)

    def markdown(self, page: str, model: OperatingModel) -> str:
        """Return the block's Markdown, whose links are canonical."""
        return printed(f"{self.template}.md.jinja", model, page_address(page), **self.values)


Values = dict[str, Any]
_MARK = re.compile(r'<div id="(opmodel-block-\d+)"></div>')
_BLOCKS: dict[str, tuple[str, Callable[..., Values]]] = {
    "summary_cards": ("cards", lambda checked, page: {"cards": home.CARDS, "idea": home.OVERLAP_DIAGRAM}),
    "call_to_action": ("call_to_action", lambda checked, page: {"action": home.call_to_action(checked.model)}),
    "updated": ("updated", lambda checked, page: {"day": review_day(checked.model, page_address(page))}),
    "matrix": ("matrix", lambda checked, page: {"matrix": matrix.matrix(checked.model)}),
    "faq_index": ("faq_index", lambda checked, page: {"topics": faq.topics(checked.model, page)}),
    "portfolio": ("portfolio", lambda checked, page: {"portfolio": portfolio.portfolio(checked)}),
    "teams": ("teams", lambda checked, page: {"tables": teams.team_index(checked)}),
    "candidates": ("candidates", lambda checked, page: {"view": candidates.candidates(checked.model)}),
    "gates": ("table", lambda checked, page: {"table": reference.gates()}),
    "material_sections": ("table", lambda checked, page: {"table": reference.material_sections()}),
    "tested_sections": ("table", lambda checked, page: {"table": reference.tested_sections()}),
    "rules": ("rules", lambda checked, page: {"chapters": reference.rules()}),
    "vocabulary": ("table", lambda checked, page, name: {"table": reference.vocabulary(name)}),
    "fields": ("manual", lambda checked, page, kind: {"chapters": field_chapters(kind)}),
    "commands": ("manual", lambda checked, page: {"chapters": _command_chapters()}),
    "write_packet": ("write", lambda checked, page: {"view": _packet_form(checked)}),
    "check_limits": ("limits", lambda checked, page: {"view": limits_form.limits_form()}),
    "packet": ("packet", lambda checked, page, name: {"packet": _packet(checked, name)}),
    "packet_section": ("section", lambda checked, page, name, section: _packet_section(checked, name, section)),
}
"""By macro: its templates, and what makes their values from the checked site, the page's address and the arguments."""
_OF_A_PACKET = ("packet", "packet_section")


class PageBlocks:
    """The blocks on the pages of one build. A page gets a mark for each, which is replaced when its HTML is complete.

    Markdown never sees the HTML of a block, so nothing in it can be taken for Markdown or for a template.
    """

    def __init__(self, checked: Checked) -> None:
        self.checked = checked
        self._blocks: dict[str, dict[str, MacroBlock]] = {}

    def add(self, name: str, page: str, *arguments: str) -> str:
        """Add the block of the macro ``name`` to the page at address ``page``, and return its mark."""
        blocks = self._blocks.setdefault(page, {})
        mark = f"opmodel-block-{len(blocks)}"
        blocks[mark] = _block(self.checked, name, page, *arguments)
        return f'<div id="{mark}"></div>'

    def in_html(self, page: str, html: str) -> tuple[str, tuple[Markup, ...]]:
        """Return a page's HTML with its blocks in place of their marks, and the HTML of each block."""
        blocks = self._blocks.get(page, {})
        used = {mark: blocks[mark].html(page) for mark in _MARK.findall(html) if mark in blocks}
        return _MARK.sub(lambda mark: used.get(mark[1], ""), html), tuple(used.values())

    def in_markdown(self, page: str, text: str) -> str:
        """Return a page's Markdown with its blocks in place of their marks."""
        return _MARK.sub(lambda mark: self._blocks[page][mark[1]].markdown(page, self.checked.model), text)


def _block(checked: Checked, name: str, page: str, *arguments: str) -> MacroBlock:
    """Return a block, or one that says why no version of its packet is shown."""
    if name in _OF_A_PACKET and arguments[0] in unavailable_packets(checked):
        packet = arguments[0]
        values = {
            "title": packet,
            "address": addresses.packet(packet),
            "fault": fault_view(checked.faulty_packets[packet]),
        }
        return MacroBlock(template="unavailable_block", values=values)
    template, make = _BLOCKS[name]
    return MacroBlock(template=template, values=make(checked, page, *arguments))


def _packet(checked: Checked, name: str) -> PacketView:
    _known(name, checked.model.packets, "packet")
    return packet_page(checked, name)


def _packet_section(checked: Checked, name: str, section: str) -> Values:
    view = _packet(checked, name)
    sections = {each.id: each for each in view.sections}
    _known(section, sections, "packet section")
    return {"title": view.title, "section": sections[section], "address": addresses.packet(name, section)}


def _known(name: str, known: Iterable[str], what: str) -> None:
    if name not in known:
        raise ValueError(f"unknown {what} {in_quotes(name)}{did_you_mean(name, known)}")


def _command_chapters() -> tuple[ReferenceChapter, ...]:
    """Return the reference of the installed command, loaded through its entry point."""
    (script,) = entry_points(group="console_scripts", name="opmodel")
    found: tuple[ReferenceChapter, ...] = import_module(f"{script.module}.command_reference").command_chapters()
    return found


def _packet_form(checked: Checked) -> packet_form.PacketForm:
    return packet_form.packet_form(checked, sample_packet(checked.model, checked.as_of))
