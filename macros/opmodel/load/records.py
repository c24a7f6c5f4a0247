"""Validates trees and files into records, with an error message and a place for everything that does not fit."""

import pathlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Generic, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from opmodel.load.document import Document, Entry
from opmodel.model.problem import Place, Problem, Severity
from opmodel.model.text_kinds import EXPECTED
from opmodel.model.values import plain
from opmodel.source.fault import SourceFault
from opmodel.source.reader import decode, parse, read_bytes
from opmodel.source.tree import Node, Path, child
from opmodel.text.lookalikes import in_quotes
from opmodel.text.nearest import did_you_mean
from opmodel.text.words import counted

Model = TypeVar("Model", bound=BaseModel)
_EXPECTED = {
    "string_type": "text",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "bool_type": "true or false",
    "decimal_type": "a number",
    "is_instance_of": "a number",
    "date_type": "a date such as 2026-11-30",
    "date_parsing": "a date such as 2026-11-30",
    "tuple_type": "a list",
    "list_type": "a list",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "model_attributes_type": "a mapping",
    "string_too_short": "text",
    "finite_number": "a number",
}


def describe_value(value: object) -> str:
    """Return a value as messages name it: ``the number 5``, ``a list``, ``"legl"``, ``nothing``."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (int, Decimal)):
        return f"the number {value}"
    if isinstance(value, (list, tuple)):
        return "a list"
    if isinstance(value, Mapping):
        return "a mapping"
    text = str(value).replace("\n", " ")
    return in_quotes(f"{text[:60]}…" if len(text) > 60 else text) if text else "empty text"


def error_message(error: Mapping[str, Any]) -> tuple[str, str]:
    """Return the rule id and the message of a pydantic error that is not about a missing or unknown key."""
    kind, found, context = error["type"], describe_value(error["input"]), error.get("ctx", {})
    if kind in ("enum", "literal_error"):
        return "unknown-word", _word(error["input"], context["expected"])
    if kind in ("union_tag_invalid", "union_tag_not_found"):
        return _tag(error)
    if kind in _EXPECTED:
        return "wrong-type", f"expected {_EXPECTED[kind]}, found {found}{_condition_hint(error)}"
    return "bad-value", _limit(kind, error["input"], context) or f"{error['msg']}, found {found}"


def _condition_hint(error: Mapping[str, Any]) -> str:
    """Return what to write where a plain value of YAML stands in place of the condition of an input."""
    value = error["input"]
    if error["loc"][-2:-1] != ("when",) or not (value is None or isinstance(value, bool | int | Decimal)):
        return ""
    if value is None:
        return '; a missing value is written "null", in quotes'
    text = str(value).lower() if isinstance(value, bool) else plain(Decimal(value))
    return f'; a condition is text, so write {error["loc"][-1]}: "{text}"'


def _word(value: object, expected: str) -> str:
    words = [word.strip("'") for word in expected.replace(" or ", ", ").split(", ")]
    near = did_you_mean(value, words) if isinstance(value, str) else ""
    return f"expected one of {', '.join(words)}; found {describe_value(value)}{near}"


def _tag(error: Mapping[str, Any]) -> tuple[str, str]:
    context = error["ctx"]
    if error["type"] == "union_tag_not_found":
        return "missing-key", 'the key "type" is missing: expected number, choice, boolean or date'
    return "unknown-word", _word(context["tag"], context["expected_tags"])


def _limit(kind: str, value: object, context: Mapping[str, Any]) -> str:
    found = describe_value(value)
    match kind:
        case "string_too_long":
            return f"expected at most {context['max_length']} characters, found {found}"
        case "string_pattern_mismatch":
            return f"expected {EXPECTED[context['pattern']]}, found {found}"
        case "too_short":
            return f"expected at least {counted(context['min_length'], 'entry', 'entries')}"
        case "too_long":
            unit = "characters" if isinstance(value, str) else "entries"
            return f"expected at most {context['max_length']} {unit}, found {context['actual_length']}"
        case "greater_than":
            return f"expected more than {context['gt']}, found {found}"
        case "greater_than_equal":
            return f"expected {context['ge']} or more, found {found}"
        case "less_than_equal":
            return f"expected {context['le']} or less, found {found}"
        case _:
            return ""


SCHEMA_RULES = {
    "missing-key": "A required key is missing. The message says what it holds.",
    "unknown-key": "A key that no record has. Mostly a spelling mistake; nothing is ignored silently.",
    "wrong-type": "A value of another type than the field holds, such as a list where a mapping belongs.",
    "unknown-word": "A word outside a closed list, such as a status that does not exist.",
    "bad-value": "A value of the right type that the field cannot hold, such as a date that does not exist.",
}
"""Rule id and meaning of what a schema can reject."""


def validate_record(
    kind: type[Model], document: Document, node: Node, path: Path = ()
) -> tuple[Model | None, list[Problem]]:
    """Validate the tree of one record, which stands at ``path`` in a document.

    Returns:
        The record, or None if there are problems.
    """
    try:
        return kind.model_validate(node.plain), []
    except ValidationError as error:
        errors = error.errors(include_url=False)
    return None, [_schema_problem(kind, document, node, path, each) for each in errors if not _follows(each, errors)]


def _follows(error: Any, errors: Sequence[Any]) -> bool:
    """Whether a list counts as too short only because some of its entries are invalid."""
    loc = error["loc"]
    return error["type"] == "too_short" and any(
        other["loc"][: len(loc)] == loc and len(other["loc"]) > len(loc) for other in errors
    )


def _schema_problem(kind: type[BaseModel], document: Document, node: Node, path: Path, error: Any) -> Problem:
    steps = (*path, *error["loc"])
    name = str(error["loc"][-1]) if error["loc"] else ""
    if error["type"] == "extra_forbidden":
        known = _keys(kind, node, error["loc"][:-1])
        text = f"unknown key {in_quotes(name)}{did_you_mean(name, known) or _expected_keys(known)}"
        return Problem(document.place(steps, key=True), "unknown-key", text)
    if error["type"] == "missing":
        return Problem(
            document.place(steps), "missing-key", f'the key "{name}" is missing{_meaning(kind, node, error)}'
        )
    if error["type"] == "invalid_key" or "[key]" in error["loc"]:
        return Problem(document.place(steps, key=True), "unknown-key", error_message(error)[1])
    rule, text = error_message(error)
    if error["type"] == "union_tag_invalid":  # the word itself, not the record that it stands in
        steps = (*steps, "type")
    return Problem(document.place(steps), rule, text)


def _expected_keys(known: Mapping[str, str]) -> str:
    return f"; expected one of {', '.join(known)}" if known else ""


def _meaning(kind: type[BaseModel], node: Node, error: Any) -> str:
    meaning = _keys(kind, node, error["loc"][:-1]).get(str(error["loc"][-1]), "")
    return f": {meaning}" if meaning else ""


def _keys(kind: type[BaseModel], node: Node, loc: tuple[int | str, ...]) -> dict[str, str]:
    """Return the keys (with their meanings) of the record that stands at ``loc`` in a record of ``kind``."""
    models: list[type[BaseModel]] = [kind]
    for step in loc:
        below = child(node, step)
        if below is None:  # a discriminator's tag, which pydantic adds to the path
            models = [m for m in models if step in get_args(_field_type(m, "type"))] or models
            continue
        node = below
        if isinstance(step, str):
            models = [inner for model in models for inner in records_in(_field_type(model, step))] or models
    return {key: info.description or "" for model in models for key, info in _fields(model).items()}


def _fields(model: type[BaseModel]) -> dict[str, Any]:
    return {info.alias or name: info for name, info in model.model_fields.items()}


def _field_type(model: type[BaseModel], key: str) -> Any:
    info = _fields(model).get(key)
    return info.annotation if info else None


def records_in(annotation: Any) -> Iterator[type[BaseModel]]:
    """Yield every record type that an annotation mentions, however deep."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from records_in(inner)


@dataclass(slots=True)
class ReadFile(Generic[Model]):
    """A file that holds one record; ``entry`` is None if the record is invalid."""

    document: Document
    entry: Entry[Model] | None
    problems: list[Problem]


def read_contents(root: pathlib.Path, path: str) -> bytes | SourceFault:
    """Return the bytes of a file of the site, or the fault if it cannot be read."""
    try:
        return read_bytes(root / path, root)
    except SourceFault as fault:
        return fault


def read_record(kind: type[Model], path: str, data: bytes | SourceFault) -> ReadFile[Model]:
    """Parse and validate the contents of a file that holds one record."""
    try:
        if isinstance(data, SourceFault):
            raise data
        node, faults = parse(decode(data))
    except SourceFault as fault:
        node, faults = None, [fault]
    document = Document(path, node)
    if node is None:
        return ReadFile(document, None, [fault_problem(path, fault) for fault in faults])
    document.data = data if isinstance(data, bytes) else None
    value, problems = validate_record(kind, document, node)
    warnings = [fault_problem(path, fault) for fault in faults]
    return ReadFile(document, Entry(value, document) if value else None, warnings + problems)


def fault_problem(path: str, fault: SourceFault) -> Problem:
    """Convert a fault in the file at ``path``."""
    severity = Severity.WARNING if fault.warning else Severity.ERROR
    return Problem(Place(path, fault.mark.line, fault.mark.column), fault.rule, fault.message, severity)
