"""Pages at former addresses, notes where a section or row has moved, and suggestions for unknown addresses."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property

from opmodel.load.operating_model import OperatingModel
from opmodel.permalinks import addresses
from opmodel.permalinks.moves import Moves, all_moves
from opmodel.permalinks.page_form import PAGE_FILE
from opmodel.permalinks.published import published_addresses
from opmodel.rules.catalog import rules
from opmodel.text.words import day

_KINDS = {"workflows": "packet", "teams": "team", "systems": "system", "faq": "answer"}
"""What stands on a page, by its folder."""


@dataclass(frozen=True, kw_only=True)
class FormerAnchor:
    """A former anchor and the address, from the site's root, that took its place."""

    anchor: str
    address: str
    removed: str = ""
    """The day on which it was removed, in words, if nothing took its place."""


@dataclass(frozen=True, kw_only=True)
class MovedPage:
    """The page at a former address: its target, and the anchors that lead elsewhere."""

    address: str
    target: str
    title: str
    site_name: str
    steps: tuple[FormerAnchor, ...]
    removed: str = ""
    """The day on which it was removed, in words, if nothing took its place."""
    name: str = ""
    """What was removed, such as ``packet “invoice-triage”``."""


class FormerPages:
    """The pages, files and anchors that have moved since they were published."""

    def __init__(self, model: OperatingModel) -> None:
        self.model = model
        self.moves: Moves = all_moves(model)

    @cached_property
    def published(self) -> Collection[str]:
        """Every address of the site."""
        return published_addresses(self.model, rules())

    @cached_property
    def _anchors(self) -> dict[str, list[str]]:
        """The address of every anchor that was published or has moved, sorted, by its page."""
        found: dict[str, list[str]] = defaultdict(list)
        for address in sorted({*self.moves.by_source, *self.model.permalinks.splitlines()}):
            if "#" in address:
                found[address.partition("#")[0]].append(address)
        return found

    def pages(self) -> Iterator[MovedPage]:
        """Yield a page for each former address of a page."""
        for source in sorted(self.moves.by_source):
            target = self.moves.follow(source, self.published)
            if source.endswith("/") and target:
                yield MovedPage(
                    address=source[1:],
                    target=target[1:],
                    title=self._title(target),
                    site_name=self.model.site.value.name if self.model.site else "",
                    steps=() if (removed := self._removed(source)) else tuple(self._steps(source, target)),
                    removed=removed,
                    name=_name(source),
                )

    def files(self) -> Iterator[tuple[str, str, str]]:
        """Yield the former address of each file, the address of the file or page that took its place, and the day of
        its removal (RFC 3339) if none did."""
        for source in sorted(self.moves.by_source):
            target = self.moves.follow(source, self.published)
            if "#" not in source and not source.endswith("/") and target:
                move = self.moves.of(source)
                yield source[1:], target[1:], move.removed.isoformat() if move and move.removed else ""

    def left(self, page: str) -> tuple[FormerAnchor, ...]:
        """Return the anchors that were on the page at address ``page`` and have moved."""
        return tuple(self._steps(f"/{page}", ""))

    def _steps(self, page: str, target: str) -> Iterator[FormerAnchor]:
        """Yield each former anchor of a page that is not on the page at ``target`` under the same name."""
        anchors, rows = self._anchors[page], self.moves.row_sources(page)
        if rows:
            anchors = sorted({*anchors, *rows})
        known = anchors if target else [source for source in anchors if self.moves.of(source)]
        for source in known:
            if source not in self.published:
                anchor = source.partition("#")[2]
                address = self.moves.follow(source, self.published)
                if address and address not in (target, f"{target}#{anchor}"):
                    yield FormerAnchor(anchor=anchor, address=address[1:], removed=self._removed(source))

    def _removed(self, source: str) -> str:
        """Return the day in words on which what stood at an address was removed; empty if it moved."""
        move = self.moves.of(source)
        return day(move.removed) if move and move.removed else ""

    def _title(self, address: str) -> str:
        page = address[1:].partition("#")[0]
        return page_titles(self.model).get(page, page)


def _name(address: str) -> str:
    kind, _, name = address.strip("/").rpartition("/")
    return f"{_KINDS.get(kind, 'page')} “{name}”"


def page_titles(model: OperatingModel) -> dict[str, str]:
    """Return the title of every page by its address."""
    return {
        **{addresses.page(path): entry.value.title for path, entry in model.pages.items()},
        **{addresses.packet(name): summary.title for name, summary in model.summaries.items()},
        **{addresses.question(name): entry.value.question for name, entry in model.questions.items()},
        **{addresses.team(name): entry.value.name for name, entry in model.teams.items()},
    }


LISTING_FILE = "assets/opmodel/addresses.json"
_STARTS = (addresses.HOME, "guide/", addresses.PORTFOLIO, addresses.MATRIX, addresses.TEAMS, addresses.FAQ)


@dataclass(frozen=True, kw_only=True)
class StartPage:
    """A suggestion on the page for unknown addresses."""

    address: str
    title: str
    description: str


def start_pages(model: OperatingModel) -> tuple[StartPage, ...]:
    """Return the main parts of the site."""
    pages = {addresses.page(path): entry.value for path, entry in model.pages.items()}
    return tuple(
        StartPage(
            address=addresses.on_pages(model, address),
            title=pages[address].title,
            description=pages[address].description,
        )
        for address in _STARTS
        if address in pages
    )


def address_listing(model: OperatingModel, former: FormerPages) -> str:
    """Return JSON with [address, title] of every page, and of every former address with the one it leads to.

    ``file`` is what links add to the address of a page.
    """
    known = page_titles(model)
    moved = {page.address: [page.target, page.title] for page in former.pages() if not page.removed}
    pages = sorted([address, title] for address, title in known.items())
    data = {"pages": pages, "moved": moved, "file": PAGE_FILE if model.host.links_to_files else ""}
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
