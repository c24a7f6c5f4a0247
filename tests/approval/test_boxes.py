"""The search over boxes: exact against enumeration, and cheap on the kinds of tables that people and chance make."""

import random
from collections.abc import Callable
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opmodel.approval.boxes import (
    Box,
    WorkCounter,
    WorkLimitError,
    first_hole,
    hole,
    minimal_cover,
    overlap,
    with_cells,
)

CELLS = 100
Maker = Callable[[random.Random, int, int], list[Box]]


def spanned(low: int, high: int) -> int:
    """The cells from ``low`` up to, not including, ``high``."""
    return (1 << high) - (1 << low)


def seeded(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 chance that repeats, not secrets


def everything(inputs: int) -> Box:
    return (spanned(0, CELLS),) * inputs


def random_boxes(rng: random.Random, inputs: int, rules: int) -> list[Box]:
    return [tuple(spanned(*sorted(rng.sample(range(CELLS + 1), 2))) for _ in range(inputs)) for _ in range(rules)]


def mostly_anything(rng: random.Random, inputs: int, rules: int) -> list[Box]:
    """Rules that limit three inputs, as most tables have them."""
    boxes = []
    for _ in range(rules):
        box = everything(inputs)
        for axis in rng.sample(range(inputs), min(inputs, 3)):
            box = with_cells(box, axis, spanned(*sorted(rng.sample(range(CELLS + 1), 2))))
        boxes.append(box)
    return boxes


def thresholds(rng: random.Random, inputs: int, rules: int) -> list[Box]:
    """Rules with two or three one-sided limits; together they cover all or nearly all."""
    boxes = []
    for _ in range(rules):
        box = everything(inputs)
        for axis in rng.sample(range(inputs), min(inputs, rng.randint(2, 3))):
            cut = rng.randrange(1, CELLS)
            box = with_cells(box, axis, rng.choice([spanned(0, cut), spanned(cut, CELLS)]))
        boxes.append(box)
    return boxes


def partition(rng: random.Random, inputs: int, rules: int) -> list[Box]:
    """Nested cuts from side to side: complete, and nothing overlaps."""
    parts = [everything(inputs)]
    while len(parts) < rules:
        part = parts.pop(rng.randrange(len(parts)))
        axis = rng.choice([a for a in range(inputs) if part[a].bit_count() > 1])
        low, high = (part[axis] & -part[axis]).bit_length() - 1, part[axis].bit_length()
        cut = rng.randrange(low + 1, high)
        parts += [with_cells(part, axis, spanned(low, cut)), with_cells(part, axis, spanned(cut, high))]
    rng.shuffle(parts)
    return parts


def partition_with_a_gap(rng: random.Random, inputs: int, rules: int) -> list[Box]:
    return partition(rng, inputs, rules + 1)[1:]


def swollen_partition(rng: random.Random, inputs: int, rules: int) -> list[Box]:
    """A partition whose parts were widened at random: complete, with overlaps everywhere."""

    def swell(mask: int) -> int:
        low, high = (mask & -mask).bit_length() - 1, mask.bit_length()
        return spanned(max(0, low - rng.randint(0, 10)), min(CELLS, high + rng.randint(0, 10)))

    return [tuple(swell(mask) for mask in box) for box in partition(rng, inputs, rules)]


def catch_all(rng: random.Random, inputs: int, rules: int) -> list[Box]:
    return [*random_boxes(rng, inputs, rules - 1), everything(inputs)]


MAKERS: list[Maker] = [
    random_boxes,
    mostly_anything,
    thresholds,
    partition,
    partition_with_a_gap,
    swollen_partition,
    catch_all,
]
# Steps of one proof of 100 rules over 8 inputs, with room for unlucky draws; 100,000 steps take about half a second.
BOUND = 100_000


@pytest.mark.parametrize("maker", MAKERS, ids=lambda maker: maker.__name__)
@pytest.mark.parametrize("seed", range(3))
def test_a_hundred_rules_over_eight_inputs_take_few_steps(maker: Maker, seed: int) -> None:
    boxes = maker(seeded(seed), 8, 100)
    complete = maker in (partition, swollen_partition, catch_all)
    work = WorkCounter(BOUND)
    found = first_hole(everything(8), boxes, work)
    assert found is None if complete else found is None or not any(overlap(found, box) for box in boxes)
    for number, box in enumerate(boxes):
        hole(box, boxes[:number], work)
    assert work.steps < BOUND


def test_the_search_stops_at_its_limit() -> None:
    with pytest.raises(WorkLimitError):
        hole(everything(8), swollen_partition(seeded(1), 8, 100), WorkCounter(500))


small_boxes = st.lists(st.tuples(*[st.integers(1, 7)] * 3), max_size=8)
SPACE = (7, 7, 7)


def uncovered(space: Box, boxes: list[Box]) -> list[Box]:
    """Every cell of ``space`` that no box has, in order."""
    cells = product(*([1 << n for n in range(3) if mask >> n & 1] for mask in space))
    return [cell for cell in cells if not any(overlap(cell, box) for box in boxes)]


@settings(max_examples=300)
@given(small_boxes)
def test_a_hole_is_found_just_when_there_is_one(boxes: list[Box]) -> None:
    left = uncovered(SPACE, boxes)
    found = hole(SPACE, boxes, WorkCounter(10_000))
    assert (found is None) == (not left)
    assert found is None or len(uncovered(found, boxes)) == len(uncovered(found, []))
    assert first_hole(SPACE, boxes, WorkCounter(10_000)) == (left[0] if left else None)


@settings(max_examples=200)
@given(small_boxes)
def test_what_is_needed_covers_and_nothing_can_be_left_out(boxes: list[Box]) -> None:
    boxes = [*boxes, (7, 7, 1), (7, 7, 6)]
    kept = minimal_cover(SPACE, boxes, WorkCounter(100_000))
    assert not uncovered(SPACE, [boxes[n] for n in kept])
    for left_out in kept:
        assert uncovered(SPACE, [boxes[n] for n in kept if n != left_out])
