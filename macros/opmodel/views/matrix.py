"""The responsibility matrix: all rows, roles as columns; for one packet, with the holders' names."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from opmodel import addresses
from opmodel.load.operating_model import OperatingModel
from opmodel.model.organisation import Responsibility, Role
from opmodel.model.packet import Packet
from opmodel.model.vocabulary import Raci, Side, Status
from opmodel.views.blocks import Badge, Cell, badge, layer_badge
from opmodel.views.words import holder


@dataclass(frozen=True, kw_only=True)
class RoleColumn:
    """A role as a column; ``holder`` is the function that holds it in one packet, or empty."""

    id: str
    name: str
    side: Badge
    meaning: str
    holder: str
    first: bool
    """Whether it is the first column of its side."""


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A cell: the RACI letter and its word, or both empty."""

    letter: str
    word: str
    side: str


@dataclass(frozen=True, kw_only=True)
class Holding:
    """Who holds a role in one packet: the function's title, the role's name and its side."""

    holder: str
    role: str
    side: str


@dataclass(frozen=True, kw_only=True)
class MatrixRow:
    """A responsibility."""

    anchor: str
    name: str
    meaning: str
    layer: Badge
    phase: Badge
    letters: tuple[Letter, ...]
    roles: str
    """Ids of the roles that have a letter in this row, for the filter."""
    held: tuple[tuple[Holding, ...], ...]
    """For one packet: the holders under each of the view's ``columns``."""
    evidence: Cell


@dataclass(frozen=True, kw_only=True)
class MatrixGroup:
    """The rows of one phase."""

    phase: Badge
    rows: tuple[MatrixRow, ...]


@dataclass(frozen=True, kw_only=True)
class MatrixView:
    """The matrix; ``packet`` names the packet that it is for, or is empty."""

    packet: str
    caption: str
    roles: tuple[RoleColumn, ...]
    sides: tuple[tuple[Badge, int], ...]
    """(side, number of its columns), in the order of the columns."""
    columns: tuple[Letter, ...]
    """What the columns of one packet's matrix are: the letters."""
    rows: tuple[MatrixRow, ...]
    groups: tuple[MatrixGroup, ...]
    layers: tuple[Badge, ...]
    phases: tuple[Badge, ...]
    legend: tuple[Letter, ...]
    example: Cell | None
    """The packet that shows what evidence looks like, where the matrix is nobody's own."""
    csv: str
    """Address of the same table for spreadsheets; a packet's own matrix has none."""


def matrix(model: OperatingModel, name: str = "") -> MatrixView:
    """Return the matrix of the organisation, or of the packet ``name`` with its holders and its own sections."""
    packet = model.packets[name].value if name else None
    roles = sorted((entry.value for entry in model.roles.values()), key=lambda role: list(Side).index(role.side))
    shown = name or _example(model)
    rows = tuple(_row(entry.value, roles, shown, packet, name) for entry in model.responsibilities.values())
    return MatrixView(
        packet=name,
        caption=f"Who does what in {packet.title}" if packet else "Who does what",
        roles=tuple(_column(role, packet, roles) for role in roles),
        sides=tuple((layer_badge(side), len(list(of_side))) for side, of_side in groupby(role.side for role in roles)),
        columns=tuple(_letter(letter) for letter in _COLUMNS),
        rows=rows,
        groups=_groups(rows),
        layers=tuple({row.layer.value: row.layer for row in rows}.values()),
        phases=tuple({row.phase.value: row.phase for row in rows}.values()),
        legend=tuple(_letter(letter) for letter in Raci),
        example=None if name or not shown else _packet_cell(model, shown),
        csv="" if name else addresses.MATRIX_CSV,
    )


_COLUMNS = (Raci.A, Raci.R, Raci.C, Raci.I)


def _groups(rows: Iterable[MatrixRow]) -> tuple[MatrixGroup, ...]:
    """Return the rows by phase, in the order in which the phases first occur."""
    found: dict[str, list[MatrixRow]] = {}
    for row in rows:
        found.setdefault(row.phase.value, []).append(row)
    return tuple(MatrixGroup(phase=members[0].phase, rows=tuple(members)) for members in found.values())


def _example(model: OperatingModel) -> str:
    """Return the packet whose sections show what evidence looks like: the first live one, else the first."""
    live = [name for name, entry in model.packets.items() if entry.value.status is Status.LIVE]
    return next(iter(live or model.packets), "")


def _packet_cell(model: OperatingModel, name: str) -> Cell:
    return Cell(text=model.packets[name].value.title, address=addresses.packet(name))


def _column(role: Role, packet: Packet | None, roles: list[Role]) -> RoleColumn:
    return RoleColumn(
        id=role.id,
        name=role.name,
        side=layer_badge(role.side),
        meaning=role.meaning,
        holder=_held_by(role, packet) if packet else "",
        first=next(other for other in roles if other.side is role.side) is role,
    )


def _row(row: Responsibility, roles: list[Role], shown: str, packet: Packet | None, own: str) -> MatrixRow:
    section = row.evidence
    return MatrixRow(
        anchor=f"{'responsibility-' if own else ''}{row.id}",
        name=row.name,
        meaning=row.meaning,
        layer=layer_badge(row.layer),
        phase=badge("phase", row.phase),
        letters=tuple(_letter(row.raci.get(role.id), role) for role in roles),
        roles=" ".join(row.raci),
        held=tuple(_holdings(row, roles, letter, packet) for letter in _COLUMNS) if packet else (),
        evidence=Cell(text=section.label, address=addresses.packet(shown, section) if shown else ""),
    )


def _holdings(row: Responsibility, roles: list[Role], letter: Raci, packet: Packet) -> tuple[Holding, ...]:
    """Return who has a letter in a row; who is accountable and responsible stands under both."""
    return tuple(
        Holding(holder=_held_by(role, packet), role=role.name, side=role.side.value)
        for role in roles
        if (has := row.raci.get(role.id)) and (has is letter or (has is Raci.AR and letter in (Raci.A, Raci.R)))
    )


def _held_by(role: Role, packet: Packet) -> str:
    return holder(role.id, packet) or "Nobody"


def _letter(letter: Raci | None, role: Role | None = None) -> Letter:
    side = role.side.value if role else ""
    return Letter(letter=letter.value if letter else "", word=letter.label if letter else "", side=side)
