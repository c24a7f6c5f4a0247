"""The base of every record, and how a field says that it names something else."""

from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict


class FrozenModel(BaseModel):
    """A frozen record. Extra keys are refused and no value is converted silently."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        strict=True,
        defer_build=True,  # a record inside another is built with it; building each twice costs a third of a start
    )

    def __reduce__(self) -> tuple[Any, ...]:
        """Keep what was given and nothing else: a record has no more state, and there are a hundred in a packet."""
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
    """A base of frozen dataclasses with slots of which there are many: only their values are kept and sent."""

    __slots__: tuple[str, ...] = ()

    def __reduce__(self) -> tuple[Any, ...]:
        """Keep the values alone: by default each comes with a search for the fields of its class."""
        return type(self), tuple([getattr(self, name) for name in self.__slots__])


@dataclass(frozen=True, slots=True)
class Reference:
    """Marks a text field (or a mapping's keys) as the id of something of ``kind``; one rule resolves them all."""

    kind: str
