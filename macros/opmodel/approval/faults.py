"""Faults of an approval model, with their place in it."""

from typing import NamedTuple

Path = tuple[str | int, ...]


class ApprovalFault(NamedTuple):
    """One fault. ``offset`` counts characters within the text at ``path``, from 0."""

    path: Path
    message: str
    rule: str
    offset: int = 0


class TableError(ValueError):
    """Raised for a table that cannot be compiled; ``faults`` holds every reason."""

    def __init__(self, faults: tuple[ApprovalFault, ...]) -> None:
        super().__init__("; ".join(fault.message for fault in faults))
        self.faults = faults
