"""``data/permalinks.txt``: read against what is published now, and brought up to date."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from opmodel.files.writing import write_text
from opmodel.load.operating_model import OperatingModel
from opmodel.permalinks.moves import Moves

PERMALINKS_FILE = "data/permalinks.txt"


@dataclass(frozen=True, kw_only=True)
class RecordedAddresses:
    """The recorded addresses against the published ones; all sorted but the recorded, which stand as in the file."""

    recorded: tuple[str, ...]
    new: tuple[str, ...]
    """Published and not recorded yet."""
    moved: tuple[tuple[str, str], ...]
    """Recorded, and followed to another address: (old, new)."""
    lost: tuple[str, ...]
    """Recorded, and leading nowhere."""


def compare_addresses(model: OperatingModel, published: Collection[str], moves: Moves) -> RecordedAddresses:
    """Return what is new, moved and lost since the addresses were recorded."""
    lines = dict.fromkeys(filter(None, map(str.strip, model.permalinks.splitlines())))
    gone = sorted(set(lines).difference(published))
    followed = [(old, moves.follow(old, published)) for old in gone]
    return RecordedAddresses(
        recorded=tuple(lines),
        new=tuple(sorted(frozenset(published).difference(lines))),
        moved=tuple((old, new) for old, new in followed if new),
        lost=tuple(old for old, new in followed if not new),
    )


def record_new_addresses(root: Path, ledger: RecordedAddresses) -> None:
    """Record the new addresses. Nothing is ever taken out: an address that has moved must go on leading somewhere."""
    write_text(root / PERMALINKS_FILE, "".join(f"{address}\n" for address in sorted({*ledger.recorded, *ledger.new})))


def all_records_read(model: OperatingModel) -> bool:
    """Return whether every record could be read, so that an address that is missing is really gone."""
    kinds = (
        ("role", model.roles), ("team", model.teams), ("responsibility", model.responsibilities),
        ("question", model.questions), ("packet", model.packets), ("signoff", model.signoffs),
    )  # fmt: skip
    read = all(model.names.get(kind) is not None and len(model.names[kind] or ()) == len(of) for kind, of in kinds)
    return read and model.names.get("guide") is not None
