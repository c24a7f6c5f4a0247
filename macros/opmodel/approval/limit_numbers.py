"""Numbers in limits: which sign marks decimals, and figures as exact numbers."""

from collections.abc import Iterable
from decimal import Decimal

from opmodel.approval.conditions import EXACT
from opmodel.approval.limit_words import tokens

_MARKS = (".", ",")


def decimal_mark(texts: Iterable[str]) -> str:
    """Return the sign that marks decimals in ``texts``: a point, unless more numbers say that it is a comma.

    Money has no three decimals, so three figures behind a sign are thousands.
    """
    votes = {".": 0, ",": 0}
    for text in texts:
        for token in tokens(text):
            if token.kind == "figures" and (mark := _vote(token.text)):
                votes[mark] += 1
    return "," if votes[","] > votes["."] else "."


def _vote(figures: str) -> str:
    """Return the sign that marks decimals if a number is right; empty where it does not tell."""
    signs = [char for char in figures if char in _MARKS]
    if not signs:
        return ""
    if len(set(signs)) == 2:
        return signs[-1]
    other = _MARKS[1 - _MARKS.index(signs[0])]
    if len(signs) > 1:
        return other
    whole, _, rest = figures.partition(signs[0])
    return other if len(rest) == 3 and whole.strip("0") else signs[0]


def read_figures(figures: str, mark: str) -> Decimal | None:
    """Return the number that ``figures`` write, with ``mark`` before decimals; None if that is in doubt."""
    whole, sign, decimals = figures.partition(mark)
    if sign and (not decimals.isdigit() or (len(decimals) > 2 and whole.strip("0"))):
        return None
    groups = _groups(whole)
    return None if groups is None else Decimal(f"{''.join(groups) or '0'}{sign and '.'}{decimals}")


def _groups(whole: str) -> list[str] | None:
    """Return the groups of figures before the decimals, or None if they are none: 50 000, 5,000,000, 5,00,000."""
    signs = {char for char in whole if not char.isdigit()}
    if not signs:
        return [whole]
    if len(signs) > 1:
        return None
    first, *others = whole.split(signs.pop())
    inner, last = others[:-1], others[-1]
    lengths = {len(group) for group in inner}
    even = lengths <= {3} or (lengths == {2} and len(first) <= 2)
    return [first, *others] if 1 <= len(first) <= 3 and len(last) == 3 and even else None


def shifted(number: Decimal, power: int) -> Decimal:
    """Return ``number`` times a power of ten."""
    return number.scaleb(power, EXACT)


def decimals_of(number: Decimal, power: int) -> int:
    """Return how many decimals were written in ``number``, before a power of ten: 0 in *1.5 million*."""
    exponent = number.as_tuple().exponent
    return max(0, -exponent - power) if isinstance(exponent, int) else 0
