"""The approval table of a packet as DMN, for decision engines."""

from opmodel.approval.dmn import to_dmn
from opmodel.rules.check import Checked


def packet_dmn(checked: Checked, packet: str) -> bytes | None:
    """Return the file of a packet; None where its table is not sound, which only a preview can have."""
    table = checked.assessments[packet].control.table
    return to_dmn(table, name=checked.model.summaries[packet].title, id=packet) if table else None
