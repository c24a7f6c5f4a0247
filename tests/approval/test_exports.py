"""The table as DMN and as data: complete, exact, and the same bytes each time."""

import json
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from approval.builders import AMOUNT, DUE, MATCH, NEW, approval, rule
from opmodel.approval.export import export
from opmodel.approval.table import DecisionTable, compile_table
from opmodel.formats.dmn import to_dmn

OUTPUT = "outputEntry/text"
DMN = "{https://www.omg.org/spec/DMN/20191111/MODEL/}"


def table(policy: str = "unique", **fields: Any) -> DecisionTable:
    rules = (
        rule({"amount": "]0...5[, 7", "po_match": 'not("none")', "new_vendor": "true"}),
        rule({"due": '>= date("2026-01-01")'}, 2, outcome="review", checked_by="lead", within="P2D", reason="<&> \"'"),
    )
    return compile_table(approval([AMOUNT, MATCH, NEW, DUE], rules=rules, hit_policy=policy, **fields))


def read(table: DecisionTable) -> ET.Element:
    return ET.fromstring(to_dmn(table, name="Invoices & more", id="invoice-triage"))  # noqa: S314 our own bytes


def texts(root: ET.Element, path: str) -> list[str | None]:
    return [element.text for element in root.iterfind(".//" + "/".join(DMN + part for part in path.split("/")))]


def test_conditions_are_in_standard_notation() -> None:
    assert texts(read(table()), "inputEntry/text") == [
        *("(0..0.5), 7", 'not("none")', "true", "-"),
        *("-", "-", "-", '>= date("2026-01-01")'),
    ]


def test_outputs_are_text_and_lists() -> None:
    assert texts(read(table()), "outputEntry/text") == [
        *('"act"', '"AP-01"', '""', '""', '"It fits."', '""', '""', "[]", "[]", "[]"),
        *('"review"', '"AP-02"', '"the AP Lead checks afterwards"', '"P2D"', '"<&> \\"\'"', '"lead"', '""'),
        *("[]", "[]", "[]"),
    ]


def test_who_approves_and_who_is_told_are_data() -> None:
    steps = [{"any": ["lead", "head"]}, {"all": ["head", "cfo"]}, {"any": ["cfo"]}]
    ask: dict[str, Any] = {
        "outcome": "approve",
        "approved_by": steps,
        "within": "P1D",
        "on_timeout": "refuse",
        "advised": ["head"],
    }
    found = texts(read(compile_table(approval([AMOUNT], rules=(rule({}, **ask, informed=["cfo", "clerk"]),)))), OUTPUT)
    assert found[5:7] == ['""', '"refuse"']
    assert [json.loads(text or "") for text in found[7:]] == [
        [
            {"need": "any", "parties": ["lead", "head"]},
            {"need": "all", "parties": ["head", "cfo"]},
            {"need": "any", "parties": ["cfo"]},
        ],
        ["head"],
        ["cfo", "clerk"],
    ]


def test_every_output_has_a_type_that_the_standard_or_the_file_defines() -> None:
    root = read(table())
    own = {element.get("name") for element in root.iter(f"{DMN}itemDefinition")}
    assert own == {"invoice_triage_parties", "invoice_triage_steps"}
    assert {element.get("typeRef") for element in root.iter(f"{DMN}output")} == {"string"} | own


def test_inputs_have_types_and_values() -> None:
    root = read(table())
    assert [e.get("typeRef") for e in root.iter(f"{DMN}inputExpression")] == ["number", "string", "boolean", "date"]
    assert texts(root, "input/inputExpression/text") == ["amount", "po_match", "new_vendor", "due"]
    assert texts(root, "inputValues/text") == [">= 0", '"matched", "partial", "none"']


def test_the_hit_policy_is_the_standards_word() -> None:
    bodies = [next(read(table(policy)).iter(f"{DMN}decisionTable")) for policy in ("unique", "first")]
    assert [body.get("hitPolicy") for body in bodies] == ["UNIQUE", "FIRST"]


def test_ids_are_given_once_and_every_reference_resolves() -> None:
    root = read(table())
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    wanted = {e.get("dmnElementRef") for e in root.iter() if e.get("dmnElementRef")}
    wanted |= {str(e.get("href")).removeprefix("#") for e in root.iter(f"{DMN}requiredInput")}
    assert wanted <= set(ids)


def test_the_bytes_are_the_same_each_time() -> None:
    assert to_dmn(table(), name="A", id="a") == to_dmn(table(), name="A", id="a")


def test_a_title_with_every_character_that_xml_reserves_is_read_back_as_it_was() -> None:
    title = "< & > \" ' \n \t \r ]]> –"
    root = ET.fromstring(to_dmn(table(), name=title, id="a"))  # noqa: S314 our own bytes
    assert [e.get("label") for e in (root, *root.iter(f"{DMN}decision"))] == [title, title]


def test_two_files_share_no_id_and_no_namespace() -> None:
    known: list[str | None] = []
    for id in ("a", "a-b", "b", "1", "10"):
        root = ET.fromstring(to_dmn(table(), name="One title", id=id))  # noqa: S314 our own bytes
        known += [root.get("namespace"), *(e.get("id") for e in root.iter() if e.get("id"))]
    assert len(known) == len(set(known))


@pytest.mark.parametrize(
    ("id", "decision", "name"),
    [
        ("invoice-triage", "invoice-triage", "invoice_triage"),
        ("2nd-line-review", "_2nd-line-review", "_2nd_line_review"),
        ("if", "if", "if_"),
        ("amount", "amount", "amount_"),
    ],
)
def test_a_decision_has_the_packets_id_as_xml_and_feel_write_it(id: str, decision: str, name: str) -> None:
    root = ET.fromstring(to_dmn(table(), name="R&D approvals", id=id))  # noqa: S314 our own bytes
    (found,) = root.iter(f"{DMN}decision")
    assert (found.get("id"), found.get("name"), found.get("label")) == (decision, name, "R&D approvals")
    assert found.find(f"{DMN}variable").get("name") == name  # type: ignore[union-attr]


def test_an_input_that_is_named_like_an_output_has_ids_of_its_own() -> None:
    choice = MATCH | {"id": "outcome"}
    root = ET.fromstring(to_dmn(compile_table(approval([choice])), name="A", id="a"))  # noqa: S314 our own bytes
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))


def test_data_is_exact_and_ready_for_json() -> None:
    data = json.loads(json.dumps(export(table()), allow_nan=False))
    assert data["hit_policy"] == "unique"
    assert data["inputs"][0] == {
        "id": "amount",
        "type": "number",
        "label": "Invoice amount",
        "asks": "Invoice amount in EUR",
        "min": "0",
        "max": None,
        "unit": "EUR",
        "decimals": None,
        "window": None,
    }
    assert data["rules"][0]["when"] == {
        "amount": {
            "not": False,
            "tests": [
                {"low": {"value": "0", "closed": False}, "high": {"value": "0.5", "closed": False}},
                {"equal": "7"},
            ],
        },
        "po_match": {"not": True, "tests": [{"equal": "none"}]},
        "new_vendor": {"not": False, "tests": [{"equal": True}]},
    }


def test_data_says_who_answers() -> None:
    ask = rule(
        {},
        outcome="approve",
        approved_by=[{"any": ["lead"]}, {"all": ["head", "cfo"]}],
        within="PT8H",
        on_timeout="escalate",
    )
    spend = AMOUNT | {"window": {"over": "P60D", "per": "vendor"}, "max": Decimal("1E+3")}
    data = export(compile_table(approval([spend], rules=(ask,))))
    (found,) = data["rules"]
    assert found["approved_by"] == [
        {"any": [{"id": "lead", "title": "AP Lead"}]},
        {"all": [{"id": "head", "title": "Head of AP"}, {"id": "cfo", "title": "CFO"}]},
    ]
    assert [[party["id"] for party in chain] for chain in found["escalation"]] == [
        ["lead", "head", "cfo"],
        ["head", "cfo"],
        ["cfo"],
    ]
    assert (found["within"], found["within_words"], found["on_timeout"]) == ("PT8H", "8 hours", "escalate")
    assert data["inputs"][0]["window"] == {"over": "P60D", "per": "vendor"}
    assert data["inputs"][0]["max"] == "1000"


def test_tables_that_are_asked_for_in_turn_keep_their_own_words() -> None:
    first, second = table(), table("first")
    for _ in range(2):
        assert export(first)["hit_policy"] == "unique"
        assert not export(first)["rules"][1]["sentence"].startswith("Otherwise")
        assert export(second)["hit_policy"] == "first"
        assert export(second)["rules"][1]["sentence"].startswith("Otherwise")
