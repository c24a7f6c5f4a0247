"""Characters that nobody sees, or takes for others, are named wherever a message shows what was found."""

from pathlib import Path

import pytest

from opmodel.text.lookalikes import in_quotes
from opmodel.text.nearest import did_you_mean
from sites import TRIAGE, apply, good, lines

WORDS = ["live", "sales", "cop", "in-review", "café"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("live", '"live"'),
        ("Größe – 審査 👩\u200d💻", '"Größe – 審査 👩\u200d💻"'),
        ("live\u200b", '"live" followed by U+200B ZERO WIDTH SPACE'),
        ("live\u200b\u200b", '"live" followed by U+200B ZERO WIDTH SPACE'),
        ("live\u00a0", '"live" followed by U+00A0 NO-BREAK SPACE'),
        ("\ufefflive", '"live" beginning with U+FEFF ZERO WIDTH NO-BREAK SPACE'),
        ("li\u00adve", '"live" with U+00AD SOFT HYPHEN after "li"'),
        ("s\u0430les", '"s\u0430les" with U+0430 CYRILLIC SMALL LETTER A after "s"'),
        ("\uff4cive", '"\uff4cive" beginning with U+FF4C FULLWIDTH LATIN SMALL LETTER L'),
        ("in\u2011review", '"in\u2011review" with U+2011 NON-BREAKING HYPHEN after "in"'),
        ("cafe\u0301", '"cafe\u0301" with U+0301 COMBINING ACUTE ACCENT after "cafe"'),
        ("\u3164", '"" followed by U+3164 HANGUL FILLER'),
        ("финансы", '"финансы"'),
        ("x" * 300, f'"{"x" * 200}…"'),
    ],
)
def test_what_misleads_is_named(text: str, shown: str) -> None:
    assert in_quotes(text) == shown


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("live\u200b", "; write live"),
        ("\u2060li\u200dve", "; write live"),
        ("s\u0430les", "; write sales"),
        ("\u0441\u043e\u0440", "; write cop"),
        ("in\u2010review", "; write in-review"),
        ("cafe\u0301", '; write "café"'),
        ("LIVE\u200b", '; did you mean "live"?'),
        ("lve\u200b", '; did you mean "live"?'),
    ],
)
def test_a_word_that_looks_like_a_known_one_is_given_to_paste(text: str, hint: str) -> None:
    assert did_you_mean(text, WORDS) == hint


@pytest.mark.parametrize(
    ("find", "replace", "line"),
    [
        (
            "status: draft",
            "status: live\u200b",
            "3:9: expected one of draft, in-review, approved, live, paused, retired; "
            'found "live" followed by U+200B ZERO WIDTH SPACE; write live (unknown-word)',
        ),
        (
            "revised: 2026-10-01",
            "revised: 2026-10-01\u00a0",
            'expected a date such as 2026-11-30, found "2026-10-01" followed by U+00A0 NO-BREAK SPACE (bad-value)',
        ),
        (
            "tags: [requests]",
            "t\u0430gs: [requests]",
            '5:1: unknown key "t\u0430gs" with U+0430 CYRILLIC SMALL LETTER A after "t"; write tags (unknown-key)',
        ),
        (
            "    role: workflow-owner\n    team: finance",
            "    role: workflow-owner\n    team: fin\u0430nce",
            'unknown team "fin\u0430nce" with U+0430 CYRILLIC SMALL LETTER A after "fin"; write finance (unknown-team)',
        ),
        (
            "known: '\"no\"'",
            "known: '\"no\u200b\"'",
            'found "no\\u200b" followed by U+200B ZERO WIDTH SPACE; write no (approval-condition)',
        ),
    ],
)
def test_every_message_of_the_check_names_it(find: str, replace: str, line: str, tmp_path: Path) -> None:
    site = good(tmp_path)
    apply(site, [{"file": TRIAGE, "find": find, "replace": replace}])
    assert any(line in each for each in lines(site)), lines(site)


def test_among_many_names_few_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = 0

    def counting(_word: str, names: list[str], **_options: object) -> list[str]:
        nonlocal compared
        compared += len(names)
        return names[:1]

    monkeypatch.setattr("opmodel.text.nearest.get_close_matches", counting)
    many = frozenset(f"team-{number}" for number in range(20_000))
    for number in range(100):
        did_you_mean(f"taem-{number}", many)
    assert compared <= 100 * 20


def test_the_nearest_among_many_is_found() -> None:
    many = frozenset(f"team-number-{number}" for number in range(5_000))
    assert did_you_mean("taem-number-4321", many) == '; did you mean "team-number-4321"?'
    assert did_you_mean("zzz", many) == ""
