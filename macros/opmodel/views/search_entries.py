"""Entries of the search index, from the views of generated pages, with weights and synonyms for all pages.

An entry is one page, or one section of a page. The list of results inserts titles and texts as HTML.
"""

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NotRequired, TypedDict

from markupsafe import Markup, escape

from opmodel.load.operating_model import OperatingModel
from opmodel.model.vocabulary import Section
from opmodel.permalinks import addresses
from opmodel.permalinks.page_form import page_address
from opmodel.views.blocks import Cell, Facts, Lists, Table, Text
from opmodel.views.candidate_list import CandidateListView
from opmodel.views.faq import AnswerView
from opmodel.views.packet.approval import ApprovalBlock
from opmodel.views.packet.page import RESPONSIBILITIES_ANCHOR, PacketView
from opmodel.views.packet.readiness import GatesBlock
from opmodel.views.packet.sections import Block, SectionView
from opmodel.views.systems import SystemView
from opmodel.views.teams import TeamView


class SearchEntry(TypedDict):
    """An entry of the search index. ``title`` and ``text`` are HTML; ``tags`` are text, searched and never shown."""

    location: str
    """The address of a page, with ``#anchor`` for a section."""
    title: Markup
    text: Markup
    tags: NotRequired[list[str]]
    boost: NotRequired[float]
    """Weight; 1 by default."""
    spoken: NotRequired[str]
    """The words of all entries of a packet, only while an index is divided into parts."""
    part: NotRequired[int]
    """The number by which the lists of words know a packet."""
    words: NotRequired[list[str]]
    """The word that each list of words begins with, in the one entry that says where the lists are."""


_WEIGHTS = {
    "faq/": 2.4,
    "guide/glossary/": 1.0,
    "guide/packet/": 1.0,
    "guide/": 2.2,
    "workflows/": 1.8,
    "matrix/": 4.0,
    "teams/": 2.2,
    "systems/": 2.2,
    "reference/": 0.8,
}
"""The weight of a page by the first prefix that its address has."""
_SECTION_WORDS: dict[str, str] = {
    Section.OWNERS: "who owns value owner safety owner holder",
    Section.PAIN: "manual work volume hours",
    Section.ACCESS: "permissions systems service account least privilege data",
    Section.CONTRACTS: "interfaces api integration",
    Section.SUPPORT: "kill switch stop on call help runbook tiers",
    Section.APPROVAL: "who approves threshold limit",
    Section.EXCEPTIONS: "exception queue edge cases",
    Section.FAILURE_CASES: "tests launch blocking evidence",
    Section.AUDIT: "log retention records",
    Section.READINESS: "launch gates ready",
    Section.SIGNOFFS: "signature signed",
    "responsibilities": "raci matrix who does what",
}
"""Further search words of the sections of a packet."""
_WORD = re.compile(r"[\w-]+")
SynonymGroup = tuple[tuple[str, str], ...]
"""Synonyms: each as it was written, and in lower case between spaces."""


def weighted_entries(entries: Iterable[SearchEntry], model: OperatingModel) -> list[SearchEntry]:
    """Return the entries with weights, synonyms and addresses as pages name them, without those that repeat others."""
    return [_improved(entry, model) for entry in entries if not _repeats_answer(entry)]


def _repeats_answer(entry: SearchEntry) -> bool:
    """Return whether an entry is a section of the FAQ's index: the answers have pages of their own."""
    page, anchor = _page_and_anchor(entry)
    return page == addresses.FAQ and bool(anchor)


def _improved(entry: SearchEntry, model: OperatingModel) -> SearchEntry:
    address, anchor = _page_and_anchor(entry)
    words = [*_own_words(address, anchor, model)]
    heading = " ".join([html.unescape(entry["title"]), *words])
    words += _other_words(heading, model)
    suffix, weight = _page(address, model)
    title = Markup("".join((entry["title"], suffix))) if anchor else entry["title"]  # noqa: S704 markup and markup
    location = addresses.on_pages(model, f"{address}#{anchor}" if anchor else address)
    return {**entry, "location": location, "title": title, "tags": list(dict.fromkeys(words)), "boost": weight}


def _page_and_anchor(entry: SearchEntry) -> tuple[str, str]:
    """Return the address of an entry's page, whose file the host may have named, and the anchor on it."""
    url, _, anchor = entry["location"].partition("#")
    return page_address(url), anchor


@lru_cache(maxsize=1)  # the twenty entries of a packet come one after another
def _page(address: str, model: OperatingModel) -> tuple[Markup, float]:
    """Return the suffix of section titles of a page (the title of a packet) and its weight.

    A retired workflow is rarely meant.
    """
    packet = model.summaries.get(address.removeprefix(addresses.PORTFOLIO).rstrip("/"))
    weight = next((w for start, w in _WEIGHTS.items() if address.startswith(start)), 1.0)
    suffix = Markup(" · ") + escape(packet.title) if packet else Markup()
    return suffix, weight * (0.1 if packet and packet.retired else 1)


def _own_words(address: str, anchor: str, model: OperatingModel) -> Iterable[str]:
    """Yield search words from the data: alternative questions, topics, ids and tags."""
    kind, _, rest = address.partition("/")
    name = rest.rstrip("/")
    if kind == "faq" and name in model.questions:
        question = model.questions[name].value
        yield from (*question.also_asked, *(topic.replace("-", " ") for topic in question.topics), name)
    if kind == "guide" and not anchor and (name or "index") in model.guide:
        yield from model.guide[name or "index"].value.also_asked
    if kind == "teams" and name in model.teams:
        yield name
    if kind == "workflows" and name in model.summaries:
        packet = model.summaries[name]
        yield from (name, packet.title) if anchor else (name, packet.status.label, *packet.tags)
        if anchor in _SECTION_WORDS:
            yield _SECTION_WORDS[anchor]
        if anchor == Section.APPROVAL:
            yield from packet.rows[Section.APPROVAL]


def _other_words(text: str, model: OperatingModel) -> list[str]:
    tokens = _WORD.findall(text.casefold())
    groups, starts = _synonyms(model)
    begun = {number for token in starts.keys() & tokens for number in starts[token]}
    if not begun:
        return []
    folded = f" {' '.join(tokens)} "
    found = []
    for number in sorted(begun):
        missing = [word for word, spaced in groups[number] if spaced not in folded]
        if len(missing) < len(groups[number]):
            found += missing
    return found


@lru_cache(maxsize=2)
def _synonyms(model: OperatingModel) -> tuple[list[SynonymGroup], Mapping[str, set[int]]]:
    """Return the groups of synonyms, and the numbers of groups by the first words of their synonyms.

    Each packet has twenty headings, and nearly all of them are about nothing that has other words.
    """
    given = model.site.value.synonyms if model.site else ()
    groups = [tuple((word, f" {word.casefold()} ") for word in group) for group in given]
    starts: dict[str, set[int]] = {}
    for number, group in enumerate(groups):
        for _, spaced in group:
            starts.setdefault(next(iter(spaced.split()), ""), set()).add(number)
    return groups, starts


def packet_entries(packet: PacketView) -> list[SearchEntry]:
    """Return an entry for a packet's page, one for each section, and one for its responsibility matrix."""
    glance = packet.glance
    owners = f"Value owner: {glance.value[0]}. Safety owner: {glance.safety[0]}."
    matrix = f"{packet.address}#{RESPONSIBILITIES_ANCHOR}"
    state = f"{glance.status.label}. {glance.ready.label}. {owners}"
    holders = " ".join(f"{role.name}: {packet.matrix.holders[role.id]}." for role in packet.matrix.roles)
    return [
        _entry(packet.address, packet.title, packet.summary, state),
        *(_section(packet.address, section) for section in packet.sections),
        _entry(matrix, "Responsibilities", "Who does what in this workflow.", holders),
    ]


def answer_entries(answer: AnswerView) -> list[SearchEntry]:
    """Return the entry of an answer."""
    return [_entry(answer.address, answer.question, answer.short_answer, answer.words)]


def team_entries(team: TeamView) -> list[SearchEntry]:
    """Return the entry of a team, with each duty once."""
    duties = dict.fromkeys(f"{duty.text}." for row in team.duties.rows for duty in row.cells[1].items)
    return [_entry(team.address, team.name, team.purpose, *_words(team.facts), *duties)]


def system_entries(system: SystemView) -> list[SearchEntry]:
    """Return the entry of a system, with the workflows that may touch it."""
    named = dict.fromkeys(f"{row.cells[0].text}." for table in (system.grants, system.contracts) for row in table.rows)
    return [_entry(system.address, system.name, system.description, *_words(system.facts), *named)]


def candidate_entries(page: CandidateListView) -> list[SearchEntry]:
    """Return the entry of a page of candidates, with their titles: all that is said of thousands would be too much."""
    return [_entry(page.address, page.title, page.description, *(f"{name}." for name in page.names))]


def _section(address: str, section: SectionView) -> SearchEntry:
    texts = (text for block in section.blocks for text in _words(block))
    return _entry(f"{address}#{section.id}", section.title, section.meaning, *texts)


def _entry(location: str, title: str, *texts: str) -> SearchEntry:
    """Return an entry of plain texts, which are escaped here."""
    shown = Markup(html.escape(title)), Markup("".join(f"<p>{html.escape(text)}</p>" for text in texts if text))  # noqa: S704
    return {"location": location, "title": shown[0], "text": shown[1]}


def _words(block: Block) -> Iterator[str]:
    """Yield the texts of a block, without the meaning of gates, which every packet repeats."""
    if isinstance(block, Text):
        yield from block.paragraphs
    elif isinstance(block, Facts):
        yield from (f"{name}: {_cell(cell)}" for name, cell in block.facts)
    elif isinstance(block, Lists):
        yield from (f"{heading}: {'; '.join(entries)}" for _, heading, entries in block.lists)
    elif isinstance(block, Table):
        yield from (" · ".join(filter(None, map(_cell, row.cells))) for row in block.rows)
    elif isinstance(block, ApprovalBlock):
        yield from (f"{sentence.id}: {sentence.text}" for sentence in block.sentences)
    elif isinstance(block, GatesBlock):
        yield block.summary
        yield from (f"{gate.title}: {text}" for gate in block.gates for text, *_ in gate.reasons)
    else:
        yield from (side.text for side in block.sides)


def _cell(cell: Cell) -> str:
    if cell.plain:
        return cell.text
    badge = cell.badge.label if cell.badge else ""
    return " ".join(filter(None, (badge, cell.text, cell.note, ", ".join(map(_cell, cell.items)))))
