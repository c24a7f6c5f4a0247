"""The gates and sign-offs of a packet, and the cover and signature lines of a print."""

from dataclasses import dataclass
from functools import cache
from typing import ClassVar

from opmodel.model.packet_summary import GateResult, PacketSummary
from opmodel.model.signoff import Signoffs
from opmodel.permalinks import addresses
from opmodel.readiness.assessment import Assessment
from opmodel.readiness.material import packet_digest
from opmodel.readiness.signoffs import SideSignature
from opmodel.rules.check import Checked
from opmodel.text.words import day, listed
from opmodel.views.blocks import Badge, Cell, Row, Table, columns, layer_badge


@dataclass(frozen=True, kw_only=True)
class GateView:
    """One gate: its badge and, if it is open, the reasons and where to fix them."""

    anchor: str
    title: str
    badge: Badge
    reasons: tuple[tuple[str, str], ...]
    """(reason, ``file:line``) of each."""


@dataclass(frozen=True, kw_only=True)
class GatesBlock:
    """The gates of one packet."""

    kind: ClassVar[str] = "gates"
    summary: str
    gates: tuple[GateView, ...]


@dataclass(frozen=True, kw_only=True)
class SideView:
    """The signature of one side, and whether it still holds."""

    side: Badge
    badge: Badge
    text: str
    changed: tuple[tuple[str, str], ...]
    """(section title, anchor) of each section that changed since."""
    changes: Table | None
    """Each changed field, where version control has the version that was signed."""


@dataclass(frozen=True, kw_only=True)
class SignoffsBlock:
    """Both signatures, and every record."""

    kind: ClassVar[str] = "signoffs"
    sides: tuple[SideView, ...]
    owed: str
    """What was added since both signed, which the packet owes at its next review."""
    records: Table


@cache
def pass_badge(passed: bool) -> Badge:
    """Return the badge of a gate."""
    value, label = ("pass", "Pass") if passed else ("open", "Open")
    return Badge(group="gate", value=value, label=label)


def gates_passed(packet: PacketSummary) -> str:
    """Return ``10 of 12 gates pass``."""
    return f"{packet.gates_passed} of {packet.gates_total} gates pass"


def owed_text(packet: PacketSummary) -> str:
    """Return what a signed packet owes at its next review, as a sentence; an empty text if it owes nothing."""
    words = listed([item.words for item in packet.owed])
    return f"Owes at the review of {day(packet.next_review)}: {words}" if words else ""


def ready_badge(packet: PacketSummary) -> Badge:
    """Return the badge of a packet's readiness: how many gates pass."""
    value = "pass" if packet.ready else "open"
    return Badge(group="gate", value=value, label=gates_passed(packet))


def gates_block(assessment: Assessment, packet: PacketSummary) -> GatesBlock:
    """Return the gates of one packet, in their order."""
    summary = gates_passed(packet)
    summary += ". Nothing keeps this packet from being approved." if assessment.ready else "."
    return GatesBlock(summary=summary, gates=tuple(map(_gate, assessment.gates)))


def _gate(gate: GateResult) -> GateView:
    return GateView(
        anchor=f"readiness-{gate.id}",
        title=gate.title,
        badge=pass_badge(gate.passed),
        reasons=tuple((text, f"{place.path}:{place.line}") for place, text in gate.reasons),
    )


def signoffs_block(assessment: Assessment, signoffs: Signoffs | None, packet: PacketSummary) -> SignoffsBlock:
    """Return both signatures with what changed since, and the list of all records."""
    rows = tuple(
        Row(
            anchor=f"signoffs-{number}",
            cells=(Cell(text=day(r.date)), Cell(badge=layer_badge(r.side)), Cell(text=r.name)),
        )
        for number, r in enumerate(signoffs.records if signoffs else (), 1)
    )
    titles = columns("Day", "Side", "Signed by", narrow="Day")
    records = Table(caption="Every sign-off, oldest first", columns=titles, rows=rows, empty="Nobody has signed yet.")
    return SignoffsBlock(
        sides=tuple(_side(state, assessment) for state in (assessment.business, assessment.it)),
        owed=owed_text(packet),
        records=records,
    )


def _side(state: SideSignature, assessment: Assessment) -> SideView:
    if state.signoff is None:
        shown, label, text = "open", "Not signed", f"{state.side.label} has not signed."
    elif state.current:
        shown, label = "pass", "Current"
        text = f"{state.signoff.name} signed on {day(state.signoff.date)}. Nothing material changed since."
    else:
        shown, label = "stale", "Stale"
        text = f"{state.signoff.name} signed on {day(state.signoff.date)}. These sections changed since:"
    return SideView(
        side=layer_badge(state.side),
        badge=Badge(group="gate", value=shown, label=label),
        text=text,
        changed=tuple((section.label, section.value) for section in state.changed),
        changes=_changes(state, assessment),
    )


def _changes(state: SideSignature, assessment: Assessment) -> Table | None:
    changes = assessment.changes[state.side]
    titles = columns("Section", "Field", "As signed", "Now")
    rows = tuple(
        Row(cells=tuple(Cell(text=text) for text in (change.section.label, f.field, f.before or "–", f.after or "–")))
        for change in changes
        for f in change.fields
    )
    caption = f"What changed since {state.side.label} signed"
    return Table(caption=caption, columns=titles, rows=rows) if rows else None


@dataclass(frozen=True, kw_only=True)
class SignatureLine:
    """The signature line of one side: its owner, and the state of the last signature."""

    side: Badge
    holder: str
    state: str


@dataclass(frozen=True, kw_only=True)
class PrintCover:
    """The cover of a print: organisation, address of the original, digest, day and signature lines."""

    site: str
    organisation: str
    address: str
    digest: str
    printed: str
    signatures: tuple[SignatureLine, ...]


def print_cover(checked: Checked, name: str) -> PrintCover:
    """Return the cover of the packet ``name``."""
    packet, assessment, site = checked.model.packets[name].value, checked.assessments[name], checked.model.site
    owners = packet.owners
    return PrintCover(
        site=site.value.name if site else "",
        organisation=site.value.organisation if site else "",
        address=addresses.absolute(checked.model, addresses.packet(name)) if site else addresses.packet(name),
        digest=packet_digest(assessment.digests),
        printed=day(assessment.as_of),
        signatures=(_line(assessment.business, owners.value.holder), _line(assessment.it, owners.safety.holder)),
    )


def _line(state: SideSignature, holder: str) -> SignatureLine:
    if state.signoff is None:
        words = "Not signed yet."
    elif state.current:
        words = f"Last signed on {day(state.signoff.date)}; the signature holds."
    else:
        words = f"Last signed on {day(state.signoff.date)}; the packet has changed since."
    return SignatureLine(side=layer_badge(state.side), holder=holder, state=words)
