"""Rules on the pages of ``docs/``."""

from collections.abc import Collection, Iterator, Mapping

from opmodel.lookalikes import in_quotes
from opmodel.model.record_kinds import KINDS
from opmodel.model.vocabulary import VOCABULARIES, Section
from opmodel.nearest import did_you_mean
from opmodel.page_macros import MACROS, fault
from opmodel.problem import Place, Problem
from opmodel.rules.rule import Context, site_rule


@site_rule
def page_macro(context: Context) -> Iterator[Problem]:
    """A page of docs/ asks for nothing but macros with texts, such as ``{{ packet("invoice-triage") }}``, and for what
    the site's own settings declare. Statements, operators and names of the host are refused, so that no page can run
    code; in backticks or a fence, two braces are text."""
    syntax = context.model.page_syntax
    known = _known(context)
    for entry in context.model.pages.values():
        for each in entry.value.expressions:
            said = each.expression
            message = fault(said, syntax)
            if not message and said.name in MACROS and said.name not in syntax.names:
                message = _unknown(said.name, said.arguments or (), known)
            if message:
                yield Problem(Place(entry.document.path, each.line, each.column), "page-macro", message)


def _known(context: Context) -> Mapping[str, Collection[str] | None]:
    """Return what each argument of a macro can be; None where that is not known."""
    return {
        "packet": context.model.names.get("packet"),
        "section": [section.value for section in Section],
        "name": VOCABULARIES,
        "kind": KINDS,
    }


def _unknown(name: str, arguments: tuple[str, ...], known: Mapping[str, Collection[str] | None]) -> str:
    """Return what is wrong with the texts that a macro is called with, or an empty text."""
    what = {"section": "packet section", "name": "vocabulary", "kind": "kind of file"}
    for argument, given in zip(MACROS[name], arguments, strict=True):
        allowed = known[argument]
        if allowed is not None and given not in allowed:
            near = did_you_mean(given, allowed) or f"; expected one of {', '.join(sorted(allowed)[:12])}"
            return f"unknown {what.get(argument, argument)} {in_quotes(given)}{near}"
    return ""
