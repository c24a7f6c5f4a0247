"""The macros that pages of ``docs/`` can call: what each takes, and what it adds to the addresses of its page.

This is the one list of them. A page is checked against it, published anchors and moves of rows follow from it, and the
adapter has a function of the same name for each, which makes what the macro shows.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from opmodel.load.operating_model import OperatingModel
from opmodel.permalinks.packet_anchors import packet_anchors, section_rows
from opmodel.readiness.gates import GATES
from opmodel.source.page_macros import HOST_NAMES, REFUSED_FILTERS, PageExpression, PageSyntax
from opmodel.text.lookalikes import in_quotes
from opmodel.text.nearest import did_you_mean


@dataclass(frozen=True, kw_only=True)
class PageMacro:
    """A macro of pages.

    Args:
        arguments: The names of its arguments, which are texts.
        anchors: Returns the anchors that it adds to a page; it gets the model, the ids of all rules, and the arguments.
        unrecorded: Whether it adds more anchors, which no record promises to keep.
        engine_owned: Whether the engine decides its anchors, so that no site records them.
        lists: The folder of the pages of one kind of record, if each of them has a row here whose anchor is its id.
    """

    arguments: tuple[str, ...] = ()
    anchors: Callable[..., Iterable[str]] = lambda model, rules, *arguments: ()
    unrecorded: bool = False
    engine_owned: bool = False
    lists: str = ""


def _candidates(model: OperatingModel, rules: Collection[str]) -> Iterable[str]:
    listed = model.candidates.value.candidates if model.candidates else ()
    return [f"candidate-{candidate.id}" for candidate in listed if candidate.counts]


def _faq_index(model: OperatingModel, rules: Collection[str]) -> Iterable[str]:
    return *model.questions, *(f"topic-{entry.value.topics[0]}" for entry in model.questions.values())


def _packet(model: OperatingModel, rules: Collection[str], name: str) -> Iterable[str]:
    return packet_anchors(model, model.summaries[name]) if name in model.summaries else ()


def _packet_section(model: OperatingModel, rules: Collection[str], name: str, section: str) -> Iterable[str]:
    return section_rows(model.summaries[name]).get(section, ()) if name in model.summaries else ()


MACROS: Mapping[str, PageMacro] = {
    "summary_cards": PageMacro(unrecorded=True),
    "call_to_action": PageMacro(unrecorded=True),
    "updated": PageMacro(),
    "matrix": PageMacro(anchors=lambda model, rules: model.responsibilities),
    "faq_index": PageMacro(anchors=_faq_index, lists="faq"),
    "portfolio": PageMacro(anchors=lambda model, rules: model.packets, lists="workflows"),
    "teams": PageMacro(anchors=lambda model, rules: model.teams, lists="teams"),
    "candidates": PageMacro(anchors=_candidates),
    "gates": PageMacro(anchors=lambda model, rules: [f"gate-{gate.id}" for gate in GATES], engine_owned=True),
    "material_sections": PageMacro(),
    "tested_sections": PageMacro(),
    "rules": PageMacro(anchors=lambda model, rules: rules, unrecorded=True, engine_owned=True),
    "vocabulary": PageMacro(arguments=("name",)),
    "fields": PageMacro(arguments=("kind",), unrecorded=True, engine_owned=True),
    "commands": PageMacro(unrecorded=True, engine_owned=True),
    "write_packet": PageMacro(unrecorded=True),
    "check_limits": PageMacro(unrecorded=True),
    "packet": PageMacro(arguments=("packet",), anchors=_packet, unrecorded=True),
    "packet_section": PageMacro(arguments=("packet", "section"), anchors=_packet_section),
}
"""Every macro of a page by its name."""
LIST_MACROS = {macro.lists: name for name, macro in MACROS.items() if macro.lists}
"""The macro that lists all records of a kind, by the folder of their pages."""


def macro_anchors(model: OperatingModel, call: tuple[str, ...], rules: Collection[str]) -> Iterable[str]:
    """Return the anchors that a call, the name of a macro and its arguments, adds to its page."""
    name, *arguments = call
    macro = MACROS.get(name)
    return macro.anchors(model, rules, *arguments) if macro and len(arguments) == len(macro.arguments) else ()


def fault(said: PageExpression, syntax: PageSyntax) -> str:
    """Return what is wrong with an expression, with the way to write it as text; or an empty text."""
    if why := said.fault or _unknown(said, syntax) or _wrong_arguments(said, syntax):
        opening, closing = syntax.variable
        inner = " ".join(said.inner.split())[:60]
        shown = inner if said.whole else f"{opening} {inner} {closing}"
        begin, end = syntax.statement
        to = " To" if why.endswith("?") else "; to"
        return f"{why}{to} show it as text, put it in backticks or write {begin} raw {end}{shown}{begin} endraw {end}"
    return ""


def _unknown(said: PageExpression, syntax: PageSyntax) -> str:
    known = {*MACROS, *syntax.names}
    for name in sorted(said.names):
        if name not in known and (syntax.complete or name in HOST_NAMES):
            near = did_you_mean(name, known) or f"; pages have {', '.join(sorted(known))}"
            return f"unknown macro {in_quotes(name)}{near}"
    for name in sorted(said.filters - syntax.filters):
        if syntax.complete or name in REFUSED_FILTERS:
            return f"unknown filter {in_quotes(name)}: pages have those alone that the site's own code adds"
    return ""


def _wrong_arguments(said: PageExpression, syntax: PageSyntax) -> str:
    if said.name in syntax.names or not (used := [name for name in said.names if name in MACROS]):
        return ""
    name = said.name if said.name in MACROS else used[0]
    arguments = MACROS[name].arguments
    expected = ", ".join(f'"<{argument}>"' for argument in arguments)
    if said.name not in MACROS or said.arguments is None or len(said.arguments) != len(arguments):
        return f"expected {{{{ {name}({expected}) }}}}, found {{{{ {' '.join(said.inner.split())[:60]} }}}}"
    return ""
