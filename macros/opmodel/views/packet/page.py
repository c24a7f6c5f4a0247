"""The page of one packet: glance block, every section in its fixed order, and its own responsibility matrix."""

from dataclasses import dataclass

from opmodel.load.document import Entry
from opmodel.load.operating_model import OperatingModel
from opmodel.model.packet import Packet
from opmodel.model.vocabulary import Layer, Outcome, Section
from opmodel.permalinks import addresses
from opmodel.rules.check import Checked
from opmodel.text.words import counted, day, listed
from opmodel.views.blocks import Badge, Cell, FeedbackLink, badge, edit_address, feedback_links, layer_badge
from opmodel.views.history import HistoryView, history
from opmodel.views.matrix import MatrixView, matrix
from opmodel.views.packet import sections as sections
from opmodel.views.packet.approval import approval_block
from opmodel.views.packet.fault import FaultView, fault_view
from opmodel.views.packet.readiness import (
    PrintCover,
    gates_block,
    gates_passed,
    print_cover,
    ready_badge,
    signoffs_block,
)
from opmodel.views.packet.sections import SECTION_LAYERS, Blocks, SectionView
from opmodel.views.people import system_name, team_cell

RESPONSIBILITIES_ANCHOR = "responsibilities"
"""Anchor of the packet's own matrix, which follows the sections."""
_LONG_TITLE = 90


@dataclass(frozen=True)
class FlowStep:
    """One box of the flow diagram: its name, what happens, the layer that owns it and the section to read.

    ``reached`` stands on the arrow that leads to the box. ``branch`` is the box below it, for cases that do not go on.
    """

    name: str
    text: str
    layer: str
    anchor: str
    reached: str = ""
    branch: "FlowStep | None" = None

    @property
    def id(self) -> str:
        """The first word of the name, for style sheets."""
        return self.name.partition(" ")[0].lower()


@dataclass(frozen=True, kw_only=True)
class Glance:
    """The glance block: status, readiness, owners, review and flow diagram."""

    status: Badge
    ready: Badge
    value: tuple[str, Cell]
    safety: tuple[str, Cell]
    review: Cell
    open_gates: tuple[tuple[str, str], ...]
    flow: tuple[FlowStep, ...]


@dataclass(frozen=True, kw_only=True)
class PacketView:
    """A packet's page."""

    id: str
    address: str
    title: str
    long: bool
    """Whether the title is too long for the size of headings."""
    summary: str
    description: str
    source: str
    edit: str
    feedback: tuple[FeedbackLink, ...]
    tags: tuple[str, ...]
    fault: FaultView | None
    """What is wrong with the packet, where it is published in spite of errors."""
    sample: str
    """The note on a sample, or an empty text."""
    supersedes: Cell | None
    superseded_by: Cell | None
    cover: PrintCover
    glance: Glance
    sections: tuple[SectionView, ...]
    matrix: MatrixView
    history: HistoryView


def packet_page(checked: Checked, name: str) -> PacketView:
    """Return the page of the packet ``name``. Raises KeyError if it is unknown."""
    entry = checked.model.packets[name]
    packet = entry.value
    return PacketView(
        id=name,
        address=addresses.packet(name),
        title=packet.title,
        long=len(packet.title) > _LONG_TITLE,
        summary=packet.summary,
        description=packet_description(checked, name),
        source=entry.document.path,
        edit=edit_address(checked.model, entry.document.path),
        feedback=feedback_links(checked.model, packet.title, addresses.packet(name)),
        tags=packet.tags,
        fault=fault_view(checked.faulty_packets[name]) if name in checked.faulty_packets else None,
        sample=_sample(packet),
        supersedes=_other(checked, packet.supersedes),
        superseded_by=_other(checked, checked.model.successors.get(name)),
        cover=print_cover(checked, name),
        glance=_glance(checked, name, packet),
        sections=tuple(_sections(checked, name, entry)),
        matrix=matrix(checked.model, name),
        history=history(checked, name),
    )


def packet_description(checked: Checked, name: str) -> str:
    """Return the state of a packet in one sentence: status, owners and gates."""
    packet = checked.model.summaries[name]
    owners = f"Value: {packet.value.holder}; safety: {packet.safety.holder}."
    return f"{packet.title}. {packet.status.label}. {owners} {gates_passed(packet)}."


def _sample(packet: Packet) -> str:
    fixed = packet.sample_as_of
    return f"This packet is a sample: its dates are always judged as on {day(fixed)}." if fixed else ""


def _other(checked: Checked, name: str | None) -> Cell | None:
    if name is None or name not in checked.model.summaries:
        return None
    return Cell(text=checked.model.summaries[name].title, address=addresses.packet(name))


def _glance(checked: Checked, name: str, packet: Packet) -> Glance:
    summary, owners = checked.model.summaries[name], packet.owners
    late = "Overdue" if summary.overdue else ""
    return Glance(
        status=badge("status", packet.status),
        ready=ready_badge(summary),
        value=(owners.value.holder, team_cell(owners.value.team, checked.model)),
        safety=(owners.safety.holder, team_cell(owners.safety.team, checked.model)),
        review=Cell(text="None: retired" if summary.retired else day(packet.shared.review.next), note=late),
        open_gates=tuple((gate.title, f"readiness-{gate.id}") for gate in summary.open_gates),
        flow=_flow(packet, checked.model),
    )


def _flow(packet: Packet, model: OperatingModel) -> tuple[FlowStep, ...]:
    trigger, done = packet.business.trigger.event, packet.business.output.good.split(". ")[0]
    queue = FlowStep(
        "Exception queue", packet.shared.exceptions.queue, "shared", Section.EXCEPTIONS, "refused or unclear"
    )
    return (
        FlowStep("Trigger", trigger, "business", Section.TRIGGER),
        FlowStep("Agent", _systems(packet, model), "it", Section.ACCESS, "starts"),
        FlowStep("Approval", _approval(packet), "shared", Section.APPROVAL, "proposes", queue),
        FlowStep("Output", done, "business", Section.OUTPUT, "allowed"),
    )


def _systems(packet: Packet, model: OperatingModel) -> str:
    names = list(dict.fromkeys(system_name(grant.system, model) for grant in packet.it.access))
    more = [counted(len(names) - 3, "more system")] if len(names) > 3 else []
    return f"Works in {listed([*names[:3], *more])}." if names else "Works in no system yet."


def _approval(packet: Packet) -> str:
    counts = {outcome: sum(rule.outcome is outcome for rule in packet.shared.approval.rules) for outcome in Outcome}
    used = [f"{count} {outcome.label.lower()}" for outcome, count in counts.items() if count]
    return f"{counted(len(packet.shared.approval.rules), 'rule')}: {'; '.join(used)}."


def _sections(checked: Checked, name: str, entry: Entry[Packet]) -> list[SectionView]:
    assessment = checked.assessments[name]
    changed = {section for state in (assessment.business, assessment.it) for section in state.changed}
    content = _content(checked, name, entry.value)
    return [
        SectionView(
            id=section.value,
            title=section.label,
            meaning=section.meaning,
            layer=layer_badge(SECTION_LAYERS.get(section, Layer.SHARED)),
            blocks=content[section],
            stale="Changed since a sign-off" if section in changed else "",
        )
        for section in Section
    ]


def _content(checked: Checked, name: str, packet: Packet) -> dict[Section, Blocks]:
    """Return the blocks of each section."""
    model, assessment = checked.model, checked.assessments[name]
    signed = model.signoffs.get(name)
    site = model.site.value if model.site else None
    return {
        Section.OWNERS: sections.owners(packet, model),
        Section.PAIN: sections.pain(packet),
        Section.SCOPE: sections.scope(packet),
        Section.TRIGGER: sections.trigger(packet),
        Section.INPUTS: sections.inputs(packet, model),
        Section.OUTPUT: sections.output(packet),
        Section.OUTCOMES: sections.outcomes(packet),
        Section.ACCESS: sections.access(packet, model),
        Section.FORBIDDEN: sections.forbidden(packet, model),
        Section.CONTRACTS: sections.contracts(packet, model),
        Section.POLICIES: sections.policies(packet),
        Section.SUPPORT: sections.support(packet, model),
        Section.APPROVAL: (approval_block(packet, name, assessment.control, site),),
        Section.EXCEPTIONS: sections.exceptions(packet, model),
        Section.FAILURE_CASES: sections.failure_cases(packet, model),
        Section.AUDIT: sections.audit(packet, model),
        Section.READINESS: (gates_block(assessment, checked.model.summaries[name]),),
        Section.REVIEW: sections.review(packet, model, overdue=model.summaries[name].overdue),
        Section.SIGNOFFS: (signoffs_block(assessment, signed.value if signed else None, model.summaries[name]),),
    }
