"""What the macros of pages show: the same views and templates that make the generated pages.

Each function has the name of a macro, and takes the checked site, the address of the page and the macro's arguments.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import entry_points
from typing import Any

from markupsafe import Markup

from opmodel.formats.markdown import printed
from opmodel.load.operating_model import OperatingModel
from opmodel.permalinks import addresses
from opmodel.rules.check import Checked
from opmodel.text.lookalikes import in_quotes
from opmodel.text.nearest import did_you_mean
from opmodel.views import candidates, faq, home, matrix, packet_form, portfolio, reference, teams
from opmodel.views.packet.page import packet_page
from opmodel.views.reference import ReferenceChapter, field_chapters
from opmodel.views.render import render


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
        return printed(f"{self.template}.md.jinja", model, page=page, **self.values)


Values = dict[str, Any]
_BLOCKS: dict[str, tuple[str, Callable[..., Values]]] = {}
"""The templates of each macro, and the function that makes what they print."""


def macro_block(name: str, checked: Checked, page: str, *arguments: str) -> MacroBlock:
    """Return the block of the macro ``name`` for the page at address ``page``."""
    template, make = _BLOCKS[name]
    return MacroBlock(template=template, values=make(checked, page, *arguments))


def _block(template: str) -> Callable[[Callable[..., Values]], Callable[..., Values]]:
    """Register a function as the one that makes the block of the macro of its name."""

    def register(make: Callable[..., Values]) -> Callable[..., Values]:
        _BLOCKS[make.__name__.removeprefix("_")] = template, make
        return make

    return register


@_block("cards")
def _summary_cards(checked: Checked, page: str) -> Values:
    return {"cards": home.CARDS, "idea": home.OVERLAP_DIAGRAM}


@_block("call_to_action")
def _call_to_action(checked: Checked, page: str) -> Values:
    return {"action": home.call_to_action(checked.model)}


@_block("matrix")
def _matrix(checked: Checked, page: str) -> Values:
    return {"matrix": matrix.matrix(checked.model)}


@_block("faq_index")
def _faq_index(checked: Checked, page: str) -> Values:
    return {"topics": faq.topics(checked.model, page)}


@_block("portfolio")
def _portfolio(checked: Checked, page: str) -> Values:
    return {"portfolio": portfolio.portfolio(checked)}


@_block("teams")
def _teams(checked: Checked, page: str) -> Values:
    return {"tables": teams.team_index(checked)}


@_block("candidates")
def _candidates(checked: Checked, page: str) -> Values:
    return {"view": candidates.candidates(checked.model)}


@_block("table")
def _gates(checked: Checked, page: str) -> Values:
    return {"table": reference.gates()}


@_block("table")
def _material_sections(checked: Checked, page: str) -> Values:
    return {"table": reference.material_sections()}


@_block("table")
def _tested_sections(checked: Checked, page: str) -> Values:
    return {"table": reference.tested_sections()}


@_block("rules")
def _rules(checked: Checked, page: str) -> Values:
    return {"chapters": reference.rules()}


@_block("table")
def _vocabulary(checked: Checked, page: str, name: str) -> Values:
    return {"table": reference.vocabulary(name)}


@_block("manual")
def _fields(checked: Checked, page: str, name: str) -> Values:
    return {"chapters": field_chapters(name)}


@_block("manual")
def _commands(checked: Checked, page: str) -> Values:
    return {"chapters": _command_chapters()}


@_block("write")
def _write_packet(checked: Checked, page: str) -> Values:
    return {"view": packet_form.packet_form(checked)}


@_block("packet")
def _packet(checked: Checked, page: str, name: str) -> Values:
    _known(name, checked.model.packets, "packet")
    return {"packet": packet_page(checked, name)}


@_block("section")
def _packet_section(checked: Checked, page: str, name: str, section: str) -> Values:
    _known(name, checked.model.packets, "packet")
    view = packet_page(checked, name)
    sections = {each.id: each for each in view.sections}
    _known(section, sections, "packet section")
    address = addresses.packet(name, section)
    return {"title": view.title, "section": sections[section], "address": address}


def _known(name: str, known: Iterable[str], what: str) -> None:
    if name not in known:
        raise ValueError(f"unknown {what} {in_quotes(name)}{did_you_mean(name, known)}")


def _command_chapters() -> tuple[ReferenceChapter, ...]:
    """Return the reference of the installed command, loaded through its entry point."""
    (script,) = entry_points(group="console_scripts", name="opmodel")
    found: tuple[ReferenceChapter, ...] = import_module(f"{script.module}.command_reference").command_chapters()
    return found
