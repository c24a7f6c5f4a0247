"""Every address that the site publishes now, from data alone, so that a check knows them without building a page.

Only ids that authors chose are published: ids of records and rows, and anchors that a heading was given. What a title
or a position makes (``#the-approval-model``) may change with the next wording and is promised to nobody. Nor is the
program's reference of itself (fields, commands): it changes with the program, not with the site.
"""

from collections.abc import Collection, Iterable, Iterator

from opmodel.load.operating_model import OperatingModel
from opmodel.model.guide import GuidePage
from opmodel.permalinks import addresses
from opmodel.permalinks.files import SITE_FILES, files_of
from opmodel.permalinks.packet_anchors import packet_anchors, section_rows
from opmodel.readiness.gates import GATES

DUTIES = "duties"
"""The part of a team's page that every team has."""


def published(model: OperatingModel, rules: Collection[str]) -> frozenset[str]:
    """Return every address, with ``/`` for the site's root: pages (``/faq/who-approves/``), what is on them, and files.

    ``rules`` are the ids of all rules, which a page can list.
    """
    found = {f"/{file}" for file in SITE_FILES}
    for page, anchors in _pages(model, rules):
        found.add(f"/{page}")
        found.update(map(f"/{page}#".__add__, anchors))
        found.update(map("/".__add__, files_of(page)))
    return frozenset(found)


def _pages(model: OperatingModel, rules: Collection[str]) -> Iterator[tuple[str, Iterable[str]]]:
    for name, summary in model.summaries.items():
        yield addresses.packet(name), packet_anchors(model, summary)
    for name in model.questions:
        yield addresses.question(name), ()
    for name in model.teams:
        yield addresses.team(name), (DUTIES,)
    for path, page in model.pages.items():
        yield addresses.page(path), _page(model, page.value, rules)


def _page(model: OperatingModel, page: GuidePage, rules: Collection[str]) -> Iterator[str]:
    yield from (heading.id for heading in page.headings if heading.id)
    for block in page.blocks:
        yield from _block(model, block, rules)


def _block(model: OperatingModel, block: tuple[str, ...], rules: Collection[str]) -> Iterable[str]:
    """Return the anchors that a macro brings to the page that calls it."""
    match block:
        case ("matrix",):
            return model.responsibilities
        case ("portfolio",):
            return model.packets
        case ("teams",):
            return model.teams
        case ("candidates",):
            listed = model.candidates.value.candidates if model.candidates else ()
            return [f"candidate-{candidate.id}" for candidate in listed]
        case ("gates",):
            return [f"gate-{gate.id}" for gate in GATES]
        case ("rules",):
            return rules
        case ("faq_index",):
            topics = (f"topic-{entry.value.topics[0]}" for entry in model.questions.values())
            return *model.questions, *topics
        case ("packet", name) if name in model.summaries:
            return packet_anchors(model, model.summaries[name])
        case ("packet_section", name, section) if name in model.summaries:
            return section_rows(model.summaries[name]).get(section, ())
        case _:
            return ()
