"""The teams of a generated site: about one for every twenty packets on each side, so that no team's page outgrows."""

from dataclasses import dataclass
from typing import Any

from made.layout import Flow

PACKETS_PER_TEAM = 20


@dataclass(frozen=True)
class Branch:
    """A place with the team of one domain on the business side, and its id."""

    domain: int
    place: str
    team: str


@dataclass(frozen=True)
class Organisation:
    """All teams as data/teams.yml lists them, the business branches, and the ids of IT teams by what they do."""

    teams: list[dict[str, Any]]
    branches: list[Branch]
    it: dict[str, list[str]]


def organisation(words: dict[str, Any], packets: int) -> Organisation:
    """Return the teams for a number of packets: the first place has every kind of team, others follow in turn."""
    places = [place.strip() for place in words["places"].split(",")]
    domains, kinds = words["domains"], words["it_teams"]
    each_side = -(-packets // PACKETS_PER_TEAM)
    business = [(n % len(domains), places[n // len(domains)]) for n in range(max(3, each_side))]
    supporting = [(n % len(kinds), places[n // len(kinds)]) for n in range(max(5, each_side))]
    branches = [Branch(domain, place, _id(domains[domain]["name"], place)) for domain, place in business]
    it: dict[str, list[str]] = {}
    teams = [_team(domains[domain], place, "business", head=branches[0].team) for domain, place in business]
    head = _id(kinds[3]["name"], places[0])  # security settles what another IT team cannot
    for kind, place in supporting:
        teams.append(_team(kinds[kind], place, "it", head=head))
        it.setdefault(kinds[kind]["name"], []).append(_id(kinds[kind]["name"], place))
    return Organisation(teams, branches, it)


def slug(text: str) -> str:
    """Return the id that a name gives."""
    return "-".join(text.lower().replace(",", "").split())


def _id(name: str, place: str) -> str:
    return slug(f"{name} {place}")


def _team(kind: dict[str, Any], place: str, side: str, head: str) -> dict[str, Any]:
    name = _id(kind["name"], place)
    return {
        "id": name,
        "name": f"{kind['name']} {place}",
        "side": side,
        "purpose": kind["purpose"],
        "channel": f"Chat channel #{name}",
        "contact": f"{name}@example.com",
        **({"escalates_to": head} if name != head else {}),
        "handle": f"@example/{name}",
    }


def assignment(role: str, team: str) -> Flow:
    """Return which team holds a role, on one line."""
    return Flow(role=role, team=team)
