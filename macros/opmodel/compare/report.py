"""A comparison as a list of tables for text and Markdown, in the order in which reviewers read them."""

from collections.abc import Iterator
from dataclasses import dataclass

from opmodel.compare.answers import AnswerDirection
from opmodel.compare.approval import AnswerChange, TableChange
from opmodel.compare.packets import AccessChange, AccessDirection, PacketChange
from opmodel.compare.sites import PacketDifference, SiteChange
from opmodel.model.vocabulary import Section
from opmodel.readiness.changes import FieldChange
from opmodel.text.words import counted

MOST_REGIONS = 30
"""Most regions that are shown one by one."""
MOST_FIELDS = 40
"""Most fields of one section that are shown one by one."""
_FIELDS = ("Field", "Was", "Now")
_REGIONS = ("Change", "Cases", "Was", "Now", "Example", "Rules")


@dataclass(frozen=True, kw_only=True)
class ReportTable:
    """A table with a sentence (``lead``) above it; ``aside`` marks details of the tables before it."""

    title: str
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    lead: str = ""
    more: str = ""
    aside: bool = False


@dataclass(frozen=True, kw_only=True)
class ReportChapter:
    """The changes of one packet, or of the data around packets, with a summary of one line."""

    title: str
    id: str
    summary: str
    parts: tuple[ReportTable, ...]


def chapters(change: SiteChange) -> tuple[ReportChapter, ...]:
    """Return a chapter for each packet that changed and one for roles, teams and responsibilities."""
    found = [_chapter(packet) for packet in change.packets]
    parts = tuple(_fields(name.capitalize(), fields) for name, fields in change.others.items() if fields)
    if parts:
        found.append(ReportChapter(title="Roles, teams and responsibilities", id="", summary="", parts=parts))
    return tuple(found)


def packet_tables(change: PacketChange) -> Iterator[ReportTable]:
    """Yield the tables of what changed between two versions of a packet."""
    if change.approval:
        yield from _approval(change.approval)
    if change.access:
        yield _access(change.access)
    if change.head:
        yield _fields("Title, status and dates", change.head)
    for section in change.sections:
        if section.section is not Section.APPROVAL:
            yield _fields(section.section.label, section.fields)
    for section in change.sections:
        if section.section is Section.APPROVAL:
            yield _fields("Approval, as written", section.fields, aside=True)


def summary(change: PacketChange, signatures: int = 0) -> str:
    """Return the changes in one line, most important first."""
    said = [*_region_counts(change.approval), *_access_counts(change.access)]
    status = [field for field in change.head if field.field == "status"]
    said += [f"status {field.before} to {field.after}" for field in status]
    if signatures:
        said.append("a sign-off becomes stale" if signatures == 1 else f"{signatures} sign-offs become stale")
    rest = [s.section.label.lower() for s in change.sections if s.section is not Section.APPROVAL]
    said += [", ".join(rest)] if rest else []
    if not said:
        said = ["wording of the approval table"] if change.approval else [field.field for field in change.head]
    text = "; ".join(said)
    return text[:1].upper() + text[1:]


def _region_counts(change: TableChange | None) -> Iterator[str]:
    if change and not change.compared:
        yield "approval table, not compared case by case"
    regions = change.regions if change else ()
    for direction in AnswerDirection:
        if count := sum(region.direction is direction for region in regions):
            yield f"{direction.label.lower()} in {counted(count, 'region')}"


def _access_counts(changes: tuple[AccessChange, ...]) -> Iterator[str]:
    for direction in AccessDirection:
        if names := [change.id for change in changes if change.direction is direction]:
            yield f"{direction.label.lower()} ({', '.join(names)})"


def _chapter(packet: PacketDifference) -> ReportChapter:
    stale = sum(signature.stale for signature in packet.signatures)
    if packet.change is None:
        text = f"{'New packet' if packet.kind == 'added' else 'Packet removed'}, status {packet.status}"
        return ReportChapter(title=packet.title, id=packet.id, summary=text, parts=())
    parts = (*packet_tables(packet.change), *_signatures(packet))
    text = summary(packet.change, stale) if packet.change else "Sign-offs"
    return ReportChapter(
        title=packet.title, id=packet.id, summary=text, parts=tuple(sorted(parts, key=lambda p: p.aside))
    )


def _approval(change: TableChange) -> Iterator[ReportTable]:
    rows = tuple(_region(region) for region in change.regions)
    more = f"{len(rows) - MOST_REGIONS} more regions" if len(rows) > MOST_REGIONS else ""
    title = "Cases that are answered otherwise"
    lead = "Every other case has the same answer as before." if rows else "Every case has the same answer as before."
    if change.touched and (found := str(change.touched)):
        lead = f"They hold {found}. {lead}"
    yield ReportTable(
        title=title,
        columns=_REGIONS,
        rows=rows[:MOST_REGIONS],
        lead=lead if change.compared else change.note,
        more=more,
    )
    if change.inputs:
        yield ReportTable(
            title="What the decision depends on", columns=("Input",), rows=tuple((i,) for i in change.inputs)
        )


def _region(region: AnswerChange) -> tuple[str, ...]:
    before, after = ", ".join(region.rules_before) or "–", ", ".join(region.rules_after) or "–"
    rules = before if before == after else f"{before} → {after}"
    return region.direction.label, region.cases, region.before, region.after, region.example, rules


def _access(changes: tuple[AccessChange, ...]) -> ReportTable:
    rows = tuple(row for change in changes for row in _grant(change))
    return ReportTable(title="Access", columns=("Change", "Grant", "Was", "Now"), rows=rows)


def _grant(change: AccessChange) -> Iterator[tuple[str, ...]]:
    if change.direction is AccessDirection.ADDED:
        yield change.direction.label, change.id, "", change.text
    elif change.direction is AccessDirection.REMOVED:
        yield change.direction.label, change.id, change.text, ""
    for field in change.fields:
        yield change.direction.label, f"{change.id} / {field.field}", field.before, field.after


def _fields(title: str, fields: tuple[FieldChange, ...], *, aside: bool = False) -> ReportTable:
    rows = tuple((field.field or "all of it", field.before, field.after) for field in fields)
    more = f"{len(rows) - MOST_FIELDS} more fields" if len(rows) > MOST_FIELDS else ""
    return ReportTable(title=title, columns=_FIELDS, rows=rows[:MOST_FIELDS], more=more, aside=aside)


def _signatures(packet: PacketDifference) -> Iterator[ReportTable]:
    if packet.signatures:
        rows = tuple(
            (s.side.label, s.text, ", ".join(section.label for section in s.sections)) for s in packet.signatures
        )
        yield ReportTable(title="Sign-offs", columns=("Side", "Now", "Changed since"), rows=rows)
