"""Turn a tree into a record, with every error at its place."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from opmodel.load.document import Document
from opmodel.load.messages import message
from opmodel.model.problem import Problem
from opmodel.source.tree import Node, Path, child
from opmodel.text.lookalikes import in_quotes
from opmodel.text.nearest import did_you_mean

SCHEMA_RULES = {
    "missing-key": "A required key is missing. The message says what it holds.",
    "unknown-key": "A key that no record has. Mostly a spelling mistake; nothing is ignored silently.",
    "wrong-type": "A value of another type than the field holds, such as a list where a mapping belongs.",
    "unknown-word": "A word outside a closed list, such as a status that does not exist.",
    "bad-value": "A value of the right type that the field cannot hold, such as a date that does not exist.",
}
"""Rule id and meaning of what a schema can reject."""

Model = TypeVar("Model", bound=BaseModel)


def record(kind: type[Model], document: Document, node: Node, path: Path = ()) -> tuple[Model | None, list[Problem]]:
    """Return the record of ``kind`` at ``path`` in ``document``, or None with every problem that it has."""
    try:
        return kind.model_validate(node.plain), []
    except ValidationError as error:
        errors = error.errors(include_url=False)
    return None, [_problem(kind, document, node, path, each) for each in errors if not _follows(each, errors)]


def _follows(error: Any, errors: Sequence[Any]) -> bool:
    """Whether a list is only called too short because entries of it have errors of their own."""
    loc = error["loc"]
    return error["type"] == "too_short" and any(
        other["loc"][: len(loc)] == loc and len(other["loc"]) > len(loc) for other in errors
    )


def _problem(kind: type[BaseModel], document: Document, node: Node, path: Path, error: Any) -> Problem:
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
        return Problem(document.place(steps, key=True), "unknown-key", message(error)[1])
    rule, text = message(error)
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
