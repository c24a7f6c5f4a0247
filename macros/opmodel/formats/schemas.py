"""JSON Schemas, generated from the models, for editors and for programs that read the site's data.

``DATA`` describes the YAML files: what these schemas reject, the check rejects too. ``API`` describes the documents
under ``api/``. The dialect is JSON Schema 2020-12.
"""

import json
from collections.abc import Iterable
from functools import cache
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode, JsonSchemaValue
from pydantic_core import core_schema

from opmodel.load.operating_model import OperatingModel
from opmodel.model.candidates import Candidates
from opmodel.model.faq import Faq
from opmodel.model.organisation import Responsibilities, Roles, Site, Teams
from opmodel.model.packet import Packet
from opmodel.model.redirects import Redirects
from opmodel.model.signoff import Signoffs
from opmodel.model.systems import AiModels, Systems
from opmodel.model.vocabulary import Vocabulary
from opmodel.permalinks import addresses

DIALECT = "https://json-schema.org/draft/2020-12/schema"
DATA: dict[str, type[BaseModel]] = {
    "site": Site,
    "roles": Roles,
    "teams": Teams,
    "responsibilities": Responsibilities,
    "faq": Faq,
    "candidates": Candidates,
    "systems": Systems,
    "models": AiModels,
    "redirects": Redirects,
    "packet": Packet,
    "signoffs": Signoffs,
}
"""The record that each data file holds, by the schema's name."""
_WORDS = "x-words"


def data_schemas(model: OperatingModel) -> dict[str, str]:
    """Return the text of every schema of the YAML files, by name."""
    return {name: data_schema(model, name) for name in DATA}


def data_schema(model: OperatingModel, name: str) -> str:
    """Return the text of the schema of a YAML file by name."""
    return text(schema(DATA[name], "validation", address(model, name)))


def address(model: OperatingModel, name: str) -> str:
    """Return the absolute address of the schema ``name``, which is also its ``$id``."""
    return addresses.absolute(model, addresses.schema(name))


def schema(kind: type[BaseModel], mode: JsonSchemaMode, identity: str) -> dict[str, Any]:
    """Return the schema of a record in YAML files (``validation``) or in JSON documents (``serialization``)."""
    return {"$schema": DIALECT, "$id": identity, **_schema(kind, mode)}


@cache
def _schema(kind: type[BaseModel], mode: JsonSchemaMode) -> dict[str, Any]:
    return kind.model_json_schema(by_alias=True, mode=mode, schema_generator=_Generator)


def text(value: Any) -> str:
    """Return JSON text for people and programs: indented, in UTF-8, with a line end."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


class _Generator(GenerateJsonSchema):
    """Pydantic's generator with descriptions of enumerated words and plain numbers."""

    def generate(self, schema: core_schema.CoreSchema, mode: JsonSchemaMode = "validation") -> JsonSchemaValue:
        self.words: dict[str, JsonSchemaValue] = {}
        made: JsonSchemaValue = _tidied(super().generate(schema, mode))
        if self.words:
            made["$defs"] = dict(sorted({**made.get("$defs", {}), **self.words}.items()))
        return made

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002 the name is pydantic's
        """Leave out titles that only repeat a key; editors would show them beside every description."""
        return False

    def decimal_schema(self, schema: core_schema.DecimalSchema) -> JsonSchemaValue:
        """Return the schema of a plain number: in YAML, a quoted number would be text, which the check refuses."""
        return self.float_schema(core_schema.float_schema(ge=schema.get("ge"), le=schema.get("le")))  # type: ignore[arg-type]

    def enum_schema(self, schema: core_schema.EnumSchema) -> JsonSchemaValue:
        """Return a reference to a closed list, which is defined once with the meaning of each word.

        A field that takes only some of the words lists them itself.
        """
        kind = schema["cls"]
        if not issubclass(kind, Vocabulary):
            return super().enum_schema(schema)
        if len(schema["members"]) < len(kind):
            return _words(schema["members"])
        self.words[kind.__name__] = _closed_list(kind)
        return {"type": "string", _WORDS: kind.__name__}  # the type, so that a mapping's keys are limited too


def _closed_list(kind: type[Vocabulary]) -> JsonSchemaValue:
    return {"description": _plain(kind.__doc__ or ""), **_words(kind)}


def _words(words: Iterable[Vocabulary]) -> JsonSchemaValue:
    return {
        "type": "string",
        "enum": [word.value for word in words],
        "enumDescriptions": [word.meaning for word in words],
    }


def _tidied(value: Any) -> Any:
    """Return a schema with references to closed lists, and without RST markup, empty defaults and OpenAPI keys."""
    if isinstance(value, list):
        return [_tidied(item) for item in value]
    if not isinstance(value, dict):
        return value
    made = {key: _tidied(item) for key, item in value.items() if not _superfluous(key, item)}
    if _WORDS in made:
        made.pop("type", None)
        made = {"$ref": f"#/$defs/{made.pop(_WORDS)}", **made}
    if isinstance(made.get("description"), str):
        made["description"] = _plain(made["description"])
    return made


def _superfluous(key: str, value: Any) -> bool:
    return (key == "default" and value in (None, [], {})) or (key == "discriminator" and "mapping" in value)


def _plain(words: str) -> str:
    return words.replace("``", "`")
