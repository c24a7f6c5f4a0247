"""The history of a packet: the changes of each committed version, newest first."""

from dataclasses import dataclass

from opmodel.compare.report import ReportTable, packet_tables, summary
from opmodel.compare.versions import MOST_VERSIONS, VersionChange, version_changes
from opmodel.rules.check import Checked
from opmodel.views.blocks import Cell, Column, Row, Table


@dataclass(frozen=True, kw_only=True)
class HistoryPart:
    """One table of changes, with a sentence above it and a note on omitted rows below it."""

    table: Table
    lead: str
    more: str


@dataclass(frozen=True, kw_only=True)
class VersionView:
    """One committed version: its day (RFC 3339), short commit id, and changes."""

    day: str
    commit: str
    summary: str
    parts: tuple[HistoryPart, ...]


@dataclass(frozen=True, kw_only=True)
class HistoryView:
    """The versions of a packet, newest first; ``note`` says that older ones are not shown."""

    versions: tuple[VersionView, ...]
    note: str


def history(checked: Checked, name: str) -> HistoryView:
    """Return the history of the packet ``name`` as far as version control knows it."""
    entry = checked.model.packets[name]
    path = entry.document.path
    versions = tuple(_version(change) for change in version_changes(checked.history, path, present=entry))
    cut = len(checked.history.first_parent_versions.get(path, ())) > MOST_VERSIONS
    note = f"Only the last {MOST_VERSIONS} versions are shown; version control has them all." if cut else ""
    return HistoryView(versions=versions, note=note)


def _version(version: VersionChange) -> VersionView:
    parts = tuple(part for part in packet_tables(version.change) if not part.aside) if version.change else ()
    return VersionView(
        day=version.day,
        commit=version.commit[:10],
        summary=_summary(version),
        parts=tuple(map(_part, parts)),
    )


def _summary(version: VersionChange) -> str:
    if version.change:
        return summary(version.change)
    return "The version before it cannot be compared" if version.older else "First version"


def _part(part: ReportTable) -> HistoryPart:
    rows = tuple(Row(cells=tuple(Cell(text=text or "–") for text in row)) for row in part.rows)
    columns = tuple(Column(title=title) for title in part.columns)
    table = Table(caption=part.title, columns=columns, rows=rows, empty="")
    return HistoryPart(table=table, lead=part.lead, more=f"… and {part.more}." if part.more else "")
