"""Amounts among the phrases of a limit: figures or words, with powers of ten and units."""

from dataclasses import dataclass
from decimal import Decimal

from opmodel.approval.conditions import MAX_DIGITS, is_decimal128
from opmodel.approval.limit_numbers import decimals_of, read_figures, shifted
from opmodel.approval.limit_words import Phrase


class LimitNotRead(ValueError):
    """Raised for words that cannot be read literally; the message says why."""


@dataclass(frozen=True, kw_only=True)
class LimitContext:
    """What the heading and the table say about a cell.

    Args:
        alone: What a number alone means: ``at_most``, ``below``, ``at_least``, ``above``; empty if nobody says.
        scale: The power of ten of all numbers, 3 below a heading such as *in thousands*.
        unit: The unit of numbers that have none.
        mark: The sign before decimals.
    """

    alone: str = ""
    scale: int = 0
    unit: str = ""
    mark: str = "."


@dataclass(frozen=True, kw_only=True)
class LimitAmount:
    """A number with the power of ten that was written behind it."""

    value: Decimal
    power: int


class AmountReader:
    """Reads amounts from the phrase at which it stands."""

    def __init__(self, context: LimitContext) -> None:
        self.context = context
        self.phrases: list[Phrase] = []
        self.at = 0
        self.units: list[str] = []
        self.decimals = 0
        self.amounts: list[LimitAmount] = []

    def kind(self) -> str:
        """Return the kind of the phrase at which it stands; empty at the end."""
        return self.phrases[self.at].kind if self.at < len(self.phrases) else ""

    def amount(self, before: str, *, apart: bool = False) -> LimitAmount:
        """Read a number with its unit. ``apart`` says that *and* is no part of a number in words."""
        while self.kind() == "units":
            self.units.append(self.phrases[self.at].value)
            self.at += 1
        if self.kind() == "figures":
            value = read_figures(self.phrases[self.at].text, self.context.mark)
            if value is None:
                raise LimitNotRead(f"{self.phrases[self.at].text} can be read as two numbers")
            self.at += 1
            _check_size(value)
            power = self._read_powers() or self.context.scale
            self.decimals = max(self.decimals, decimals_of(value, power))
            value = shifted(value, power)
        elif self.kind() == "numbers":
            value, power = self._number_words(apart=apart)
        else:
            raise LimitNotRead(f"no number after {before}")
        while self.kind() == "units":
            self.units.append(self.phrases[self.at].value)
            self.at += 1
        _check_size(value)
        self.amounts.append(LimitAmount(value=value, power=power))
        return self.amounts[-1]

    def _read_powers(self) -> int:
        """Read the powers of ten behind a number: 5 for *hundred thousand*."""
        power = 0
        while self.kind() == "powers":
            power += int(self.phrases[self.at].value)
            self.at += 1
        return power

    def _number_words(self, *, apart: bool) -> tuple[Decimal, int]:
        """Read a number in words, and return it with the power of ten of its last word."""
        total = part = power = 0
        while (kind := self.kind()) in ("numbers", "powers") or self._joins_number(apart=apart):
            value = int(self.phrases[self.at].value or 0)
            self.at += 1
            if kind == "numbers":
                part, power = part + value, 0
            elif kind == "powers" and value == 2:
                part, power = part * 100, 2
            elif kind == "powers":
                total, part, power = total + part * 10**value, 0, value
        return Decimal(total + part), power

    def _joins_number(self, *, apart: bool) -> bool:
        """Whether *and* or a hyphen stands within a number in words: *two hundred and fifty*, *twenty-five*."""
        follows = self.phrases[self.at + 1 : self.at + 2]
        if self.kind() not in ("joins", "dashes") or not follows or follows[0].kind != "numbers":
            return False
        before = self.phrases[self.at - 1]
        if self.kind() == "dashes":
            return before.kind == "numbers" and int(before.value) >= 20 and int(follows[0].value) < 10
        return before.kind == "powers" and not apart


def _check_size(number: Decimal) -> None:
    if not is_decimal128(number):
        raise LimitNotRead(f"a number has more than {MAX_DIGITS} digits")
