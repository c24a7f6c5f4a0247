"""Three texts become one, and what both sides changed is left to people."""

import pytest

from opmodel.text.merging import merge

BASE = "one\ntwo\nthree\nfour\nfive\n"


@pytest.mark.parametrize(
    ("ours", "theirs", "merged"),
    [
        (BASE, BASE, BASE),
        (BASE, "", ""),
        ("one\n2\nthree\nfour\nfive\n", "one\ntwo\nthree\n4\nfive\n", "one\n2\nthree\n4\nfive\n"),
        ("zero\n" + BASE, BASE + "six\n", "zero\n" + BASE + "six\n"),
        ("one\nthree\nfour\nfive\n", "one\nthree\nfour\nfive\nsix\n", "one\nthree\nfour\nfive\nsix\n"),
    ],
)
def test_changes_apart_from_each_other_are_both_made(ours: str, theirs: str, merged: str) -> None:
    assert merge(BASE, ours, theirs) == (merged, ())
    assert merge(BASE, theirs, ours) == (merged, ())


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("one\n2\nthree\nfour\nfive\n", "one\nzwei\nthree\nfour\nfive\n"),
        ("one\n2\nthree\nfour\nfive\n", "one\ntwo\ndrei\nfour\nfive\n"),
        ("", "one\ntwo\n3\nfour\nfive\n"),
        (BASE + "six\n", BASE + "sechs\n"),
    ],
)
def test_where_changes_meet_ours_stays(ours: str, theirs: str) -> None:
    merged, conflicts = merge(BASE, ours, theirs)
    assert merged == ours
    assert len(conflicts) == 1


def test_a_conflict_does_not_keep_other_changes_out() -> None:
    merged, (conflict,) = merge(BASE, "1\ntwo\nthree\nfour\nfive\n", "eins\ntwo\nthree\nfour\n5\n")
    assert merged == "1\ntwo\nthree\nfour\n5\n"
    assert (conflict.base, conflict.ours, conflict.theirs) == (("one\n",), ("1\n",), ("eins\n",))
