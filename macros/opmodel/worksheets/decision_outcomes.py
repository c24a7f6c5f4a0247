"""Results of decision tables of other programs as what an approval table says: outcome, approver and reason."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from opmodel.approval.conditions import Equal, literal
from opmodel.model.text_kinds import ROW_ID, TIME_LIMIT
from opmodel.model.vocabulary import Outcome
from opmodel.worksheets.decision_source import SourceColumn, SourceRule, SourceTable, SourceText
from opmodel.worksheets.feel_tests import NoCounterpart, read_condition
from opmodel.worksheets.names import folded_name

EXPORTED_OUTPUTS = ("checked_by", "on_timeout", "steps", "advised", "informed")
"""Outputs that only files of this program have. They say as data what others say in words."""
UNDECIDED = "undecided"
"""The outcome of a rule that does not say what the agent may do. The check refuses it."""
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "outcome": ("outcome",),
    "rule": ("rule", "rule id"),
    "approver": (
        "approver",
        "approvers",
        "approved by",
        "approval by",
        "approval level",
        "approval role",
        "approving role",
        "authority",
        "signatory",
        "who approves",
    ),
    "within": ("within", "time limit"),
    "reason": ("reason", "explanation", "justification"),
}
_WORDS: Mapping[str, Outcome] = {
    **dict.fromkeys(
        ("refuse", "refused", "reject", "rejected", "decline", "declined", "deny", "denied"), Outcome.REFUSE
    ),
    **dict.fromkeys(
        ("auto approve", "auto approved", "autoapprove", "automatic", "automatically approved"), Outcome.ACT
    ),
}
"""Results that say one thing everywhere. *Approved* is not among them: by whom, it does not say."""
_VERDICTS = frozenset(
    "approve approved accept accepted refer referred review manual escalate escalated pending hold".split()
) | {"manual review", "manual approval", "needs review"}
"""Other words of outputs that say whether something is approved. Where such an output has others, it is about more."""
_NOBODY = ("none", "nobody", "n a", "no approval", "not required", "no approval required", "null", "")
_REMARK = "a remark beside the reason; not read"
_TIME_LIMIT, _ROW_ID = re.compile(TIME_LIMIT.pattern), re.compile(ROW_ID.pattern)


@dataclass(slots=True)
class ReadResult:
    """What the results of one rule say."""

    id: str
    outcome: str = UNDECIDED
    approver: str = ""
    within: str = ""
    reason: str = ""
    notes: list[tuple[SourceText, str, bool]] = field(default_factory=list)
    """What is to be said of a result, and whether it needs nobody."""


class OutputReader:
    """Reads the results of the rules of one table."""

    def __init__(self, table: SourceTable) -> None:
        self.table = table
        self.roles = [self.role(column, number) for number, column in enumerate(table.outputs)]

    def role(self, column: SourceColumn, number: int) -> str:
        """Return what an output is here.

        A key of `_COLUMNS`, ``data`` for one of `EXPORTED_OUTPUTS`, ``verdict`` for one that says no more than whether
        something is approved, or an empty text.
        """
        if self.table.exported and column.expression.text in EXPORTED_OUTPUTS:
            return "data"
        names = {folded_name(column.expression.text), folded_name(column.label)}
        results = {_plain(rule.results[number]) for rule in self.table.rules}
        role = next((role for role, words in _COLUMNS.items() if names & set(words)), "")
        if results and results <= set(Outcome):
            return "outcome"
        if not role and {folded_name(each) for each in results} <= {*_WORDS, *_VERDICTS}:
            return "verdict"
        fits = {"outcome": False, "within": all(not each or _TIME_LIMIT.fullmatch(each) for each in results)}
        return role if fits.get(role, True) else ""

    @property
    def without_counterpart(self) -> list[SourceColumn]:
        """The outputs that an approval table does not have."""
        pairs = zip(self.table.outputs, self.roles, strict=True)
        return [column for column, role in pairs if role in ("", "verdict")]

    def read(self, rule: SourceRule) -> ReadResult:
        """Return what one rule says."""
        found = ReadResult(id=f"row-{rule.id}")
        parts = list(rule.remarks)
        for column, role, result in zip(self.table.outputs, self.roles, rule.results, strict=True):
            value = self.value(result, found)
            match role:
                case "outcome":
                    found.outcome = value
                case "rule" if _ROW_ID.fullmatch(value) and len(value) <= 40:
                    found.id = value
                case "approver" if value and _is_expression(result):
                    parts.append(value)
                case "approver":
                    self.approver(value, result, found)
                case "within":
                    found.within = value
                case "reason":
                    parts.insert(0, value)
                case "data":
                    continue
                case _ if value:
                    if role == "verdict":
                        self.word(value, result, found)
                    parts.append(f"{column.label or column.expression.text or self.table.name}: {value}".strip(": "))
        if "reason" in self.roles and rule.remarks:
            parts = [part for part in parts if part not in rule.remarks]
            found.notes.append((SourceText(text="; ".join(rule.remarks), place=rule.place), _REMARK, True))
        found.reason = "; ".join(filter(None, parts)) or f"{self.table.name or self.table.sheet}, rule {rule.id}"
        return found

    def value(self, result: SourceText, found: ReadResult) -> str:
        """Return a result as text, with a note if it is an expression."""
        value = _plain(result)
        if value and _is_expression(result):
            found.notes.append((result, "an expression, not a value; its text stands in the reason", False))
        return value

    def approver(self, value: str, result: SourceText, found: ReadResult) -> None:
        """Take over who approves."""
        if not value:
            return
        if folded_name(value) in _NOBODY:
            found.notes.append((result, "names nobody who approves, and does not say that the agent may act", False))
        elif folded_name(value) in _WORDS:
            self.word(value, result, found)
        elif found.outcome in (UNDECIDED, Outcome.APPROVE):
            found.outcome, found.approver = Outcome.APPROVE, value

    def word(self, value: str, result: SourceText, found: ReadResult) -> None:
        """Take over a result that says one thing everywhere."""
        known = _WORDS.get(folded_name(value))
        if known and found.outcome == UNDECIDED:
            found.outcome = known
            found.notes.append((result, f"read as {known.value}", True))


def _plain(result: SourceText) -> str:
    """Return the value of a literal without quotes, and other text on one line."""
    text = " ".join(result.text.split())
    try:
        tests: Sequence[object] = read_condition(result).tests if text not in ("", "-") else ()
    except NoCounterpart:
        return text
    if len(tests) == 1 and isinstance(tests[0], Equal):
        value = tests[0].value
        return value if isinstance(value, str) else "" if value is None else literal(value)
    return text if tests else ""


def _is_expression(result: SourceText) -> bool:
    return result.language == "feel" and not _is_literal(result)


def _is_literal(result: SourceText) -> bool:
    try:
        condition = read_condition(result)
    except NoCounterpart:
        return False
    return len(condition.tests) == 1 and isinstance(condition.tests[0], Equal) and not condition.negated
