"""An authority table as the approval section of a packet, literally as the source says it."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from opmodel.approval.conditions import literal, number_of
from opmodel.model.approval import Approval
from opmodel.model.values import MAX_LINE
from opmodel.text.slugs import FreeNames, slug
from opmodel.worksheets.approval_names import SectionParties, input_id
from opmodel.worksheets.grid import column_letters
from opmodel.worksheets.limit_approvers import ApproverStep
from opmodel.worksheets.limit_rows import LimitRow
from opmodel.worksheets.limit_table import LimitTable

AMOUNT = "amount"
NO_LIMIT = "The source names no time."


def approval_data(table: LimitTable, decimals: int, former: Approval | None = None) -> dict[str, Any]:
    """Return the approval section of a table as plain data.

    Args:
        table: The table.
        decimals: The decimals of its amounts.
        former: The section that it replaces, of which the party that starts cases stays, and each party whose title
            is in the table.
    """
    parties = SectionParties(former, {title for rule in table.rules for title in _titles(rule)})
    names = input_names(table)
    rules = [_rule(table, rule, names, parties) for rule in table.rules]
    tiers = [parties.of(title) for title in cumulative_titles(table)]
    parties.drop_links()
    return {
        "started_by": parties.starter,
        "parties": parties.records,
        **({"cumulative_tiers": tiers} if tiers else {}),
        "inputs": [_amount(table, decimals), *_choices(table, names)],
        "hit_policy": "first" if table.ladder else "unique",
        "rules": rules,
    }


def input_names(table: LimitTable) -> dict[str, str]:
    """Return the name of the input of each further column, by its heading."""
    names = FreeNames({AMOUNT}, "_")
    return {heading: names.take(input_id(slug(heading), "choice")) for heading in table.inputs}


def rule_id(rule: LimitRow) -> str:
    """Return the id of a rule, after its row in the source: ``row-3``, or ``row-3-C`` if the row has several."""
    return f"row-{rule.row + 1}" + ("" if rule.single else f"-{column_letters(rule.column + 1)}")


def _amount(table: LimitTable, decimals: int) -> dict[str, Any]:
    unit = {"unit": table.unit} if table.unit else {}
    label = {"id": AMOUNT, "type": "number", "label": table.label[:MAX_LINE]}
    return {**label, **unit, "min": smallest_amount(table, decimals), "decimals": decimals}


def smallest_amount(table: LimitTable, decimals: int) -> Decimal:
    """Return where amounts begin: at 0, or at the smallest amount above it if the lowest limit begins there or at 1."""
    lows = [rule.limit.low for rule in table.rules if rule.limit]
    if any(low is None for low in lows):
        return Decimal(0)
    lowest = min((low for low in lows if low), key=lambda low: (number_of(low.value), not low.closed))
    value = number_of(lowest.value)
    begins = value > 1 or value < 0 or (value == 0 and lowest.closed)
    return Decimal(0) if begins else Decimal(1).scaleb(-decimals)


def _choices(table: LimitTable, names: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    for heading, values in table.inputs.items():
        yield {"id": names[heading], "type": "choice", "label": heading, "values": list(values)}


def _rule(table: LimitTable, rule: LimitRow, names: Mapping[str, str], parties: SectionParties) -> dict[str, Any]:
    assert rule.limit
    when = {} if rule.limit.test == "-" else {AMOUNT: rule.limit.test}
    when |= {names[heading]: literal(value) for heading, value in rule.choices.items()}
    steps = [{step.mode: [parties.of(title) for title in step.titles]} for step in steps_of(table, rule)]
    approved = {"approved_by": steps, "within": "none", "no_limit_reason": NO_LIMIT} if steps else {}
    told = [parties.of(title) for title in rule.approvers.advised]
    advised = {"informed" if rule.approvers.outcome == "refuse" else "advised": told} if told else {}
    outcome = rule.approvers.outcome
    return {"id": rule_id(rule), "when": when, "outcome": outcome, **approved, **advised, "reason": rule.reason}


def cumulative_titles(table: LimitTable) -> list[str]:
    """Return the approvers of all rules, lowest first, if all but the lowest say that lower tiers approve as well.

    Empty where a rule has no single approver, or where further columns decide.
    """
    rules = sorted(table.rules, key=_reach)
    titles = [title for rule in rules for step in rule.approvers.steps for title in step.titles]
    alone = len(set(titles)) == len(rules) == len(titles) and all(len(r.approvers.steps) == 1 for r in rules)
    said = len(rules) > 1 and all(rule.approvers.lower_tiers for rule in rules[1:])
    return titles if said and alone and not table.inputs else []


def steps_of(table: LimitTable, rule: LimitRow) -> list[ApproverStep]:
    """Return the steps of a rule, after those of lower tiers where it says that these approve as well."""
    own = list(rule.approvers.steps)
    if not rule.approvers.lower_tiers or cumulative_titles(table):
        return own
    lower = [other for other in sorted(table.rules, key=_reach) if _is_lower(other, rule)]
    before = [step for other in lower for step in other.approvers.steps if step not in own]
    return [*dict.fromkeys(before), *own]


def _reach(rule: LimitRow) -> tuple[bool, Decimal]:
    """Return how far a rule reaches, for tiers: whether its last amount is included puts no tier above another."""
    high = rule.limit.high if rule.limit else None
    return (high is None, number_of(high.value) if high else Decimal(0))


def _is_lower(other: LimitRow, rule: LimitRow) -> bool:
    """Whether ``other`` reaches less far than ``rule``, for cases that both can be about."""
    shared = other.choices.keys() & rule.choices.keys()
    return _reach(other) < _reach(rule) and all(other.choices[name] == rule.choices[name] for name in shared)


def _titles(rule: LimitRow) -> Iterator[str]:
    """Yield the title of everyone who approves or is advised."""
    for step in rule.approvers.steps:
        yield from step.titles
    yield from rule.approvers.advised
