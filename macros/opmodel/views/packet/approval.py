"""The approval section of a packet: table, sentences, proof, people, examples and the form that answers from it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from opmodel.approval.conditions import may_be_missing
from opmodel.approval.delegation import stand_ins
from opmodel.approval.export import export
from opmodel.approval.sentences import limit_text, told_text, who, with_article
from opmodel.approval.table import DecisionTable
from opmodel.approval.tiers import full_rules
from opmodel.model.approval import Approval, ApprovalRule, Example, Input, NumberInput, Party
from opmodel.model.organisation import Site
from opmodel.model.packet import Packet
from opmodel.model.values import Duration, plain
from opmodel.model.vocabulary import HitPolicy, Section
from opmodel.model.working_time import WorkingTime
from opmodel.permalinks import addresses
from opmodel.permalinks.addresses import row_anchor
from opmodel.readiness.approval_findings import CheckedApproval
from opmodel.text.words import counted, listed
from opmodel.views.blocks import COPYABLE, Badge, Cell, Column, Row, Table, badge, columns

_TEST = re.compile(r'(?:"(?:[^"\\]|\\.)*"|[^",])+,?')
_LONGEST_TEST = 30


@dataclass(frozen=True, kw_only=True)
class RuleSentence:
    """A rule in plain words."""

    id: str
    anchor: str
    text: str


@dataclass(frozen=True, kw_only=True)
class DecisionFormField:
    """One input of the form; ``choices`` are (value, label), and empty for a text field.

    ``box`` says whether a box beside the text field can be ticked because the value is not known; among ``choices`` it
    is one of them.
    """

    id: str
    name: str
    day: bool
    label: str
    hint: str
    choices: tuple[tuple[str, str], ...]
    box: bool


@dataclass(frozen=True, kw_only=True)
class DecisionForm:
    """The form, with the data of the table for its script."""

    fields: tuple[DecisionFormField, ...]
    data: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class ApprovalBlock:
    """The whole approval model."""

    kind: ClassVar[str] = "approval"
    dmn: str
    proof: Badge
    proof_text: str
    findings: tuple[str, ...]
    policy: str
    rules: Table
    sentences: tuple[RuleSentence, ...]
    form: DecisionForm | None
    inputs: Table
    parties: Table
    examples: Table


def approval_block(packet: Packet, name: str, control: CheckedApproval, site: Site | None = None) -> ApprovalBlock:
    """Return the approval section of a packet with its proof; ``site`` sets what holds for all packets."""
    approval = packet.shared.approval
    proven = not control.table_findings and control.table is not None
    sentences = zip(approval.rules, control.sentences, strict=True) if control.sentences else ()
    return ApprovalBlock(
        dmn=addresses.decision_table(name) if control.table else "",
        proof=Badge(group="gate", value="pass" if proven else "open", label="Proven" if proven else "Not proven"),
        proof_text=_proof_text(control, approval, proven),
        findings=tuple(finding.message for finding in control.findings),
        policy=_policy(approval, site.working_time if site else None),
        rules=_rules(approval),
        sentences=tuple(
            RuleSentence(id=r.id, anchor=row_anchor(Section.APPROVAL, r.id), text=text) for r, text in sentences
        ),
        form=decision_form(control.table) if control.table and proven else None,
        inputs=_inputs(approval),
        parties=_parties(approval, site.delegation_max if site else None),
        examples=_examples(approval),
    )


def _proof_text(control: CheckedApproval, approval: Approval, proven: bool) -> str:
    if not proven or control.proof is None:
        return "Until these findings are settled, nothing is claimed about the table:"
    exactly = "by exactly one rule" if approval.hit_policy is HitPolicy.UNIQUE else "and every rule can decide"
    return f"Every case covered, {exactly}; checked over {control.proof.regions:,} regions."


def _policy(approval: Approval, calendar: WorkingTime | None) -> str:
    """Return what holds for the whole table: its hit policy, cumulative tiers, and the calendar of working time."""
    policy = f"Hit policy: {approval.hit_policy.label.lower()}. {approval.hit_policy.meaning}"
    working = any(rule.within and rule.within.is_working for rule in approval.rules)
    return " ".join(filter(None, (policy, _tiers(approval), _calendar(calendar) if calendar and working else "")))


def _calendar(calendar: WorkingTime) -> str:
    days, (start, _, end) = listed(day.label for day in calendar.days), calendar.hours.partition("-")
    holidays = f", but for {counted(len(calendar.holidays), 'holiday')}" if calendar.holidays else ""
    return f"Working time is {days}, {start} to {end} ({calendar.time_zone}){holidays}."


def _tiers(approval: Approval) -> str:
    if not approval.cumulative_tiers:
        return ""
    titles = {party.id: party.title for party in approval.parties}
    tiers = ", then ".join(with_article(titles.get(tier, tier)) for tier in approval.cumulative_tiers)
    return f"Where a tier approves, those below it approve first: {tiers}."


def _rules(approval: Approval) -> Table:
    conditions = tuple(Column(title=_title(source)) for source in approval.inputs)
    titles = (*columns("Rule", narrow="Rule"), *conditions, *columns("Outcome", "Who, and how fast", "Why"))
    parties = {party.id: party for party in approval.parties}
    rows = tuple(_rule(rule, approval, parties) for rule in full_rules(approval))
    return Table(caption="Approval table", columns=titles, rows=rows)


def _rule(rule: ApprovalRule, approval: Approval, parties: dict[str, Party]) -> Row:
    conditions = tuple(_condition(rule.when.get(source.id, "-")) for source in approval.inputs)
    cells = (Cell(text=rule.id), *conditions, Cell(badge=badge("outcome", rule.outcome)), _answer(rule, parties))
    return Row(anchor=row_anchor(Section.APPROVAL, rule.id), cells=(*cells, Cell(text=rule.reason)), data=COPYABLE)


def _condition(text: str) -> Cell:
    return Cell(text="any") if text.strip() == "-" else Cell(text=text, code=True, parts=_tests(text))


def _tests(text: str) -> tuple[str, ...]:
    """Return the tests of a condition, each with its comma, or nothing if one is too long for a line."""
    tests = tuple(match.strip() for match in _TEST.findall(text))
    return tests if max(map(len, tests), default=0) <= _LONGEST_TEST else ()


def _answer(rule: ApprovalRule, parties: dict[str, Party]) -> Cell:
    people = who(rule, parties)
    timeout = f"no answer: {rule.on_timeout.value}d" if rule.on_timeout else ""
    why = f" ({rule.no_limit_reason.rstrip('.')})" if rule.no_limit_reason else ""
    told = told_text(rule, parties)
    times = ", ".join(part for part in (limit_text(rule) + why, timeout) if part)
    return Cell(text=people[:1].upper() + people[1:], note="; ".join(part for part in (times, told) if part))


def _title(source: Input) -> str:
    unit = source.unit if isinstance(source, NumberInput) else None
    return f"{source.label} ({unit})" if unit else source.label


def _inputs(approval: Approval) -> Table:
    rows = tuple(
        Row(
            anchor=f"approval-input-{source.id}",
            cells=(
                Cell(text=source.label),
                Cell(text=source.id, code=True),
                Cell(text=_domain(source) + ("; may be missing" if may_be_missing(source) else "")),
            ),
        )
        for source in approval.inputs
    )
    titles = columns("Input", "Name", "What can occur", narrow="Name")
    return Table(caption="Inputs and their domains", columns=titles, rows=rows)


def _domain(source: Input) -> str:
    if source.type == "choice":
        return f"One of: {', '.join(source.values)}"
    if source.type == "boolean":
        return "True or false"
    if source.type == "date":
        return f"A day from {source.min or 'any time'} to {source.max or 'any time'}"
    low = f"from {plain(source.min)}" if source.min is not None else "with no lower bound"
    high = f"up to {plain(source.max)}" if source.max is not None else "with no upper bound"
    places = "" if source.decimals is None else f", {source.decimals} decimal places"
    window = f"; the sum per {source.window.per} over {source.window.over.words}" if source.window else ""
    return f"A number {low} {high}{f' {source.unit}' if source.unit else ''}{places}{window}"


def _parties(approval: Approval, delegation_max: Duration | None) -> Table:
    titles = {party.id: party.title for party in approval.parties}
    rules = full_rules(approval)
    rows = tuple(
        Row(anchor=f"approval-party-{party.id.lower()}", cells=_party(party, approval, rules, titles, delegation_max))
        for party in approval.parties
    )
    headings = columns("Who", "Part", "When they do not answer", "Stand-in")
    return Table(caption="Who takes part in an approval", columns=headings, rows=rows)


def _party(
    party: Party,
    approval: Approval,
    rules: tuple[ApprovalRule, ...],
    titles: dict[str, str],
    delegation_max: Duration | None,
) -> tuple[Cell, ...]:
    above = f"{titles.get(party.escalates_to, party.escalates_to)} decides" if party.escalates_to else "–"
    stand_in = _stand_in(party, approval, titles, delegation_max)
    return (
        Cell(text=party.title),
        Cell(text=_part(party, approval.started_by, rules)),
        Cell(text=above),
        Cell(text=stand_in),
    )


def _stand_in(party: Party, approval: Approval, titles: dict[str, str], delegation_max: Duration | None) -> str:
    names = [titles.get(name, name) for name in stand_ins(approval, party)]
    at_most = (party.delegate and party.delegate.at_most) or delegation_max
    return f"{listed(names, 'or')}{f', {at_most.words} at most' if at_most else ''}" if names else "–"


def _part(party: Party, started_by: str, rules: tuple[ApprovalRule, ...]) -> str:
    parts = ["starts cases"] if party.id == started_by else []
    if any(party.id in step.parties for rule in rules for step in rule.approved_by):
        parts.append("approves")
    if any(party.id == rule.checked_by for rule in rules):
        parts.append("checks afterwards")
    if any(party.id in rule.told for rule in rules):
        parts.append("is told")
    return (", ".join(parts) or "takes over or stands in").capitalize()


def _examples(approval: Approval) -> Table:
    rows = tuple(_example(example, approval) for example in approval.examples)
    inputs = tuple(Column(title=_title(source)) for source in approval.inputs)
    titles = (*inputs, *columns("Outcome", "Rule", narrow="Rule"))
    return Table(
        caption="Cases with their expected answers", columns=titles, rows=rows, empty="There is no example yet."
    )


def _example(example: Example, approval: Approval) -> Row:
    values = (example.given.get(source.id) for source in approval.inputs)
    given = tuple(Cell(text=_given(value)) for value in values)
    return Row(cells=(*given, Cell(badge=badge("outcome", example.outcome)), Cell(text=example.rule or "any")))


def _given(value: object) -> str:
    if value is None:
        return "missing"
    return str(value).lower() if isinstance(value, bool) else str(value)


def decision_form(table: DecisionTable) -> DecisionForm:
    """Return the form of a proven table. Its data has the anchor of each rule on the page."""
    data = export(table)
    rules = [{**rule, "anchor": row_anchor(Section.APPROVAL, rule["id"])} for rule in data["rules"]]
    fields = tuple(_field(source, data["inputs"][n]) for n, source in enumerate(table.inputs))
    return DecisionForm(fields=fields, data={**data, "rules": rules})


def _field(source: Any, data: Mapping[str, Any]) -> DecisionFormField:
    unit = f" ({source.unit})" if isinstance(source, NumberInput) and source.unit else ""
    unknown = [("null", "Not known")] if may_be_missing(source) else []
    choices = {
        "choice": [*((v, v) for v in data.get("values", ())), *unknown],
        "boolean": [("true", "Yes"), ("false", "No")],
    }
    return DecisionFormField(
        id=f"ask-{source.id}",
        name=f"case-{source.id}",
        day=source.type == "date",
        label=f"{source.label}{unit}",
        hint=_hint(source),
        choices=tuple(choices.get(source.type, ())),
        box=may_be_missing(source) and source.type == "number",
    )


def _hint(source: Any) -> str:
    """Return the hint below a field: the period of a sum, or an empty text."""
    window = source.window if isinstance(source, NumberInput) else None
    return f"The sum per {window.per} over {window.over.words}" if window else ""
