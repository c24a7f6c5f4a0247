"""New systems and AI models, and a first list of systems made from what packets say."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from opmodel.load.operating_model import OperatingModel
from opmodel.model.problem import Place
from opmodel.model.systems import AiModel, System
from opmodel.model.vocabulary import DataClass
from opmodel.readiness.gates import PLACEHOLDER
from opmodel.rules.references import references_in_packet
from opmodel.scaffold.entries import append_entries
from opmodel.scaffold.rendering import CreationRefused, new_id, render_template, require_valid, yaml_string
from opmodel.text.lookalikes import in_quotes
from opmodel.text.nearest import did_you_mean
from opmodel.text.slugs import free_name, slug

_HEAD = "# yaml-language-server: $schema=./schemas/{kind}.json\n"


@dataclass(slots=True)
class NamedSystem:
    """A text that packets have where the id of a system belongs: the id it becomes, and what packets say of it."""

    text: str
    id: str
    places: list[Place] = field(default_factory=list)
    teams: Counter[str] = field(default_factory=Counter)
    """How often packets whose safety a team owns name it."""
    data_class: DataClass = DataClass.PUBLIC
    """The most sensitive data of all grants."""


def new_system(
    model: OperatingModel, title: str, name: str | None, owner: str, data_class: DataClass
) -> tuple[str, int]:
    """Add a system to ``data/systems.yml`` and return its id and first line. Raises `CreationRefused`."""
    made = new_id(name, title, {"index", *(model.names.get("system") or ())})
    _require_team(model, owner)
    text = _system_yaml(made, title, owner, data_class)
    require_valid(System, text)
    return made, _append(model, "systems", [text])


def new_model(model: OperatingModel, title: str, name: str | None, owner: str) -> tuple[str, int]:
    """Add an AI model to ``data/models.yml`` and return its id and first line. Raises `CreationRefused`."""
    made = new_id(name, title, {"index", *(model.names.get("model") or ())})
    _require_team(model, owner)
    text = render_template("model.yml.jinja", id=made, name=yaml_string(title), owner=owner)
    require_valid(AiModel, text)
    return made, _append(model, "models", [text])


def add_named_systems(model: OperatingModel) -> tuple[NamedSystem, ...]:
    """Add every system that packets name, and no record defines, to ``data/systems.yml``.

    Returns each text that is no id, with the id that belongs in its place. Raises `CreationRefused`.
    """
    found = named_systems(model)
    known = model.names.get("system") or frozenset()
    texts = [_drafted(each) for each in found if each.id not in known]
    for text in texts:
        require_valid(System, text)
    if texts:
        _append(model, "systems", texts)
    return tuple(found)


def named_systems(model: OperatingModel) -> list[NamedSystem]:
    """Return each text that packets have in place of the id of a system, by id.

    A text that is the name or an alias of a system stands for that system. Any other is a system of its own, with a
    number in its id where two ids would be the same.
    """
    known = model.names.get("system") or frozenset()
    found: dict[str, NamedSystem] = {}
    taken = {"index", *known}
    for entry in model.packets.values():
        for _, path, text, _ in references_in_packet(entry.document, "system"):
            if text in known or PLACEHOLDER.search(text):
                continue
            if text not in found:
                ident = model.system_names.get(text) or free_name(slug(text) or "system", taken)
                taken.add(ident)
                found[text] = NamedSystem(text, ident)
            named = found[text]
            named.places.append(entry.document.place(path))
            named.teams[entry.value.owners.safety.team] += 1
            granted = [grant.data_class for grant in entry.value.it.access if grant.system == text]
            named.data_class = max(named.data_class, *granted, key=lambda each: each.sensitivity)
    return sorted(found.values(), key=lambda named: named.id)


def _drafted(named: NamedSystem) -> str:
    note = " # of the packets that name it: check"
    return _system_yaml(named.id, named.text, named.teams.most_common(1)[0][0], named.data_class, note)


def _system_yaml(name: str, title: str, owner: str, data_class: DataClass, note: str = "") -> str:
    return render_template(
        "system.yml.jinja", id=name, name=yaml_string(title), owner=owner, data_class=data_class.value, note=note
    )


def _require_team(model: OperatingModel, owner: str) -> None:
    known = model.names["team"] or frozenset()
    if owner not in known:
        raise CreationRefused(f"unknown team {in_quotes(owner)}{did_you_mean(owner, known)}")


def _append(model: OperatingModel, kind: str, texts: Sequence[str]) -> int:
    return append_entries(model.root / "data" / f"{kind}.yml", kind, texts, _HEAD.format(kind=kind))
