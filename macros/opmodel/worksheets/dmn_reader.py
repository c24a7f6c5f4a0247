"""Decision tables of DMN files (OMG, versions 1.1 to 1.5), as Camunda, Trisotech and Kie write them."""

import re
from collections.abc import Iterator
from pathlib import Path

from opmodel.approval.export import SECTION_SPACE
from opmodel.files.reading import UnreadableFile, read_named_file
from opmodel.text.words import counted
from opmodel.worksheets.decision_source import TYPES, WHOLE_TYPES, SourceColumn, SourceRule, SourceTable, SourceText
from opmodel.worksheets.grid import Unplaced, UnreadableSpreadsheet
from opmodel.worksheets.xml_tree import XmlElement, parse_xml

_SPACE = re.compile(r"https?://www\.omg\.org/spec/DMN/([0-9]{8})/?(?:MODEL/?|dmn\.xsd)?")
_VERSIONS = {"20151101": "1.1", "20180521": "1.2", "20191111": "1.3", "20211108": "1.4", "20230324": "1.5"}
_NAMED = ("inputData", "decision", "formalParameter", "variable")
"""Elements whose name can be the expression of an input."""
_UNTYPED = ("", "any")
_OTHER = {
    "literalExpression": "an expression",
    "invocation": "a call of a function",
    "context": "a context",
    "relation": "a relation",
    "functionDefinition": "a function",
    "list": "a list",
    "conditional": "a condition",
    "for": "a loop",
    "filter": "a filter",
}
"""What a decision holds in place of a table, by its element, in words."""
MAX_BYTES = 5 * 1024 * 1024
"""The size of a DMN file that is read."""


def read_dmn_file(path: Path) -> list[SourceTable] | None:
    """Return the decision tables of a DMN file, told by its name or its content; None if it is another file.

    Raises `UnreadableSpreadsheet`.
    """
    named = path.suffix.lower() == ".dmn"
    try:
        data = read_named_file(path, MAX_BYTES)
    except UnreadableFile as refused:
        if named:
            raise UnreadableSpreadsheet(f"{path.name}: {refused}") from None
        return None
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not named and not (start.startswith(b"<") and b"omg.org/spec/DMN/" in start):
        return None
    if not data.strip():
        raise UnreadableSpreadsheet(f"{path.name} is empty")
    tables = read_dmn(path.name, data)
    if not tables:
        raise UnreadableSpreadsheet(f"{path.name} holds no decision table")
    return tables


def read_dmn(name: str, data: bytes) -> list[SourceTable]:
    """Return the decision tables of a file. Raises `UnreadableSpreadsheet`."""
    root = parse_xml(name, data)
    version = _SPACE.fullmatch(root.space)
    if root.name != "definitions" or not version:
        raise UnreadableSpreadsheet(f"{name} is no DMN file: expected definitions of DMN, found <{root.name}>")
    if version[1] not in _VERSIONS:
        raise UnreadableSpreadsheet(f"{name} is DMN of {version[1]}; expected 1.1 to 1.5")
    return _Definitions(name, root).tables()


class _Definitions:
    """The decisions of one file."""

    def __init__(self, name: str, root: XmlElement) -> None:
        self.name, self.root = name, root
        self.items = {item.attributes.get("name", ""): item for item in root.all("itemDefinition")}
        self.decisions = root.all("decision")
        self.by_id = {each.attributes.get("id", ""): each for each in [*self.decisions, *root.all("inputData")]}
        self.variables = dict(self.named_types())
        self.names = {each.attributes.get("name", "") for each in root.walk() if each.name in _NAMED}

    def named_types(self) -> Iterator[tuple[str, str]]:
        """Yield the name of each input and decision with the name of its type."""
        for each in [*self.root.all("inputData"), *self.decisions]:
            variable = each.first("variable")
            if variable:
                yield (
                    each.attributes.get("name", ""),
                    variable.attributes.get("typeRef", "") or variable.words("typeRef"),
                )

    def tables(self) -> list[SourceTable]:
        """Return the table of each decision and each business knowledge model that has one."""
        return [
            self.table(decision, element)
            for decision in [*self.decisions, *self.root.all("businessKnowledgeModel")]
            for element in [decision.first("decisionTable") or decision.first("encapsulatedLogic", "decisionTable")]
            if element
        ]

    def table(self, decision: XmlElement, table: XmlElement) -> SourceTable:
        policy = table.attributes.get("hitPolicy", "UNIQUE")
        policy = " ".join(filter(None, (policy, table.attributes.get("aggregation", ""))))
        inputs, outputs = table.all("input"), table.all("output")
        report = [*self.others(decision), *self.links(decision)]
        if table.attributes.get("preferredOrientation", "").upper().startswith("CROSS"):
            report.append(self.finding(table, "", "a cross table; its rules are read one by one", recognised=True))
        report += [
            self.finding(each, each.words("text"), "the result where no rule matches, which has no counterpart")
            for each in filter(None, (output.first("defaultOutputEntry") for output in outputs))
        ]
        rules = tuple(self.rule(rule, number) for number, rule in enumerate(table.all("rule"), 1))
        widths = len(inputs), len(outputs)
        for element, rule in zip(table.all("rule"), rules, strict=True):
            if (len(rule.conditions), len(rule.results)) != widths:
                found = f"{counted(len(rule.conditions), 'condition')} and {counted(len(rule.results), 'result')}"
                expected = f"{counted(widths[0], 'input')} and {counted(widths[1], 'output')}"
                raise UnreadableSpreadsheet(f"{self.name}:{element.line}: expected {expected}, found {found}")
        return SourceTable(
            sheet=self.name,
            name=decision.attributes.get("label") or decision.attributes.get("name", ""),
            policy=policy,
            inputs=tuple(self.input(each) for each in inputs),
            outputs=tuple(self.output(each) for each in outputs),
            rules=rules,
            report=tuple(report),
            exported=self.exported(decision),
        )

    def exported(self, decision: XmlElement) -> str:
        """Return the approval section that this program keeps in a decision."""
        extensions = decision.first("extensionElements")
        kept = [each for each in extensions.children if each.space == SECTION_SPACE] if extensions else []
        return kept[0].text if kept else ""

    def finding(self, element: XmlElement, value: str, why: str, *, recognised: bool = False) -> Unplaced:
        place = f"line {element.line}"
        return Unplaced(sheet=self.name, cell=place, value=value, why=why, recognised=recognised)

    def links(self, decision: XmlElement) -> Iterator[Unplaced]:
        """Yield a finding for each decision, model and authority on which a decision depends."""
        for need in decision.children:
            for link in need.children if need.name.endswith("Requirement") else ():
                target = link.attributes.get("href", "").rpartition("#")[2]
                found = self.by_id.get(target)
                if link.name == "requiredInput":
                    continue
                name = found.attributes.get("name", target) if found else target
                what = {"requiredDecision": "another decision", "requiredKnowledge": "a function"}
                kind = what.get(link.name, "an authority")
                yield self.finding(link, name, f"depends on {kind}, which has no counterpart; its result is an input")

    def others(self, decision: XmlElement) -> Iterator[Unplaced]:
        """Yield a finding for each other decision of the file."""
        for other in self.decisions:
            if other is decision:
                continue
            logic = next((words for name, words in _OTHER.items() if other.first(name)), "")
            what = "a decision table" if other.first("decisionTable") else logic or "no logic"
            yield self.finding(
                other, other.attributes.get("name", ""), f"another decision ({what}); not read", recognised=True
            )

    def input(self, element: XmlElement) -> SourceColumn:
        expression = element.first("inputExpression") or element
        text = expression.words("text") or element.attributes.get("inputVariable", "")
        named = expression.attributes.get("typeRef", "") or expression.words("typeRef")
        name = named if named.rpartition(":")[2].lower() not in _UNTYPED else self.type_of(text)
        type, whole, allowed = self.resolve(name)
        given = element.words("inputValues", "text")
        return SourceColumn(
            label=element.attributes.get("label") or text,
            expression=self.text(expression, text, element),
            type=type,
            whole=whole,
            named=text in self.names,
            allowed=SourceText(text=given or allowed, place=f"line {element.line}"),
        )

    def output(self, element: XmlElement) -> SourceColumn:
        type, whole, allowed = self.resolve(element.attributes.get("typeRef", ""))
        name = element.attributes.get("name", "")
        return SourceColumn(
            label=element.attributes.get("label") or name,
            expression=SourceText(text=name, place=f"line {element.line}"),
            type=type,
            whole=whole,
            allowed=SourceText(text=element.words("outputValues", "text") or allowed, place=f"line {element.line}"),
        )

    def rule(self, element: XmlElement, number: int) -> SourceRule:
        remarks = [element.words("description"), *(each.words("text") for each in element.all("annotationEntry"))]
        return SourceRule(
            id=f"{number}",
            place=f"line {element.line}",
            conditions=tuple(self.text(each, each.words("text"), each) for each in element.all("inputEntry")),
            results=tuple(self.text(each, each.words("text"), each) for each in element.all("outputEntry")),
            remarks=tuple(dict.fromkeys(filter(None, remarks))),
        )

    def text(self, element: XmlElement, text: str, place: XmlElement) -> SourceText:
        language = element.attributes.get("expressionLanguage", "") or self.root.attributes.get(
            "expressionLanguage", ""
        )
        feel = not language or "feel" in language.lower()
        return SourceText(text=text, place=f"line {place.line}", language="feel" if feel else language)

    def type_of(self, expression: str) -> str:
        """Return the name of the type of a variable, or of a component of one."""
        name, _, component = expression.partition(".")
        type = self.variables.get(expression.strip()) or self.variables.get(name.strip(), "")
        if not component or expression.strip() in self.variables:
            return type
        item = self.items.get(type.rpartition(":")[2])
        parts = {each.attributes.get("name", ""): each for each in item.all("itemComponent")} if item else {}
        part = parts.get(component.strip())
        if not part:
            return ""
        if part.words("allowedValues", "text"):  # a type of its own, by a name that no file can have
            self.items[f"{type}.{component}"] = part
            return f"{type}.{component}"
        return part.words("typeRef")

    def resolve(self, name: str) -> tuple[str, bool, str]:
        """Return the type behind a name, whether its numbers are whole, and its values."""
        seen: dict[str, XmlElement] = {}
        plain, allowed = _bare(name), ""
        while plain.lower() not in TYPES and plain in self.items and plain not in seen:
            item = seen[plain] = self.items[plain]
            if item.attributes.get("isCollection") == "true":
                return f"list of {plain}", False, ""
            allowed = allowed or item.words("allowedValues", "text") or item.words("typeConstraint", "text")
            plain = _bare(item.words("typeRef"))
        if plain.lower() in _UNTYPED:
            return "", False, allowed
        return TYPES.get(plain.lower(), plain), plain.lower() in WHOLE_TYPES, allowed


def _bare(name: str) -> str:
    """Return the name of a type without its namespace: ``feel:string`` and ``{https://…}string`` are ``string``."""
    return name.rpartition("}")[2].rpartition(":")[2].strip()
