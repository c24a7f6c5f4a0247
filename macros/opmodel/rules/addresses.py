"""Rules on addresses: published ones keep working, redirects end somewhere, and descriptions are unique."""

import re
from collections.abc import Collection, Iterable, Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

from opmodel.cache import Key, digest, engine_version
from opmodel.files.packet_files import packet_path
from opmodel.files.portable_names import why_not_portable
from opmodel.load.data_files import PERMALINKS_FILE
from opmodel.load.records import read_contents
from opmodel.model.chains import MAX_SHOWN
from opmodel.model.packet_summary import PacketSummary
from opmodel.model.problem import Place, Problem
from opmodel.permalinks import addresses
from opmodel.permalinks.engine_anchors import engine_addresses
from opmodel.permalinks.moves import Move, Moves, all_moves
from opmodel.permalinks.page_macros import LIST_MACROS
from opmodel.permalinks.published import SITE_FILES, page_of_file, published_addresses
from opmodel.permalinks.record import RecordedAddresses, all_records_read, compare_addresses
from opmodel.rules.rule import Context, site_rule, site_rules
from opmodel.text.lookalikes import in_quotes
from opmodel.text.nearest import did_you_mean

MEANINGS = {
    "permalink-lost": (
        "An address that was published leads nowhere. People have pasted it into tickets and chats: keep the page, row "
        "or section, or say with formerly or in data/redirects.yml what took its place."
    ),
    "permalink-form": (
        "A line of data/permalinks.txt is no address: each is a page, an anchor or a file from the site's root, such "
        "as /faq/who-approves/, /matrix/#sign-off or /reviews.ics."
    ),
    "redirect-target": "A redirect leads to an address that the site does not publish.",
    "redirect-shadow": "A redirect starts at an address that is published, so it would hide a live page or section.",
    "redirect-chain": (
        "A redirect leads to an address that is redirected itself. One step is enough, and two can be a loop."
    ),
    "redirect-twice": "Two redirects start at one address and lead to different places.",
}
_FORM = r"/(?:[^\s/#<>\"]++/)*+(?:#[^\s#<>\"]++|[\w-]++\.[a-z]++)?"
_ADDRESS = re.compile(_FORM)
_SOUND = re.compile(rf"(?:{_FORM}\n)*+")
"""Matches a whole file of valid addresses, of which there are up to a million."""
_KINDS = {"faq": ("a question", "that question in data/faq.yml"), "workflows": ("a packet", "that packet's file")}


class AddressFindings(NamedTuple):
    """The problems of a site's addresses, and the number that is not recorded yet."""

    problems: tuple[Problem, ...]
    unrecorded_addresses: int


@site_rules(MEANINGS)
def permanent_links(context: Context) -> Iterable[Problem]:
    """Yield the problems of `check_addresses`."""
    return check_addresses(context).problems


def check_addresses(context: Context) -> AddressFindings:
    """Compare all published addresses with all recorded ones, and follow every redirect."""
    model = context.model
    found, moved = published_addresses(model, context.rules), all_moves(model)
    ledger = compare_addresses(model, found, moved, engine_addresses(model, context.rules))
    whole = all_records_read(model)
    problems = [*_forms(model.permalinks), *_redirects(moved, found, whole)]
    if whole and ledger.lost:
        problems += _lost(context, found, ledger)
    return AddressFindings(tuple(problems), len(ledger.new))


def addresses_key(context: Context) -> Key:
    """Return the cache key of `check_addresses`, which depends on packets only through ids."""
    model = context.model
    shared = sorted({document.path for document in (*context.documents, *(e.document for e in model.pages.values()))})
    renamed = [packet_path(name) for name, summary in model.summaries.items() if summary.formerly]
    return digest(
        engine_version(),
        repr(all_records_read(model)),
        model.permalinks,
        *(" ".join(_ids(name, summary)) for name, summary in model.summaries.items()),
        *(part for path in (*shared, *renamed) for part in (path, repr(read_contents(model.root, path)))),
    )


def _ids(name: str, summary: PacketSummary) -> Iterator[str]:
    """Yield everything of a packet that is part of addresses. Ids hold no spaces."""
    yield from (name, str(len(summary.signed)))
    for ids in (summary.formerly, summary.inputs, summary.parties, *summary.rows.values()):
        yield from ids
        yield "|"


def _forms(text: str) -> Iterator[Problem]:
    if _SOUND.fullmatch(text):
        return
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and not _ADDRESS.fullmatch(line.strip()):
            message = f"expected an address such as /faq/who-approves/, found {in_quotes(line[:60])}"
            yield Problem(Place(PERMALINKS_FILE, number), "permalink-form", message)


def _redirects(moved: Moves, found: Collection[str], whole: bool) -> Iterator[Problem]:
    ends = _ends(moved)
    for move in moved.written:
        first = moved.by_source[move.source]
        if first.target != move.target and not move.renamed:
            message = f'"{move.source}" already leads to "{first.target}"'
            yield Problem(move.place, "redirect-twice", message)
        if move.source in found and not move.renamed:
            yield Problem(move.place, "redirect-shadow", f'"{move.source}" is published: a redirect would hide it')
        yield from _target(move, moved, ends[move.target], found, whole)


def _target(move: Move, moved: Moves, end: str, found: Collection[str], whole: bool) -> Iterator[Problem]:
    if not end:
        yield Problem(move.place, "redirect-chain", f"this redirect never ends: {' → '.join(_steps(move, moved))}")
    elif end != move.target:
        message = f'"{move.target}" is redirected itself; expected its end, "{end}"'
        yield Problem(move.place, "redirect-chain", message)
    elif whole and move.target not in found:
        message = f"{in_quotes(move.target)} is not published{did_you_mean(move.target, found)}"
        yield Problem(move.place, "redirect-target", message)


def _ends(moved: Moves) -> dict[str, str]:
    """Return where each target of a redirect leads in the end; an empty text where it never ends. Each step is taken
    once."""
    ends: dict[str, str] = {}
    for move in moved.written:
        walked: dict[str, None] = {}
        at = move.target
        while at not in ends and at not in walked and (following := _next(at, moved)):
            walked[at] = None
            at = following
        end = ends.get(at, "" if at in walked else at)
        ends.update(dict.fromkeys([*walked, at], end))
    return ends


def _steps(move: Move, moved: Moves) -> list[str]:
    """Return the addresses along a redirect that never ends, its source first, up to one that occurs twice."""
    steps = [move.source]
    following = move.target
    while following not in steps and len(steps) < MAX_SHOWN:
        steps.append(following)
        following = _next(following, moved)
    return [*steps, following if following in steps else "…"]


def _next(address: str, moved: Moves) -> str:
    page = address.partition("#")[0]
    following = moved.of(address) or moved.by_source.get(page)
    return following.target if following else ""


def _lost(context: Context, found: Collection[str], ledger: RecordedAddresses) -> Iterator[Problem]:
    lines = {line.strip(): number for number, line in enumerate(context.model.permalinks.splitlines(), 1)}
    lost = [address for address in ledger.lost if _ADDRESS.fullmatch(address)]
    pages = {page: 0 for page in lost if page.endswith("/")}
    for address in lost:
        page, hash_, anchor = address.partition("#")
        if page in pages:
            pages[page] += bool(hash_)
        elif not hash_:
            if f"/{page_of_file(address[1:])}" not in pages:
                yield Problem(Place(PERMALINKS_FILE, lines[address]), "permalink-lost", _lost_file(address))
        elif not _follows(anchor, lost):
            yield Problem(
                Place(PERMALINKS_FILE, lines[address]), "permalink-lost", _lost_anchor(address, ledger.new, found)
            )
    for page, anchors in pages.items():
        text = _lost_page(page, anchors, _successor(page, ledger.new, lost), found)
        yield Problem(Place(PERMALINKS_FILE, lines[page]), "permalink-lost", text)


def _follows(anchor: str, lost: Collection[str]) -> bool:
    """Return whether a redirect from another lost address would cover this one."""
    row = anchor.removeprefix("responsibility-")
    whole = [f"/{kind}/{anchor}/" for kind in LIST_MACROS]
    return any(page in lost for page in whole) or (row != anchor and f"/{addresses.MATRIX}#{row}" in lost)


def _lost_anchor(address: str, new: Collection[str], found: Collection[str]) -> str:
    page, _, anchor = address.partition("#")
    if page not in found:
        return (
            f"{address} would be lost: its page has moved, and the anchor is not on the new one; {_entry(address, '…')}"
        )
    same = [other for other in new if other.startswith(f"{page}#")]
    near = max(same, key=lambda other: _likeness(address, other), default="")
    parts = [f"{page}#{anchor[:end]}" for end, mark in enumerate(anchor) if mark == "-"]
    section = next((part for part in reversed(parts) if part in found), page)
    target = near if near and (len(same) == 1 or _likeness(address, near) > 0.8) else section
    return f"{address} would be lost: keep its id, or {_entry(address, target)}"


def _lost_file(address: str) -> str:
    return f"{address} would be lost: other programs read this file there; keep what it is made from"


def _lost_page(page: str, anchors: int, took: str, found: Collection[str]) -> str:
    kind, _, name = page.strip("/").rpartition("/")
    also = f" and {anchors} anchors on it" if anchors > 1 else " and an anchor on it" if anchors else ""
    ways = []
    if kind in _KINDS:
        what, where = _KINDS[kind]
        now = f"it is {took} now" if took else f"{what} took its place"
        ways.append(f'if {now}, add "formerly: [{name}]" to {where}')
    if kind == "workflows":
        ways.append('if the agent was stopped for good, keep the packet with "status: retired"')
    target = took if took and kind not in _KINDS else f"/{kind}/" if f"/{kind}/" in found else "/"
    ways.append(f"{'otherwise ' if ways else ''}{_entry(page, target)}")
    return f"{page}{also} would be lost: {'; '.join(ways)}"


def _successor(page: str, new: Collection[str], lost: Collection[str]) -> str:
    """Return the new page of the same kind with most of the lost page's anchors, or an empty text."""
    kind = page.rstrip("/").rpartition("/")[0]
    anchors = {address.partition("#")[2] for address in lost if address.startswith(f"{page}#")}
    pages = [other for other in new if other.endswith("/") and other.rstrip("/").rpartition("/")[0] == kind]
    shared = {other: sum(f"{other}#{anchor}" in new for anchor in anchors) for other in pages}
    return max(pages, key=lambda other: (shared[other], _likeness(page, other)), default="")


def _entry(source: str, target: str) -> str:
    return f"say in data/redirects.yml what took its place: - {{from: {source}, to: {target}}}"


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other).ratio()


@site_rule
def same_description(context: Context) -> Iterator[Problem]:
    """No two pages have the same description, and no answer's short form is one: previews could not be told apart."""
    seen: dict[str, str] = {}
    for path, page in context.model.pages.items():
        text = page.value.description
        if text and (first := seen.setdefault(text, path)) != path and not _guide(first, path):
            message = f'the description is the same as that of "{first}"'
            yield Problem(page.place("description"), "same-description", message)
    for name, question in context.model.questions.items():
        if (first := seen.setdefault(question.value.short_answer, name)) != name:
            message = f'the short answer is the same as the text of "{first}"'
            yield Problem(question.place("short_answer"), "same-description", message)


def _guide(*paths: str) -> bool:
    """Return whether all pages belong to the guide, whose descriptions guide-front-matter compares."""
    return all(path.startswith("guide/") for path in paths)


@site_rule
def redirect_source(context: Context) -> Iterator[Problem]:
    """A redirect starts at an address where a page can be written: no part of it begins with a dot or is a name that
    Windows cannot have, and none is the address of a file that is published."""
    files = {*addresses.MADE, *SITE_FILES, *context.model.docs_files}
    for entry in context.model.redirects:
        path = entry.value.source.partition("#")[0].strip("/")
        if why := _not_writable(path, files):
            message = f"no page can be written at {in_quotes(entry.value.source)}: {why}"
            yield Problem(entry.place("from"), "redirect-source", message)


def _not_writable(path: str, files: Collection[str]) -> str:
    parts = path.split("/") if path else []
    for end, part in enumerate(parts, 1):
        if part.startswith("."):
            return f"{in_quotes(part)} begins with a dot"
        if why := why_not_portable(part):
            return f"{in_quotes(part)} {why}"
        if "/".join(parts[:end]) in files:
            return f"/{'/'.join(parts[:end])} is a file"
    return f"/{parts[0]}/ holds what is made from data" if f"{path}/".startswith(addresses.MADE_FOLDERS) else ""
