"""The anchors on a packet's page: its sections, and every row of data in them."""

from collections.abc import Iterator

from opmodel.load.operating_model import OperatingModel
from opmodel.model.packet_summary import PacketSummary
from opmodel.model.vocabulary import Section
from opmodel.permalinks.addresses import row_anchor
from opmodel.readiness.gates import GATES

RESPONSIBILITIES_ANCHOR = "responsibilities"
"""Anchor of the packet's own matrix, which follows the sections."""
_PREFIXES = {section: row_anchor(section, "") for section in Section}
"""What the anchor of each row begins with: a site has tens of thousands of rows."""
_SECTIONS = tuple(section.value for section in Section)
_GATES = tuple(row_anchor(Section.READINESS, gate.id) for gate in GATES)


def packet_anchors(model: OperatingModel, summary: PacketSummary) -> Iterator[str]:
    """Yield every anchor on the page of a packet."""
    yield from _SECTIONS
    for rows in section_rows(summary).values():
        yield from rows
    yield RESPONSIBILITIES_ANCHOR
    yield from map("responsibility-".__add__, model.responsibilities)


def section_rows(summary: PacketSummary) -> dict[str, tuple[str, ...]]:
    """Return the anchors of the rows in each section of a packet, by section."""
    rows: dict[str, tuple[str, ...]] = {
        section: tuple([_PREFIXES[section] + name.lower() for name in names]) for section, names in summary.rows.items()
    }
    rows[Section.READINESS] = _GATES
    rows[Section.SIGNOFFS] = tuple(
        row_anchor(Section.SIGNOFFS, str(number)) for number, _ in enumerate(summary.signed, 1)
    )
    rows[Section.APPROVAL] += tuple(f"{Section.APPROVAL}-input-{name}" for name in summary.inputs)
    rows[Section.APPROVAL] += tuple(row_anchor(Section.APPROVAL, f"party-{name}") for name in summary.parties)
    return rows
