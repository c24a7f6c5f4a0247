"""Base classes of records, and the mark of fields that refer to other records."""

from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict

from opmodel.model.labels import field_label


class FrozenModel(BaseModel):
    """Base of all records: frozen, strict, without extra keys."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        strict=True,
        defer_build=True,  # inner records are built with outer ones
        field_title_generator=lambda name, _: field_label(name),
    )

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle the values of fields only, because records have no other state."""
        return _restored, (type(self), self.__dict__)


_set = object.__setattr__  # a record is frozen


def _restored(kind: type[FrozenModel], values: dict[str, Any]) -> FrozenModel:
    record = kind.__new__(kind)
    _set(record, "__dict__", values)
    _set(record, "__pydantic_fields_set__", set(values))
    _set(record, "__pydantic_extra__", None)
    _set(record, "__pydantic_private__", None)
    return record


class SlottedModel:
    """Base of frozen dataclasses with slots that are pickled often: only the values of slots are pickled."""

    __slots__: tuple[str, ...] = ()

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle the values of slots only; the default looks up the fields of the class each time."""
        return type(self), tuple([getattr(self, name) for name in self.__slots__])


@dataclass(frozen=True, slots=True)
class Reference:
    """Mark of a field whose texts or keys are ids of records of a kind. `opmodel.rules.references` looks them up.

    Args:
        kind: The kind of record, such as ``role``.
        acts: Whether the role or team runs a control here, so that it is none of the assurance side.
    """

    kind: str
    acts: bool = False
