"""Every address that the site publishes: pages, anchors and files, computed from data without building a page.

Only ids that authors chose are permanent: ids of records and rows, and explicit anchors of headings. Anchors that are
made from titles or positions, and those in the reference of fields and commands, are not.
"""

from collections.abc import Collection, Iterable, Iterator

from opmodel.load.operating_model import OperatingModel
from opmodel.model.guide import GuidePage
from opmodel.permalinks import addresses
from opmodel.permalinks.packet_anchors import packet_anchors
from opmodel.permalinks.page_macros import macro_anchors

_DOCUMENTS = ("faq", "index", "readiness", "responsibilities", "teams", "workflows/index")
_SCHEMAS = (
    *(
        "api-faq",
        "api-index",
        "api-readiness",
        "api-responsibilities",
        "api-teams",
        "api-unavailable-workflow",
        "api-workflow",
        "api-workflows",
    ),
    *("candidates", "faq", "models", "packet", "redirects", "responsibilities"),
    *("roles", "signoffs", "site", "systems", "teams"),
)
SITE_FILES = (
    *(f"{addresses.API}{name}.json" for name in _DOCUMENTS),
    *(addresses.schema(name) for name in _SCHEMAS),
    *(
        addresses.MATRIX_CSV,
        addresses.PORTFOLIO_CSV,
        addresses.CANDIDATES_CSV,
        addresses.REVIEWS,
        addresses.FEED,
        addresses.LLMS,
    ),
    *("robots.txt", "sitemap.xml"),
)
"""The addresses of the files of a whole site."""
_BESIDE = {
    "workflows": (addresses.packet_data, addresses.decision_table),
    "teams": (addresses.reviews,),
}
"""Functions that return the addresses of a record's files, except its page as Markdown, by the page's folder."""


def page_files(page: str) -> Iterator[str]:
    """Yield the addresses of all files that belong to a page, its Markdown first."""
    yield addresses.markdown(page)
    kind, name = _folder_and_name(page)
    yield from (address(name) for address in _BESIDE.get(kind, ()))


def page_of_file(file: str) -> str:
    """Return the address of the page to which a file belongs."""
    folder, _, name = file.rpartition("/")
    if folder == f"{addresses.API}workflows":
        return addresses.packet(name.partition(".")[0])
    return f"{folder}/" if folder else addresses.HOME


def moved_files(source: str, target: str) -> Iterator[tuple[str, str]]:
    """Yield (former address, current address) of each file of a page that moved from ``source`` to ``target``.

    If the target is a page of another kind, which has no such file, the current address is the page itself.
    """
    page = target.partition("#")[0]
    (kind, old), (present, new) = _folder_and_name(source), _folder_and_name(page)
    yield addresses.markdown(source), addresses.markdown(page)
    for address in _BESIDE.get(kind, ()):
        yield address(old), address(new) if kind == present else page


def _folder_and_name(page: str) -> tuple[str, str]:
    """Return the folder and the name of a page."""
    kind, _, name = page.rstrip("/").rpartition("/")
    return kind, name


DUTIES_ANCHOR = "duties"
"""Anchor of the duties on a team's page."""
_RELATED = ("in-the-guide", "in-use", "asked-next")
_APPROVAL_PARTS = tuple(f"approval-{part}" for part in ("words", "ask", "inputs", "parties", "examples"))


def published_addresses(model: OperatingModel, rules: Collection[str]) -> frozenset[str]:
    """Return the addresses of all pages, anchors and files from the site's root, such as ``/faq/who-approves/``.

    ``rules`` are the ids of all rules, which a page can list.
    """
    found = {f"/{file}" for file in SITE_FILES}
    for page, anchors in _pages_with_anchors(model, rules):
        found.add(f"/{page}")
        found.update(map(f"/{page}#".__add__, anchors))
        found.update(map("/".__add__, page_files(page)))
    return frozenset(found)


def anchors_of_packet(model: OperatingModel, name: str) -> frozenset[str]:
    """Return every anchor on the page of a packet, with those that are not promised to stay."""
    return frozenset({"top", *_APPROVAL_PARTS, *packet_anchors(model, model.summaries[name])})


def anchors_of_answer() -> frozenset[str]:
    """Return every anchor on the page of an answer."""
    return frozenset({"top", *_RELATED})


def anchors_of_team() -> frozenset[str]:
    """Return every anchor on the page of a team; the first part is only there where it owns a workflow."""
    return frozenset({"top", "owned", DUTIES_ANCHOR})


def anchors_of_page(model: OperatingModel, page: GuidePage, rules: Collection[str]) -> frozenset[str]:
    """Return the recorded anchors of a page of ``docs/``, those of its macros included."""
    return frozenset(_page_anchors(model, page, rules))


def _pages_with_anchors(model: OperatingModel, rules: Collection[str]) -> Iterator[tuple[str, Iterable[str]]]:
    for name, summary in model.summaries.items():
        yield addresses.packet(name), packet_anchors(model, summary)
    for name in model.questions:
        yield addresses.question(name), ()
    for name in model.teams:
        yield addresses.team(name), (DUTIES_ANCHOR,)
    for path, page in model.pages.items():
        yield addresses.page(path), _page_anchors(model, page.value, rules)


def _page_anchors(model: OperatingModel, page: GuidePage, rules: Collection[str]) -> Iterator[str]:
    yield from (heading.id for heading in page.headings if heading.id)
    for block in page.blocks:
        yield from macro_anchors(model, block, rules)
