"""Who would hold each role in a new packet: the site's own roles and teams, as its other packets use them."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from opmodel.load.operating_model import OperatingModel
from opmodel.model.organisation import Role
from opmodel.model.packet import Packet
from opmodel.model.vocabulary import Side
from opmodel.scaffold.rendering import CreationRefused, yaml_string
from opmodel.text.lookalikes import in_quotes
from opmodel.text.nearest import did_you_mean


@dataclass(frozen=True, kw_only=True)
class RoleHolder:
    """A role, what it does, the team that would hold it, and the words that stand for the holder until one is named."""

    role: str
    meaning: str
    team: str
    holder: str


@dataclass(frozen=True, kw_only=True)
class PacketHolders:
    """The two owners, everyone else, who works the exception queue, and IT's team."""

    value: RoleHolder
    safety: RoleHolder
    others: tuple[RoleHolder, ...]
    queue: RoleHolder
    it_team: str


def packet_holders(model: OperatingModel, team: str | None, it_team: str | None) -> PacketHolders:
    """Return holders for every role of the matrix; raise Refused where a side has no role or no fitting team."""
    teams = {Side.BUSINESS: _team(model, Side.BUSINESS, team), Side.IT: _team(model, Side.IT, it_team)}
    owners = {side: _owner(model, side) for side in Side}
    given = dict.fromkeys((n for n, r in model.roles.items() if r.value.side is Side.BUSINESS), team or "")
    given[owners[Side.IT]] = it_team or ""
    held = {
        name: _held(model, role.value, given.get(name, ""), teams[role.value.side])
        for name, role in model.roles.items()
    }
    value, safety = held[owners[Side.BUSINESS]], held[owners[Side.IT]]
    others = tuple(each for name, each in held.items() if name not in (value.role, safety.role))
    hands = [each for each in others if model.roles[each.role].value.side is Side.BUSINESS]
    return PacketHolders(value=value, safety=safety, others=others, queue=(hands or [value])[0], it_team=safety.team)


def _held(model: OperatingModel, role: Role, given: str, fallback: str) -> RoleHolder:
    usual = Counter(team for entry in model.packets.values() for name, team in _used(entry.value) if name == role.id)
    known = [team for team, _ in usual.most_common() if team in model.teams]
    fitting = [team for team in known if model.teams[team].value.side is role.side]
    team = given or (fitting or [fallback])[0]
    return RoleHolder(
        role=role.id, meaning=role.meaning, team=team, holder=yaml_string(f"TBD: title of the {role.name} here")
    )


def _used(packet: Packet) -> Iterator[tuple[str, str]]:
    owners = packet.owners
    yield owners.value.role, owners.value.team
    yield owners.safety.role, owners.safety.team
    for role, holder in owners.others.items():
        yield role, holder.team


def _owner(model: OperatingModel, side: Side) -> str:
    """Return the role of a side that answers for most rows of the matrix: the first of them where several do."""
    roles = [name for name, role in model.roles.items() if role.value.side is side]
    if not roles:
        raise CreationRefused(f"data/roles.yml has no role on the {side.label} side; add one first")
    rows = [row.value.raci for row in model.responsibilities.values()]
    return max(roles, key=lambda name: sum(name in raci and raci[name].accountable for raci in rows))


def _team(model: OperatingModel, side: Side, given: str | None) -> str:
    teams = [name for name, team in model.teams.items() if team.value.side is side]
    if given in teams:
        return given
    if given in model.teams:
        raise CreationRefused(f'"{given}" is a team on the other side; expected one of {", ".join(teams)}')
    if given:
        raise CreationRefused(
            f"unknown team {in_quotes(given)}{did_you_mean(given, teams) or '; expected one of ' + ', '.join(teams)}"
        )
    if not teams:
        raise CreationRefused(f"data/teams.yml has no team on the {side.label} side; add one first: opmodel new team")
    if side is Side.BUSINESS and len(teams) > 1:
        raise CreationRefused(f"name the business team that owns it: --team with one of {', '.join(teams)}")
    return teams[0]
