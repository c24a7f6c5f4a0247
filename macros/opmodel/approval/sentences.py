"""Rules as plain sentences, with numbers and conditions in words."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import wraps
from typing import TypeVar

from opmodel.approval.conditions import Bound, Condition, Equal, Test, Value
from opmodel.approval.table import CompiledRule, DecisionTable
from opmodel.model.approval import ApprovalRule, BooleanInput, Input, NumberInput, Party
from opmodel.model.values import plain
from opmodel.model.vocabulary import HitPolicy, OnTimeout, Outcome
from opmodel.text.words import listed

_CURRENCY_SIGNS = ("$", "£", "€", "¥", "₹")
"""Signs of currencies, which stand before a number."""
Result = TypeVar("Result")
Parties = dict[str, Party]
_NO_NOUN = frozenset(
    """
    a all an any are both by can did do does each every has have how if in is its no our that these this those was were
    what when where whether which who whom whose why
    """.split()
)
"""First words of labels that take no article; such a label is quoted as it is."""


def cached_for_last_table(make: Callable[[DecisionTable], Result]) -> Callable[[DecisionTable], Result]:
    """Decorate ``make`` with a cache of its result for the last table; callers must not change it.

    The page of a packet, its JSON document and its DMN file use the same table one after another.
    """
    last: tuple[DecisionTable, Result] | None = None

    @wraps(make)
    def made(table: DecisionTable) -> Result:
        nonlocal last
        known = last
        if known is None or known[0] is not table:
            last = known = table, make(table)
        return known[1]

    return made


@dataclass(frozen=True, slots=True)
class RuleText:
    """The words of one rule: the whole sentence, what it allows, who answers, what happens on timeout, who is told."""

    sentence: str
    answer: str
    who: str
    timeout: str
    told: str


@cached_for_last_table
def rule_texts(table: DecisionTable) -> tuple[RuleText, ...]:
    """Return the words of each rule, in order."""
    parties = {party.id: party for party in table.approval.parties}
    return tuple(_rule_text(table, row, parties) for row in table.rows)


def sentences(table: DecisionTable) -> tuple[str, ...]:
    """Return one sentence for each rule, in order. Under ``first`` a later rule says that it applies otherwise."""
    return tuple(rule.sentence for rule in rule_texts(table))


def _rule_text(table: DecisionTable, row: CompiledRule, parties: Parties) -> RuleText:
    people, timeout = who(row.rule, parties), timeout_text(row.rule, parties)
    told = told_text(row.rule, parties)
    answer = f"{_answer(row.rule, people, timeout)}{told and '; '}{told}."
    return RuleText(f"{_when(table, row)} {answer}", answer, people, timeout, told)


def _answer(rule: ApprovalRule, people: str, timeout: str) -> str:
    """Return what ``rule`` allows, as the second half of a sentence."""
    if rule.outcome is Outcome.ACT:
        return "the agent acts alone"
    if rule.outcome is Outcome.REFUSE:
        return "the agent may not act; the case goes to the exception queue"
    within = limit_text(rule)
    if rule.outcome is Outcome.REVIEW:
        return f"the agent acts and {people}{within and ', '}{within}"
    several = len(rule.approved_by) > 1
    each = " each" if several and within and not rule.has_no_limit else ""
    before = f"{', before the agent acts' if several else ' first'}{within and ', '}{within}{each}"
    return f"{people or 'nobody approves'}{before}{timeout and '; '}{timeout}"


def who(rule: ApprovalRule, parties: Parties) -> str:
    """Return who answers: ``the AP Lead or the Controller approves, then the CFO approves``; empty for no one."""
    if rule.checked_by:
        return f"{_the(rule.checked_by, parties)} checks afterwards"
    return ", then ".join(_step(step.parties, step.all is not None, parties) for step in rule.approved_by)


def limit_text(rule: ApprovalRule) -> str:
    """Return the time limit: ``within 8 hours``, ``without a time limit``; empty where the rule says nothing of it."""
    if rule.has_no_limit:
        return "without a time limit"
    return f"within {rule.within.words}" if rule.within else ""


def told_text(rule: ApprovalRule, parties: Parties) -> str:
    """Return who is told: ``the Board is told before the agent acts; the Auditor is told afterwards``."""
    told = ((rule.advised, "before the agent acts"), (rule.informed, "afterwards"))
    return "; ".join(f"{_told(names, parties)} told {when}" for names, when in told if names)


def _told(names: Iterable[str], parties: Parties) -> str:
    people = [_the(name, parties) for name in names]
    return f"{listed(people)} {'are' if len(people) > 1 else 'is'}"


def number_text(value: Decimal) -> str:
    """Return ``value`` with thousands separated by commas: ``5,000.5``."""
    whole, point, decimals = plain(value).partition(".")
    return f"{int(whole):,}{point}{decimals}" if whole != "-0" else f"{whole}{point}{decimals}"


def condition_text(source: Input, condition: Condition) -> str:
    """Return a condition in words: ``the invoice amount is at least 500 EUR and below 5,000 EUR``."""
    if not condition.tests:
        return f"{_subject(source)} is anything"
    if isinstance(source, BooleanInput):
        named = [test.value for test in condition.tests if isinstance(test, Equal)]
        met = [word for word, value in (("yes", True), ("no", False)) if (value in named) is not condition.negated]
        return f"“{source.label}” is {listed(met, 'or')}"
    tests = listed((_test(source, test) for test in condition.tests), "or")
    if condition.negated:
        either = "neither" if len(condition.tests) > 1 else "not"
        return f"{_subject(source)} is {either} {tests.replace(' or ', ' nor ') if either == 'neither' else tests}"
    return f"{_subject(source)} is {tests}"


def _when(table: DecisionTable, row: CompiledRule) -> str:
    limited = [(s, c) for s, c in zip(table.inputs, row.conditions, strict=True) if c.tests]
    otherwise = table.hit_policy is HitPolicy.FIRST and row.number > 0
    if not limited:
        return "Otherwise," if otherwise else "In every case,"
    when = listed(condition_text(source, condition) for source, condition in limited)
    return f"{'Otherwise, when' if otherwise else 'When'} {when}:"


def _subject(source: Input) -> str:
    if isinstance(source, NumberInput) and source.window:
        return f"“{source.label}”, summed per {source.window.per} over {source.window.over.words},"
    label = source.label.removeprefix("The ").removeprefix("the ")
    if label.split()[0].lower() in _NO_NOUN:
        return f"“{source.label}”"
    return f"the {_lower(label)}"


def _lower(label: str) -> str:
    """Return ``label`` with a small first letter, unless its first word looks like an abbreviation (PO match)."""
    word = label.split()[0]
    return label if word[1:] != word[1:].lower() or len(word) == 1 else label[0].lower() + label[1:]


def _test(source: Input, test: Test) -> str:
    if isinstance(test, Equal):
        return _value(source, test.value)
    low = test.low and f"{_LOW[_days(test.low), test.low.closed]} {_value(source, test.low.value)}"
    high = test.high and f"{_HIGH[_days(test.high), test.high.closed]} {_value(source, test.high.value)}"
    return " and ".join(part for part in (low, high) if part)


_LOW = {(False, True): "at least", (False, False): "above", (True, True): "on or after", (True, False): "after"}
_HIGH = {(False, True): "at most", (False, False): "below", (True, True): "on or before", (True, False): "before"}


def _days(bound: Bound) -> bool:
    return isinstance(bound.value, date)


def _value(source: Input, value: Value) -> str:
    if isinstance(value, Decimal):
        return _with_unit(number_text(value), source.unit if isinstance(source, NumberInput) else None)
    return "missing" if value is None else str(value)


def _with_unit(number: str, unit: str | None) -> str:
    """Return a number with its unit: ``5,000 EUR``, ``$5,000``."""
    if unit in _CURRENCY_SIGNS:
        minus = "-" if number.startswith("-") else ""
        return f"{minus}{unit}{number.removeprefix('-')}"
    return f"{number} {unit}" if unit else number


def _step(names: Iterable[str], everyone: bool, parties: Parties) -> str:
    people = [_the(name, parties) for name in names]
    several = everyone and len(people) > 1
    return f"{listed(people, 'and' if everyone else 'or')} {'approve' if several else 'approves'}"


def timeout_text(rule: ApprovalRule, parties: Parties) -> str:
    """Return what happens on timeout: ``no answer escalates to the Head of AP``; empty where nobody is asked."""
    if rule.has_no_limit and rule.outcome is Outcome.APPROVE:
        return "silence has no end"
    if rule.on_timeout is OnTimeout.REFUSE:
        return "no answer refuses the case"
    if rule.on_timeout is not OnTimeout.ESCALATE:
        return ""
    known = (parties[name] for name in rule.approvers if name in parties)
    targets = {party.id: party.escalates_to for party in known if party.escalates_to}
    if len(set(targets.values())) == 1:
        return f"no answer escalates to {_the(next(iter(targets.values())), parties)}"
    moves = (f"from {_the(name, parties)} to {_the(target, parties)}" for name, target in targets.items())
    return f"no answer escalates {listed(moves)}"


def _the(name: str | None, parties: Parties) -> str:
    party = parties.get(name or "")
    return with_article(party.title if party else name or "nobody")


def with_article(title: str) -> str:
    """Return the title of a function with its article: ``the Buyer``."""
    return title if title.lower().startswith("the ") else f"the {title}"
