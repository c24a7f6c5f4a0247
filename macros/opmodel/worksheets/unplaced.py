"""What could not be placed when a spreadsheet was read."""

from dataclasses import dataclass

from opmodel.text.lookalikes import in_quotes


@dataclass(frozen=True, kw_only=True)
class Unplaced:
    """A value that was not taken over, or not as it stood: where it is, what it is, why, and the nearest match."""

    sheet: str
    cell: str
    value: str
    why: str
    near: str = ""

    def __str__(self) -> str:
        """Return the finding on one line: ``Sheet!B7 "X": why; did you mean "…"?``."""
        value = self.value if len(self.value) <= 60 else f"{self.value[:59]}…"
        place = f"{self.sheet}!{self.cell}" if self.cell else self.sheet
        shown = f" {in_quotes(' '.join(value.split()))}" if value else ""
        return f"{place}{shown}: {self.why}{self.near}"
