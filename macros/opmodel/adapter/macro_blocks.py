"""What a Markdown page can show with a macro: the same views and templates that make the generated pages.

Each function takes the checked site and the address of the page that asks, then the macro's own arguments.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
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


def _block(template: str, **values: Any) -> MacroBlock:
    return MacroBlock(template=template, values=values)


def _summary_cards(checked: Checked, page: str) -> MacroBlock:
    return _block("cards", cards=home.CARDS, idea=home.OVERLAP_DIAGRAM)


def _call_to_action(checked: Checked, page: str) -> MacroBlock:
    return _block("call_to_action", action=home.call_to_action(checked.model))


def _matrix(checked: Checked, page: str) -> MacroBlock:
    return _block("matrix", matrix=matrix.matrix(checked.model))


def _faq_index(checked: Checked, page: str) -> MacroBlock:
    return _block("faq_index", topics=faq.topics(checked.model, page))


def _portfolio(checked: Checked, page: str) -> MacroBlock:
    return _block("portfolio", portfolio=portfolio.portfolio(checked))


def _teams(checked: Checked, page: str) -> MacroBlock:
    return _block("teams", tables=teams.team_index(checked))


def _candidates(checked: Checked, page: str) -> MacroBlock:
    return _block("candidates", view=candidates.candidates(checked.model))


def _gates(checked: Checked, page: str) -> MacroBlock:
    return _block("table", table=reference.gates())


def _material_sections(checked: Checked, page: str) -> MacroBlock:
    return _block("table", table=reference.material_sections())


def _rules(checked: Checked, page: str) -> MacroBlock:
    return _block("rules", subjects=reference.rules())


def _vocabulary(checked: Checked, page: str, name: str) -> MacroBlock:
    return _block("table", table=reference.vocabulary(name))


def _fields(checked: Checked, page: str, name: str) -> MacroBlock:
    from opmodel.views import field_reference  # slow to import, and printed before in most builds

    return _block("manual", chapters=field_reference.field_chapters(name))


def _commands(checked: Checked, page: str) -> MacroBlock:
    from opmodel.adapter.command_line import chapters  # as above

    return _block("manual", chapters=chapters())


def _write_packet(checked: Checked, page: str) -> MacroBlock:
    return _block("write", view=packet_form.packet_form(checked))


def _packet(checked: Checked, page: str, name: str) -> MacroBlock:
    _known(name, checked.model.packets, "packet")
    return _block("packet", packet=packet_page(checked, name))


def _packet_section(checked: Checked, page: str, name: str, section: str) -> MacroBlock:
    _known(name, checked.model.packets, "packet")
    view = packet_page(checked, name)
    sections = {each.id: each for each in view.sections}
    _known(section, sections, "packet section")
    address = addresses.packet(name, section)
    return _block("section", title=view.title, section=sections[section], address=address)


def _known(name: str, known: Iterable[str], what: str) -> None:
    if name not in known:
        raise ValueError(f"unknown {what} {in_quotes(name)}{did_you_mean(name, known)}")


BLOCKS: dict[str, Callable[..., MacroBlock]] = {
    "summary_cards": _summary_cards,
    "call_to_action": _call_to_action,
    "matrix": _matrix,
    "faq_index": _faq_index,
    "portfolio": _portfolio,
    "teams": _teams,
    "candidates": _candidates,
    "gates": _gates,
    "material_sections": _material_sections,
    "rules": _rules,
    "vocabulary": _vocabulary,
    "fields": _fields,
    "commands": _commands,
    "write_packet": _write_packet,
    "packet": _packet,
    "packet_section": _packet_section,
}
