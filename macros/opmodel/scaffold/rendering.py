"""Rendering of new files from templates, with values quoted so that YAML reads them back unchanged."""

import json
import re
from collections.abc import Collection
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from pydantic import BaseModel, TypeAdapter, ValidationError

from opmodel.load.document import Document
from opmodel.load.records import error_message, validate_record
from opmodel.model.values import Id
from opmodel.source.reader import parse
from opmodel.source.tree import ListNode
from opmodel.text.slugs import free_name, slug

_UNSEEN = re.compile(r"[\x7f-\x9f\u2028\u2029\ufeff]")

_ID: TypeAdapter[str] = TypeAdapter(Id)


class CreationRefused(Exception):
    """Raised when something new cannot be made. Nothing was written, and the message says what to do instead."""


def render_template(template: str, **values: Any) -> str:
    """Render ``scaffold/templates/<template>`` with ``values``, which are printed as they are."""
    return _environment().get_template(template).render(values)


@cache
def _environment() -> Environment:
    return Environment(  # noqa: S701 makes YAML and Markdown, in which HTML escapes would be wrong
        loader=PackageLoader("opmodel.scaffold"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def require_valid(kind: type[BaseModel], text: str) -> None:
    """Raise `CreationRefused` unless YAML holds a valid record of ``kind``, or a list of such records."""
    node, faults = parse(text)
    nodes = node.items if isinstance(node, ListNode) else [node] if node else []
    problems = [problem for each in nodes for problem in validate_record(kind, Document("", each), each)[1]]
    if messages := [fault.message for fault in faults] + [problem.message for problem in problems]:
        raise CreationRefused("; ".join(messages))


def yaml_string(text: str) -> str:
    """Return ``text`` as a YAML string in double quotes (every JSON string is one)."""
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))


def new_id(wanted: str | None, words: str, taken: Collection[str]) -> str:
    """Return the id ``wanted``, or one made of ``words``. Raises `CreationRefused` if it is invalid or taken."""
    name = wanted or slug(words)
    if not name:
        raise CreationRefused(f'no id can be made of "{words}"; name one: --id some-words')
    try:
        _ID.validate_python(name)
    except ValidationError as error:
        better = slug(name) if slug(name) != name else f"{name}-work"
        near = f"; --id {better} would do" if better else ""
        raise CreationRefused(f"{error_message(error.errors(include_url=False)[0])[1]}{near}") from None
    if name in taken:
        raise CreationRefused(
            f'"{name}" exists, and nothing was written; the nearest free id: --id {free_name(name, taken)}'
        )
    return name
