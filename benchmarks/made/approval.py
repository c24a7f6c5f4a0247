"""The approval model of a generated packet: its parties, the rules of a random table, and examples that hold."""

from random import Random
from typing import Any

from made.layout import Flow
from made.plan import Plan
from made.table import Axis, Cell, axes, cells, outcome

Entry = dict[str, Any]
RULES = (4, 4, 4, 5, 5, 6, 6, 7, 10)
"""How many rules a table has: mostly few."""


def approval(rng: Random, words: Entry, domain: Entry, plan: Plan, exceptions: list[str]) -> Entry:
    """Return an approval model with 4 to 10 rules over 2 to 4 inputs; refused cases go to one of the exceptions."""
    inputs = axes(rng, domain, plan.thing)
    boxes = cells(rng, inputs, rng.choice(RULES))
    rules = [_rule(rng, words, inputs, box, number, len(boxes), exceptions) for number, box in enumerate(boxes)]
    shown = sorted(rng.sample(range(len(boxes)), min(len(boxes), rng.randint(2, 4))))
    return {
        "started_by": "sender",
        "parties": _parties(domain, plan),
        "inputs": [_row({"id": axis.name, **axis.declared}) for axis in inputs],
        "rules": rules,
        "examples": [
            _row(given=Flow(boxes[n].given(inputs)), outcome=rules[n]["outcome"], rule=rules[n]["id"]) for n in shown
        ],
    }


def _row(fields: Entry | None = None, **more: Any) -> Flow:
    return Flow({**(fields or {}), **more})


def _parties(domain: Entry, plan: Plan) -> list[Entry]:
    name, team = domain["name"], plan.branch.team
    return [
        Flow(id="sender", title=domain["starter"]),
        Flow(id="desk", title=domain["desk"], team=team, escalates_to="supervisor"),
        Flow(id="supervisor", title=f"{name} Supervisor", team=team, role="operations", escalates_to="head"),
        Flow(id="controller", title=f"{name} Controller", team=team, role="risk-owner", escalates_to="head"),
        Flow(
            id="head",
            title=f"Head of {name} {plan.branch.place}",
            team=team,
            role="workflow-owner",
            delegate=Flow(to="deputy", at_most="P14D"),
        ),
        Flow(id="deputy", title=f"Deputy Head of {name}", team=team),
    ]


_STEPS: tuple[list[Entry], ...] = (
    [Flow(any=["desk", "controller"])],
    [Flow(any=["supervisor", "controller"])],
    [Flow(any=["supervisor"]), Flow(any=["controller"])],
    [Flow(all=["supervisor", "controller"])],
)
"""Who approves, from the lightest case to the heaviest; each names the controller, so that no party is unused."""


def _rule(
    rng: Random, words: Entry, inputs: list[Axis], box: Cell, number: int, count: int, exceptions: list[str]
) -> Entry:
    means = outcome(number, count)
    details: dict[str, Entry] = {
        "act": {},
        "review": {"checked_by": "desk", "within": rng.choice(("P1D", "P2D"))},
        "approve": {
            "approved_by": rng.choice(_STEPS),
            "within": rng.choice(("PT4H", "PT8H", "P1D")),
            "on_timeout": rng.choice(("escalate", "refuse")),
        },
        "refuse": {"exception": rng.choice(exceptions)},
    }
    return {
        "id": f"AP-{number + 1:02}",
        "when": Flow(box.when(inputs)),
        "outcome": means,
        **details[means],
        "reason": rng.choice(words["reasons"][means]),
    }
