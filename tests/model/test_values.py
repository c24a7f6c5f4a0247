"""The values that fields are made of: what each holds, and what it refuses."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from opmodel.model import values
from opmodel.model.values import (
    Count,
    Date,
    Duration,
    Id,
    Line,
    Link,
    Number,
    Prose,
    RowId,
    WebAddress,
    plain,
)
from opmodel.text.lookalikes import has_visible_character

DURATIONS = {
    "P1Y": (31_557_600, "1 year"),
    "P1M": (2_629_800, "1 month"),
    "P90D": (7_776_000, "90 days"),
    "P2W": (1_209_600, "2 weeks"),
    "PT4H": (14_400, "4 hours"),
    "PT30M": (1_800, "30 minutes"),
    "P1Y6M": (47_336_400, "1 year 6 months"),
    "P1DT12H": (129_600, "1 day 12 hours"),
    "PT0S": (0, "no time"),
    "P0D": (0, "no time"),
    "P100Y": (3_155_760_000, "100 years"),
}
GOOD: dict[str, tuple[Any, dict[object, object]]] = {
    "Id": (Id, {"a": "a", "invoice-triage-2": "invoice-triage-2", "7": "7"}),
    "RowId": (RowId, {"AP-01": "AP-01", "x": "x"}),
    "Line": (Line, {"One line — with “signs” & <tags>": "One line — with “signs” & <tags>"}),
    "Link": (
        Link,
        {
            "https://a.example/b?c=d&e#f": "https://a.example/b?c=d&e#f",
            "http://localhost:8000/": "http://localhost:8000/",
            "mailto:a@example.com": "mailto:a@example.com",
        },
    ),
    "WebAddress": (
        WebAddress,
        {
            each: each
            for each in (
                *(
                    "https://example.com/guide/",
                    "http://localhost:8001/",
                    "https://example.com",
                    "HTTPS://Example.com/a",
                ),
                *(
                    "http://127.0.0.1:65535/",
                    "http://[::1]:8000/",
                    "https://bücher.example/%C3%BC/~a/",
                    "https://a.example./",
                ),
            )
        },
    ),
    "Date": (Date, {"2026-11-30": date(2026, 11, 30), "2024-02-29": date(2024, 2, 29)}),
    "Number": (Number, {5: Decimal(5), Decimal("0.1"): Decimal("0.1")}),
    "Count": (Count, {0: 0, 10**12: 10**12}),
}
BAD: dict[str, tuple[Any, list[object]]] = {
    "Duration": (
        Duration,
        [
            "",
            "P",
            "PT",
            "P1",
            "1D",
            "P1H",
            "PT1D",
            "p1d",
            "P1.5D",
            "P-1D",
            "-P1D",
            "P1D ",
            "P1D\n",
            "P\N{ARABIC-INDIC DIGIT ONE}D",
            "P" + "1" * 30 + "D",
            "P101Y",
            "P100Y1D",
            "P999999999999999999Y",
            5,
        ],
    ),
    "Id": (Id, ["", "A", "a--b", "-a", "a-", "a_b", "a b", "a/b", "ä", "a\n", "a" * 81, 7, None]),
    "RowId": (RowId, ["", "AP 01", "AP_01", "AP-", "A" * 41, "é"]),
    "Line": (Line, ["", "a\nb", "a\x00", "\x1b[31m", "\u202eabc", "\u2066x", "x" * 401, 7, True, None]),
    "Link": (
        Link,
        [
            "",
            "a",
            "/a",
            "//a.example/b",
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            " javascript:alert(1)",
            "java\nscript:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc/passwd",
            "ftp://a.example",
            "https:",
            "https://",
            "http:a.example",
            'https://a.example/"onload="x',
            "https://a.example/<b>",
            "https://a b",
            "https://a.example/\\",
            "https://a.example/\x00",
            "https://[::1",
            "https://a" + "a" * 2000,
            7,
        ],
    ),
    "Unseen": (
        Line,
        [
            *"\u3164\u115f\u1160\uffa0\u17b4\u17b5\ufe0f\u180b\U000e0100\U000e0fff\U0001d159\U00016fe4\u0301\ue000\u0378",
            "\u3164\u0301 \ue000\ufe0f",
        ],
    ),
    "Noncharacters": (Prose, [f"a{each}b" for each in "\ufdd0\ufdef\ufffe\uffff\U0001ffff\U0010fffe"]),
    "Line ends": (Line, [f"a{each}b" for each in "\x85\u2028\u2029\r\v\f\x1c\x1d\x1e"]),
    "WebAddress": (
        WebAddress,
        [
            *("javascript:1", "mailto:a@example.com", "http://[::1", "http://[::g]/", "https://.../", "https://"),
            *("https://x:99999/", "https://x:0/", "https://x:/", "https://x/%", "https://x/%zz/", "https://x/..//"),
            *("https://x//", "https://x/a/../b/", "https://x/%2E./", "https://-x.example/", "https://999.1.1.1/"),
            *(
                "https://a..b/",
                "https://" + "a" * 64 + "/",
                "https://x/ /",
                "https://me@x/",
                "https://x/?a",
                "https://x/#a",
            ),
        ],
    ),
    "Date": (
        Date,
        [
            "2026-02-30",
            "2025-02-29",
            "2026-13-01",
            "26-11-30",
            "2026-11-3",
            "20261130",
            "2026-W48-1",
            "30.11.2026",
            "2026-11-30T00:00:00",
            "0000-01-01",
            "1899-12-31",
            "2201-01-01",
            "9999-12-31",
            "202\N{FULLWIDTH DIGIT SIX}-11-30",
            20261130,
            None,
        ],
    ),
    "Number": (Number, [True, "5", "five", None, 0.1, Decimal("NaN"), Decimal("Infinity")]),
    "Count": (Count, [-1, 10**12 + 1, True, Decimal(5), "5"]),
}


def read(kind: Any, value: object) -> object:
    return TypeAdapter(kind).validate_python(value, strict=True)


@pytest.mark.parametrize(("kind", "value", "expected"), [(k, v, e) for k, t in GOOD.values() for v, e in t.items()])
def test_a_field_holds(kind: Any, value: object, expected: object) -> None:
    assert read(kind, value) == expected


@pytest.mark.parametrize(
    ("kind", "value"),
    [pytest.param(k, v, id=f"{n}-{v!r:.40}-{i}") for n, (k, vs) in BAD.items() for i, v in enumerate(vs)],
)
def test_a_field_refuses(kind: Any, value: object) -> None:
    with pytest.raises(ValidationError):
        read(kind, value)


@pytest.mark.parametrize(("text", "seconds", "words"), [(t, s, w) for t, (s, w) in DURATIONS.items()])
def test_a_duration_has_a_length_and_words(text: str, seconds: int, words: str) -> None:
    duration = read(Duration, text)
    assert isinstance(duration, Duration)
    assert (duration, duration.seconds, duration.words) == (text, seconds, words)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("5000", "5000"),
        ("5E+3", "5000"),
        ("0.50", "0.5"),
        ("-0", "0"),
        ("-0.0", "0"),
        ("1E-7", "0.0000001"),
        ("100", "100"),
    ],
)
def test_a_number_is_written_plainly(number: str, text: str) -> None:
    assert plain(Decimal(number)) == text


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20, places=9))
def test_writing_a_number_loses_nothing(number: Decimal) -> None:
    assert Decimal(plain(number)) == number
    assert "E" not in plain(number)


def test_no_printable_character_is_one_that_text_may_not_hold() -> None:
    """Printable text is taken without a search for control characters and changes of direction."""
    assert not [char for char in map(chr, range(0x110000)) if char.isprintable() and values._CONTROL.search(char)]


@pytest.mark.parametrize("char", ["\ufffe", "\uffff"])
@pytest.mark.parametrize("kind", [values.Line, values.Prose, values.Markdown], ids=["line", "prose", "markdown"])
def test_what_no_xml_may_hold_is_no_text(char: str, kind: Any) -> None:
    with pytest.raises(ValidationError, match="expected text without control"):
        TypeAdapter(kind).validate_python(f"a{char}b")


@given(st.text(st.characters(categories=["Cc", "Cf", "Cn", "Co", "M", "Z"]), min_size=1, max_size=8))
def test_text_of_what_nobody_sees_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        read(Line, text)
    with pytest.raises(ValidationError):
        read(Prose, text)


@given(st.characters(categories=["L", "N", "P", "S"]), st.text(st.characters(categories=["Mn", "Co"]), max_size=4))
def test_text_with_a_visible_character_is_kept(character: str, rest: str) -> None:
    if has_visible_character(character):
        assert read(Line, rest + character) == rest + character
