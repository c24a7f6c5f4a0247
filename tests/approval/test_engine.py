"""The tables of the shipped packets in one engine that was not written here: SpiffWorkflow loads and decides them."""

import json
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import islice, product
from operator import ge, gt, le, lt
from types import SimpleNamespace
from typing import Any

import pytest
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnValidator  # type: ignore[import-untyped]
from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine  # type: ignore[import-untyped]
from SpiffWorkflow.dmn.parser.BpmnDmnParser import BpmnDmnParser  # type: ignore[import-untyped]

import sites
from approval.builders import AMOUNT, approval
from opmodel.approval.conditions import Value
from opmodel.approval.decide import decide
from opmodel.approval.table import DecisionTable, compile_table
from opmodel.formats.dmn import to_dmn
from opmodel.rules.check import Checked, check

MOST_CASES = 400
ORDER = {"<": lt, "<=": le, ">": gt, ">=": ge}
_ASKED = re.compile(r"\((?P<input>\w+)\) == \((?P<test>.*)\)", re.S)
_ONE_TEST = re.compile(r'(?:"(?:[^"\\]|\\.)*"|[^,"])+')
_INTERVAL = re.compile(r"(?P<start>[\[(])(?P<low>.+)\.\.(?P<high>.+)(?P<end>[\])])", re.S)
_COMPARED = re.compile(r"(?P<sign>[<>]=?) (?P<value>.+)", re.S)


class Feel(PythonScriptEngine):  # type: ignore[misc]
    """What the engine asks of a condition, which it hands over as ``(input) == (unary tests)``; its own is Python."""

    def validate(self, expression: str) -> None:
        """Take every text; a wrong one fails when it is asked."""

    def evaluate(self, task: Any, expression: str, external_context: Any = None) -> Any:
        if asked := _ASKED.fullmatch(expression):
            return meets(task.data[asked["input"]], asked["test"])
        return value_of(expression)


def meets(value: Any, tests: str) -> bool:
    """Return whether a value meets unary tests, read apart from the project's own reader."""
    if tests.startswith("not("):
        return not meets(value, tests[4:-1])
    return any(_meets(value, test.strip()) for test in _ONE_TEST.findall(tests))


def _meets(value: Any, test: str) -> bool:
    if value is None:
        return test == "null"
    if interval := _INTERVAL.fullmatch(test):
        above = (ge if interval["start"] == "[" else gt)(value, value_of(interval["low"]))
        return bool(above and (le if interval["end"] == "]" else lt)(value, value_of(interval["high"])))
    if compared := _COMPARED.fullmatch(test):
        return bool(ORDER[compared["sign"]](value, value_of(compared["value"])))
    return bool(value == value_of(test))


def value_of(literal: str) -> Any:
    if literal.startswith("date("):
        return date.fromisoformat(json.loads(literal[5:-1]))
    return json.loads(literal, parse_int=Decimal, parse_float=Decimal)


class Engine:
    """One engine that holds several files; every file is held against the schema of DMN 1.3."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self.parser = BpmnDmnParser(validator=BpmnValidator())
        for name, content in files.items():
            self.parser.add_dmn_str(content, name)

    @property
    def tables(self) -> list[str]:
        return list(self.parser.dmn_parsers)

    def answer(self, decision: str, values: dict[str, Value]) -> dict[str, Any]:
        task = SimpleNamespace(data=values, workflow=SimpleNamespace(script_engine=Feel()))
        found: dict[str, Any] = self.parser.get_engine(decision, None).result(task)
        return found


def cases(table: DecisionTable) -> Iterator[dict[str, Value]]:
    """Yield a case for every region that the conditions cut the domain into, or evenly some of them."""
    samples = [[axis.sample(cell) for cell in range(axis.size)] for axis in table.axes]
    for values in islice(product(*samples), 0, None, table.regions // MOST_CASES + 1):
        yield {axis.input.id: value for axis, value in zip(table.axes, values, strict=True)}


@pytest.fixture(scope="module")
def checked() -> Checked:
    return check(sites.SHIPPED, sites.TODAY)


@pytest.fixture(scope="module")
def tables(checked: Checked) -> dict[str, DecisionTable]:
    made = {name: checked.assessments[name].control.table for name in checked.model.summaries}
    return {name: table for name, table in made.items() if table}


@pytest.fixture(scope="module")
def engine(checked: Checked, tables: dict[str, DecisionTable]) -> Engine:
    return Engine({name: to_dmn(t, name=checked.model.summaries[name].title, id=name) for name, t in tables.items()})


def test_one_engine_holds_the_tables_of_all_packets(engine: Engine, checked: Checked) -> None:
    assert engine.tables == list(checked.model.summaries)
    assert len(engine.parser.dmn_parsers_by_name) == len(engine.tables)


def test_it_answers_there_as_here(engine: Engine, tables: dict[str, DecisionTable]) -> None:
    for name, table in tables.items():
        for values in cases(table):
            answer, decision = engine.answer(name, values), decide(table, values)
            assert (answer["rule"], answer["outcome"]) == (decision.row.id, str(decision.outcome)), (name, values)
            assert answer["reason"] == decision.reason
            steps = [{"need": "all" if s.all else "any", "parties": [p.id for p in s.parties]} for s in decision.steps]
            assert answer["steps"] == steps
            assert answer["advised"] == [party.id for party in decision.advised]


@pytest.mark.parametrize(
    ("id", "title"),
    [
        ("2nd-line-review", "2nd line review"),
        ("r-and-d", 'R&D <"approvals">'),
        ("if", "If"),
        ("amount", "a: b's…\t審査"),
    ],
)
def test_a_packet_of_any_id_and_title_keeps_to_the_schema(id: str, title: str) -> None:
    named = to_dmn(compile_table(approval([AMOUNT])), name=title, id=id)
    other = to_dmn(compile_table(approval([AMOUNT])), name=title, id="other")
    assert len(Engine({"one": named, "two": other}).tables) == 2
