"""Text from templates, with every value quoted so that YAML reads back exactly what was given."""

import json
import re
from collections.abc import Collection
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from pydantic import TypeAdapter, ValidationError

from opmodel.load.records import error_message
from opmodel.model.values import Id
from opmodel.text.slugs import free_name, slug

_UNSEEN = re.compile(r"[\x7f-\x9f\u2028\u2029\ufeff]")

_ID: TypeAdapter[str] = TypeAdapter(Id)


class CreationRefused(Exception):
    """Nothing was written; the message says why and what to do instead."""


def render_template(template: str, **values: Any) -> str:
    """Return what ``scaffold/templates/<template>`` makes of ``values``, which are printed as they are."""
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


def yaml_string(text: str) -> str:
    """Return ``text`` as a YAML string in double quotes (every JSON string is one)."""
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))


def new_id(wanted: str | None, words: str, taken: Collection[str]) -> str:
    """Return the id for something new: ``wanted``, or one made of its words; raise Refused when it cannot be used."""
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
