"""Redirects from former addresses, by former ids of records and the entries of ``data/redirects.yml``."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from opmodel.load.document import Entry
from opmodel.load.operating_model import OperatingModel
from opmodel.model.problem import Place
from opmodel.permalinks import addresses
from opmodel.permalinks.page_macros import LIST_MACROS
from opmodel.permalinks.published import moved_files

_ROW = "#responsibility-"
"""Between the page of a packet and a row of the matrix on it."""
_MOST_STEPS = 20
"""The most redirects in a row that are followed; more are a cycle."""


@dataclass(frozen=True, kw_only=True)
class Move:
    """A redirect.

    Args:
        source: The former address.
        target: The address that took its place.
        place: Where it is written down.
        renamed: Whether the page is the same under a new id, so that all of its anchors must still exist.
        implied: Whether it follows from another move.
        removed: The day on which what stood there was removed, if nothing took its place.
    """

    source: str
    target: str
    place: Place
    renamed: bool = False
    implied: bool = False
    removed: date | None = None


@dataclass(frozen=True, kw_only=True)
class Moves:
    """All moves of a site, by source; written ones take precedence over implied ones.

    A row of the matrix takes its rows on the pages of all packets along. These moves are made when they are asked for,
    because they are as many as rows that moved times packets.
    """

    written: tuple[Move, ...]
    by_source: dict[str, Move] = field(default_factory=dict)
    """All but those of rows on the pages of packets."""
    rows: dict[str, Move] = field(default_factory=dict)
    """The moves of rows of the matrix, by anchor."""
    packet_pages: frozenset[str] = frozenset()

    def of(self, address: str) -> Move | None:
        """Return the move that starts at an address, or None."""
        return self.by_source.get(address) or self._row_move(address)

    def row_sources(self, page: str) -> list[str]:
        """Return the addresses of rows of the matrix that were on the page of a packet and have moved."""
        return [f"{page}{_ROW}{anchor}" for anchor in self.rows] if page in self.packet_pages else []

    def _row_move(self, address: str) -> Move | None:
        page, mark, anchor = address.partition(_ROW)
        move = self.rows.get(anchor) if mark and page in self.packet_pages else None
        if not move:
            return None
        matrix, _, new = move.target.partition("#")
        own = new and matrix == f"/{addresses.MATRIX}"
        return _follower(move, address, f"{page}{_ROW}{new}" if own else move.target)

    def follow(self, address: str, published: Collection[str]) -> str:
        """Return the published address that ``address`` leads to, or an empty text."""
        for _ in range(_MOST_STEPS):
            if address in published:
                return address
            page, hash_, anchor = address.partition("#")
            if move := self.of(address):
                address = move.target
            elif hash_ and (move := self.by_source.get(page)):
                kept = address_with(move.target, anchor)
                known = kept in published or self.of(kept)
                address = kept if known or move.renamed else move.target
            else:
                return ""
        return ""


def address_with(address: str, anchor: str) -> str:
    """Return ``address`` with an anchor; one that it has stays."""
    return address if "#" in address else f"{address}#{anchor}"


FormerIds = tuple[Mapping[str, Entry[Any]], Mapping[str, tuple[str, ...]]]
"""Records of one kind, and the former ids of each."""


def former_ids(model: OperatingModel) -> tuple[FormerIds, FormerIds]:
    """Return questions and packets with their former ids."""
    questions = {name: entry.value.formerly for name, entry in model.questions.items()}
    packets = {name: summary.formerly for name, summary in model.summaries.items()}
    return (model.questions, questions), (model.packets, packets)


def all_moves(model: OperatingModel) -> Moves:
    """Return every move of a site."""
    written = (*_renamed(model), *_redirected(model))
    by_source = {move.source: move for move in (*_implied(model, written), *reversed(written))}
    matrix = f"/{addresses.MATRIX}#"
    return Moves(
        written=written,
        by_source=by_source,
        rows={source.removeprefix(matrix): move for source, move in by_source.items() if source.startswith(matrix)},
        packet_pages=frozenset(f"/{addresses.packet(name)}" for name in model.summaries),
    )


def _renamed(model: OperatingModel) -> Iterator[Move]:
    for (entries, former), address in zip(former_ids(model), (addresses.question, addresses.packet), strict=True):
        for name, ids in former.items():
            for position, old in enumerate(ids):
                place = entries[name].place("formerly", position)
                yield Move(source=f"/{address(old)}", target=f"/{address(name)}", place=place, renamed=True)


def _redirected(model: OperatingModel) -> Iterator[Move]:
    for entry in model.redirects:
        value = entry.value
        yield Move(source=value.source, target=value.target, place=entry.place("from"), removed=value.removed)


def _implied(model: OperatingModel, written: Collection[Move]) -> Iterator[Move]:
    """Yield the moves that follow from others.

    A page takes along its files and its row in each list.
    """
    lists = {kind: list(_pages_with(model, block)) for kind, block in LIST_MACROS.items()}
    for move in written:
        page, _, anchor = move.source.partition("#")
        kind, _, name = page.strip("/").rpartition("/")
        if not anchor:
            for old, new in moved_files(move.source[1:], move.target[1:]):
                yield _follower(move, f"/{old}", f"/{new}")
            for listing in lists.get(kind, ()):
                yield _follower(move, f"{listing}#{name}", _row_in(listing, kind, move.target))


def _pages_with(model: OperatingModel, block: str) -> Iterator[str]:
    for path, page in model.pages.items():
        if any(name == block for name, *_ in page.value.blocks):
            yield f"/{addresses.page(path)}"


def _row_in(listing: str, kind: str, target: str) -> str:
    """Return the row of the page at ``target`` in a list of a kind, or ``target`` if it is of another kind."""
    folder, _, name = target.partition("#")[0].strip("/").rpartition("/")
    return f"{listing}#{name}" if folder == kind else target


def _follower(move: Move, source: str, target: str) -> Move:
    return replace(move, source=source, target=target, renamed=False, implied=True)
