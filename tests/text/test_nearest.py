"""The nearest match: what is suggested, and what is too far to guess."""

import pytest

from opmodel.text.nearest import did_you_mean

TEAMS = ["finance", "legal", "Platform", "security-office"]


@pytest.mark.parametrize(
    ("word", "nearest"),
    [
        ("legl", "legal"),
        ("LEGAL", "legal"),
        ("platform", "Platform"),
        ("plattform", "Platform"),
        ("security_office", "security-office"),
        ("secutity-ofice", "security-office"),
        ("zzz", ""),
        ("", ""),
        ("l", ""),
        ("legal\n<script>", ""),
    ],
)
def test_the_nearest_known_word_is_suggested(word: str, nearest: str) -> None:
    assert did_you_mean(word, TEAMS) == (f'; did you mean "{nearest}"?' if nearest else "")


def test_the_order_of_what_is_known_does_not_matter() -> None:
    assert did_you_mean("ab", ["ac", "aa"]) == did_you_mean("ab", ["aa", "ac"])


def test_nothing_known_suggests_nothing() -> None:
    assert did_you_mean("legal", []) == ""
