"""Checks of the domains that inputs declare."""

import re
from collections.abc import Iterator, Sequence

from opmodel.approval.conditions import MAX_DIGITS, count_of, decimals_of, is_decimal128, literal
from opmodel.approval.faults import ApprovalFault
from opmodel.files.portable_names import portable_key
from opmodel.model.approval import ChoiceInput, DateInput, Input, NumberInput
from opmodel.model.values import plain
from opmodel.text.lookalikes import named_characters
from opmodel.text.nearest import did_you_mean

FEEL_WORDS = frozenset(
    """
    and between else every external false for function if in instance not null of or return satisfies some then true
    """.split()
)
"""Keywords of FEEL, which no input can have as a name."""
CURRENCIES = frozenset(
    """
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW
    CLF CLP CNY COP COU CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL
    HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA
    MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD
    RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD
    USN UYI UYU UYW UZS VED VES VND VUV WST XAD XAF XAG XAU XBA XBB XBC XBD XCD XCG XDR XOF XPD XPF XPT XSU XTS XUA XXX
    YER ZAR ZMW ZWG
    """.split()
)
"""The active codes of ISO 4217 (list one, amendments up to 2026)."""


def domain_faults(inputs: Sequence[Input]) -> Iterator[ApprovalFault]:
    """Yield every fault of the domains that ``inputs`` declare."""
    seen: dict[str, int] = {}
    for number, source in enumerate(inputs):
        if seen.setdefault(source.id, number) != number:
            message = f'input "{source.id}" is declared twice; the first is number {seen[source.id] + 1}'
            yield ApprovalFault(("inputs", number, "id"), message, "duplicate-id")
        if source.id in FEEL_WORDS:
            message = f'"{source.id}" is a word of FEEL and cannot name an input; add a word, such as {source.id}_value'
            yield ApprovalFault(("inputs", number, "id"), message, "approval-domain")
        for field, message in _own_faults(source):
            yield ApprovalFault(("inputs", number, *field), message, "approval-domain")


def _own_faults(source: Input) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(source, ChoiceInput):
        yield from _twice(source.values)
        if source.may_be_missing and "null" in source.values:
            message = (
                'value "null" reads like a value that is missing, which may_be_missing already allows; leave it out'
            )
            yield ("values", source.values.index("null")), message
    elif isinstance(source, NumberInput):
        yield from _number_faults(source)
    elif isinstance(source, DateInput) and source.min and source.max and source.min > source.max:
        yield ("min",), f"min {source.min} is after max {source.max}"


def _twice(values: Sequence[str]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield each value that equals an earlier one, or differs from it only in case or Unicode form."""
    first: dict[str, int] = {}
    for at, value in enumerate(values):
        earlier = first.setdefault(portable_key(value), at)
        if earlier != at and values[earlier] == value:
            yield ("values", at), f"value {literal(value)} is listed twice"
        elif earlier != at:
            other = f"{literal(values[earlier])}{named_characters(values[earlier])}"
            how = "only in capitals, or in how its accents are written"
            yield ("values", at), f"value {literal(value)}{named_characters(value)} differs from {other} {how}"


def _number_faults(source: NumberInput) -> Iterator[tuple[tuple[str | int, ...], str]]:
    bounds = {"min": source.min, "max": source.max}
    wide = {name for name, bound in bounds.items() if bound is not None and not is_decimal128(bound)}
    for name in sorted(wide):
        yield (name,), f"{name} has more than {MAX_DIGITS} digits"
    if source.min is not None and source.max is not None and not wide and source.min > source.max:
        yield ("min",), f"min {plain(source.min)} is above max {plain(source.max)}"
    for name, bound in bounds.items():
        limit = source.decimals
        if bound is not None and name not in wide and limit is not None and decimals_of(bound) > limit:
            yield (name,), f"{name} {plain(bound)} has more than the {count_of(limit)} that a value can have"
    if source.unit and re.fullmatch("[A-Z]{3}", source.unit) and source.unit not in CURRENCIES:
        hint = did_you_mean(source.unit, CURRENCIES)
        yield ("unit",), f'unit "{source.unit}" looks like a currency code and is not one of ISO 4217{hint}'
    if source.window and source.window.over.seconds == 0:
        yield ("window", "over"), f"a window of {source.window.over} holds nothing; expected a time such as P60D"
