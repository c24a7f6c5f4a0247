"""How a packet is laid out on sheets: one sheet for each part, one slot for each field, made from the model.

A slot's key says where its value belongs: ``business.pain.volume.cases`` on a form, ``it.access[].system`` in a table.
The keys stand on the sheets, so that columns may be moved, sheets renamed and notes added without harm.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from types import NoneType
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import BaseModel

from opmodel.load.records import records_in
from opmodel.model import approval as a
from opmodel.model import packet as p
from opmodel.model.base import Reference
from opmodel.model.labels import field_label
from opmodel.model.values import Duration, TimeLimit
from opmodel.model.vocabulary import Section, Vocabulary

LIST_KINDS = ("lines", "words", "references")


@dataclass(frozen=True, kw_only=True)
class SheetField:
    """One field: its key, heading, meaning, and the kind of values that it can hold."""

    key: str
    label: str
    help: str
    kind: str
    required: bool = True
    words: tuple[str, ...] = ()
    refers: str = ""

    @property
    def many(self) -> bool:
        """Whether the field holds a list, one entry a line."""
        return self.kind in LIST_KINDS


@dataclass(frozen=True, kw_only=True)
class SheetLayout:
    """One sheet: a form (one value a line) or a table (one record a line)."""

    title: str
    meaning: str
    path: tuple[str, ...]
    slots: tuple[SheetField, ...]
    table: bool = False
    keyed: str = ""
    """For a mapping laid out as a table: the column that holds its keys."""


def sheet_layouts(inputs: tuple[str, ...] = ()) -> tuple[SheetLayout, ...]:
    """Return every sheet of a packet whose decision depends on ``inputs``, in the order of its page."""
    s = Section
    return (
        _sheet("Packet", "Name, status and dates of the packet.", "", but=("owners", "business", "it", "shared")),
        _sheet("Owners", s.OWNERS.meaning, "owners", but=("others",)),
        _others(),
        _sheet("Pain", s.PAIN.meaning, "business.pain", but=("volume_bands",)),
        _sheet("Scope", s.SCOPE.meaning, "business.scope"),
        _sheet("Trigger", s.TRIGGER.meaning, "business.trigger"),
        _sheet("Inputs", s.INPUTS.meaning, "business.inputs"),
        _sheet("Output", s.OUTPUT.meaning, "business.output"),
        _sheet("Outcomes", s.OUTCOMES.meaning, "business.outcomes"),
        _sheet("Access", s.ACCESS.meaning, "it.access"),
        _sheet("Forbidden", s.FORBIDDEN.meaning, "it.forbidden"),
        _sheet("System contracts", s.CONTRACTS.meaning, "it.contracts"),
        _sheet("Policies", s.POLICIES.meaning, "it.policies"),
        _sheet("Support", s.SUPPORT.meaning, "it.support", but=("tiers",)),
        _sheet("Support tiers", "Who helps, first line first.", "it.support.tiers"),
        _sheet("Approval", s.APPROVAL.meaning, "shared.approval", but=("inputs", "parties", "rules", "examples")),
        _sheet("Parties", "Everyone who starts, approves or checks cases.", "shared.approval.parties"),
        _decision_inputs(),
        _rules(inputs),
        _examples(inputs),
        _bands(inputs),
        _sheet("Exception queue", s.EXCEPTIONS.meaning, "shared.exceptions", but=("cases",)),
        _sheet("Exception cases", "Cases that leave the normal path.", "shared.exceptions.cases"),
        _sheet("Failure cases", s.FAILURE_CASES.meaning, "shared.failure_cases"),
        _sheet("Audit", s.AUDIT.meaning, "shared.audit", but=("records",)),
        _sheet("Audit records", "What is recorded, and where.", "shared.audit.records"),
        _sheet("Review", s.REVIEW.meaning, "shared.review"),
    )


def _sheet(title: str, meaning: str, path: str, *, but: tuple[str, ...] = ()) -> SheetLayout:
    """Return the sheet of the record at ``path`` of a packet: a table for a list of records, else a form."""
    steps = tuple(path.split(".")) if path else ()
    record: type[BaseModel] = p.Packet
    table = False
    for step in steps:
        annotation = record.model_fields[step].annotation
        table, record = get_origin(annotation) is tuple, next(records_in(annotation))
    prefix = f"{path}[]." if table else f"{path}." if path else ""
    return SheetLayout(title=title, meaning=meaning, path=steps, slots=tuple(_slots(record, prefix, but)), table=table)


def _others() -> SheetLayout:
    prefix = "owners.others[]."
    role = SheetField(key=f"{prefix}role", label="Role", help="The matrix role.", kind="reference", refers="role")
    meaning = p.Owners.model_fields["others"].description or ""
    slots = (role, *_slots(p.Holder, prefix))
    return SheetLayout(
        title="Other roles", meaning=meaning, path=("owners", "others"), slots=slots, table=True, keyed="role"
    )


def _decision_inputs() -> SheetLayout:
    """The four kinds of input share one table; a column that does not apply stays empty."""
    found: dict[str, SheetField] = {}
    for model in (a.NumberInput, a.ChoiceInput, a.BooleanInput, a.DateInput):
        for slot in _slots(model, "shared.approval.inputs[]."):
            found.setdefault(slot.key, slot)
    kinds = tuple(get_args(model.model_fields["type"].annotation)[0] for model in get_args(get_args(a.Input)[0]))
    special: dict[str, dict[str, Any]] = {
        "type": {"words": kinds, "help": "What kind of value it is.", "kind": "word"},
        "min": {"kind": "bound", "help": "Smallest number or first day that can occur; empty for no limit."},
        "max": {"kind": "bound", "help": "Largest number or last day that can occur; empty for no limit."},
        "values": {"required": False, "help": "For a choice: every value that can occur."},
    }
    slots = (replace(slot, **special.get(slot.key.rpartition(".")[2], {})) for slot in found.values())
    return _approval_table("inputs", "Decision inputs", "What the decision depends on.", slots)


def _approval_table(name: str, title: str, meaning: str, slots: Iterable[SheetField]) -> SheetLayout:
    return SheetLayout(title=title, meaning=meaning, path=("shared", "approval", name), slots=tuple(slots), table=True)


def _rules(inputs: tuple[str, ...]) -> SheetLayout:
    prefix = "shared.approval.rules[]."
    first, outcome, *rest = _slots(a.ApprovalRule, prefix, ("when", "approved_by"))
    when = _when(a.ApprovalRule, prefix, inputs)
    steps = SheetField(
        key=f"{prefix}approved_by",
        label="Approved by",
        help="For approve: one step a line, such as “any: buyer, lead” or “all: lead, controller”.",
        kind="steps",
        required=False,
    )
    about = "The rows of the decision table. A new input needs a column with the key of its neighbours."
    return _approval_table("rules", "Rules", about, (first, *when, outcome, steps, *rest))


def _when(record: type[BaseModel], prefix: str, inputs: tuple[str, ...]) -> Iterator[SheetField]:
    """Yield a column for the condition on each input."""
    meaning = record.model_fields["when"].description or ""
    for name in inputs:
        yield SheetField(key=f"{prefix}when.{name}", label=f"When {name}", help=meaning, kind="text", required=False)


def _bands(inputs: tuple[str, ...]) -> SheetLayout:
    prefix = "business.pain.volume_bands[]."
    slots = (*_when(p.VolumeBand, prefix, inputs), *_slots(p.VolumeBand, prefix, ("when",)))
    meaning = p.Pain.model_fields["volume_bands"].description or ""
    path = ("business", "pain", "volume_bands")
    return SheetLayout(title="Volume bands", meaning=meaning, path=path, slots=slots, table=True)


def _examples(inputs: tuple[str, ...]) -> SheetLayout:
    prefix = "shared.approval.examples[]."
    given = (
        SheetField(key=f"{prefix}given.{name}", label=name, help="The value in this case.", kind="value")
        for name in inputs
    )
    slots = (*given, *_slots(a.Example, prefix, ("given",)))
    return _approval_table("examples", "Examples", "Cases with expected answers.", slots)


def _slots(model: type[BaseModel], prefix: str, but: tuple[str, ...] = ()) -> Iterator[SheetField]:
    for name, info in model.model_fields.items():
        if name in but:
            continue
        key = info.alias or name
        kind, inner, marks = _kind(info.annotation, list(info.metadata))
        if kind == "record":
            for slot in _slots(inner, f"{prefix}{key}."):
                said = f"{field_label(name)}: {slot.label.lower()}"
                yield replace(slot, label=said, required=slot.required and info.is_required())
            continue
        yield SheetField(
            key=f"{prefix}{key}",
            label=field_label(name),
            help=info.description or "",
            kind=kind,
            required=info.is_required(),
            words=_words(inner),
            refers=next((mark.kind for mark in marks if isinstance(mark, Reference)), ""),
        )


def _kind(annotation: Any, marks: list[Any]) -> tuple[str, Any, list[Any]]:
    """Return the kind of a field, its inner type, and the metadata of its annotation."""
    if get_origin(annotation) is Annotated:
        inner, *more = get_args(annotation)
        return _kind(inner, [*marks, *more])
    if NoneType in (options := get_args(annotation)) and get_origin(annotation) is not tuple:
        return _kind(next(option for option in options if option is not NoneType), marks)
    if get_origin(annotation) is tuple:
        kind, inner, found = _kind(options[0], marks)
        return {"text": "lines", "word": "words", "reference": "references"}.get(kind, kind), inner, found
    if get_origin(annotation) is Literal:
        return "word", annotation, marks
    if any(isinstance(mark, Reference) for mark in marks):
        return "reference", annotation, marks
    return _simple(annotation), annotation, marks


def _simple(kind: type) -> str:
    known: tuple[tuple[type, str], ...] = (
        (Vocabulary, "word"),
        (BaseModel, "record"),
        (TimeLimit, "time limit"),
        (Duration, "duration"),
        (Decimal, "number"),
        (date, "date"),
    )
    plain_kinds = {int: "count", bool: "flag"}
    return next((name for base, name in known if issubclass(kind, base)), plain_kinds.get(kind, "text"))


def _words(kind: Any) -> tuple[str, ...]:
    if get_origin(kind) is Literal:
        return tuple(map(str, get_args(kind)))
    return tuple(word.value for word in kind) if isinstance(kind, type) and issubclass(kind, Vocabulary) else ()
