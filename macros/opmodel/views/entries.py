"""Search entries of generated pages, made from their views: what the page says, without its tables' headings."""

from collections.abc import Iterator
from html import escape

from markupsafe import Markup

from opmodel.views.blocks import Cell, Facts, Lists, Table, Text
from opmodel.views.faq import AnswerView
from opmodel.views.packet.control import ApprovalBlock
from opmodel.views.packet.page import RESPONSIBILITIES, PacketView
from opmodel.views.packet.readiness import GatesBlock
from opmodel.views.packet.section import Block, SectionView
from opmodel.views.search import Entry
from opmodel.views.teams import TeamView


def packet_entries(packet: PacketView) -> list[Entry]:
    """Return an entry for a packet's page, one for each section, and one for its responsibility matrix."""
    glance = packet.glance
    owners = f"Value owner: {glance.value[0]}. Safety owner: {glance.safety[0]}."
    state = f"{glance.status.label}. {glance.ready.label}. {owners}"
    holders = " ".join(f"{role.name}: {packet.matrix.holders[role.id]}." for role in packet.matrix.roles)
    return [
        _entry(packet.address, packet.title, packet.summary, state),
        *(_section(packet.address, section) for section in packet.sections),
        _entry(f"{packet.address}#{RESPONSIBILITIES}", "Responsibilities", "Who does what in this workflow.", holders),
    ]


def answer_entries(answer: AnswerView) -> list[Entry]:
    """Return the one entry of an answer."""
    return [_entry(answer.address, answer.question, answer.short_answer, answer.words)]


def team_entries(team: TeamView) -> list[Entry]:
    """Return the one entry of a team. A duty that it has in many workflows counts once."""
    duties = dict.fromkeys(f"{duty.text}." for row in team.duties.rows for duty in row.cells[1].items)
    return [_entry(team.address, team.name, team.purpose, *_words(team.facts), *duties)]


def _section(address: str, section: SectionView) -> Entry:
    texts = (text for block in section.blocks for text in _words(block))
    return _entry(f"{address}#{section.id}", section.title, section.meaning, *texts)


def _entry(location: str, title: str, *texts: str) -> Entry:
    """Return an entry of plain texts. They become HTML here and nowhere else."""
    shown = Markup(escape(title)), Markup("".join(f"<p>{escape(text)}</p>" for text in texts if text))  # noqa: S704
    return {"location": location, "title": shown[0], "text": shown[1]}


def _words(block: Block) -> Iterator[str]:
    """Yield what a block says. The meaning of each gate is left out: every packet repeats it."""
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
