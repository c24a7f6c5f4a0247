"""A review pack: the page of a team and every packet that it owns, as one page."""

from collections.abc import Iterable
from html import escape
from pathlib import Path

from opmodel.model.organisation import Team
from opmodel.permalinks import addresses

PACK = "teams/review-pack/"
_PARTS = {"team": '<article class="om-team">', "packet": '<article class="om-packet"'}
_END = "</article>"


def add_pack(site: Path, team: Team, packets: Iterable[str]) -> str:
    """Add a page with a team's page and then each packet to a built site, and return its address.

    All these pages are equally deep, so what one links to is found from the other.
    """
    frame = _page(site, addresses.team(team.id))
    own = _part(frame, "team")
    parts = [own, *(_part(_page(site, addresses.packet(name)), "packet") for name in packets)]
    start, _, rest = frame.replace(own, "\n".join(parts)).partition("<title>")
    page = site / PACK / "index.html"
    page.parent.mkdir(parents=True)
    page.write_text(f"{start}<title>Review pack: {escape(team.name)}{rest[rest.index('</title>') :]}", encoding="utf-8")
    return PACK


def _page(site: Path, address: str) -> str:
    return (site / address / "index.html").read_text(encoding="utf-8")


def _part(page: str, kind: str) -> str:
    start = page.index(_PARTS[kind])
    return page[start : page.index(_END, start) + len(_END)]
