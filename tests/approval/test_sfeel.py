"""The language of conditions, as a specification: what is read, to what, and what is refused with which words."""

from decimal import Decimal

import pytest

from approval.builders import approval
from opmodel.approval.condition_check import condition_for
from opmodel.approval.sfeel import SfeelError, parse
from opmodel.model.approval import Input

READ = {
    "-": "-",
    "  -  ": "-",
    "5": "5",
    "-5": "-5",
    ".5": "0.5",
    "5.50": "5.5",
    "< 500": "< 500",
    "<500": "< 500",
    ">=-3": ">= -3",
    "[1..2]": "[1..2]",
    "]1..2[": "(1..2)",
    "(1..2)": "(1..2)",
    "[1..2[": "[1..2)",
    "]1..2]": "(1..2]",
    "[ -1 .. .5 )": "[-1..0.5)",
    "[0...5]": "[0..0.5]",
    "1, 2,3": "1, 2, 3",
    "< 1, [2..3), 9": "< 1, [2..3), 9",
    "not(1)": "not(1)",
    "not ( < 1 , 5 )": "not(< 1, 5)",
    "not(5, 10)": "not(5, 10)",
    '"a"': '"a"',
    '"a, b", "not(c)"': '"a, b", "not(c)"',
    r'"say \"hi\"\n\t\\"': r'"say \"hi\"\n\t\\"',
    r'"\u0041\U01F600"': '"A😀"',
    '"5,000 EUR"': '"5,000 EUR"',
    "true": "true",
    "true, false": "true, false",
    'date("2026-01-31")': 'date("2026-01-31")',
    '[date("2026-01-01")..date("2026-02-01"))': '[date("2026-01-01")..date("2026-02-01"))',
    "12345678901234567890123456789012.34": "12345678901234567890123456789012.34",
}

REFUSED = {
    "": (0, "found the end; - matches anything"),
    "5,000": (0, "found 5,000; write 5000"),
    "< 5,000,000": (2, "write 5000000"),
    "[5,000..6,000]": (1, "write 5000"),
    "5 000": (0, "write 5000"),
    "5'000": (0, "write 5000"),
    "5_000": (0, "write 5000"),
    "5\u202f000": (0, "write 5000"),
    "5, 000": (0, "thousands separators"),
    "5.000,50": (0, "a point marks decimals"),
    "€500": (0, "found the currency €"),
    "< 500 EUR": (5, "found the currency EUR"),
    "USD 500": (0, "found the currency USD"),
    "50%": (2, "found %"),
    "5e3": (0, "no exponents"),
    "<= 5k": (0, 'write "<= 5000"'),
    "[5k..1M]": (1, "expected a number written out, found 5k; write 5000"),
    "500K": (0, 'write "500000"'),
    "up to 5000": (0, 'expected a test, found up to 5000; write "<= 5000"'),
    "over 5000": (0, 'write "> 5000"'),
    "under 5000": (0, 'write "< 5000"'),
    "at least 5,000": (0, 'write ">= 5000"'),
    "at most 5000": (0, 'write "<= 5000"'),
    "less than 5000": (0, 'write "< 5000"'),
    " more than EUR 5000": (1, 'write "> 5000"; the unit of the input says EUR'),
    "between 500 and 5000": (0, 'write "[500..5000]"'),
    "not over five thousand": (0, 'write "<= 5000"'),
    "= 500": (0, "a value without a sign already means equal"),
    "== 500": (0, "a value without a sign already means equal"),
    "!= 500": (0, "write not(…)"),
    "=> 500": (0, "expected <= or >="),
    "≥ 500": (0, "expected <= or >="),
    "500..700": (3, "a range is written [500..5000]"),
    "500-700": (0, "joined by two dots"),
    "500 to 700": (0, 'write "[500..700]"'),
    "[500, 700]": (0, "joined by two dots"),
    "[500;700)": (0, "joined by two dots"),
    "> 5 and < 6": (0, 'write "(5..6)"'),
    "> 5 && < 6": (4, "a range is written [500..5000]"),
    "5 or 6": (2, "expected a comma between tests, found or"),
    "[5..6": (5, "expected ] or ) to close the range, found the end"),
    "[5 6]": (3, "expected two dots"),
    "not 5": (4, "expected ( after not"),
    "not(5": (5, "expected a comma or ), found the end"),
    "not(5) 6": (7, "expected the end after not(…), found 6"),
    "-, 5": (0, "- stands alone"),
    "5,": (2, "found the end"),
    "- 5": (2, "directly after the minus sign"),
    "5 6": (2, "expected a comma or the end, found 6"),
    "5.": (1, "found ."),
    "matchd": (0, "expected text in quotes, found matchd; write '\"matched\"', with the quotes inside quotes"),
    "matched": (0, "expected text in quotes, found matched; write '\"matched\"'"),
    '"matched", partial': (11, 'write \'"matched", "partial"\''),
    "not(none, partial)": (4, 'write \'not("none", "partial")\''),
    "'matched'": (0, "straight double quotes"),
    "“matched”": (0, "straight double quotes"),
    '"matched': (0, "no closing quote"),
    r'"\q"': (1, "expected an escape"),
    "True": (0, "expected true, found True"),
    "yes": (0, "write true"),
    "null": (0, "every input always has a value"),
    "*": (0, "- matches anything"),
    "2026-01-31": (0, 'write date("2026-01-31")'),
    '@"2026-01-31"': (0, "found @"),
    'date("2026-02-30")': (5, "expected a day that exists"),
    'date("26-02-03")': (5, "expected a day that exists"),
    "date(2026)": (5, "a day in quotes"),
    'duration("P1D")': (0, "found duration"),
    "1" * 35: (0, "at most 34 digits"),
    "1, " * 700: (2000, "at most 2000 characters"),
    "\u0665": (0, "found \u0665"),
}


@pytest.mark.parametrize("text", READ)
def test_reads(text: str) -> None:
    assert str(parse(text)) == READ[text]


@pytest.mark.parametrize("text", READ)
def test_the_standard_notation_reads_as_itself(text: str) -> None:
    assert parse(READ[text]) == parse(text)


@pytest.mark.parametrize("text", REFUSED, ids=lambda text: text[:30])
def test_refuses(text: str) -> None:
    offset, words = REFUSED[text]
    with pytest.raises(SfeelError) as error:
        parse(text, words=("matched", "partial", "none"))
    assert words in error.value.message
    assert error.value.offset == offset


def an_input(kind: str, **fields: object) -> Input:
    return approval([{"id": "it", "label": "It", "type": kind} | fields]).inputs[0]


AMOUNT = an_input("number", unit="EUR", min=Decimal(0), max=Decimal(10000), decimals=2)
MATCH = an_input("choice", values=("matched", "partial", "5"))
NEW = an_input("boolean")
DUE = an_input("date", min="2026-01-01")


@pytest.mark.parametrize(
    ("source", "text", "offset", "words"),
    [
        (AMOUNT, '"500"', 0, 'expected a number, found the text "500"; write 500 without quotes'),
        (AMOUNT, "true", 0, "expected a number, found the truth value true"),
        (AMOUNT, '1, date("2026-01-01")', 3, 'found the date date("2026-01-01")'),
        (AMOUNT, "[700..500]", 0, "did you mean [500..700]?"),
        (AMOUNT, "1, [5..5)", 3, "expected a range with a value in it, found [5..5); write 5 alone"),
        (AMOUNT, "(5..5.01)", 0, "it has no value there"),
        (AMOUNT, "0.005", 0, "it has no value there"),
        (AMOUNT, "< 0", 0, "expected a value of it ([0..10000]), found < 0; it never matches"),
        (AMOUNT, "> 10000", 0, "it never matches"),
        (AMOUNT, "-5, 5", 0, "it never matches"),
        (AMOUNT, "5.000", 0, "if thousands are meant, write 5000"),
        (AMOUNT, "not(>= 0)", 0, "excludes every value"),
        (MATCH, '"matchd"', 0, 'did you mean "matched"?'),
        (MATCH, '"Matched"', 0, 'did you mean "matched"?'),
        (MATCH, '"zzz"', 0, 'the values are "matched", "partial" and "5"'),
        (MATCH, "5", 0, "expected text in quotes, found 5; write '\"5\"', with the quotes inside quotes"),
        (MATCH, '< "matched"', 0, "words have no order"),
        (MATCH, 'not("matched", "partial", "5")', 0, "excludes every value"),
        (NEW, '"true"', 0, "write true without quotes"),
        (NEW, "< true", 0, "true and false have no order"),
        (DUE, '"2026-05-01"', 0, 'write date("2026-05-01")'),
        (DUE, '< date("2026-01-01")', 0, "it never matches"),
        (DUE, '(date("2026-01-01")..date("2026-01-02"))', 0, "no day lies there"),
    ],
)
def test_refuses_for_an_input(source: Input, text: str, offset: int, words: str) -> None:
    with pytest.raises(SfeelError) as error:
        condition_for(source, text)
    assert words in error.value.message
    assert error.value.offset == offset


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (AMOUNT, "[5000..99999999]"),
        (AMOUNT, "< 0.005"),
        (AMOUNT, ">= 0"),
        (AMOUNT, "5.00"),
        (MATCH, 'not("matched")'),
        (NEW, "true, false"),
        (DUE, '<= date("2026-01-01")'),
    ],
)
def test_accepts_for_an_input(source: Input, text: str) -> None:
    assert condition_for(source, text).tests
