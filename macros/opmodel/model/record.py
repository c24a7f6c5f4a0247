"""The base of every record, and how a field says that it names something else."""

from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict


class Record(BaseModel):
    """A frozen record. Extra keys are refused and no value is converted silently."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        strict=True,
        defer_build=True,  # a record inside another is built with it; building each twice costs a third of a start
    )


@dataclass(frozen=True, slots=True)
class Reference:
    """Marks a text field (or a mapping's keys) as the id of something of ``kind``; one rule resolves them all."""

    kind: str
