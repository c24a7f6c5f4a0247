"""Approval tables as DMN 1.3 XML (OMG formal/2021-02-01), for decision engines and modelling tools.

The outputs are text (the outcome, the rule's id, who approves or checks in words, the time limit, the reason) and then
the same people as data: who checks, what happens on timeout, the steps of an approval, and who is told. Lists and
contexts are written so that they are FEEL and JSON at once.

A plain diagram is included, because modelling tools show nothing without one. The whole section stands in an extension
element, as JSON, so that ``opmodel import`` reads the file without loss; engines and tools pass it over.

Engines address a table by the id of its decision, and modelling tools load several files into one model. Every id in a
file begins with the id of its packet, which no other packet has. Ids of packets have no underscore: what follows the
packet's id begins with one.
"""

import json
from collections.abc import Collection, Iterable
from functools import cache, lru_cache
from typing import Any, NamedTuple

from markupsafe import Markup

from opmodel.approval.case_input import input_prompt
from opmodel.approval.conditions import domain_condition, literal
from opmodel.approval.domain import FEEL_WORDS
from opmodel.approval.export import SECTION_SPACE
from opmodel.approval.sentences import RuleText, rule_texts
from opmodel.approval.table import CompiledRule, DecisionTable
from opmodel.model.approval import ApprovalRule, Input
from opmodel.model.vocabulary import Outcome
from opmodel.rules.check import Checked
from opmodel.views.render import TemplateEnvironment

_TYPES = {"number": "number", "choice": "string", "boolean": "boolean", "date": "date"}
_TEXTS = ("outcome", "rule", "approvers", "within", "reason", "checked_by", "on_timeout")
_LISTS = ("steps", "advised", "informed")
"""Outputs of a type that the file defines: the steps, and parties by their ids."""
_OUTPUTS = (*_TEXTS, *_LISTS)
_OUTCOMES = ", ".join(literal(str(outcome)) for outcome in Outcome)
_IN_QUOTES = str.maketrans({'"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#09;"})
_RESERVED = FEEL_WORDS | {"date"}
"""What cannot name a variable: the keywords of FEEL, and the function that makes days, which it would hide."""


class _InputColumn(NamedTuple):
    """An input with its name in FEEL; ``left`` and ``middle`` are its place in the diagram."""

    id: str
    name: str
    type: str
    label: Markup
    prompt: str
    domain: str
    left: int
    middle: int


class _RuleRow(NamedTuple):
    """A rule with the text of each input and output."""

    id: str
    sentence: str
    conditions: tuple[tuple[str, str], ...]
    answers: tuple[tuple[str, str], ...]


def packet_dmn(checked: Checked, packet: str) -> bytes | None:
    """Return the DMN file of a packet, or None if its table has errors, which only a preview can show."""
    table = checked.assessments[packet].control.table
    return to_dmn(table, name=checked.model.summaries[packet].title, id=packet) if table else None


def to_dmn(table: DecisionTable, *, name: str, id: str, namespace: str | None = None) -> bytes:
    """Return the DMN file of ``table``: the same bytes for the same table.

    Args:
        table: The compiled table.
        name: Label of the decision, for people only.
        id: Id of the packet: the decision's id, and what all other ids begin with.
        namespace: URI of the model; without one, a URN made from the packet's id.
    """
    decision, names = xml_id(id), _feel_names(table.inputs)
    middle = 160 + (len(table.inputs) - 1) * 85
    text = (
        _environment()
        .get_template("dmn.xml.jinja")
        .render(
            id=decision,
            name=_free_name(decision.replace("-", "_"), names.values()),
            label=_quoted(name),
            namespace=_quoted(namespace or f"urn:opmodel:{id}"),
            policy=table.hit_policy.name,
            own_space=SECTION_SPACE,
            section=table.approval.model_dump_json(by_alias=True, exclude_defaults=True),
            texts=_TEXTS,
            lists=_LISTS,
            outcomes=_OUTCOMES,
            inputs=tuple(_column(source, names[source.id], 100 + at * 170) for at, source in enumerate(table.inputs)),
            rules=tuple(_row(table, row, words) for row, words in zip(table.rows, rule_texts(table), strict=True)),
            left=middle - 90,
            middle=middle,
        )
    )
    return f"{text}\n".encode()


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


def _column(source: Input, name: str, left: int) -> _InputColumn:
    domain = domain_condition(source)
    return _InputColumn(
        id=source.id,
        name=name,
        type=_TYPES[source.type],
        label=_quoted(source.label),
        prompt=input_prompt(source),
        domain=str(domain) if domain.tests else "",
        left=left,
        middle=left + 62,
    )


def _row(table: DecisionTable, row: CompiledRule, words: RuleText) -> _RuleRow:
    rule = row.rule
    texts = (rule.outcome, rule.id, words.who, rule.within, rule.reason, rule.checked_by, rule.on_timeout)
    lists = (_steps(rule), list(rule.advised), list(rule.informed))
    values = (*(_literal(str(text or "")) for text in texts), *map(_json, lists))
    return _RuleRow(
        id=rule.id,
        sentence=words.sentence,
        conditions=tuple((source.id, str(test)) for source, test in zip(table.inputs, row.conditions, strict=True)),
        answers=tuple(zip(_OUTPUTS, values, strict=True)),
    )


def _steps(rule: ApprovalRule) -> list[dict[str, Any]]:
    """Return the steps of an approval in order, each with what it needs: any one of the parties, or all of them."""
    return [{"need": "any" if step.all is None else "all", "parties": list(step.parties)} for step in rule.approved_by]


_json = json.JSONEncoder(ensure_ascii=False).encode
_literal = lru_cache(maxsize=1 << 10)(literal)  # outcomes, people and times are few


def _quoted(value: str) -> Markup:
    """Escape text for an attribute."""
    return Markup(_escaped(value).translate(_IN_QUOTES))  # noqa: S704 every special character was replaced


def _escaped(value: object) -> str:
    """Escape text for XML, unless it was escaped for an attribute."""
    text = str(value)
    return text if isinstance(value, Markup) else text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@cache
def _environment() -> TemplateEnvironment:
    return TemplateEnvironment(_escaped)
