"""Work grows with the size of a table, not with its square: counted in steps, never in seconds."""

import re
from collections import UserDict

import pytest

from approval.builders import approval
from opmodel.approval import mistakes
from opmodel.approval.table import compile_table
from opmodel.model.chains import chain_from, cycle_text, cycles


class Counted(UserDict[str, str | None]):
    """A mapping that counts how often it is asked."""

    asked = 0

    def __getitem__(self, key: str) -> str | None:
        self.asked += 1
        return super().__getitem__(key)


def test_long_chains_and_rings_are_walked_once() -> None:
    ids = [f"t-{number:05}" for number in range(5_000)]
    line = Counted(zip(ids, [*ids[1:], None], strict=True))
    assert chain_from(ids[0], line) == ids
    assert list(cycles(line)) == []
    ring = Counted(zip(ids, [*ids[1:], ids[0]], strict=True))
    assert list(cycles(ring)) == [ids]
    assert max(line.asked, ring.asked) <= 3 * len(ids)


@pytest.mark.parametrize(
    ("following", "found"),
    [
        ({"a": "a"}, [["a"]]),
        ({"a": "b", "b": "c", "c": "b", "d": "b"}, [["b", "c"]]),
        ({"c": "b", "b": "a", "a": "c", "x": "y", "y": "x"}, [["a", "c", "b"], ["x", "y"]]),
        ({"a": "nowhere", "b": None}, []),
    ],
)
def test_rings(following: dict[str, str | None], found: list[list[str]]) -> None:
    assert list(cycles(following)) == found
    assert chain_from("a", following)[0] == "a"


def test_a_long_ring_is_not_written_out() -> None:
    assert cycle_text(["a", "b"], 1, " → ") == "b → a → b"
    assert cycle_text([str(n) for n in range(100)], 0, " ").endswith("11 … (88 more) 0")


def test_patterns_are_made_for_words_that_stand_in_a_condition_only(monkeypatch: pytest.MonkeyPatch) -> None:
    searched = 0

    def search(pattern: str, text: str) -> object:
        nonlocal searched
        searched += 1
        return re.compile(pattern).search(text)

    monkeypatch.setattr("opmodel.approval.mistakes.re.search", search)
    words = [f"value {number}" for number in range(1_000)]
    for number in range(0, 500):
        mistakes.refuse_mistakes(f'"value {number}", "value {number + 500}"', words)
    assert searched == 0


def test_a_table_of_many_values_and_rules_is_compiled() -> None:
    words = [f"w{number}" for number in range(2_000)]
    whens = [{"kind": ", ".join(f'"{word}"' for word in words[at : at + 4])} for at in range(0, 2_000, 4)]
    table = compile_table(approval([{"id": "kind", "type": "choice", "label": "Kind", "values": words}], whens))
    assert table.regions == 2_000
