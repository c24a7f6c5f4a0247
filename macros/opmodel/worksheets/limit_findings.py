"""The proof of an authority table in the words of its source: each hole and double claim, with its smallest case."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from opmodel.approval.conditions import Condition, Equal, Range, Test, number_of
from opmodel.approval.findings import ProofFinding
from opmodel.approval.proof import prove
from opmodel.approval.table import compile_table
from opmodel.model.approval import Approval
from opmodel.text.words import listed
from opmodel.worksheets.grid import column_letters
from opmodel.worksheets.limit_approval import AMOUNT, input_names, rule_id, smallest_amount
from opmodel.worksheets.limit_rows import LimitRow
from opmodel.worksheets.limit_table import LimitTable

_PROBLEMS = {"approval-gap": "no rule", "approval-overlap": "two rules"}
_NO_MONEY = ("%", "days", "months", "hours", "items")


@dataclass(frozen=True, kw_only=True)
class LimitFinding:
    """A ``hole``, a ``double`` claim, or a rule that ``never`` decides.

    Args:
        kind: One of these words, or ``other`` for what the proof says of the whole table.
        text: The finding in words.
        low: The smallest amount, which with the first of the choices is the smallest case.
        high: The greatest amount; None without an end.
        choices: The values of further columns to which it is limited, by heading.
        rows: The rules that end at a hole, or that claim the same cases.
    """

    kind: str
    text: str
    low: Decimal = Decimal(0)
    high: Decimal | None = None
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    rows: tuple[LimitRow, ...] = ()


def limit_findings(table: LimitTable, approval: Approval, decimals: int) -> list[LimitFinding]:
    """Return what the proof finds in the section that was made of ``table``. Raises `TableError`."""
    proof = prove(compile_table(approval))
    words = FindingWords(table, decimals)
    return [words.finding(finding) for finding in proof.findings]


class FindingWords:
    """Puts findings into the words and the unit of the source."""

    def __init__(self, table: LimitTable, decimals: int) -> None:
        self.table, self.decimals = table, decimals
        self.rules = {rule_id(rule): rule for rule in table.rules}
        self.headings = {name: heading for heading, name in input_names(table).items()}

    def finding(self, finding: ProofFinding) -> LimitFinding:
        """Return one finding."""
        rows = tuple(self.rules[row.id] for row in finding.rows)
        if finding.rule == "approval-unreachable":
            text = f"{row_name(rows[0])} never decides: {self._said(rows[1:])} before it; it says {rows[0].words}"
            return LimitFinding(kind="never", text=text, rows=rows)
        if finding.rule not in _PROBLEMS or finding.where is None:
            return LimitFinding(kind="other", text=finding.message)
        low, high = self._ends(finding.where.get(AMOUNT))
        choices = {
            heading: tuple(map(_choice, finding.where[name].tests))
            for name, heading in self.headings.items()
            if name in finding.where
        }
        case = "".join(f"{heading} {listed(values, 'or')}, " for heading, values in choices.items())
        parts = [f"{case}{self._range(low, high)}: {_PROBLEMS[finding.rule]}", self._said(rows)]
        return LimitFinding(
            kind="hole" if finding.rule == "approval-gap" else "double",
            text="; ".join(filter(None, parts)) + self._whole(low, high),
            low=low,
            high=high,
            choices=choices,
            rows=rows,
        )

    def _whole(self, low: Decimal, high: Decimal | None) -> str:
        """Return what is left of a range where there are no cents, unless that is the same."""
        first = low.to_integral_value(ROUND_CEILING)
        if high is not None and high < first:
            return f" (only where {'decimals' if self.table.unit in _NO_MONEY else 'cents'} exist)"
        last = None if high is None else high.to_integral_value(ROUND_FLOOR)
        if first == low or not self.decimals:
            return ""
        return f" (in whole amounts {FindingWords(self.table, 0)._range(first, last)})"

    def _ends(self, condition: Condition | None) -> tuple[Decimal, Decimal | None]:
        """Return the least and the most amount of a finding; None without a most."""
        least = smallest_amount(self.table, self.decimals)
        if condition is None:
            return least, None
        test = condition.tests[0]
        if isinstance(test, Equal):
            return number_of(test.value), number_of(test.value)
        assert isinstance(test, Range)
        low = number_of(test.low.value) if test.low else least
        return low, number_of(test.high.value) if test.high else None

    def _range(self, low: Decimal, high: Decimal | None) -> str:
        if high is None:
            return f"{self.money(low)} and more"
        return f"{self.money(low)} exactly" if low == high else f"{self.money(low)} to {self.money(high)}"

    def money(self, amount: Decimal) -> str:
        """Return an amount as the source writes amounts: ``$10,000.00``."""
        unit, number = self.table.unit, f"{amount:,.{self.decimals}f}"
        if unit == "%" or not unit:
            return f"{number}{unit}"
        return f"{number} {unit}" if unit.isalpha() else f"{unit}{number}"

    def _said(self, rows: Sequence[LimitRow]) -> str:
        return ", ".join(f"{row_name(row)} says {row.words}" for row in rows)


def _choice(test: Test) -> str:
    assert isinstance(test, Equal)
    return str(test.value)


def row_name(rule: LimitRow) -> str:
    """Return the place of a rule in the source: ``row 3``, or ``row 3, column C`` if the row has several rules."""
    return f"row {rule.row + 1}" + ("" if rule.single else f", column {column_letters(rule.column + 1)}")
