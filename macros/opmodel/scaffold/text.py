"""Text from templates, with every value quoted so that YAML reads back exactly what was given."""

import json
import re
import unicodedata
from collections.abc import Collection
from functools import cache
from itertools import count
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from pydantic import TypeAdapter, ValidationError

from opmodel.model.values import Id

_UNSEEN = re.compile(r"[\x7f-\x9f\u2028\u2029\ufeff]")

_ID: TypeAdapter[str] = TypeAdapter(Id)


class Refused(Exception):
    """Nothing was written; the message says why and what to do instead."""


def render(template: str, **values: Any) -> str:
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


def quoted(text: str) -> str:
    """Return ``text`` as a YAML string in double quotes (every JSON string is one)."""
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))


def id_of(words: str) -> str:
    """Return an id made of ``words``: ``Rechnungen prüfen?`` gives ``rechnungen-prufen``, at most 60 characters."""
    plain = unicodedata.normalize("NFKD", words.casefold()).encode("ascii", "ignore").decode()
    joined = "-".join(re.findall(r"[a-z0-9]+", plain))
    return joined if len(joined) <= 60 else joined[:61].rpartition("-")[0] or joined[:60]


def named(wanted: str | None, words: str, taken: Collection[str]) -> str:
    """Return the id for something new: ``wanted``, or one made of its words; raise Refused when it cannot be used."""
    name = wanted or id_of(words)
    if not name:
        raise Refused(f'no id can be made of "{words}"; name one: --id some-words')
    try:
        _ID.validate_python(name)
    except ValidationError:
        near = f"; --id {id_of(name)} would do" if id_of(name) else ""
        raise Refused(f'expected an id of lower-case letters, digits and hyphens, found "{name}"{near}') from None
    if name in taken:
        raise Refused(f'"{name}" exists, and nothing was written; the nearest free id: --id {_free(name, taken)}')
    return name


def _free(name: str, taken: Collection[str]) -> str:
    return next(each for number in count(2) if (each := f"{name}-{number}") not in taken)
