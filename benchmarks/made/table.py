"""A random approval table that is complete and free of overlaps: a domain that is cut in two, again and again."""

from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random
from typing import Any

from made.layout import Flow

OUTCOMES = ("act", "review", "approve", "refuse")


@dataclass(frozen=True)
class Axis:
    """One input: how it is declared, the conditions of its smallest parts, and a value inside each."""

    name: str
    declared: dict[str, Any]
    cuts: tuple[int, ...] = ()
    """For a number: the thresholds; the parts lie below, between and above them."""
    words: tuple[str | bool, ...] = ()
    """For a choice or a boolean: its values, each a part."""

    @property
    def parts(self) -> int:
        """Into how many parts the cuts or words divide the input."""
        return len(self.words) or len(self.cuts) + 1

    def condition(self, low: int, high: int) -> str:
        """Return the S-FEEL test for the parts from ``low`` up to, not including, ``high``."""
        if self.words:
            return ", ".join(f'"{w}"' if isinstance(w, str) else str(w).lower() for w in self.words[low:high])
        if low == 0:
            return f"< {self.cuts[high - 1]}"
        if high == self.parts:
            return f">= {self.cuts[low - 1]}"
        return f"[{self.cuts[low - 1]}..{self.cuts[high - 1]})"

    def value(self, part: int) -> str | bool | Decimal:
        """Return a value of a part: of a number the last one below its upper threshold, where mistakes happen."""
        if self.words:
            return self.words[part]
        if part == len(self.cuts):
            return Decimal(self.cuts[-1])
        return self.cuts[part] - Decimal(1).scaleb(-int(self.declared["decimals"]))


@dataclass(frozen=True)
class Cell:
    """A box of the table: the parts from low up to, not including, high on each axis."""

    spans: tuple[tuple[int, int], ...]

    def weight(self, axes: list[Axis]) -> float:
        """Return how far up the axes the box lies, the first counting most: the farther, the less an agent may do."""
        up = [(low + high - 1) / (axis.parts - 1) for (low, high), axis in zip(self.spans, axes, strict=True)]
        return 2 * up[0] + sum(up)

    def when(self, axes: list[Axis]) -> dict[str, str]:
        """Return the conditions of the box; an axis that it spans in full is left out."""
        spans = zip(self.spans, axes, strict=True)
        return {axis.name: axis.condition(*span) for span, axis in spans if span != (0, axis.parts)}

    def given(self, axes: list[Axis]) -> dict[str, Any]:
        """Return a case at the lower corner of the box."""
        return {axis.name: axis.value(low) for (low, _), axis in zip(self.spans, axes, strict=True)}


def axes(rng: Random, domain: dict[str, Any], thing: str) -> list[Axis]:
    """Return two to four inputs of a domain's table: a number, and then a choice, a flag and a windowed sum."""
    amount, choice, flag, total = domain["amount"], domain["choice"], domain["flag"], domain["total"]
    others = [
        _choice(choice, thing),
        Axis(flag["id"], {"type": "boolean", "label": flag["label"]}, words=(True, False)),
        _number(rng, total, thing, at_most=1, window=Flow(over=rng.choice(("P30D", "P60D", "P90D")), per=total["per"])),
    ]
    kept = sorted(rng.sample(range(3), rng.choice((1, 2, 2, 3))))
    return [_number(rng, amount, thing, at_most=3), *(others[n] for n in kept)]


def _choice(declared: dict[str, Any], thing: str) -> Axis:
    values = tuple(declared["values"])
    label = declared["label"].format(thing=thing)
    return Axis(declared["id"], {"type": "choice", "label": label, "values": list(values)}, words=values)


def _number(rng: Random, declared: dict[str, Any], thing: str, at_most: int, **more: Any) -> Axis:
    cuts = sorted(rng.sample(declared["steps"], rng.randint(1, at_most)))
    fields = {
        "type": "number",
        "label": declared["label"].format(thing=thing),
        "unit": declared["unit"],
        "min": 0,
        "decimals": declared["decimals"],
        **more,
    }
    return Axis(declared["id"], fields, cuts=tuple(cuts))


def cells(rng: Random, inputs: list[Axis], wanted: int) -> list[Cell]:
    """Cut the whole domain into ``wanted`` boxes, or as many as there are parts; every input is cut at least once."""
    boxes = [Cell(tuple((0, axis.parts) for axis in inputs))]
    fresh = list(range(len(inputs)))
    while len(boxes) < wanted:
        open_axes = [(box, n) for box in boxes for n, (low, high) in enumerate(box.spans) if high - low > 1]
        if not open_axes:
            break
        box, axis = rng.choice([pair for pair in open_axes if pair[1] in fresh] or open_axes)
        fresh = [n for n in fresh if n != axis]
        low, high = box.spans[axis]
        cut = rng.randrange(low + 1, high)
        at = boxes.index(box)
        boxes[at : at + 1] = [
            replace(box, spans=(*box.spans[:axis], span, *box.spans[axis + 1 :])) for span in ((low, cut), (cut, high))
        ]
    return sorted(boxes, key=lambda box: box.weight(inputs))


def outcome(position: int, count: int) -> str:
    """Return what the rule at ``position`` of ``count`` allows: the lightest cases act, the heaviest are refused."""
    return OUTCOMES[min(3, position * 4 // count)]
