"""A fault of an approval model: what is wrong, and where in the approval."""

from typing import NamedTuple

Path = tuple[str | int, ...]


class ApprovalFault(NamedTuple):
    """One thing that is wrong. ``offset`` counts characters within the text at ``path``, from 0."""

    path: Path
    message: str
    rule: str
    offset: int = 0


class TableError(ValueError):
    """A table that cannot be compiled; ``faults`` lists every reason."""

    def __init__(self, faults: tuple[ApprovalFault, ...]) -> None:
        super().__init__("; ".join(fault.message for fault in faults))
        self.faults = faults
