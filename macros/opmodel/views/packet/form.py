"""The form that answers "who approves this?" in the browser, from the same table that Python decides by."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from opmodel.addresses import row
from opmodel.approval import Table, export
from opmodel.model.approval import NumberInput
from opmodel.model.vocabulary import Section


@dataclass(frozen=True, kw_only=True)
class Field:
    """One input of the form; ``choices`` are (value, words) and empty where the reader types."""

    id: str
    name: str
    kind: str
    label: str
    hint: str
    choices: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class FormView:
    """The form, with the table's data that the script decides by."""

    fields: tuple[Field, ...]
    data: Mapping[str, Any]


def form_view(table: Table) -> FormView:
    """Return the form of a proven table; each rule in its data carries the anchor of its row on the page."""
    data = export(table)
    rules = [{**rule, "anchor": row(Section.APPROVAL, rule["id"])} for rule in data["rules"]]
    fields = tuple(_field(source, data["inputs"][n]) for n, source in enumerate(table.inputs))
    return FormView(fields=fields, data={**data, "rules": rules})


def _field(source: Any, data: Mapping[str, Any]) -> Field:
    unit = f" ({source.unit})" if isinstance(source, NumberInput) and source.unit else ""
    choices = {"choice": [(v, v) for v in data.get("values", ())], "boolean": [("true", "Yes"), ("false", "No")]}
    return Field(
        id=f"ask-{source.id}",
        name=f"case-{source.id}",
        kind=source.type,
        label=f"{source.label}{unit}",
        hint=_hint(source),
        choices=tuple(choices.get(source.type, ())),
    )


def _hint(source: Any) -> str:
    """Return what the label does not say: over which time a sum runs."""
    window = source.window if isinstance(source, NumberInput) else None
    return f"The sum per {window.per} over {window.over.words}" if window else ""
