"""Rules on the pages of ``docs/``."""

from collections.abc import Collection, Iterator, Mapping

from opmodel.model.guide import Heading
from opmodel.model.problem import Place, Problem
from opmodel.model.record_kinds import KINDS
from opmodel.model.vocabulary import VOCABULARIES, Section
from opmodel.permalinks import addresses
from opmodel.permalinks.moves import all_moves
from opmodel.permalinks.page_macros import MACROS, fault
from opmodel.permalinks.published import SITE_FILES, page_files
from opmodel.readiness.ranking import candidate_pages
from opmodel.rules.rule import Context, site_rule
from opmodel.text.lookalikes import in_quotes
from opmodel.text.nearest import did_you_mean
from opmodel.text.slugs import free_name, slug


@site_rule
def page_macro(context: Context) -> Iterator[Problem]:
    """A page of docs/ asks for nothing but macros with texts, such as packet("invoice-triage") in double braces, and
    for what the site's own settings declare. Statements, operators and names of the host are refused, so that no page
    can run code; in backticks or a fence, two braces are text."""
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
    """Return the valid texts for each argument of a macro; None if they cannot be determined."""
    return {
        "packet": context.model.names.get("packet"),
        "section": [section.value for section in Section],
        "name": VOCABULARIES,
        "kind": KINDS,
    }


def _unknown(name: str, arguments: tuple[str, ...], known: Mapping[str, Collection[str] | None]) -> str:
    """Return the problem of the arguments of a macro, or an empty text."""
    what = {"section": "packet section", "name": "vocabulary", "kind": "kind of file"}
    for argument, given in zip(MACROS[name].arguments, arguments, strict=True):
        allowed = known[argument]
        if allowed is not None and given not in allowed:
            near = did_you_mean(given, allowed) or f"; expected one of {', '.join(sorted(allowed)[:12])}"
            return f"unknown {what.get(argument, argument)} {in_quotes(given)}{near}"
    return ""


@site_rule
def page_anchor(context: Context) -> Iterator[Problem]:
    """Every heading below the title of a page outside the guide has an anchor of its own too: what a title or position
    makes of one moves with the next wording, and is recorded nowhere."""
    for path, entry in context.model.pages.items():
        headings = () if path in context.model.guide or path.startswith("guide/") else entry.value.headings
        taken = {heading.id for heading in headings if heading.id}
        title = next((heading for heading in headings if heading.level == 1), None)
        for number, heading in enumerate(headings):
            if heading is not title and not heading.id:
                name = free_name(slug(heading.title) or f"section-{number}", taken)
                taken.add(name)
                message = f"expected an anchor {_with_anchor(heading, name)}"
                yield Problem(Place(entry.document.path, heading.line), "page-anchor", message)


def _with_anchor(heading: Heading, name: str) -> str:
    """Return how a heading is written with an anchor, after the place of the anchor in words."""
    if heading.html:
        return f'in the heading, as in: <h{heading.level} id="{name}">{heading.title}</h{heading.level}>'
    return f"after the heading, as in: {'#' * heading.level} {heading.title} {{ #{name} }}"


@site_rule
def page_address(context: Context) -> Iterator[Problem]:
    """No file of docs/ has the address of a page or file that is made from data, or of one that has moved, which would
    take its place without a word. Rename or move it."""
    model = context.model
    made = {addresses.packet(name): f"the packet {name}" for name in model.summaries}
    made |= {addresses.question(name): f"the answer {name}" for name in model.questions}
    made |= {addresses.team(name): f"the team {name}" for name in model.teams}
    lists = range(1, candidate_pages(model.candidates.value if model.candidates else None) + 1)
    made |= {addresses.candidate_list(number): "the list of candidates" for number in lists}
    first: dict[str, str] = {}
    for path, entry in sorted(model.pages.items()):
        address = addresses.page(path)
        taken = made.get(address) or first.setdefault(address, entry.document.path)
        if taken != entry.document.path:
            message = f"/{address} is the address of {taken}; rename or move this page"
            yield Problem(Place(entry.document.path), "page-address", message)
    moved = {source[1:]: "a page that has moved" for source in all_moves(model).by_source if source.endswith("/")}
    files = _made_files({**moved, **{address: f"the page {path}" for address, path in first.items()}, **made})
    for path in model.docs_files:
        what = files.get(path) or (path.startswith(addresses.MADE_FOLDERS) and "a folder of files made from data")
        if what:
            message = f"/{path} is the address of {what}; rename or move this file"
            yield Problem(Place(f"docs/{path}"), "page-address", message)


def _made_files(pages: Mapping[str, str]) -> Mapping[str, str]:
    """Return what each made file belongs to, by its path. The pages are given by their addresses."""
    files = dict.fromkeys((*addresses.MADE, *SITE_FILES), "a file that is made from data")
    for page, of in pages.items():
        files |= dict.fromkeys((f"{page}index.html", f"{page}preview.png", *page_files(page)), of)
    return files
