"""A new packet: complete, commented, and a draft that passes the check, with a holder for every role."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from opmodel.files import writing
from opmodel.load.data_files import RESERVED_ID, SCHEMAS_FOLDER
from opmodel.load.operating_model import OperatingModel
from opmodel.model.candidates import Candidate, Candidates
from opmodel.model.organisation import Role
from opmodel.model.packet import Packet
from opmodel.model.values import Duration, plain
from opmodel.model.vocabulary import SIGNING_SIDES, Section, Side
from opmodel.scaffold.rendering import CreationRefused, new_id, render_template, require_valid, yaml_string
from opmodel.source.reader import parse
from opmodel.source.tree import MapNode
from opmodel.text.lookalikes import in_quotes
from opmodel.text.nearest import did_you_mean
from opmodel.text.slugs import slug

_CADENCE = Duration("P90D")
_LONGEST_PROSE = 4000
_FIRST_REVIEW = 30
"""The most days until a new workflow is reviewed for the first time; from then on, the cadence counts."""


@dataclass(frozen=True, kw_only=True)
class RoleHolder:
    """A role with its meaning, the team that would hold it, and a placeholder for the holder's title."""

    role: str
    meaning: str
    team: str
    holder: str


@dataclass(frozen=True, kw_only=True)
class PacketHolders:
    """The holders of a new packet: both owners, all other roles, and who works the exception queue."""

    value: RoleHolder
    safety: RoleHolder
    others: tuple[RoleHolder, ...]
    queue: RoleHolder
    it_team: str


@dataclass(frozen=True, kw_only=True)
class PacketRequest:
    """The options of a new packet; what is None is derived from the site."""

    title: str | None
    name: str | None = None
    team: str | None = None
    it_team: str | None = None
    candidate: str | None = None


def new_packet(model: OperatingModel, wanted: PacketRequest, today: date) -> str:
    """Write the draft of a packet and return its id. Raises `CreationRefused`, with nothing written."""
    candidate = open_candidate(model, wanted.candidate) if wanted.candidate else None
    title = wanted.title or (candidate.title if candidate else "")
    if not title.strip():
        raise CreationRefused('say what the workflow is called: opmodel new "Invoice triage"')
    who = packet_holders(model, wanted.team or (candidate.team if candidate else None), wanted.it_team)
    former = {old for entry in model.packets.values() for old in entry.value.formerly}
    removed = {entry.value.source for entry in model.redirects if entry.value.removed}
    if (wanted.name or slug(title)) in {source.strip("/").rpartition("/")[2] for source in removed}:
        raise CreationRefused(
            f'a packet with the id "{wanted.name or slug(title)}" was removed: take the lines with its address out of '
            "data/redirects.yml if it comes back, or choose another id with --id; nothing was written"
        )
    name = new_id(wanted.name, title, {RESERVED_ID, *former, *(model.names["packet"] or ())})
    text = packet_draft(model, title, who, today, candidate)
    path = model.root / "data" / "workflows" / f"{name}.yml"
    try:
        writing.create_text(path, text, model.root)
    except FileExistsError:
        raise CreationRefused(f"{path} exists; nothing was written") from None
    return name


def sample_packet(model: OperatingModel, today: date) -> Mapping[str, Any]:
    """Return the data of a new packet of the first business team; nothing if the site lacks a role or a team for it."""
    teams = [name for name, team in model.teams.items() if team.value.side is Side.BUSINESS]
    try:
        who = packet_holders(model, teams[0] if teams else None, None)
        node, _ = parse(packet_draft(model, "TBD: the name of the workflow", who, today))
    except CreationRefused:
        return {}
    return node.plain if isinstance(node, MapNode) else {}


def packet_draft(
    model: OperatingModel, title: str, who: PacketHolders, today: date, candidate: Candidate | None = None
) -> str:
    """Return the YAML of a new packet. Raises `CreationRefused` if it would have errors."""
    cadence = model.site.value.review_cadence if model.site else _CADENCE
    text = render_template(
        "packet.yml.jinja",
        title=yaml_string(title),
        schema="../schemas/packet.json" if (model.root / SCHEMAS_FOLDER / "packet.json").is_file() else "",
        today=today.isoformat(),
        next_review=(today + timedelta(days=max(1, min(_FIRST_REVIEW, cadence.seconds // 86_400)))).isoformat(),
        value=who.value,
        safety=who.safety,
        others=who.others,
        queue=who.queue,
        reader=who.safety.role,
        it_team=who.it_team,
        **_taken_over(model.candidates.value, candidate) if model.candidates and candidate else _UNCOUNTED,
    )
    require_valid(Packet, text)
    return text


_UNCOUNTED: dict[str, Any] = {
    "summary": yaml_string("TBD: what the agent does, in one sentence."),
    "drag": yaml_string("TBD: what people do by hand today and why it hurts."),
    "cases": 0,
    "per": "P1M",
    "minutes_each": 0,
    "good": yaml_string("TBD: what a good result holds, and what the case says when there is none"),
    "cost_of_error": yaml_string("TBD: what a mistake costs, in the words of the business"),
    "included": [yaml_string("TBD: one kind of case, along a line that operators already use")],
    "conditions": [],
}


def _taken_over(whole: Candidates, candidate: Candidate) -> dict[str, Any]:
    """Return what a candidate says; what it does not say stays to be written."""
    taken = {
        **_UNCOUNTED,
        "included": [yaml_string(f"TBD, narrow to: {text}") for text in candidate.narrow] or _UNCOUNTED["included"],
        "conditions": candidate.support.conditions if candidate.support else (),
    }
    if drag := candidate.drag or _told("what people do by hand today and why it hurts", candidate.purpose):
        taken["drag"] = yaml_string(drag)
    if good := _told("what a good result holds, and what the case says when there is none", candidate.output):
        taken["good"] = yaml_string(good)
    if pain := candidate.pain:
        errors = f"{plain(pain.errors_per_thousand)} cases in a thousand go wrong"
        costs = f"{whole.currency or ''} {plain(pain.error_costs)}".strip()
        taken |= {
            "cases": pain.cases,
            "per": pain.per,
            "minutes_each": plain(pain.minutes_each),
            "cost_of_error": yaml_string(f"{errors}, and one costs {costs} on average."),
        }
    return taken


def _told(owed: str, text: str | None) -> str:
    """Return what is still to be written, with what an inventory says of it; empty if it says nothing."""
    told = f"TBD: {owed}. An inventory says: {text}"
    return told if text and len(told) <= _LONGEST_PROSE else ""


def open_candidate(model: OperatingModel, name: str) -> Candidate:
    """Return the candidate ``name``. Raises `CreationRefused` if it is unknown, has a packet, or IT rules it out."""
    listed = {each.id: each for each in model.candidates.value.candidates} if model.candidates else {}
    if name not in listed:
        known = did_you_mean(name, listed) or (f"; expected one of {', '.join(listed)}" if listed else "")
        raise CreationRefused(f"unknown candidate {in_quotes(name)} in data/candidates.yml{known}")
    candidate = listed[name]
    if candidate.packet:
        raise CreationRefused(f'the candidate "{name}" became the packet "{candidate.packet}" already')
    if candidate.support and candidate.ruled_out:
        raise CreationRefused(f'IT rules the candidate "{name}" out: {candidate.support.because}')
    return candidate


def packet_holders(model: OperatingModel, team: str | None, it_team: str | None) -> PacketHolders:
    """Return a holder for every role of the matrix. Raises `CreationRefused` if a side has no role or fitting team."""
    named = {Side.BUSINESS: team, Side.IT: it_team}
    sides = dict.fromkeys((*SIGNING_SIDES, *(role.value.side for role in model.roles.values())))
    teams = {side: _team(model, side, named.get(side)) for side in sides}
    owners = {side: _owner(model, side) for side in SIGNING_SIDES}
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
    duties = (duty for packet in model.summaries.values() for duty in packet.duties)
    usual = Counter(duty.team for duty in duties if duty.section is Section.OWNERS and duty.role == role.id)
    known = [team for team, _ in usual.most_common() if team in model.teams]
    fitting = [team for team in known if model.teams[team].value.side is role.side]
    team = given or (fitting or [fallback])[0]
    return RoleHolder(
        role=role.id,
        meaning=role.meaning,
        team=team,
        holder=yaml_string(f"TBD: title of the function for the role {role.name}"),
    )


def _owner(model: OperatingModel, side: Side) -> str:
    """Return the role of a side that is accountable for most rows of the matrix; the first of several."""
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
        raise CreationRefused(f'"{given}" is not a team on the {side.label} side; expected one of {", ".join(teams)}')
    if given:
        raise CreationRefused(
            f"unknown team {in_quotes(given)}{did_you_mean(given, teams) or '; expected one of ' + ', '.join(teams)}"
        )
    if not teams:
        raise CreationRefused(f"data/teams.yml has no team on the {side.label} side; add one first: opmodel new team")
    if side is Side.BUSINESS and len(teams) > 1:
        raise CreationRefused(f"name the business team that owns it: --team with one of {', '.join(teams)}")
    return teams[0]
