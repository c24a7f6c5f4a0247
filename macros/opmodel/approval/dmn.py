"""The table as DMN 1.3 XML (OMG formal/2021-02-01), which decision engines and modellers load.

The outputs are text: the outcome, the rule's id, who approves or checks, the time limit as an ISO 8601 duration, and
the reason. A plain diagram is included, because modellers show nothing without one.
"""

import re
from functools import lru_cache

from opmodel.approval.cuts import domain_condition
from opmodel.approval.given import asks_for
from opmodel.approval.sentences import Said, said
from opmodel.approval.syntax import literal
from opmodel.approval.table import Row, Table
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


def to_dmn(table: Table, *, name: str, id: str, namespace: str | None = None) -> bytes:
    """Return the DMN file of ``table``: the same bytes for the same table.

    ``name`` is what people call the decision, ``id`` identifies its packet, and ``namespace`` is the URI of the model.
    Names and texts are quoted; the ids of inputs and rules have no character that XML reserves.
    """
    named, id, uri = _quoted(name), _quoted(id), _quoted(namespace or f"urn:opmodel:{id}")
    rules = [_rule(table, row, words) for row, words in zip(table.rows, said(table), strict=True)]
    return f"""\
<?xml version="1.0" encoding="UTF-8"?>
<definitions {_DECLARED} id="definitions_{id}" name="{named}" namespace="{uri}">
{"".join(map(_input_data, table.inputs))}\
  <decision id="decision" name="{named}">
    <description>What the agent may do with a case, and who has to answer.</description>
    <variable id="variable_decision" name="{named}" />
{"".join(map(_requirement, table.inputs))}\
    <decisionTable id="table" hitPolicy="{table.hit_policy.name}">
{"".join(map(_input_clause, table.inputs))}\
{_OUTPUT_CLAUSES}\
{"".join(rules)}\
    </decisionTable>
  </decision>
{_diagram(table)}\
</definitions>
""".encode()


def _input_data(source: Input) -> str:
    return f"""\
  <inputData id="data_{source.id}" name="{source.id}">
    <description>{_escaped(asks_for(source))}</description>
    <variable id="variable_{source.id}" name="{source.id}" typeRef="{_TYPES[source.type]}" />
  </inputData>
"""


def _requirement(source: Input) -> str:
    return f"""\
    <informationRequirement id="needs_{source.id}">
      <requiredInput href="#data_{source.id}" />
    </informationRequirement>
"""


def _input_clause(source: Input) -> str:
    domain = domain_condition(source)
    values = f"""\
        <inputValues id="values_{source.id}">
          <text>{_escaped(str(domain))}</text>
        </inputValues>
"""
    return f"""\
      <input id="input_{source.id}" label="{_quoted(source.label)}">
        <inputExpression id="expression_{source.id}" typeRef="{_TYPES[source.type]}">
          <text>{source.id}</text>
        </inputExpression>
{values if domain.tests else ""}\
      </input>
"""


def _output_clauses() -> str:
    """Return the columns of answers, which are those of every table."""
    first, *others = _OUTPUTS
    rest = [f'      <output id="output_{name}" name="{name}" typeRef="string" />\n' for name in others]
    return f"""\
      <output id="output_{first}" name="{first}" typeRef="string">
        <outputValues id="values_{first}">
          <text>{_OUTCOMES}</text>
        </outputValues>
      </output>
{"".join(rest)}"""


_OUTPUT_CLAUSES = _output_clauses()


def _rule(table: Table, row: Row, words: Said) -> str:
    rule = row.rule
    conditions = [
        _entry("inputEntry", f"when_{rule.id}_{source.id}", str(condition))
        for source, condition in zip(table.inputs, row.conditions, strict=True)
    ]
    values = (rule.outcome, rule.id, words.who, rule.within or "", rule.reason)
    answers = [
        _entry("outputEntry", f"then_{rule.id}_{output}", _literal(str(value)))
        for output, value in zip(_OUTPUTS, values, strict=True)
    ]
    return f"""\
      <rule id="rule_{rule.id}">
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


def _diagram(table: Table) -> str:
    """Draw the decision above a line of its inputs."""
    middle = 160 + (len(table.inputs) - 1) * 85
    inputs = [_drawn(source, 100 + number * 170, middle) for number, source in enumerate(table.inputs)]
    return f"""\
  <dmndi:DMNDI>
    <dmndi:DMNDiagram id="diagram">
{_shape("decision", middle - 90, 80, 180, 80)}\
{"".join(inputs)}\
    </dmndi:DMNDiagram>
  </dmndi:DMNDI>
"""


def _drawn(source: Input, left: int, middle: int) -> str:
    return f"""\
{_shape(f"data_{source.id}", left, 260, 125, 45)}\
      <dmndi:DMNEdge id="edge_{source.id}" dmnElementRef="needs_{source.id}">
        <di:waypoint x="{left + 62}" y="260" />
        <di:waypoint x="{middle}" y="160" />
      </dmndi:DMNEdge>
"""


def _shape(element: str, x: int, y: int, width: int, height: int) -> str:
    return f"""\
      <dmndi:DMNShape id="shape_{element}" dmnElementRef="{element}">
        <dc:Bounds height="{height}" width="{width}" x="{x}" y="{y}" />
      </dmndi:DMNShape>
"""


def _quoted(value: str) -> str:
    return _escaped(value).translate(_IN_QUOTES) if _SPECIAL.search(value) else value


def _escaped(text: str) -> str:
    """Return text for XML. The standard library's own way comes with all that fetches files from the web."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


_literal = lru_cache(maxsize=1 << 10)(literal)  # outcomes, people and times are few
