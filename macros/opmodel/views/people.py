"""Cells that name teams, roles and their holders, and systems."""

from opmodel.load.operating_model import OperatingModel
from opmodel.model.packet import Assignment, Packet
from opmodel.permalinks import addresses
from opmodel.views.blocks import Cell


def holder(role: str, packet: Packet) -> str:
    """Return the title of the function that holds a role in a packet, or an empty text."""
    owners = packet.owners
    for owner in (owners.value, owners.safety):
        if owner.role == role:
            return owner.holder
    return owners.others[role].holder if role in owners.others else ""


def team_cell(team: str, model: OperatingModel) -> Cell:
    """Return a team's name, linked to its page."""
    known = model.teams.get(team)
    return Cell(text=known.value.name if known else team, address=addresses.team(team) if known else "")


def system_name(system: str | None, model: OperatingModel) -> str:
    """Return a system's name; the text itself where no system has that id, and nothing for None."""
    known = model.systems.get(system or "")
    return known.value.name if known else system or ""


def system_cell(system: str | None, model: OperatingModel) -> Cell:
    """Return a system's name, linked to its page where there is one."""
    address = addresses.system(system) if system in model.systems and system else ""
    return Cell(text=system_name(system, model), address=address)


def role_cell(role: str, model: OperatingModel, packet: Packet | None = None) -> Cell:
    """Return a role's name, with the title of the holder in ``packet``."""
    known = model.roles.get(role)
    return Cell(text=known.value.name if known else role, note=holder(role, packet) if packet else "")


def assignment_cell(to: Assignment, model: OperatingModel) -> Cell:
    """Return a team with the role that it holds."""
    team = team_cell(to.team, model)
    return Cell(text=team.text, address=team.address, note=role_cell(to.role, model).text)
