"""What a section of a packet's page is, and the cells that several sections share."""

from dataclasses import dataclass

from opmodel import addresses
from opmodel.load.operating_model import OperatingModel
from opmodel.model.packet import Assignment, Packet
from opmodel.model.vocabulary import Layer, Section
from opmodel.views.blocks import Badge, Cell, Facts, Lists, Table, Text
from opmodel.views.packet.control import ApprovalBlock
from opmodel.views.packet.readiness import GatesBlock, SignoffsBlock
from opmodel.views.words import holder

Block = Text | Facts | Lists | Table | ApprovalBlock | GatesBlock | SignoffsBlock
Blocks = tuple[Block, ...]

LAYERS: dict[Section, Layer] = {
    **dict.fromkeys(
        (Section.PAIN, Section.SCOPE, Section.TRIGGER, Section.INPUTS, Section.OUTPUT, Section.OUTCOMES), Layer.BUSINESS
    ),
    **dict.fromkeys(
        (Section.ACCESS, Section.FORBIDDEN, Section.CONTRACTS, Section.POLICIES, Section.SUPPORT), Layer.IT
    ),
}
"""The layer that writes a section; every other section is shared."""


@dataclass(frozen=True, kw_only=True)
class SectionView:
    """One section: its anchor, title, meaning, layer and content; ``stale`` says that it changed since a sign-off."""

    id: str
    title: str
    meaning: str
    layer: Badge
    blocks: Blocks
    stale: str = ""


def team_cell(team: str, model: OperatingModel) -> Cell:
    """Return a team's name, linked to its page."""
    known = model.teams.get(team)
    return Cell(text=known.value.name if known else team, address=addresses.team(team) if known else "")


def role_cell(role: str, model: OperatingModel, packet: Packet | None = None) -> Cell:
    """Return a role's name, with the holder's title where a packet is given."""
    known = model.roles.get(role)
    return Cell(text=known.value.name if known else role, note=holder(role, packet) if packet else "")


def assignment_cell(to: Assignment, model: OperatingModel) -> Cell:
    """Return a team with the role that it holds."""
    team = team_cell(to.team, model)
    return Cell(text=team.text, address=team.address, note=role_cell(to.role, model).text)
