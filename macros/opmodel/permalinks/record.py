"""Compares ``data/permalinks.txt``, the record of published addresses, with what is published now, and updates it."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from opmodel.files.writing import write_text
from opmodel.load.data_files import PERMALINKS_FILE
from opmodel.load.operating_model import OperatingModel
from opmodel.permalinks.moves import Moves


@dataclass(frozen=True, kw_only=True)
class RecordedAddresses:
    """The recorded addresses, in the order of the file, compared with the published ones, sorted."""

    recorded: tuple[str, ...]
    new: tuple[str, ...]
    """Published and not recorded yet."""
    moved: tuple[tuple[str, str], ...]
    """Recorded and redirected: (recorded, published)."""
    lost: tuple[str, ...]
    """Recorded, and neither published nor redirected."""


def compare_addresses(
    model: OperatingModel, published: Collection[str], moves: Moves, engine_owned: Collection[str]
) -> RecordedAddresses:
    """Compare the recorded addresses with the published ones.

    Addresses that the engine owns are neither new nor lost: a site that has recorded some keeps these lines.
    """
    lines = dict.fromkeys(filter(None, map(str.strip, model.permalinks.splitlines())))
    gone = sorted(set(lines).difference(published).difference(engine_owned))
    followed = [(old, moves.follow(old, published)) for old in gone]
    return RecordedAddresses(
        recorded=tuple(lines),
        new=tuple(sorted(frozenset(published).difference(lines).difference(engine_owned))),
        moved=tuple((old, new) for old, new in followed if new),
        lost=tuple(old for old, new in followed if not new),
    )


def record_new_addresses(root: Path, ledger: RecordedAddresses) -> None:
    """Add the new addresses to the record. None is removed, because redirects must go on working."""
    lines = [f"{address}\n" for address in sorted({*ledger.recorded, *ledger.new})]
    write_text(root / PERMALINKS_FILE, "".join(lines), root)


def recorded_anchors(model: OperatingModel, page: str) -> tuple[str, ...]:
    """Return the recorded anchors of the page at an address."""
    start = f"/{page}#"
    return tuple(line[len(start) :] for line in model.permalinks.splitlines() if line.startswith(start))


def all_records_read(model: OperatingModel) -> bool:
    """Return whether every record is valid; otherwise addresses may be missing only because of another mistake."""
    kinds = (
        ("role", model.roles), ("team", model.teams), ("responsibility", model.responsibilities),
        ("question", model.questions), ("packet", model.packets), ("signoff", model.signoffs),
    )  # fmt: skip
    read = all(model.names.get(kind) is not None and len(model.names[kind] or ()) == len(of) for kind, of in kinds)
    return read and model.names.get("guide") is not None
