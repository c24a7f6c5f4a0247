"""The table as DMN 1.3 XML (OMG formal/2021-02-01), which decision engines and modellers load.

The outputs are text: the outcome, the rule's id, who approves or checks, the time limit as an ISO 8601 duration, and
the reason. A plain diagram is included, because modellers show nothing without one.
"""

import re
from functools import lru_cache
from xml.etree.ElementTree import Element, SubElement

from opmodel.approval.cuts import domain_condition
from opmodel.approval.given import asks_for
from opmodel.approval.sentences import sentences, who
from opmodel.approval.syntax import literal
from opmodel.approval.table import Row, Table
from opmodel.model.approval import Input, Party
from opmodel.model.vocabulary import Outcome

NAMESPACES = {
    "xmlns": "https://www.omg.org/spec/DMN/20191111/MODEL/",
    "xmlns:dmndi": "https://www.omg.org/spec/DMN/20191111/DMNDI/",
    "xmlns:dc": "http://www.omg.org/spec/DMN/20180521/DC/",
    "xmlns:di": "http://www.omg.org/spec/DMN/20180521/DI/",
}
_TYPES = {"number": "number", "choice": "string", "boolean": "boolean", "date": "date"}
_OUTPUTS = ("outcome", "rule", "approvers", "within", "reason")
_DECISION = "decision"
_SPECIAL = re.compile('[&<>"\r\n\t]')
_IN_QUOTES = str.maketrans({'"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#09;"})

_literal = lru_cache(maxsize=1 << 10)(literal)  # outcomes, people and times are few


def to_dmn(table: Table, *, name: str, id: str, namespace: str | None = None) -> bytes:
    """Return the DMN file of ``table``: the same bytes for the same table.

    ``name`` is what people call the decision, ``id`` identifies its packet, and ``namespace`` is the URI of the model.
    """
    root = Element("definitions", NAMESPACES | _named(f"definitions_{id}", name))
    root.set("namespace", namespace or f"urn:opmodel:{id}")
    for source in table.inputs:
        _input_data(root, source)
    _decision(root, table, name)
    _diagram(root, table)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{_written(root)}\n'.encode()


def _input_data(root: Element, source: Input) -> None:
    data = SubElement(root, "inputData", _named(f"data_{source.id}", source.id))
    SubElement(data, "description").text = asks_for(source)
    variable = _named(f"variable_{source.id}", source.id)
    SubElement(data, "variable", variable | {"typeRef": _TYPES[source.type]})


def _decision(root: Element, table: Table, name: str) -> None:
    decision = SubElement(root, "decision", _named(_DECISION, name))
    SubElement(decision, "description").text = "What the agent may do with a case, and who has to answer."
    SubElement(decision, "variable", _named("variable_decision", name))
    for source in table.inputs:
        requirement = SubElement(decision, "informationRequirement", {"id": f"needs_{source.id}"})
        SubElement(requirement, "requiredInput", {"href": f"#data_{source.id}"})
    body = SubElement(decision, "decisionTable", {"id": "table", "hitPolicy": table.hit_policy.name})
    for source in table.inputs:
        _input_clause(body, source)
    for output in _OUTPUTS:
        _output_clause(body, output)
    parties = {party.id: party for party in table.approval.parties}
    for row, sentence in zip(table.rows, sentences(table), strict=True):
        _rule(body, table, row, sentence, parties)


def _input_clause(body: Element, source: Input) -> None:
    clause = SubElement(body, "input", {"id": f"input_{source.id}", "label": source.label})
    expression = {"id": f"expression_{source.id}", "typeRef": _TYPES[source.type]}
    _text(SubElement(clause, "inputExpression", expression), source.id)
    values = domain_condition(source)
    if values.tests:
        _text(SubElement(clause, "inputValues", {"id": f"values_{source.id}"}), str(values))


def _output_clause(body: Element, output: str) -> None:
    clause = SubElement(body, "output", _named(f"output_{output}", output) | {"typeRef": "string"})
    if output == "outcome":
        values = ", ".join(literal(str(outcome)) for outcome in Outcome)
        _text(SubElement(clause, "outputValues", {"id": "values_outcome"}), values)


def _rule(body: Element, table: Table, row: Row, sentence: str, parties: dict[str, Party]) -> None:
    rule = row.rule
    element = SubElement(body, "rule", {"id": f"rule_{rule.id}"})
    SubElement(element, "description").text = sentence
    for source, condition in zip(table.inputs, row.conditions, strict=True):
        _text(SubElement(element, "inputEntry", {"id": f"when_{rule.id}_{source.id}"}), str(condition))
    values = (rule.outcome, rule.id, who(rule, parties), rule.within or "", rule.reason)
    for output, value in zip(_OUTPUTS, values, strict=True):
        _text(SubElement(element, "outputEntry", {"id": f"then_{rule.id}_{output}"}), _literal(str(value)))


def _diagram(root: Element, table: Table) -> None:
    """Draw the decision above a line of its inputs."""
    diagram = SubElement(SubElement(root, "dmndi:DMNDI"), "dmndi:DMNDiagram", {"id": "diagram"})
    middle = 160 + (len(table.inputs) - 1) * 85
    _shape(diagram, _DECISION, middle - 90, 80, 180, 80)
    for number, source in enumerate(table.inputs):
        left = 100 + number * 170
        _shape(diagram, f"data_{source.id}", left, 260, 125, 45)
        ends = {"id": f"edge_{source.id}", "dmnElementRef": f"needs_{source.id}"}
        edge = SubElement(diagram, "dmndi:DMNEdge", ends)
        for x, y in ((left + 62, 260), (middle, 160)):
            SubElement(edge, "di:waypoint", {"x": str(x), "y": str(y)})


def _shape(diagram: Element, element: str, x: int, y: int, width: int, height: int) -> None:
    shape = SubElement(diagram, "dmndi:DMNShape", {"id": f"shape_{element}", "dmnElementRef": element})
    SubElement(shape, "dc:Bounds", {"height": str(height), "width": str(width), "x": str(x), "y": str(y)})


def _written(element: Element, start: str = "\n") -> str:
    """Return an element that holds elements or a text, each element on a line of its own that begins with ``start``.

    The standard library's own way looks for name spaces to declare in every element, and here all are declared.
    """
    tag, attributes = element.tag, "".join([f' {name}="{_quoted(value)}"' for name, value in element.items()])
    if len(element):
        inside = "".join([f"{start}  {_written(child, f'{start}  ')}" for child in element])
        return f"<{tag}{attributes}>{inside}{start}</{tag}>"
    return f"<{tag}{attributes}>{_escaped(element.text)}</{tag}>" if element.text else f"<{tag}{attributes} />"


def _quoted(value: str) -> str:
    return _escaped(value).translate(_IN_QUOTES) if _SPECIAL.search(value) else value


def _escaped(text: str) -> str:
    """Return text for XML. The standard library's own way comes with all that fetches files from the web."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _named(element: str, name: str) -> dict[str, str]:
    return {"id": element, "name": name}


def _text(parent: Element, text: str) -> None:
    SubElement(parent, "text").text = text
