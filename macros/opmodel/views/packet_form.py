"""The form that writes a packet in the browser: its JSON Schema with plain labels, the choices, and the gates."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, get_args, get_origin

from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup
from pydantic import BaseModel

from opmodel.load.operating_model import OperatingModel
from opmodel.load.records import records_in
from opmodel.model import text_kinds
from opmodel.model.base import Reference
from opmodel.model.packet import Packet
from opmodel.model.values import NONCHARACTERS, SECONDS
from opmodel.model.vocabulary import SIGNING_SIDES, Layer, Section, Side, Vocabulary
from opmodel.readiness.gates import GATES, PLACEHOLDER
from opmodel.readiness.material import MATERIAL
from opmodel.rules.check import Checked
from opmodel.text.lookalikes import NO_INK

_HOST_EDITOR = re.compile(r"(?P<repository>https?://.+?)(?P<gitlab>/-)?/edit/(?P<branch>[^{}]+)/\{path\}")


@dataclass(frozen=True, kw_only=True)
class PacketForm:
    """The data from which the script of the page builds the form."""

    data: dict[str, Any]

    @property
    def json(self) -> Markup:
        """The data as JSON for a script element. The order of fields is that of the packet's page."""
        return htmlsafe_json_dumps(self.data, ensure_ascii=False)


def packet_form(checked: Checked, sample: Mapping[str, Any]) -> PacketForm:
    """Return the form for the checked site. ``sample`` is a new packet, from which comes what people leave out."""
    model, site = checked.model, checked.model.site
    return PacketForm(
        data={
            "schema": packet_schema(systems=bool(model.systems)),
            "id": {
                **text_kinds.ID.described({"type": "string", "maxLength": 80}),
                "title": "Id",
                "description": "The name of the file and the address of the page, such as invoice-triage. "
                "It stays for good.",
            },
            "date": text_kinds.DATE.described({"type": "string"}),
            "duration": {"pattern": text_kinds.DURATION.pattern, "seconds": SECONDS},
            "visible": f"(?![{_class(NO_INK)}])[\\p{{L}}\\p{{N}}\\p{{P}}\\p{{S}}]",
            "no_characters": f"[{_class(NONCHARACTERS)}]",
            "choices": {
                "role": [[n, e.value.name, e.value.side.value] for n, e in model.roles.items()],
                "team": [[n, e.value.name, e.value.side.value] for n, e in model.teams.items()],
                "packet": [[n, c.title, ""] for n, c in model.summaries.items()],
                **_system_choices(model),
            },
            "gates": [{"id": g.id, "title": g.title, "meaning": " ".join(g.meaning.split())} for g in GATES],
            "layers": {word.value: word.label for word in (*Layer, *_further_sides(model))},
            "sections": {"/".join(MATERIAL[s].path): s.label for s in Section if s in MATERIAL},
            "blank": form_data(sample),
            "placeholder": javascript_pattern(PLACEHOLDER),
            "today": checked.as_of.isoformat(),
            "edit": new_file_address(site.value.edit) if site and site.value.edit else "",
        }
    )


def _system_choices(model: OperatingModel) -> dict[str, list[list[str]]]:
    """Return the systems to choose from; nothing for a site without any, in which a system is text."""
    return {"system": [[n, e.value.name, ""] for n, e in model.systems.items()]} if model.systems else {}


def _further_sides(model: OperatingModel) -> Iterator[Vocabulary]:
    """Yield the sides of roles and teams that are no layers."""
    used = {role.value.side for role in model.roles.values()} | {team.value.side for team in model.teams.values()}
    return (side for side in Side if side in used and side not in SIGNING_SIDES)


def form_data(value: Any) -> Any:
    """Return data as the script of the form keeps it: numbers as ``{"exact": "0.10"}``, days as text."""
    if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
        return {"exact": f"{value:f}" if isinstance(value, Decimal) else str(value)}
    if isinstance(value, Mapping):
        return {key: form_data(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [form_data(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def _class(characters: Iterable[str]) -> str:
    """Return characters as the inside of a class of a browser's pattern that is read by code points."""
    return "".join(f"\\u{{{ord(each):x}}}" for each in sorted(characters))


def packet_schema(*, systems: bool = False) -> dict[str, Any]:
    """Return the JSON Schema of a packet, with the kind of each reference.

    Args:
        systems: Whether the site lists its systems, so that a packet names them by id.
    """
    made = Packet.model_json_schema(by_alias=True)
    for record in _records(Packet):
        properties = (made if record is Packet else made["$defs"][record.__name__])["properties"]
        for name, info in record.model_fields.items():
            field = properties[info.alias or name]
            if reference := next(_references(info.annotation, list(info.metadata)), None):
                if reference.kind == "system" and not systems:
                    continue
                field["x-reference"] = reference.kind
                if reference.acts:
                    field["x-acts"] = True
    return made


def _records(record: type[BaseModel], seen: set[type[BaseModel]] | None = None) -> set[type[BaseModel]]:
    seen = set() if seen is None else seen
    if record not in seen:
        seen.add(record)
        for info in record.model_fields.values():
            for inner in records_in(info.annotation):
                _records(inner, seen)
    return seen


def _references(annotation: Any, marks: list[Any]) -> Iterator[Reference]:
    """Yield the references in an annotation, outermost first."""
    yield from (mark for mark in marks if isinstance(mark, Reference))
    inner = get_args(annotation)
    if get_origin(annotation) is Annotated:
        yield from _references(inner[0], list(inner[1:]))
    else:
        for each in inner:
            yield from _references(each, [])


def javascript_pattern(pattern: re.Pattern[str]) -> str:
    r"""Return a pattern as one for JavaScript with the flag ``u`` and the same matches.

    There ``\b`` and ``\W`` know only English letters, ``\s`` leaves out U+0085, and ``$`` stands only at the very end.
    """
    word = r"[\p{L}\p{N}_]"
    edge = f"(?:(?<={word})(?!{word})|(?<!{word})(?={word}))"
    same = {r"\b": edge, r"\W": word.replace("[", "[^"), r"\s": r"[\s\x85]", "$": r"(?=\n?$)"}
    return re.sub(r"\\[bWs]|\$", lambda match: same[match[0]], pattern.pattern)


def new_file_address(edit: str) -> str:
    """Return the address for a new file, with ``{path}``, from the address of the host's editor.

    Known are hosts that edit at ``/edit/BRANCH/PATH`` and ``/-/edit/BRANCH/PATH``; another address is taken as it is.
    """
    match = _HOST_EDITOR.fullmatch(edit)
    if not match:
        return edit
    if match["gitlab"]:
        return f"{match['repository']}/-/new/{match['branch']}?file_name={{path}}"
    return f"{match['repository']}/new/{match['branch']}?filename={{path}}"
