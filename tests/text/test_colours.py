"""Contrast is that of WCAG 2.2, and the nearest colour that will do keeps its hue."""

import colorsys

import pytest

from opmodel.text.colours import contrast, hex_colour, ratio_words, readable, suffices


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#767676", "#ffffff", 4.54),
        ("#ff0000", "#ffffff", 4.0),
        ("#0000ff", "#ffff00", 8.0),
    ],
)
def test_contrast_is_that_of_the_standard_both_ways(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.01)
    assert contrast(other, one) == contrast(one, other)


def test_colours_are_three_or_six_digits() -> None:
    assert [hex_colour(text) for text in ("#ABC", "#a1B2c3", "red", "#abcd", "abc", "")] == [
        "#aabbcc",
        "#a1b2c3",
        *[None] * 4,
    ]


@pytest.mark.parametrize("colour", ["#ffc105", "#7a1f5c", "#808080", "#f0a8d6", "#00ff00"])
@pytest.mark.parametrize(("ground", "lighter"), [("#ffffff", False), ("#14171b", True)])
def test_what_is_suggested_will_do_and_has_the_hue(colour: str, ground: str, lighter: bool) -> None:
    found = readable(colour, [(ground, 4.5)], lighter=lighter)
    assert found
    assert suffices(found, [(ground, 4.5)])
    hue, wanted = (
        colorsys.rgb_to_hls(*(int(each[i : i + 2], 16) / 255 for i in (1, 3, 5)))[0] for each in (found, colour)
    )
    assert hue == pytest.approx(wanted, abs=0.01)
    assert readable(found, [(ground, 4.5)], lighter=lighter) == found


def test_where_no_shade_will_do_none_is_suggested() -> None:
    assert readable("#7a1f5c", [("#777777", 7)], lighter=False) is None


def test_a_ratio_never_looks_better_than_it_is() -> None:
    assert [ratio_words(ratio) for ratio in (4.499, 4.5, 21.0)] == ["4.4:1", "4.5:1", "21:1"]
