"""The responsibility matrix: all rows, roles as columns; for one packet, with the holders' names."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Any

from opmodel.load.operating_model import OperatingModel
from opmodel.model.organisation import Responsibility, Role
from opmodel.model.vocabulary import SIGNING_SIDES, Raci, Side, Status
from opmodel.permalinks import addresses
from opmodel.views.blocks import Badge, Cell, badge, layer_badge
from opmodel.views.people import holder


@dataclass(frozen=True, kw_only=True)
class RoleColumn:
    """A role as a column."""

    id: str
    name: str
    side: Badge
    meaning: str
    first: bool
    """Whether it is the first column of its side."""


@dataclass(frozen=True, kw_only=True)
class RaciCell:
    """A cell: the RACI letter, its name in CSS classes and its word, all empty for a role without part."""

    letter: str
    name: str
    word: str
    side: str


@dataclass(frozen=True, kw_only=True)
class MatrixRow:
    """A responsibility. Rows are the same for every packet, so they are made once."""

    id: str
    name: str
    meaning: str
    layer: Badge
    phase: Badge
    letters: tuple[RaciCell, ...]
    roles: str
    """Ids of the roles with a letter in this row, for the filter."""
    sides: str
    """The sides of these roles, for the filter."""
    held: tuple[tuple[RoleColumn, ...], ...]
    """The roles under each of the view's ``columns``."""
    section: str
    """The section of a packet that shows the evidence, and its name."""
    evidence: str


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
    anchors: str
    """The prefix of the anchor of each row."""
    roles: tuple[RoleColumn, ...]
    holders: Mapping[str, str]
    """For one packet: the function that holds each role, by the role's id."""
    sides: tuple[tuple[Badge, int], ...]
    """(side, number of its columns), in the order of the columns."""
    columns: tuple[RaciCell, ...]
    """The letters that head the columns of a packet's matrix."""
    width: int
    """The number of columns of the table."""
    rows: tuple[MatrixRow, ...]
    groups: tuple[MatrixGroup, ...]
    layers: tuple[Badge, ...]
    phases: tuple[Badge, ...]
    legend: tuple[RaciCell, ...]
    independent: tuple[Badge, ...]
    """The sides that are no layer. With one, the legend shows it and rows can be filtered by side."""
    evidence: str
    """The address of the packet whose sections are the evidence, or empty."""
    example: Cell | None
    """A link to that packet; only in the matrix of the organisation."""
    csv: str
    """Address of the same table for spreadsheets; a packet's own matrix has none."""


def matrix(model: OperatingModel, name: str = "") -> MatrixView:
    """Return the matrix of the organisation, or of the packet ``name`` with its holders and its own sections."""
    if name:
        packet = model.packets[name].value
        holders = {role: holder(role, packet) or "Nobody" for role in model.roles}
        return packet_matrix(model, name, packet.title, holders)
    example = _example(model)
    return MatrixView(
        **_same(model),
        packet="",
        caption="Who does what",
        width=len(model.roles) + 2,
        anchors="",
        holders={},
        evidence=addresses.packet(example) if example else "",
        example=Cell(text=model.summaries[example].title, address=addresses.packet(example)) if example else None,
        csv=addresses.MATRIX_CSV,
    )


def packet_matrix(model: OperatingModel, name: str, title: str, holders: Mapping[str, str]) -> MatrixView:
    """Return the matrix of a packet by its id, its title and who holds each role."""
    return MatrixView(
        **_same(model),
        packet=name,
        caption=f"Who does what in {title}",
        width=len(_COLUMNS) + 2,
        anchors="responsibility-",
        holders=holders,
        evidence=addresses.packet(name),
        example=None,
        csv="",
    )


@lru_cache(maxsize=2)
def _same(model: OperatingModel) -> Mapping[str, Any]:
    """Return the fields that all matrices of a site have in common."""
    roles, rows = _columns(model), _rows(model)
    sides = tuple((side, len(list(of_side))) for side, of_side in groupby(role.side for role in roles))
    return {
        "roles": roles,
        "sides": sides,
        "independent": tuple(side for side, _ in sides if side.value not in SIGNING_SIDES),
        "columns": tuple(_letter(letter) for letter in _COLUMNS),
        "rows": rows,
        "groups": _groups(rows),
        "layers": tuple({row.layer.value: row.layer for row in rows}.values()),
        "phases": tuple({row.phase.value: row.phase for row in rows}.values()),
        "legend": tuple(_letter(letter) for letter in Raci),
    }


_COLUMNS = (Raci.A, Raci.R, Raci.C, Raci.I)


def _groups(rows: Iterable[MatrixRow]) -> tuple[MatrixGroup, ...]:
    """Return the rows by phase, in the order in which the phases first occur."""
    found: dict[str, list[MatrixRow]] = {}
    for row in rows:
        found.setdefault(row.phase.value, []).append(row)
    return tuple(MatrixGroup(phase=members[0].phase, rows=tuple(members)) for members in found.values())


def _example(model: OperatingModel) -> str:
    """Return the packet that serves as an example of evidence: the first live one, or else the first."""
    live = [name for name, summary in model.summaries.items() if summary.status is Status.LIVE]
    return next(iter(live or model.summaries), "")


@lru_cache(maxsize=2)
def _columns(model: OperatingModel) -> tuple[RoleColumn, ...]:
    roles = _sorted(model)
    firsts = {next(of_side).id for _, of_side in groupby(roles, key=lambda role: role.side)}
    return tuple(
        RoleColumn(
            id=role.id, name=role.name, side=layer_badge(role.side), meaning=role.meaning, first=role.id in firsts
        )
        for role in roles
    )


def _sorted(model: OperatingModel) -> list[Role]:
    return sorted((entry.value for entry in model.roles.values()), key=lambda role: list(Side).index(role.side))


@lru_cache(maxsize=2)
def _rows(model: OperatingModel) -> tuple[MatrixRow, ...]:
    """Return the rows, made once for all packets of a site."""
    columns = _columns(model)
    roles = _sorted(model)
    return tuple(_row(entry.value, roles, columns) for entry in model.responsibilities.values())


def _row(row: Responsibility, roles: list[Role], columns: tuple[RoleColumn, ...]) -> MatrixRow:
    return MatrixRow(
        id=row.id,
        name=row.name,
        meaning=row.meaning,
        layer=layer_badge(row.layer),
        phase=badge("phase", row.phase),
        letters=tuple(_letter(row.raci.get(role.id), role) for role in roles),
        roles=" ".join(row.raci),
        sides=" ".join(dict.fromkeys(role.side for role in roles if role.id in row.raci)),
        held=tuple(tuple(_holding(row, columns, letter)) for letter in _COLUMNS),
        section=row.evidence.value,
        evidence=row.evidence.label,
    )


def _holding(row: Responsibility, columns: tuple[RoleColumn, ...], letter: Raci) -> Iterator[RoleColumn]:
    """Yield the roles with a letter in a row; AR counts as both A and R."""
    for column in columns:
        has = row.raci.get(column.id)
        if has is letter or (has is Raci.AR and letter in (Raci.A, Raci.R)):
            yield column


def _letter(letter: Raci | None, role: Role | None = None) -> RaciCell:
    side = role.side.value if role else ""
    value, word = (letter.value, letter.label) if letter else ("", "")
    return RaciCell(letter=value, name=value.replace("/", "").lower(), word=word, side=side)
