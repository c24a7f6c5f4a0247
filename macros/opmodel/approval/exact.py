"""How exact numbers are, and how large: as in DMN, where a number is a decimal128 of IEEE 754."""

from decimal import Context, Decimal

from opmodel.model.values import plain

MAX_DIGITS = 34
"""Digits of a number."""
EXACT = Context(prec=120)
"""Enough digits for any number that is let in on any grid (12 decimals), so that nothing is ever rounded."""


def is_decimal128(number: Decimal) -> bool:
    """Return whether ``number`` has at most 34 digits on either side of its point."""
    exponent = number.as_tuple().exponent
    return isinstance(exponent, int) and exponent >= -MAX_DIGITS and number.adjusted() < MAX_DIGITS


def decimals_of(number: Decimal) -> int:
    """Return how many decimals ``number`` needs; trailing zeros do not count."""
    return len(plain(number).partition(".")[2])


def count_of(decimals: int) -> str:
    """Return ``no decimals``, ``1 decimal``, ``2 decimals``."""
    return f"{decimals or 'no'} decimal{'' if decimals == 1 else 's'}"
