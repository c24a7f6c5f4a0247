"""The sections of a packet that business writes."""

from decimal import Decimal

from opmodel.addresses import row
from opmodel.model.packet import Given, Measure, Packet
from opmodel.model.values import plain
from opmodel.model.vocabulary import Section
from opmodel.views.blocks import Cell, Facts, Lists, Row, Table, Text, badge, columns, text
from opmodel.views.packet.section import Blocks
from opmodel.views.words import counted

_TENTH = Decimal("0.1")


def pain(packet: Packet) -> Blocks:
    """The manual drag, with its volume in numbers."""
    pain = packet.business.pain
    volume = pain.volume
    hours = plain((volume.minutes_each * volume.cases / 60).quantize(_TENTH))
    period = volume.per.words.removeprefix("1 ")
    return (
        text(pain.drag),
        Facts(
            facts=(
                ("Volume", Cell(text=f"{counted(volume.cases, 'case')} every {period}")),
                ("Manual work", Cell(text=f"{plain(volume.minutes_each)} minutes each, {hours} hours every {period}")),
                ("Cost of an error", Cell(text=pain.cost_of_error)),
            )
        ),
    )


def scope(packet: Packet) -> Blocks:
    """What is in and what stays out."""
    scope = packet.business.scope
    return (Lists(lists=(("in", "In scope", scope.included), ("out", "Stays with people", scope.excluded))),)


def trigger(packet: Packet) -> Blocks:
    """What starts a case and who starts it."""
    trigger, approval = packet.business.trigger, packet.shared.approval
    starter = next((party.title for party in approval.parties if party.id == approval.started_by), approval.started_by)
    return (
        Facts(
            facts=(
                ("Event", Cell(text=trigger.event)),
                ("Seen in", Cell(text=trigger.source)),
                ("Started by", Cell(text=starter)),
            )
        ),
    )


def inputs(packet: Packet) -> Blocks:
    """What the agent is given."""
    titles = columns("Input", "Source", "Data class", narrow="Data class")
    rows = tuple(_given(given) for given in packet.business.inputs)
    return (Table(caption="What the agent is given for a case", columns=titles, rows=rows),)


def output(packet: Packet) -> Blocks:
    """What good looks like."""
    output = packet.business.output
    return text(output.good), Text(paragraphs=text(output.example).paragraphs, lead="Example")


def outcomes(packet: Packet) -> Blocks:
    """How the business measures that it works."""
    titles = columns("Metric", "Before", "Target", "Read from")
    rows = tuple(_measure(measure) for measure in packet.business.outcomes)
    return (Table(caption="How the business measures that it works", columns=titles, rows=rows),)


def _given(given: Given) -> Row:
    return Row(
        anchor=row(Section.INPUTS, given.id),
        cells=(Cell(text=given.name), Cell(text=given.source), Cell(badge=badge("data", given.data_class))),
    )


def _measure(measure: Measure) -> Row:
    cells = (measure.metric, measure.baseline, measure.target, measure.source)
    return Row(anchor=row(Section.OUTCOMES, measure.id), cells=tuple(Cell(text=cell) for cell in cells))
