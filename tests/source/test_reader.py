"""Reading a file: every value knows where it stands, and a fault says where it is."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opmodel.source.composer import MAX_DEPTH
from opmodel.source.fault import FAULTS, SourceFault
from opmodel.source.reader import decode, parse, read_tree
from opmodel.source.tree import child, mark_at, walk

TEXT = """\
# A comment.
name: Small
list:
  - one
  - {two: 2, three: [3, 3.0]}
folded: >-
  some
  words
"""


def positions(text: str) -> dict[tuple[str | int, ...], tuple[int, int]]:
    node, faults = parse(text)
    assert node is not None, faults
    return {path: (below.mark.line, below.mark.column) for path, below in walk(node)}


def test_every_value_knows_its_line_and_column() -> None:
    assert positions(TEXT) == {
        (): (2, 1),
        ("name",): (2, 7),
        ("list",): (4, 3),
        ("list", 0): (4, 5),
        ("list", 1): (5, 5),
        ("list", 1, "two"): (5, 11),
        ("list", 1, "three"): (5, 21),
        ("list", 1, "three", 0): (5, 22),
        ("list", 1, "three", 1): (5, 25),
        ("folded",): (6, 9),
    }


def test_a_key_knows_its_place_and_a_missing_one_stands_at_its_mapping() -> None:
    node, _ = parse(TEXT)
    assert node is not None
    assert str(mark_at(node, ("list", 1, "three"), key=True)) == "Mark(line=5, column=14)"
    assert str(mark_at(node, ("list", 1, "four"))) == "Mark(line=5, column=5)"
    assert child(node, 0) is None


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_system_are_read_alike(ends: str) -> None:
    assert positions(decode(TEXT.replace("\n", ends).encode())) == positions(TEXT)


def test_a_byte_order_mark_is_passed_over() -> None:
    assert positions(decode(b"\xef\xbb\xbf" + TEXT.encode())) == positions(TEXT)


@pytest.mark.parametrize(
    ("text", "rule", "line", "column"),
    [
        ("", "file-empty", 1, 1),
        ("# only words\n", "file-empty", 1, 1),
        ("~", "file-empty", 1, 1),
        ("a: 1\na: 2\nb: 1\nb: 2\n", "duplicate-key", 2, 1),
        ("a: [1\n", "yaml-syntax", 2, 1),
        ("a: 1\n---\nb: 2\n", "yaml-syntax", 2, 1),
        ("a:\n\tb: 1\n", "yaml-tab", 2, 1),
        ("a: !!set {b}", "yaml-tag", 1, 4),
        ("? [a]\n: 1\n", "yaml-key", 1, 3),
        ("&a a: 1\n*a : 2\n", "yaml-key", 2, 1),
        ("a: &a [*a]", "yaml-alias", 1, 8),
        ("[" * (MAX_DEPTH + 1), "yaml-depth", 1, MAX_DEPTH + 1),
        ("%YAML 3.0\n---\na: 1\n", "yaml-syntax", 1, 1),
        ("a: '\\u0000'", "", 0, 0),
        ('a: "\\ud800"', "yaml-syntax", 1, 7),
    ],
)
def test_a_fault_says_which_rule_is_broken_and_where(text: str, rule: str, line: int, column: int) -> None:
    _, faults = parse(text)
    assert [(fault.rule, fault.mark.line, fault.mark.column) for fault in faults[:1]] == (
        [(rule, line, column)] if rule else []
    )


def nested(levels: int, inner: str = "") -> str:
    return "[" * levels + inner + "]" * levels


@pytest.mark.parametrize(
    ("text", "rule", "line", "column"),
    [
        (f"a: &a {nested(20)}\nb: {nested(9, '*a')}", "", 0, 0),
        (f"a: &a {nested(20)}\nb: {nested(10, '*a')}", "yaml-depth", 2, 14),
        (f"a: &a [{'1, ' * 199}1]\nb: [{'*a, ' * 98}*a]", "", 0, 0),
        (f"a: &a [{'1, ' * 199}1]\nb: [{'*a, ' * 99}*a]", "yaml-alias", 2, 401),
        (f"a: &a [{'1, ' * 99}1]\nb: &b [{'*a, ' * 99}*a]\nc: [*a, *b]", "yaml-alias", 3, 9),
        (f"- &a 1\n- [{'*a, ' * 20_000}]", "", 0, 0),
        (f"- &a 1\n- [{'*a, ' * 20_001}]", "yaml-alias", 2, 80_004),
    ],
)
def test_what_an_alias_stands_for_counts(text: str, rule: str, line: int, column: int) -> None:
    _, faults = parse(text)
    assert [(fault.rule, fault.mark.line, fault.mark.column) for fault in faults] == (
        [(rule, line, column)] if rule else []
    )


def test_an_anchor_stands_for_its_newest_complete_value() -> None:
    node, faults = parse("[&a 1, &a [*a], *a]")
    assert faults == []
    assert node is not None
    assert node.plain == (1, (1,), (1,))


def test_every_duplicate_key_is_reported() -> None:
    assert [fault.mark.line for fault in parse("a: 1\na: 2\nb:\n  c: 1\n  c: 2\n")[1]] == [2, 5]


def test_depth_is_allowed_up_to_the_limit() -> None:
    assert parse("[" * MAX_DEPTH + "]" * MAX_DEPTH)[1] == []


@given(st.binary(max_size=400))
def test_any_bytes_give_a_tree_or_a_fault(data: bytes) -> None:
    try:
        node, faults = parse(decode(data))
    except SourceFault as fault:
        node, faults = None, [fault]
    assert (node is None) == any(not fault.warning for fault in faults)
    assert {fault.rule for fault in faults} <= set(FAULTS)


@given(st.text(alphabet="ab:-[]{}&*!|>'\"\\#,?~ \n\t<=0.", max_size=60))
def test_any_text_of_signs_gives_a_tree_or_a_fault(text: str) -> None:
    node, faults = parse(text)
    assert (node is None) == any(not fault.warning for fault in faults)
    if node:
        assert node.plain == node.plain
        assert all(below.mark.line >= 1 and below.mark.column >= 1 for _, below in walk(node))


@pytest.mark.parametrize(
    ("link", "to", "path", "refused"),
    [
        ("site/data/a.yml", "../../outside/a.yml", "data/a.yml", True),
        ("site/data", "../outside", "data/a.yml", True),
        ("site/data/more", "../../outside", "data/more/a.yml", True),
        ("site/data", "kept", "data/a.yml", False),
        ("site/data/a.yml", "../kept/a.yml", "data/a.yml", False),
        ("elsewhere", "site", "kept/a.yml", False),
        ("elsewhere", "site", "kept/../../outside/a.yml", True),
    ],
)
def test_a_link_that_leads_out_of_the_site_is_refused(
    tmp_path: Path, link: str, to: str, path: str, refused: bool
) -> None:
    for folder in ("site/kept", "outside"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "a.yml").write_text("a: 1\n", encoding="utf-8")
    (tmp_path / link).parent.mkdir(exist_ok=True)
    (tmp_path / link).symlink_to(to)
    root = tmp_path / ("elsewhere" if link == "elsewhere" else "site")
    node, faults = read_tree(root / path, root)
    assert (node is None) is refused
    assert [fault.message for fault in faults] == (
        ["the file is a link that leads out of the site's folder"] if refused else []
    )


def test_a_file_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    node, faults = read_tree(tmp_path / "none.yml", tmp_path)
    assert node is None
    assert [fault.rule for fault in faults] == ["file-unreadable"]
