"""An update of a site's guide: the engine's new text against the site's, from the text that both began with."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from difflib import unified_diff
from pathlib import Path

from opmodel import __version__
from opmodel.files.reading import SETTINGS_FILE, exists
from opmodel.files.writing import write_bytes
from opmodel.load.operating_model import OperatingModel
from opmodel.scaffold.guide_base import BASE_FOLDER, GuideBase, base_of_engine, read_base, write_base
from opmodel.scaffold.prose_links import Gone, StandIns, without_links, without_links_in_yaml
from opmodel.scaffold.rendering import CreationRefused
from opmodel.scaffold.site_changes import change_site, read_site_file
from opmodel.text.merging import MergeConflict, merge


@dataclass(frozen=True, kw_only=True)
class PageUpdate:
    """What an update does to a page or another file that the engine gave.

    Args:
        path: Its path from the site's folder.
        kind: What is done, in a word.
        before: The site's text; None if the site has no such file.
        after: The text after the update.
        theirs: The engine's new text.
        conflicts: What both changed, where the site's text stays.
    """

    path: str
    kind: str
    before: bytes | None
    after: bytes
    theirs: bytes
    conflicts: tuple[MergeConflict, ...] = ()

    @property
    def settled(self) -> bool:
        """Whether nothing is left for people to decide."""
        return self.kind != "conflict"

    def lines(self) -> Iterator[str]:
        """Yield the difference to the site's text, and what conflicts with the text of all three."""
        before, after = ((each or b"").decode("utf-8", "replace").splitlines() for each in (self.before, self.after))
        yield from unified_diff(before, after, f"{self.path} (this site)", f"{self.path} (updated)", lineterm="")
        for conflict in self.conflicts:
            yield f"<<<<<<< {self.path}: this site, which stays"
            yield from _stripped(conflict.ours)
            yield "||||||| what both began with"
            yield from _stripped(conflict.base)
            yield "======="
            yield from _stripped(conflict.theirs)
            yield f">>>>>>> opmodel {__version__}"


@dataclass(frozen=True, kw_only=True)
class GuideUpdate:
    """What an update does to a site, from which base to which, and which files of the site the engine no longer has."""

    base: GuideBase
    theirs: GuideBase
    pages: tuple[PageUpdate, ...]
    dropped: tuple[str, ...]


def plan_update(root: Path, model: OperatingModel, ours: Collection[str], theirs: Collection[str]) -> GuideUpdate:
    """Return what this engine changes in a site, of which ``ours`` stay and ``theirs`` are taken as they are.

    Prose on packets and teams that the site does not have is left out. Raises `CreationRefused` without a base, or
    where it is unknown which there are.
    """
    base = read_base(root)
    given = base_of_engine(base.organisation, samples=base.samples, named=base.named)

    known = {kind: model.names[kind] for kind in ("packet", "team")}
    if None in known.values():
        raise CreationRefused("the site's packets or teams cannot be read; mend that first, see: opmodel check")

    def gone(kind: str, name: str) -> bool:
        return name not in (known[kind] or ())

    dropped = tuple(path for path in sorted(base.files.keys() - given.files.keys()) if exists(root / path))
    old, new = (_without(files, gone, base.named) for files in (base.files, given.files))
    if SETTINGS_FILE in old:
        old[SETTINGS_FILE] = _without_in_navigation(old[SETTINGS_FILE], dropped)
    pages = [
        update
        for path in sorted(new)
        if (update := _update(path, old.get(path), _bytes(root, path), new[path]))
    ]  # fmt: skip
    settled = tuple(_settled(page, ours, theirs) for page in pages)
    return GuideUpdate(base=base, theirs=replace(given, files=new), pages=settled, dropped=dropped)


def write_update(root: Path, update: GuideUpdate, today: date, *, write: bool = True) -> None:
    """Write an update and the new base; that of conflicts stays. Without ``write``, only try it.

    Raises:
        CreationRefused: The site would have an error that it does not have now. Nothing was written then.
    """

    def change(copy: Path, _: OperatingModel) -> None:
        for page in update.pages:
            if page.after != page.before:
                write_bytes(copy / page.path, page.after, copy)
        open_pages = {page.path for page in update.pages if not page.settled}
        kept = {path: update.base.files[path] for path in open_pages if path in update.base.files}
        new = {path: data for path, data in update.theirs.files.items() if path not in open_pages}
        write_base(copy, replace(update.theirs, files={**new, **kept}))

    change_site(root, today, change, write=write)


def _update(path: str, base: bytes | None, site: bytes | None, theirs: bytes) -> PageUpdate | None:
    if theirs in (base, site) or (site is None and base is not None):  # nothing new, or the site took the page out
        return None
    page = PageUpdate(path=path, kind="updated", before=site, after=theirs, theirs=theirs)
    if site is None:
        return replace(page, kind="new")
    if site == base:
        return page
    try:
        text, conflicts = merge(*((each or b"").decode("utf-8") for each in (base, site, theirs)))
    except UnicodeDecodeError:
        return replace(page, kind="conflict", after=site)
    kind = "conflict" if conflicts else "merged"
    return replace(page, kind=kind, after=text.encode("utf-8"), conflicts=conflicts)


def _settled(page: PageUpdate, ours: Collection[str], theirs: Collection[str]) -> PageUpdate:
    if page.path in theirs:
        return replace(page, kind="updated", after=page.theirs, conflicts=())
    if page.path in ours:
        return replace(page, kind="kept", after=page.before or page.after, conflicts=())
    return page


def _without(files: dict[str, bytes], gone: Gone, named: StandIns) -> dict[str, bytes]:
    return {path: _prose(path, data, gone, named) for path, data in files.items()}


def _without_in_navigation(settings: bytes, pages: Collection[str]) -> bytes:
    """Return settings whose navigation lacks some pages: as these stay in a site, their entries there are its own."""
    for page in pages:
        entry = re.escape(page.removeprefix("docs/").encode())
        settings = re.sub(rb"^ *- (?:[^\n]*[ \"'])?" + entry + rb"[\"']? *\n", b"", settings, flags=re.M)
    return settings


def _prose(path: str, data: bytes, gone: Gone, named: StandIns) -> bytes:
    is_page = path.startswith("docs/") and path.endswith(".md")
    if not is_page and path != "data/faq.yml":
        return data
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise CreationRefused(f"{BASE_FOLDER}/{path} is not UTF-8 text; take it from version control") from None
    return (without_links if is_page else without_links_in_yaml)(text, gone, named).encode("utf-8")


def _bytes(root: Path, path: str) -> bytes | None:
    return read_site_file(root, path) if exists(root / path) else None


def _stripped(lines: tuple[str, ...]) -> Iterator[str]:
    return (line.rstrip("\n") for line in lines)
