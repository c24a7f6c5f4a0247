"""The shapes that pages are built from: what they share, and what they keep apart."""

from dataclasses import FrozenInstanceError, replace

import pytest

from opmodel.model.values import Duration
from opmodel.model.vocabulary import Layer, Side
from opmodel.views.blocks import Cell, columns, layer_badge


def test_a_side_and_a_layer_of_the_same_name_keep_their_own_meaning() -> None:
    assert [layer_badge(Side.IT).title, layer_badge(Layer.IT).title] == [Side.IT.meaning, Layer.IT.meaning]
    assert [layer_badge(Layer.BUSINESS).title, layer_badge(Side.BUSINESS).title] == [
        Layer.BUSINESS.meaning,
        Side.BUSINESS.meaning,
    ]


def test_a_cell_has_what_it_was_given_and_cannot_change() -> None:
    cell = Cell(text="a", note="b")
    assert (cell.text, cell.note, cell.items, cell.badge) == ("a", "b", (), None)
    assert cell == Cell(text="a", note="b", code=False)
    assert hash(cell) == hash(Cell(text="a", note="b", code=False))
    assert replace(cell, note="") == Cell(text="a")
    assert Cell(text="a").plain
    with pytest.raises(FrozenInstanceError):
        cell.text = "c"  # type: ignore[misc]


def test_one_column_of_several_may_stay_narrow() -> None:
    assert [(column.title, column.narrow) for column in columns("Day", "Side", narrow="Day")] == [
        ("Day", True),
        ("Side", False),
    ]


def test_a_duration_is_said_in_words_each_time() -> None:
    assert [Duration(text).words for text in ("PT4H", "P1Y6M", "PT0S", "PT4H")] == [
        "4 hours",
        "1 year 6 months",
        "no time",
        "4 hours",
    ]
