"""YAML in the style of the house: whatever is written is read back as it was, by our own reader."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from opmodel.model.packet import Packet
from opmodel.source.reader import parse
from opmodel.text.lookalikes import has_visible_character
from opmodel.worksheets.yaml_writer import WIDTH, packet_yaml, yaml_document
from sites import check_shipped

ROOT = Path(__file__).parents[2]
PACKETS = {name: entry.value for name, entry in check_shipped().model.packets.items()}
TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\r", exclude_categories=["Cc", "Cs"]) | st.just("\n"))
AWKWARD = st.sampled_from(
    [
        *(
            "",
            " ",
            "no",
            "On",
            "~",
            "null",
            "12:30",
            "1_000",
            "0x1f",
            "1e3",
            ".5",
            "- a",
            "a: b",
            "a #b",
            "# a",
            "a:",
            "?",
        ),
        *(
            "%",
            "@x",
            "`",
            "'",
            '"',
            "it's",
            "\"a\" and 'b'",
            "\\",
            "[1..5)",
            "{a}",
            "&a",
            "*a",
            "!a",
            "|",
            ">",
            "=",
            "<<",
        ),
        *("2026-11-30", "a\n", "\na", "a\n\n\nb", " a\nb", "a \nb", "a\n b", "---", "...", "--- a", "\u2028", "\x85"),
        *("\u00a0", "\ufeff", "a\u2029b", "word " * 60, "word  " * 60, "x" * 300, "a" * 119 + " b", "\tx", "a\tb"),
        *("true", "3.10", "-5", "+5", "é"),
    ]
)
LEAVES = TEXT | AWKWARD | st.integers(-(10**20), 10**20) | st.booleans() | st.none()
DATA = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(AWKWARD.filter(lambda k: bool(k) and "\n" not in k), inner)
    ),
    max_leaves=12,
)


def listed(value: Any) -> Any:
    """Return what our reader gives, with lists in the place of tuples."""
    if isinstance(value, dict):
        return {key: listed(item) for key, item in value.items()}
    return [listed(item) for item in value] if isinstance(value, tuple) else value


@given(st.dictionaries(st.sampled_from(["a", "b", "c", "no", "a key", "5"]), DATA, min_size=1))
@example({"a": [[1, [2, {"b": "x"}]], [], {}, [{}]]})
def test_any_data_is_read_back_as_it_was(data: dict[str, Any]) -> None:
    text = yaml_document(data)
    node, faults = parse(text)
    assert node is not None, (faults, text)
    assert listed(node.plain) == data
    assert [type(leaf) for leaf in leaves(listed(node.plain))] == [type(leaf) for leaf in leaves(data)]


def leaves(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [leaf for item in value.values() for leaf in leaves(item)]
    return [leaf for item in value for leaf in leaves(item)] if isinstance(value, list) else [value]


@given(TEXT | AWKWARD)
def test_readers_of_older_yaml_agree_on_what_is_text(text: str) -> None:
    read = yaml.safe_load(yaml_document({"key": text}))["key"]
    assert read == (date.fromisoformat(text) if isinstance(read, date) else text)


@pytest.mark.parametrize("name", PACKETS)
def test_every_sample_packet_is_written_and_read_back(name: str) -> None:
    text = packet_yaml(PACKETS[name])
    node, faults = parse(text)
    assert not faults
    assert node is not None
    assert Packet.model_validate(node.plain) == PACKETS[name]
    assert max(map(len, text.splitlines())) <= WIDTH + 20


@settings(max_examples=40)
@given(st.data(), st.sampled_from(sorted(PACKETS)))
def test_a_packet_with_any_texts_is_read_back(data: st.DataObject, name: str) -> None:
    letters = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cf"])
    lines = st.text(letters, min_size=1, max_size=300).filter(has_visible_character)
    packet = PACKETS[name]
    business = packet.business.model_copy(
        update={
            "pain": packet.business.pain.model_copy(
                update={
                    "drag": data.draw(lines | st.builds("\n".join, st.lists(lines, min_size=1, max_size=3))),
                    "cost_of_error": data.draw(
                        lines | AWKWARD.filter(lambda t: has_visible_character(t) and t.isprintable())
                    ),
                    "volume": packet.business.pain.volume.model_copy(
                        update={"minutes_each": data.draw(st.decimals(0, 10**6, places=3))}
                    ),
                }
            ),
            "scope": packet.business.scope.model_copy(
                update={"included": tuple(data.draw(st.lists(lines, max_size=4)))}
            ),
        }
    )
    changed = packet.model_copy(update={"title": data.draw(lines), "business": business})
    node, faults = parse(packet_yaml(changed))
    assert node is not None, faults
    assert Packet.model_validate(node.plain) == changed


def test_the_style_is_that_of_the_sample_data(tmp_path: Path) -> None:
    same = total = 0
    for name, packet in PACKETS.items():
        written = set(packet_yaml(packet).splitlines())
        lines = [line for line in (ROOT / "data/workflows" / f"{name}.yml").read_text().splitlines() if line.strip()]
        same += sum(line in written for line in lines)
        total += len(lines)
    assert same / total > 0.95


def test_numbers_days_and_words_stand_as_they_are() -> None:
    data = {"day": date(2026, 11, 30), "number": Decimal("7.50"), "many": Decimal("5E+3"), "yes": True, "none": []}
    assert yaml_document(data) == 'day: 2026-11-30\nnumber: 7.5\nmany: 5000\n"yes": true\n"none": []\n'.replace(
        '"none"', "none"
    )
