"""DMN 1.3 XML of a table (OMG formal/2021-02-01), for decision engines and modelling tools.

The outputs are text: the outcome, the rule's id, who approves or checks, the time limit as an ISO 8601 duration, and
the reason. A plain diagram is included, because modelling tools show nothing without one.

Engines address a table by the id of its decision, and modelling tools load several files into one model. Every id in a
file begins with the id of its packet, which no other packet has. Ids of packets have no underscore: what follows the
packet's id begins with one.
"""

import re
from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import NamedTuple

from opmodel.approval.case_input import input_prompt
from opmodel.approval.conditions import literal
from opmodel.approval.cuts import domain_condition
from opmodel.approval.domain import FEEL_WORDS
from opmodel.approval.sentences import RuleText, rule_texts
from opmodel.approval.table import CompiledRule, DecisionTable
from opmodel.model.approval import Input
from opmodel.model.vocabulary import Outcome

NAMESPACES = {
    "xmlns": "https://www.omg.org/spec/DMN/20191111/MODEL/",
    "xmlns:dmndi": "https://www.omg.org/spec/DMN/20191111/DMNDI/",
    "xmlns:dc": "http://www.omg.org/spec/DMN/20180521/DC/",
    "xmlns:di": "http://www.omg.org/spec/DMN/20180521/DI/",
}
_DECLARED = " ".join(f'{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
_TYPES = {"number": "number", "choice": "string", "boolean": "boolean", "date": "date"}
_OUTPUTS = ("outcome", "rule", "approvers", "within", "reason")
_OUTCOMES = ", ".join(literal(str(outcome)) for outcome in Outcome)
_SPECIAL = re.compile('[&<>"\r\n\t]')
_IN_QUOTES = str.maketrans({'"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#09;"})
_RESERVED = FEEL_WORDS | {"date"}
"""What cannot name a variable: the keywords of FEEL, and the function that makes days, which it would hide."""


def to_dmn(table: DecisionTable, *, name: str, id: str, namespace: str | None = None) -> bytes:
    """Return the DMN file of ``table``: the same bytes for the same table.

    Args:
        table: The compiled table.
        name: Label of the decision, for people only.
        id: Id of the packet: the decision's id, and what all other ids begin with.
        namespace: URI of the model; without one, a URN made from the packet's id.
    """
    decision, label = xml_id(id), _quoted(name)
    names = _feel_names(table.inputs)
    inputs = [_InputColumn(decision, source, names[source.id]) for source in table.inputs]
    called = _free_name(decision.replace("-", "_"), names.values())
    rules = [_rule(decision, table, row, words) for row, words in zip(table.rows, rule_texts(table), strict=True)]
    return f"""\
<?xml version="1.0" encoding="UTF-8"?>
<definitions {_DECLARED} id="{decision}_definitions" name="{called}" label="{label}" \
namespace="{_quoted(namespace or f"urn:opmodel:{id}")}">
{"".join(map(_input_data, inputs))}\
  <decision id="{decision}" name="{called}" label="{label}">
    <description>What the agent may do with a case, and who has to answer.</description>
    <variable id="{decision}_variable" name="{called}" />
{"".join(map(_requirement, inputs))}\
    <decisionTable id="{decision}_table" hitPolicy="{table.hit_policy.name}">
{"".join(map(_input_clause, inputs))}\
{_output_clauses(decision)}\
{"".join(rules)}\
    </decisionTable>
  </decision>
{_diagram(decision, inputs)}\
</definitions>
""".encode()


def xml_id(id: str) -> str:
    """Return the id of a packet as an XML name, which must not begin with a digit."""
    return f"_{id}" if id[:1].isdigit() else id


def _feel_names(inputs: Iterable[Input]) -> dict[str, str]:
    """Return the name of each input in FEEL, by id.

    It is the id, so that a case reads the same for an engine as here. An input called ``date`` becomes ``date_``.
    """
    names = {source.id: source.id for source in inputs if source.id not in _RESERVED}
    for source in inputs:
        names.setdefault(source.id, _free_name(source.id, names.values()))
    return names


def _free_name(name: str, taken: Collection[str]) -> str:
    """Return ``name`` with underscores appended until it is neither reserved in FEEL nor ``taken``."""
    while name in _RESERVED or name in taken:
        name += "_"
    return name


class _InputColumn(NamedTuple):
    """One input with its name in FEEL and the id of the decision that it belongs to."""

    decision: str
    source: Input
    name: str

    def id(self, kind: str) -> str:
        """Return the id of the element of ``kind`` that belongs to the input."""
        return f"{self.decision}_{kind}_{self.source.id}"

    @property
    def type(self) -> str:
        return _TYPES[self.source.type]


def _input_data(column: _InputColumn) -> str:
    return f"""\
  <inputData id="{column.id("data")}" name="{column.name}" label="{_quoted(column.source.label)}">
    <description>{_escaped(input_prompt(column.source))}</description>
    <variable id="{column.id("variable")}" name="{column.name}" typeRef="{column.type}" />
  </inputData>
"""


def _requirement(column: _InputColumn) -> str:
    return f"""\
    <informationRequirement id="{column.id("needs")}">
      <requiredInput href="#{column.id("data")}" />
    </informationRequirement>
"""


def _input_clause(column: _InputColumn) -> str:
    domain = domain_condition(column.source)
    values = f"""\
        <inputValues id="{column.id("values")}">
          <text>{_escaped(str(domain))}</text>
        </inputValues>
"""
    return f"""\
      <input id="{column.id("input")}" label="{_quoted(column.source.label)}">
        <inputExpression id="{column.id("expression")}" typeRef="{column.type}">
          <text>{column.name}</text>
        </inputExpression>
{values if domain.tests else ""}\
      </input>
"""


def _output_clauses(decision: str) -> str:
    """Return the output columns, which all tables share."""
    first, *others = _OUTPUTS
    rest = [f'      <output id="{decision}_output_{name}" name="{name}" typeRef="string" />\n' for name in others]
    return f"""\
      <output id="{decision}_output_{first}" name="{first}" typeRef="string">
        <outputValues id="{decision}_values-of-output_{first}">
          <text>{_OUTCOMES}</text>
        </outputValues>
      </output>
{"".join(rest)}"""


def _rule(decision: str, table: DecisionTable, row: CompiledRule, words: RuleText) -> str:
    rule = row.rule
    conditions = [
        _entry("inputEntry", f"{decision}_when_{rule.id}_{source.id}", str(condition))
        for source, condition in zip(table.inputs, row.conditions, strict=True)
    ]
    values = (rule.outcome, rule.id, words.who, rule.within or "", rule.reason)
    answers = [
        _entry("outputEntry", f"{decision}_then_{rule.id}_{output}", _literal(str(value)))
        for output, value in zip(_OUTPUTS, values, strict=True)
    ]
    return f"""\
      <rule id="{decision}_rule_{rule.id}">
        <description>{_escaped(words.sentence)}</description>
{"".join(conditions)}\
{"".join(answers)}\
      </rule>
"""


def _entry(tag: str, id: str, text: str) -> str:
    return f"""\
        <{tag} id="{id}">
          <text>{_escaped(text)}</text>
        </{tag}>
"""


def _diagram(decision: str, inputs: list[_InputColumn]) -> str:
    """Return a diagram of the decision above a row of its inputs."""
    middle = 160 + (len(inputs) - 1) * 85
    drawn = [_input_shape(column, 100 + number * 170, middle) for number, column in enumerate(inputs)]
    return f"""\
  <dmndi:DMNDI>
    <dmndi:DMNDiagram id="{decision}_diagram">
{_shape(f"{decision}_shape", decision, middle - 90, 80, 180, 80)}\
{"".join(drawn)}\
    </dmndi:DMNDiagram>
  </dmndi:DMNDI>
"""


def _input_shape(column: _InputColumn, left: int, middle: int) -> str:
    return f"""\
{_shape(column.id("shape"), column.id("data"), left, 260, 125, 45)}\
      <dmndi:DMNEdge id="{column.id("edge")}" dmnElementRef="{column.id("needs")}">
        <di:waypoint x="{left + 62}" y="260" />
        <di:waypoint x="{middle}" y="160" />
      </dmndi:DMNEdge>
"""


def _shape(id: str, element: str, x: int, y: int, width: int, height: int) -> str:
    return f"""\
      <dmndi:DMNShape id="{id}" dmnElementRef="{element}">
        <dc:Bounds height="{height}" width="{width}" x="{x}" y="{y}" />
      </dmndi:DMNShape>
"""


def _quoted(value: str) -> str:
    return _escaped(value).translate(_IN_QUOTES) if _SPECIAL.search(value) else value


def _escaped(text: str) -> str:
    """Escape text for XML. ``xml.sax.saxutils`` would import ``urllib.request``, which is slow."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


_literal = lru_cache(maxsize=1 << 10)(literal)  # outcomes, people and times are few
