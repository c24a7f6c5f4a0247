"""The matrix, the portfolio and the candidates as CSV (RFC 4180), for spreadsheets.

The file begins with a byte order mark, because spreadsheets read one without it in a local code page; programs read it
as ``utf-8-sig``. A cell that a spreadsheet would read as a formula gets an apostrophe in front.
"""

import csv
import io
import re
from collections.abc import Iterable

from opmodel.permalinks import addresses
from opmodel.readiness.ranking import rank_candidates
from opmodel.rules.check import Checked
from opmodel.views.people import team_cell

_FORMULA = re.compile(r" *[\t\r\n]|[\s\u00ad\u200b-\u200f\u2060]*[=+\-@\uff1d\uff0b\uff0d\uff20]")
"""The start of a formula: a tab, a line end, or a sign (also full-width) after white or invisible space."""


def csv_bytes(rows: Iterable[Iterable[str]]) -> bytes:
    """Return rows as CSV with CRLF line ends, in UTF-8 with a byte order mark, without formulas."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows([safe_cell(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def safe_cell(cell: str) -> str:
    """Return ``cell`` so that no spreadsheet evaluates it."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def matrix(checked: Checked) -> bytes:
    """Return the responsibility matrix: a row per responsibility, a column per role."""
    roles = [entry.value for entry in checked.model.roles.values()]
    names = [role.name for role in roles]
    rows = [["Id", "Responsibility", "Meaning", "Layer", "Phase", *names, "Evidence", "Address"]]
    for entry in checked.model.responsibilities.values():
        row = entry.value
        letters = [row.raci[role.id].value if role.id in row.raci else "" for role in roles]
        address = addresses.absolute(checked.model, f"{addresses.MATRIX}#{row.id}")
        words = [row.id, row.name, row.meaning, row.layer.label, row.phase.label]
        rows.append([*words, *letters, row.evidence.label, address])
    return csv_bytes(rows)


def portfolio(checked: Checked) -> bytes:
    """Return all workflows, a row each."""
    return csv_bytes([_PORTFOLIO, *(_workflow(checked, name) for name in sorted(checked.model.summaries))])


_PORTFOLIO = (
    "Id", "Workflow", "Summary", "Status", "Value owner", "Value team", "Safety owner", "Safety team", "Gates passed",
    "Gates", "Open gates", "Last review", "Next review", "Overdue", "Last material change", "Tags", "Address",
    "Sample as of", "Owed at the next review",
)  # fmt: skip


def _workflow(checked: Checked, name: str) -> list[str]:
    packet = checked.model.summaries[name]
    return [
        name,
        packet.title,
        packet.summary,
        packet.status.label,
        packet.value.holder,
        team_cell(packet.value.team, checked.model).text,
        packet.safety.holder,
        team_cell(packet.safety.team, checked.model).text,
        str(packet.gates_passed),
        str(packet.gates_total),
        ", ".join(result.title for result in packet.open_gates),
        packet.last_review.isoformat() if packet.last_review else "",
        "" if packet.retired else packet.next_review.isoformat(),
        "yes" if packet.overdue else "no",
        packet.revised.isoformat(),
        ", ".join(packet.tags),
        addresses.absolute(checked.model, addresses.packet(name)),
        packet.sample_as_of.isoformat() if packet.sample_as_of else "",
        ", ".join(item.words for item in packet.owed),
    ]


_CANDIDATES = (
    "Id", "Candidate", "Rank", "Organisation", "Reference", "Team", "Purpose", "Output", "Stage", "Impact", "IT says",
    "Packet", "Address",
)  # fmt: skip


def candidates(checked: Checked) -> bytes:
    """Return all candidates, a row each, in the order of the file; those that nobody has counted have no rank."""
    whole = checked.model.candidates
    if not whole:
        return csv_bytes([_CANDIDATES])
    places = {ranked.candidate.id: str(ranked.place) for ranked in rank_candidates(whole.value)}
    rows = (
        [
            each.id,
            each.title,
            places.get(each.id, ""),
            each.organisation or "",
            each.reference or "",
            team_cell(each.team, checked.model).text if each.team else "",
            each.purpose or each.drag or "",
            each.output or "",
            each.stage or "",
            each.impact or "",
            each.support.verdict.label if each.support else "",
            each.packet or "",
            addresses.absolute(checked.model, addresses.packet(each.packet)) if each.packet else "",
        ]
        for each in whole.value.candidates
    )
    return csv_bytes([_CANDIDATES, *rows])
