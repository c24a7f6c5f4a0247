"""Measures what a proof costs as rules and inputs grow: steps (two boxes compared) and seconds.

Run it as ``python benchmarks/proof_cost.py``. Each line is the worst of a few random tables of one kind:

- ``partition``: nested cuts, complete and without overlaps, as careful people write tables;
- ``limits``: each rule limits three inputs at random, overlapping much, under ``first`` with a last rule for the rest;
- ``random``: each rule limits every input at random, which leaves many gaps and overlaps to describe.
"""

import random
from collections.abc import Callable
from time import perf_counter

from opmodel.approval.proof import prove
from opmodel.approval.table import compile_table
from opmodel.model.approval import Approval
from opmodel.model.vocabulary import HitPolicy

TOP = 10**9
SIZES = ((2, 100), (4, 100), (8, 25), (8, 50), (8, 100), (8, 200), (8, 400), (16, 100), (16, 200))
SEEDS = range(3)
Span = tuple[int, int]
Maker = Callable[[random.Random, int, int], list[list[Span]]]


def span(rng: random.Random) -> Span:
    """Return two different ends, in order."""
    low, high = sorted(rng.sample(range(TOP + 1), 2))
    return low, high


def partition(rng: random.Random, inputs: int, rules: int) -> list[list[Span]]:
    """Cut the domain in two, one part of it again, and so on."""
    parts = [[(0, TOP)] * inputs]
    while len(parts) < rules:
        part = parts.pop(rng.randrange(len(parts)))
        axis = rng.choice([n for n, (low, high) in enumerate(part) if high - low > 1])
        low, high = part[axis]
        cut = rng.randrange(low + 1, high)
        parts += [[*part[:axis], side, *part[axis + 1 :]] for side in ((low, cut), (cut, high))]
    return parts


def limits(rng: random.Random, inputs: int, rules: int) -> list[list[Span]]:
    """Limit three inputs a rule; the last rule matches anything."""
    made = []
    for _ in range(rules - 1):
        limited = set(rng.sample(range(inputs), min(inputs, 3)))
        made.append([span(rng) if n in limited else (0, TOP) for n in range(inputs)])
    return [*made, [(0, TOP)] * inputs]


def scattered(rng: random.Random, inputs: int, rules: int) -> list[list[Span]]:
    """Limit every input in every rule."""
    return [[span(rng) for _ in range(inputs)] for _ in range(rules)]


def approval(boxes: list[list[Span]], policy: HitPolicy) -> Approval:
    """Return an approval model with one rule for each box."""
    inputs = [
        {"id": f"i{n}", "type": "number", "label": f"Input {n}", "min": 0, "max": TOP} for n in range(len(boxes[0]))
    ]
    rules = [
        {
            "id": f"AP-{number}",
            "when": {f"i{n}": f"[{low}..{high}{']' if high == TOP else ')'}" for n, (low, high) in enumerate(box)},
            "outcome": "act",
            "reason": "A benchmark.",
        }
        for number, box in enumerate(boxes, 1)
    ]
    parties = [{"id": "starter", "title": "Starter"}]
    data = {"started_by": "starter", "parties": parties, "inputs": inputs, "rules": rules, "hit_policy": policy}
    return Approval.model_validate(data, strict=False)


def measure(make: Maker, inputs: int, rules: int, policy: HitPolicy) -> tuple[int, float]:
    """Return the most steps and the most seconds, reading included, that one of the tables took."""
    steps, seconds = 0, 0.0
    for seed in SEEDS:
        model = approval(make(random.Random(seed), inputs, rules), policy)  # noqa: S311 chance that repeats
        start = perf_counter()
        proof = prove(compile_table(model))
        seconds = max(seconds, perf_counter() - start)
        steps = max(steps, proof.steps)
    return steps, seconds


def main() -> None:
    """Print one line for each kind and size."""
    print(f"{'table':10} {'inputs':>6} {'rules':>6} {'steps':>9} {'seconds':>8}")
    kinds: list[tuple[str, Maker, HitPolicy]] = [
        ("partition", partition, HitPolicy.UNIQUE),
        ("limits", limits, HitPolicy.FIRST),
        ("random", scattered, HitPolicy.UNIQUE),
    ]
    for name, make, policy in kinds:
        for inputs, rules in SIZES:
            steps, seconds = measure(make, inputs, rules, policy)
            print(f"{name:10} {inputs:6} {rules:6} {steps:9,} {seconds:8.2f}")


if __name__ == "__main__":
    main()
