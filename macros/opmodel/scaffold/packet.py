"""A new packet: complete, commented, and a draft that passes the check."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from opmodel.files import writing
from opmodel.load.data_files import RESERVED_ID, SCHEMAS_FOLDER
from opmodel.load.document import Document
from opmodel.load.operating_model import OperatingModel
from opmodel.load.records import validate_record
from opmodel.model.candidates import Candidate, Candidates
from opmodel.model.packet import Packet
from opmodel.model.values import Duration, plain
from opmodel.model.vocabulary import Verdict
from opmodel.scaffold.holders import PacketHolders, packet_holders
from opmodel.scaffold.rendering import CreationRefused, new_id, render_template, yaml_string
from opmodel.source.reader import parse
from opmodel.text.lookalikes import in_quotes
from opmodel.text.nearest import did_you_mean

_CADENCE = Duration("P90D")


@dataclass(frozen=True, kw_only=True)
class PacketRequest:
    """What is known of a new packet; the rest, where None, is derived from the site."""

    title: str | None
    name: str | None = None
    team: str | None = None
    it_team: str | None = None
    candidate: str | None = None


def new_packet(model: OperatingModel, wanted: PacketRequest, today: date) -> str:
    """Write the draft of a packet and return its id; raise Refused, with nothing written, when it cannot be made."""
    candidate = open_candidate(model, wanted.candidate) if wanted.candidate else None
    title = wanted.title or (candidate.title if candidate else "")
    if not title.strip():
        raise CreationRefused('say what the workflow is called: opmodel new "Invoice triage"')
    who = packet_holders(model, wanted.team or (candidate.team if candidate else None), wanted.it_team)
    former = {old for entry in model.packets.values() for old in entry.value.formerly}
    name = new_id(wanted.name, title, {RESERVED_ID, *former, *(model.names["packet"] or ())})
    text = packet_draft(model, title, who, today, candidate)
    path = model.root / "data" / "workflows" / f"{name}.yml"
    try:
        writing.create_text(path, text)
    except FileExistsError:
        raise CreationRefused(f"{path} exists; nothing was written") from None
    return name


def packet_draft(
    model: OperatingModel, title: str, who: PacketHolders, today: date, candidate: Candidate | None = None
) -> str:
    """Return the YAML of a new packet; raise Refused when the title cannot be one."""
    cadence = model.site.value.review_cadence if model.site else _CADENCE
    text = render_template(
        "packet.yml.jinja",
        title=yaml_string(title),
        schema="../schemas/packet.json" if (model.root / SCHEMAS_FOLDER / "packet.json").is_file() else "",
        today=today.isoformat(),
        next_review=(today + timedelta(days=max(1, cadence.seconds // 86_400))).isoformat(),
        value=who.value,
        safety=who.safety,
        others=who.others,
        queue=who.queue,
        reader=who.safety.role,
        it_team=who.it_team,
        **_counted(model.candidates.value, candidate) if model.candidates and candidate else _UNCOUNTED,
    )
    _must_load(text)
    return text


_UNCOUNTED: dict[str, Any] = {
    "summary": yaml_string("TBD: what the agent does, in one sentence."),
    "drag": yaml_string("TBD: what people do by hand today and why it hurts."),
    "cases": 0,
    "per": "P1M",
    "minutes_each": 0,
    "cost_of_error": yaml_string("TBD: what a mistake costs, in the words of the business"),
    "included": [yaml_string("TBD: one kind of case, along a line that operators already use")],
    "conditions": [],
}


def _counted(whole: Candidates, candidate: Candidate) -> dict[str, Any]:
    pain = candidate.pain
    errors = f"{plain(pain.errors_per_thousand)} cases in a thousand go wrong"
    return {
        **_UNCOUNTED,
        "drag": yaml_string(candidate.drag),
        "cases": pain.cases,
        "per": pain.per,
        "minutes_each": plain(pain.minutes_each),
        "cost_of_error": yaml_string(f"{errors}, and one costs {whole.currency} {plain(pain.error_costs)} on average."),
        "included": [yaml_string(f"TBD, narrow to: {text}") for text in candidate.narrow] or _UNCOUNTED["included"],
        "conditions": candidate.support.conditions,
    }


def _must_load(text: str) -> None:
    node, faults = parse(text)
    if node is None:
        raise CreationRefused("; ".join(fault.message for fault in faults))
    _, problems = validate_record(Packet, Document("", node), node)
    if problems:
        raise CreationRefused("; ".join(problem.message for problem in problems))


def open_candidate(model: OperatingModel, name: str) -> Candidate:
    """Return the candidate ``name``; raise Refused when there is none, it has a packet, or IT rules it out."""
    listed = {each.id: each for each in model.candidates.value.candidates} if model.candidates else {}
    if name not in listed:
        known = did_you_mean(name, listed) or (f"; expected one of {', '.join(listed)}" if listed else "")
        raise CreationRefused(f"unknown candidate {in_quotes(name)} in data/candidates.yml{known}")
    candidate = listed[name]
    if candidate.packet:
        raise CreationRefused(f'the candidate "{name}" became the packet "{candidate.packet}" already')
    if candidate.support.verdict is Verdict.NO:
        raise CreationRefused(f'IT rules the candidate "{name}" out: {candidate.support.because}')
    return candidate
