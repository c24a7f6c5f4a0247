"""How much of the work a change of an approval table touches: recorded examples, and cases where they were counted."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from opmodel.approval.axis import axis_of
from opmodel.approval.bands import compile_bands
from opmodel.approval.boxes import Box, WorkCounter, hole, overlap
from opmodel.approval.case_input import CaseInputError, read_case
from opmodel.approval.conditions import ANYTHING, Condition
from opmodel.approval.faults import TableError
from opmodel.approval.table import DecisionTable
from opmodel.compare.regions import ChangedRegion
from opmodel.compare.shared_axes import SharedAxes, input_key
from opmodel.model.packet import VolumeBand
from opmodel.model.values import Duration


@dataclass(frozen=True, kw_only=True)
class CountedBands:
    """The bands of a packet's volume and the period that they were counted for."""

    bands: tuple[VolumeBand, ...]
    per: Duration


@dataclass(frozen=True, kw_only=True)
class TouchedCases:
    """How many recorded examples, and how many counted cases a month, fall into the regions that changed.

    ``least`` counts the bands that lie wholly in the regions, ``most`` those that lie in part in them as well, and
    ``all_cases`` every band; the three are None where no band was counted, its conditions cannot be read, or its
    period is zero.
    """

    examples: int
    all_examples: int
    least: int | None = None
    most: int | None = None
    all_cases: int | None = None

    def __str__(self) -> str:
        """Return a phrase: ``3 of 12 recorded examples and 1,200 of 6,200 cases a month``."""
        said = [f"{self.examples} of {self.all_examples:,} recorded examples"] if self.all_examples else []
        if self.all_cases is not None:
            number = f"{self.most:,}" if self.least == self.most else f"between {self.least:,} and {self.most:,}"
            said.append(f"{number} of {self.all_cases:,} counted cases a month")
        return " and ".join(said)


def touched_cases(
    parts: Sequence[ChangedRegion], shared: SharedAxes, table: DecisionTable, counts: CountedBands | None, limit: int
) -> TouchedCases:
    """Return how many examples of the newer ``table`` and how many of the cases counted in bands ``parts`` hold.

    Raises `WorkLimitError` beyond ``limit`` steps.
    """
    points = list(_points(table, shared))
    work = WorkCounter(limit)
    hit = 0
    for point in points:
        work.spend(len(parts))
        hit += any(overlap(point, part.box) for part in parts)
    return TouchedCases(examples=hit, all_examples=len(points), **_counted(parts, shared, table, counts, work))


def _points(table: DecisionTable, shared: SharedAxes) -> Iterator[Box]:
    """Yield each example that is a possible case, as a box; an input that only the older table has can be anything."""
    for example in table.approval.examples:
        try:
            values = read_case(table, example.given)
        except CaseInputError:
            continue  # the check reports it
        known = {input_key(source, {}): values[source.id] for source in table.inputs}
        yield tuple(
            1 << axis.cell(known[key]) if key in known else axis.full
            for key, axis in zip(shared.keys, shared.axes, strict=True)
        )


def _counted(
    parts: Sequence[ChangedRegion],
    shared: SharedAxes,
    table: DecisionTable,
    counts: CountedBands | None,
    work: WorkCounter,
) -> Mapping[str, int]:
    if counts is None or not counts.bands:
        return {}
    try:
        bands = compile_bands(table.approval, [band.when for band in counts.bands])
    except TableError:
        return {}  # the check reports it
    keys = {input_key(source, {}): at for at, source in enumerate(bands.inputs)}
    wanted = [[row.conditions[keys[key]] if key in keys else ANYTHING for key in shared.keys] for row in bands.rows]
    changed = [[axis.condition(mask) for axis, mask in zip(shared.axes, part.box, strict=True)] for part in parts]
    boxes = _boxes([*wanted, *changed], shared)
    regions, least, most, total = boxes[len(wanted) :], 0, 0, 0
    for band, box in zip(counts.bands, boxes, strict=False):
        work.spend(len(regions))
        total += band.cases
        if any(overlap(box, region) for region in regions):
            most += band.cases
            least += band.cases if hole(box, regions, work) is None else 0
    monthly = [counts.per.monthly(number) for number in (least, most, total)]
    return {name: round(n) for name, n in zip(("least", "most", "all_cases"), monthly, strict=True) if n is not None}


def _boxes(rows: Sequence[Sequence[Condition]], shared: SharedAxes) -> list[Box]:
    """Return rows of conditions as boxes on axes that are cut wherever one of them begins or ends."""
    columns: Iterable[tuple[Condition, ...]] = zip(*rows, strict=True)
    axes = [axis_of(axis.input, column) for axis, column in zip(shared.axes, columns, strict=True)]
    return [tuple(axis.mask(condition) for axis, condition in zip(axes, row, strict=True)) for row in rows]
