"""Removal of packets from a site: with them go their sign-offs and what names them; their addresses say so."""

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from opmodel.files.packet_files import PACKETS_FOLDER, packet_path, signoffs_path
from opmodel.files.reading import MAX_ASSET_BYTES
from opmodel.files.writing import write_text
from opmodel.load.loader import load_model
from opmodel.load.operating_model import OperatingModel
from opmodel.permalinks import addresses
from opmodel.permalinks.engine_anchors import engine_addresses
from opmodel.permalinks.moves import all_moves
from opmodel.permalinks.published import published_addresses
from opmodel.permalinks.record import compare_addresses
from opmodel.rules.catalog import rules
from opmodel.scaffold.entries import append_entry, read_text
from opmodel.scaffold.prose_links import NEW_SITE, StandIns, without_links, without_links_in_yaml
from opmodel.scaffold.site_changes import Changes, change_site

_REDIRECTS = "data/redirects.yml"
_WITH_PROSE = ("data/faq.yml", "data/responsibilities.yml", "data/teams.yml", "data/candidates.yml")


@dataclass(frozen=True, kw_only=True)
class RemovedRecords:
    """The ids of packets and teams that are to be removed, and what commands of the guide name in place of samples."""

    packets: Collection[str]
    teams: Collection[str] = ()
    named: StandIns = NEW_SITE

    def includes(self, kind: str, name: str) -> bool:
        """Return whether a record is among them; ``kind`` is ``packet`` or ``team``."""
        return name in (self.packets if kind == "packet" else self.teams)


def remove_packets(root: Path, packets: Collection[str], today: date) -> Changes:
    """Remove packets and return what was changed. Raises `CreationRefused`, with nothing written."""

    def remove(copy: Path, model: OperatingModel) -> None:
        remove_from_copy(copy, model, RemovedRecords(packets=packets), today)

    return change_site(root, today, remove)


def remove_from_copy(copy: Path, model: OperatingModel, gone: RemovedRecords, today: date) -> None:
    """Remove packets with all that names them from the copy of a site, and prose on teams that are gone."""
    former = {name: model.summaries[name].formerly for name in gone.packets if name in model.summaries}
    lost = set(lost_addresses(model))
    for name in gone.packets:
        for path in (packet_path(name), signoffs_path(name)):
            (copy / path).unlink(missing_ok=True)
    _remove_names(copy, gone)
    pages = [addresses.packet(name) for known in gone.packets for name in (known, *former.get(known, ()))]
    pages += [addresses.team(name) for name in gone.teams]
    _declare(copy, [f"/{page}" for page in pages], today)
    _declare(copy, [each for each in lost_addresses(load_model(copy).model) if each not in lost], today)


def lost_addresses(model: OperatingModel) -> tuple[str, ...]:
    """Return the recorded addresses of a site that lead nowhere."""
    published, engine_owned = published_addresses(model, rules()), engine_addresses(model, rules())
    return compare_addresses(model, published, all_moves(model), engine_owned).lost


def _remove_names(copy: Path, gone: RemovedRecords) -> None:
    """Take what names the removed records out of pages and data."""

    def change_data(text: str) -> str:
        return _without_references(without_links_in_yaml(text, gone.includes, gone.named), gone.packets)

    for file in sorted((copy / "docs").rglob("*.md")):
        _rewrite(file, copy, lambda text: without_links(text, gone.includes, gone.named))
    for file in [copy / name for name in _WITH_PROSE] + sorted((copy / PACKETS_FOLDER).glob("*.yml")):
        _rewrite(file, copy, change_data)
    _rewrite(copy / _REDIRECTS, copy, lambda text: _redirected_to_list(text, gone.packets))


def _rewrite(file: Path, copy: Path, change: Callable[[str], str]) -> None:
    if file.is_file() and not file.is_symlink():
        old = read_text(file, copy, MAX_ASSET_BYTES)
        if (new := change(old)) != old:
            write_text(file, new)


def _without_references(text: str, packets: Iterable[str]) -> str:
    for name in packets:
        text = re.sub(rf"^ *(?:packet|supersedes): [\"']?{re.escape(name)}[\"']? *(?:#.*)?\r?\n", "", text, flags=re.M)
    return text


def _redirected_to_list(text: str, packets: Iterable[str]) -> str:
    for name in packets:
        text = re.sub(rf"(\bto: *[\"']?)/workflows/{re.escape(name)}/[^\s,}}\"']*", r"\1/workflows/", text)
    return text


def _declare(copy: Path, removed: Collection[str], today: date) -> None:
    """Add pages and anchors that were removed to ``data/redirects.yml``, each with the nearest page that is left."""
    published = published_addresses(load_model(copy).model, rules())
    for source in removed:
        page, hash_, _ = source.partition("#")
        nearest = page if hash_ else f"{page.rstrip('/').rpartition('/')[0]}/"
        target = nearest if nearest in published else "/"
        if hash_ or page.endswith("/"):
            entry = f'- {{from: "{source}", to: "{target}", removed: {today.isoformat()}}}\n'
            append_entry(copy / _REDIRECTS, "redirects", entry)
