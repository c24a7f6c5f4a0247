"""How a packet is laid out on sheets: one sheet for each part, one slot for each field, made from the model.

A slot's key says where its value belongs: ``business.pain.volume.cases`` on a form, ``it.access[].system`` in a table.
The keys stand on the sheets, so that columns may be moved, sheets renamed and notes added without harm.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import NoneType
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import BaseModel

from opmodel.model import approval as a
from opmodel.model import packet as p
from opmodel.model.base import Reference
from opmodel.model.values import Duration
from opmodel.model.vocabulary import Section, Vocabulary

LIST_KINDS = ("lines", "words", "references")
_PLAIN_NAMES = {
    "id": "Short id",
    "per": "Kept for, or period",
    "holder": "Title of the function",
    "drag": "What people do by hand",
    "minutes_each": "Minutes for each case",
    "cost_of_error": "What a mistake costs",
    "included": "In scope",
    "excluded": "Out of scope",
    "good": "What good looks like",
    "example": "An example",
    "data_class": "Sensitivity of the data",
    "met_by": "How it is met",
    "on_failure": "When it fails",
    "within": "Time limit",
    "response": "Answers within",
    "min": "Smallest value",
    "max": "Largest value",
    "values": "Every value",
    "on_timeout": "When time runs out",
    "fields": "What each record holds",
}
"""Headings for people where the field's own name says too little."""


@dataclass(frozen=True, kw_only=True)
class SheetField:
    """One field: where it belongs, what people call it, what it means, and what it can hold."""

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
    head = [name for name in p.Packet.model_fields if name not in ("owners", "business", "it", "shared")]
    return (
        _form("Packet", "Name, status and dates of the packet.", (), p.Packet, only=head),
        _form("Owners", s.OWNERS.meaning, ("owners",), p.Owners, but=["others"]),
        _others(),
        _form("Pain", s.PAIN.meaning, ("business", "pain"), p.Pain),
        _form("Scope", s.SCOPE.meaning, ("business", "scope"), p.Scope),
        _form("Trigger", s.TRIGGER.meaning, ("business", "trigger"), p.Trigger),
        _table("Inputs", s.INPUTS.meaning, ("business", "inputs"), p.Given),
        _form("Output", s.OUTPUT.meaning, ("business", "output"), p.Output),
        _table("Outcomes", s.OUTCOMES.meaning, ("business", "outcomes"), p.Measure),
        _table("Access", s.ACCESS.meaning, ("it", "access"), p.Access),
        _table("Forbidden", s.FORBIDDEN.meaning, ("it", "forbidden"), p.Forbidden),
        _table("System contracts", s.CONTRACTS.meaning, ("it", "contracts"), p.Contract),
        _table("Policies", s.POLICIES.meaning, ("it", "policies"), p.Policy),
        _form("Support", s.SUPPORT.meaning, ("it", "support"), p.Support, but=["tiers"]),
        _table("Support tiers", "Who helps, first line first.", ("it", "support", "tiers"), p.Tier),
        _form("Approval", s.APPROVAL.meaning, ("shared", "approval"), a.Approval, only=["started_by", "hit_policy"]),
        _table("Parties", "Everyone who starts, approves or checks cases.", ("shared", "approval", "parties"), a.Party),
        _decision_inputs(),
        _rules(inputs),
        _examples(inputs),
        _form("Exception queue", s.EXCEPTIONS.meaning, ("shared", "exceptions"), p.Exceptions, but=["cases"]),
        _table(
            "Exception cases", "Cases that leave the normal path.", ("shared", "exceptions", "cases"), p.ExceptionCase
        ),
        _table("Failure cases", s.FAILURE_CASES.meaning, ("shared", "failure_cases"), p.FailureCase),
        _form("Audit", s.AUDIT.meaning, ("shared", "audit"), p.Audit, but=["records"]),
        _table("Audit records", "What is recorded, and where.", ("shared", "audit", "records"), p.AuditRecord),
        _form("Review", s.REVIEW.meaning, ("shared", "review"), p.Review),
    )


def _form(
    title: str,
    meaning: str,
    path: tuple[str, ...],
    model: type[BaseModel],
    only: list[str] | None = None,
    but: list[str] | None = None,
) -> SheetLayout:
    skipped = set(but or ()) | (set(model.model_fields) - set(only) if only else set())
    return SheetLayout(
        title=title, meaning=meaning, path=path, slots=tuple(_slots(model, "".join(f"{s}." for s in path), skipped))
    )


def _table(title: str, meaning: str, path: tuple[str, ...], model: type[BaseModel]) -> SheetLayout:
    return SheetLayout(title=title, meaning=meaning, path=path, slots=tuple(_slots(model, _rows(path))), table=True)


def _rows(path: tuple[str, ...]) -> str:
    return f"{'.'.join(path)}[]."


def _others() -> SheetLayout:
    prefix = _rows(("owners", "others"))
    role = SheetField(key=f"{prefix}role", label="Role", help="The matrix role.", kind="reference", refers="role")
    meaning = p.Owners.model_fields["others"].description or ""
    slots = (role, *_slots(p.Holder, prefix))
    return SheetLayout(
        title="Other roles", meaning=meaning, path=("owners", "others"), slots=slots, table=True, keyed="role"
    )


def _decision_inputs() -> SheetLayout:
    """The four kinds of input share one table; a column that does not apply stays empty."""
    path = ("shared", "approval", "inputs")
    found: dict[str, SheetField] = {}
    for model in (a.NumberInput, a.ChoiceInput, a.BooleanInput, a.DateInput):
        for slot in _slots(model, _rows(path)):
            found.setdefault(slot.key, slot)
    kinds = tuple(get_args(model.model_fields["type"].annotation)[0] for model in get_args(get_args(a.Input)[0]))
    special: dict[str, dict[str, Any]] = {
        "type": {"words": kinds, "help": "What kind of value it is.", "kind": "word"},
        "min": {"kind": "bound", "help": "Smallest number or first day that can occur; empty for no limit."},
        "max": {"kind": "bound", "help": "Largest number or last day that can occur; empty for no limit."},
        "values": {"required": False, "help": "For a choice: every value that can occur."},
    }
    slots = (_with(slot, special.get(slot.key.rpartition(".")[2], {})) for slot in found.values())
    return SheetLayout(
        title="Decision inputs", meaning="What the decision depends on.", path=path, slots=tuple(slots), table=True
    )


def _with(slot: SheetField, changes: dict[str, Any]) -> SheetField:
    return SheetField(**{**{name: getattr(slot, name) for name in SheetField.__dataclass_fields__}, **changes})


def _rules(inputs: tuple[str, ...]) -> SheetLayout:
    path = ("shared", "approval", "rules")
    first, *rest = _slots(a.ApprovalRule, _rows(path), {"when", "approved_by"})
    meaning = a.ApprovalRule.model_fields["when"].description or ""
    when = (
        SheetField(key=f"{_rows(path)}when.{name}", label=f"When {name}", help=meaning, kind="text", required=False)
        for name in inputs
    )
    steps = SheetField(
        key=f"{_rows(path)}approved_by",
        label="Approved by",
        help="For approve: one step a line, such as “any: buyer, lead” or “all: lead, controller”.",
        kind="steps",
        required=False,
    )
    outcome = rest[0]
    return SheetLayout(
        title="Rules",
        meaning="The rows of the decision table. A new input needs a column with the key of its neighbours.",
        path=path,
        slots=(first, *when, outcome, steps, *rest[1:]),
        table=True,
    )


def _examples(inputs: tuple[str, ...]) -> SheetLayout:
    path = ("shared", "approval", "examples")
    given = (
        SheetField(key=f"{_rows(path)}given.{name}", label=name, help="The value in this case.", kind="value")
        for name in inputs
    )
    slots = (*given, *_slots(a.Example, _rows(path), {"given"}))
    return SheetLayout(title="Examples", meaning="Cases with expected answers.", path=path, slots=slots, table=True)


def _slots(model: type[BaseModel], prefix: str, skipped: set[str] | None = None) -> Iterator[SheetField]:
    for name, info in model.model_fields.items():
        if name in (skipped or ()):
            continue
        key = info.alias or name
        kind, inner, marks = _kind(info.annotation, list(info.metadata))
        if kind == "record":
            for slot in _slots(inner, f"{prefix}{key}."):
                said = f"{field_label(name)}: {slot.label.lower()}"
                yield _with(slot, {"label": said, "required": slot.required and info.is_required()})
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


def field_label(name: str) -> str:
    """Return what people call the field ``name``."""
    words = _PLAIN_NAMES.get(name, name.replace("_", " "))
    return words[:1].upper() + words[1:]


def _kind(annotation: Any, marks: list[Any]) -> tuple[str, Any, list[Any]]:
    """Return the kind of a field, the type inside it, and what its annotation says beside the type."""
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
    known = ((Vocabulary, "word"), (BaseModel, "record"), (Duration, "duration"), (Decimal, "number"), (date, "date"))
    return next((name for base, name in known if issubclass(kind, base)), "count" if kind is int else "text")


def _words(kind: Any) -> tuple[str, ...]:
    if get_origin(kind) is Literal:
        return tuple(map(str, get_args(kind)))
    return tuple(word.value for word in kind) if isinstance(kind, type) and issubclass(kind, Vocabulary) else ()
