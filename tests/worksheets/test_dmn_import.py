"""Decision tables in DMN as approval sections: what has a counterpart is read, and all else is listed."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from approval.builders import AMOUNT, approval, rule
from commands.terminal import opmodel, tree
from opmodel.approval.conditions import ANYTHING
from opmodel.approval.table import compile_table
from opmodel.formats.dmn import packet_dmn, to_dmn
from opmodel.text.slugs import FreeNames
from opmodel.worksheets.decision_import import import_decision
from opmodel.worksheets.decision_source import SourceText
from opmodel.worksheets.dmn_reader import read_dmn, read_dmn_file
from opmodel.worksheets.feel_tests import NoCounterpart, read_condition
from opmodel.worksheets.grid import UnreadableSpreadsheet
from opmodel.worksheets.imported_approval import ImportedApproval
from sites import check_shipped, good

SPACES = {
    "1.1": "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
    "1.2": "http://www.omg.org/spec/DMN/20180521/MODEL/",
    "1.3": "https://www.omg.org/spec/DMN/20191111/MODEL/",
    "1.4": "https://www.omg.org/spec/DMN/20211108/MODEL/",
    "1.5": "https://www.omg.org/spec/DMN/20230324/MODEL/",
}
RULES = (
    ("&lt; 500", '"normal"', '"auto approve"', "small"),
    ("[500..5000)", "-", '"Team lead"', ""),
    ("&gt;= 5000", 'not("urgent")', '"Director"', ""),
    ("&gt;= 5000", '"urgent"', '"rejected"', "never in a hurry"),
)


def dmn(
    rules: tuple[tuple[str, str, str, str], ...] = RULES,
    *,
    version: str = "1.3",
    policy: str = "UNIQUE",
    more: str = "",
) -> bytes:
    """Return a file as other programs write it: an amount and a kind decide who approves."""
    rows = "".join(
        f"<d:rule><d:description>{remark}</d:description><d:inputEntry><d:text>{amount}</d:text></d:inputEntry>"
        f"<d:inputEntry><d:text>{kind}</d:text></d:inputEntry>"
        f"<d:outputEntry><d:text>{result}</d:text></d:outputEntry></d:rule>\n"
        for amount, kind, result, remark in rules
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<d:definitions xmlns:d="{SPACES[version]}" name="Orders" namespace="urn:orders">
<d:itemDefinition name="tKind"><d:typeRef>string</d:typeRef><d:allowedValues>
<d:text>"normal", "urgent"</d:text></d:allowedValues></d:itemDefinition>
<d:inputData id="i1" name="Order amount"><d:variable name="Order amount" typeRef="number"/></d:inputData>
<d:inputData id="i2" name="kind"><d:variable name="kind" typeRef="tKind"/></d:inputData>
<d:decision id="d1" name="Who approves">{more}<d:decisionTable hitPolicy="{policy}">
<d:input label="Amount"><d:inputExpression typeRef="number"><d:text>Order amount</d:text></d:inputExpression></d:input>
<d:input><d:inputExpression><d:text>kind</d:text></d:inputExpression></d:input>
<d:output name="approver" typeRef="string"/>
{rows}</d:decisionTable></d:decision></d:definitions>""".encode()


def read(data: bytes) -> ImportedApproval:
    return import_decision(read_dmn("orders.dmn", data), None, None)


def open_findings(result: ImportedApproval) -> list[str]:
    return [finding.why for finding in result.report if not finding.recognised]


@pytest.mark.parametrize("version", SPACES)
def test_a_table_becomes_inputs_rules_and_approvers(version: str) -> None:
    result = read(dmn(version=version))
    assert open_findings(result) == []
    assert result.data["inputs"] == [
        {"id": "order_amount", "type": "number", "label": "Amount"},
        {"id": "kind", "type": "choice", "label": "kind", "values": ["normal", "urgent"]},
    ]
    assert [(rule["when"], rule["outcome"], rule["reason"]) for rule in result.data["rules"]] == [
        ({"order_amount": "< 500", "kind": '"normal"'}, "act", "small"),
        ({"order_amount": "[500..5000)"}, "approve", "Who approves, rule 2"),
        ({"order_amount": ">= 5000", "kind": 'not("urgent")'}, "approve", "Who approves, rule 3"),
        ({"order_amount": ">= 5000", "kind": '"urgent"'}, "refuse", "never in a hurry"),
    ]
    assert result.data["rules"][2]["approved_by"] == [{"any": ["director"]}]
    assert [finding.partition(";")[0] for finding in result.findings] == ['no rule for order_amount 0, kind "urgent"']


@pytest.mark.parametrize(
    ("policy", "kept", "told"),
    [
        ("FIRST", "first", ()),
        ("ANY", "first", ()),
        ("COLLECT", "unique", ("hit policy COLLECT: gives the results of all rules that match",)),
        ("RULE ORDER", "unique", ("hit policy RULE ORDER: gives the results of all rules that match",)),
    ],
)
def test_a_hit_policy_that_differs_is_told(policy: str, kept: str, told: tuple[str, ...]) -> None:
    result = read(dmn(policy=policy))
    assert result.data["hit_policy"] == kept
    assert tuple(why.partition(",")[0] for why in open_findings(result)) == told


def test_a_party_that_stays_names_no_party_that_goes() -> None:
    links = {"escalates_to": "cfo", "delegate": {"to": "cfo", "at_most": "P7D"}}
    director = {"id": "director", "title": "Director"} | links
    former = approval([AMOUNT], parties=({"id": "clerk", "title": "Clerk"}, director, {"id": "cfo", "title": "CFO"}))
    result = import_decision(read_dmn("orders.dmn", dmn()), None, former)
    assert {"id": "director", "title": "Director"} in result.data["parties"]
    assert result.proven
    assert open_findings(result) == []


def test_rules_of_any_that_meet_with_different_results_are_found() -> None:
    rules = (("-", "-", '"Director"', ""), ("&lt; 5", "-", '"Team lead"', ""))
    assert any("both match" in finding for finding in read(dmn(rules, policy="ANY")).findings)
    same = (("-", "-", '"Director"', ""), ("&lt; 5", "-", '"Director"', ""))
    assert not any("both match" in finding for finding in read(dmn(same, policy="ANY")).findings)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("&lt; limit", "compares with another value"),
        ("&gt; 5 * 100", "calculates"),
        ("contains(?, 5)", "calls the function contains"),
        ("&gt; 5 and &lt; 9", "tests joined by a word"),
        ("if x then 1 else 2", "an expression of FEEL beyond S-FEEL"),
    ],
)
def test_a_condition_without_counterpart_stays_and_is_listed(text: str, why: str) -> None:
    result = read(dmn((*RULES, (text, "-", '"Director"', ""))))
    (finding,) = open_findings(result)
    assert finding.startswith(why)
    assert result.data["rules"][-1]["when"]["order_amount"] == text.replace("&lt;", "<").replace("&gt;", ">")
    assert result.findings == []


def test_results_that_do_not_say_what_the_agent_may_do_are_undecided() -> None:
    result = read(dmn((("-", "-", '"none"', ""),)))
    assert result.data["rules"][0]["outcome"] == "undecided"
    assert result.approval is None
    assert any("what the agent may do: written as undecided" in why for why in open_findings(result))


def test_the_result_where_no_rule_matches_is_listed() -> None:
    default = "<d:defaultOutputEntry><d:text>&quot;CEO&quot;</d:text></d:defaultOutputEntry></d:output>"
    text = dmn().decode().replace('typeRef="string"/>', f'typeRef="string">{default}')
    assert open_findings(read(text.encode())) == ["the result where no rule matches, which has no counterpart"]


def test_two_inputs_of_one_name_have_two_ids() -> None:
    result = read(dmn().replace(b"<d:text>kind</d:text>", b"<d:text>Order amount</d:text>"))
    assert [each["id"] for each in result.data["inputs"]] == ["order_amount", "order_amount_2"]


def test_an_expression_names_no_approver() -> None:
    result = read(dmn((("-", "-", 'if urgent then "Director" else "Team lead"', ""),)))
    assert [party["id"] for party in result.data["parties"]] == ["requester"]
    assert result.data["rules"][0]["reason"] == 'if urgent then "Director" else "Team lead"'
    assert result.data["rules"][0]["outcome"] == "undecided"


def test_a_value_that_stands_for_all_others_is_not_added_where_the_file_has_one() -> None:
    file = dmn((("-", '"Travel", "Other"', '"Director"', ""), ("-", 'not("Travel")', '"Team lead"', "")))
    kind = read(file.replace(b'typeRef="tKind"', b'typeRef="string"')).data["inputs"][1]
    assert kind["values"] == ["Travel", "Other"]


def test_a_word_of_refusal_among_others_decides_nothing() -> None:
    verdicts = dmn((("&lt; 5", "-", '"DECLINE"', ""), ("&gt;= 5", "-", '"REFER"', ""))).replace(b"approver", b"routing")
    assert [rule["outcome"] for rule in read(verdicts).data["rules"]] == ["refuse", "undecided"]
    risks = dmn((("&lt; 5", "-", '"DECLINE"', ""), ("&gt;= 5", "-", '"HIGH"', ""))).replace(b"approver", b"risk")
    assert [rule["outcome"] for rule in read(risks).data["rules"]] == ["undecided", "undecided"]


def test_the_proof_is_told_before_outcomes_are_chosen_and_never_without_a_proof(tmp_path: Path) -> None:
    site = good(tmp_path / "site")
    file = tmp_path / "orders.dmn"
    for each, told in (
        (("-", "-", '"yes"', ""), "Every case has exactly one rule; what some of them decide is still open."),
        (("&lt; 5", "-", '"yes"', ""), "no rule for order_amount 5"),
        (("&lt; limit", "-", '"Director"', ""), "Not proven: the section is not complete."),
    ):
        file.write_bytes(dmn((each,)).replace(b"approver", b"result" if "yes" in each[2] else b"approver"))
        assert told in opmodel(site, "import", str(file), "--approval", "intake", code=1).stderr


def test_links_to_other_decisions_and_authorities_are_listed() -> None:
    links = (
        '<d:informationRequirement><d:requiredDecision href="#other"/></d:informationRequirement>'
        '<d:informationRequirement><d:requiredInput href="#i1"/></d:informationRequirement>'
        '<d:authorityRequirement><d:requiredAuthority href="#law"/></d:authorityRequirement>'
    )
    found = open_findings(read(dmn(more=links)))
    assert [why.partition(",")[0] for why in found] == ["depends on another decision", "depends on an authority"]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b'<!DOCTYPE d [<!ENTITY a "b">]><d>&a;</d>', "holds a document type"),
        (b"<d>", "not valid XML"),
        (b'<?xml version="1.0" encoding="new"?><d/>', "names an encoding that cannot be read"),
        (b"<d/>", "no DMN file"),
        (b"<d>" * 100 + b"</d>" * 100, "in one another"),
        (dmn().replace(b"20191111", b"20991111"), "expected 1.1 to 1.5"),
        (
            dmn().replace(b"<d:outputEntry>", b"<d:x>", 1).replace(b"</d:outputEntry>", b"</d:x>", 1),
            "expected 2 inputs",
        ),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(data: bytes, why: str) -> None:
    with pytest.raises(UnreadableSpreadsheet, match=why):
        read_dmn("orders.dmn", data)


def test_a_dmn_file_is_told_by_its_name_or_its_content(tmp_path: Path) -> None:
    for name, data, count in (("a.dmn", dmn(), 1), ("a.xml", dmn(), 1), ("a.csv", b"a,b\n", None)):
        (tmp_path / name).write_bytes(data)
        found = read_dmn_file(tmp_path / name)
        assert (len(found) if found is not None else None) == count


def test_dates_nulls_and_placeholders_are_read() -> None:
    assert str(read_condition(SourceText(text='@"2026-01-31"'))) == 'date("2026-01-31")'
    assert str(read_condition(SourceText(text="? >= 5"))) == ">= 5"
    assert str(read_condition(SourceText(text="null"))) == "null"
    assert read_condition(SourceText(text=" ")) == ANYTHING
    with pytest.raises(NoCounterpart, match="groovy"):
        read_condition(SourceText(text="x > 5", language="groovy"))


def test_our_own_files_come_back_without_loss() -> None:
    checked = check_shipped()
    for name, entry in checked.model.packets.items():
        data = packet_dmn(checked, name)
        assert data
        (table,) = read_dmn(f"{name}.dmn", data)
        result = import_decision([table], None, None)
        assert result.approval == entry.value.shared.approval
        assert (result.report, result.findings) == ([], [])


def test_what_a_tool_changed_in_our_file_is_taken_over_and_told() -> None:
    data = packet_dmn(check_shipped(), "expense-audit")
    assert data
    (table,) = read_dmn("expense-audit.dmn", data)
    first = table.rules[0]
    changed = replace(first, conditions=(SourceText(text="null", place="line 9"), *first.conditions[1:]))
    result = import_decision([replace(table, rules=(changed, *table.rules[1:]))], None, None)
    assert result.data["rules"][0]["when"][result.data["inputs"][0]["id"]] == "null"
    assert any("changed after the export" in finding.why for finding in result.report)
    fewer = import_decision([replace(table, rules=table.rules[1:])], None, None)
    assert any("only the table is read" in why for why in open_findings(fewer))
    damaged = import_decision([replace(table, exported="{")], None, None)
    assert any("is damaged" in why for why in open_findings(damaged))


def test_steps_and_parties_that_are_told_come_back_and_changes_of_them_are_taken_over() -> None:
    ask = {"outcome": "approve", "approved_by": [{"any": ["cfo"]}], "advised": ["head"], "informed": ["clerk"]}
    endless: dict[str, Any] = ask | {"within": "none", "no_limit_reason": "The rules name no time."}
    tiers = ("lead", "head", "cfo")
    model = approval([AMOUNT], rules=(rule({}, **endless),), cumulative_tiers=tiers, delegation="level-below")
    (table,) = read_dmn("orders.dmn", to_dmn(compile_table(model), name="Orders", id="orders"))
    result = import_decision([table], None, None)
    assert (result.approval, result.report) == (model, [])
    steps = '[{"need": "all", "parties": ["lead", "cfo"]}]'
    names = [column.expression.text for column in table.outputs]
    for name, text, key, value in (
        ("steps", steps, "approved_by", [{"all": ["lead", "cfo"]}]),
        ("advised", "[]", "advised", None),
        ("within", '"P2D"', "within", "P2D"),
    ):
        results = list(table.rules[0].results)
        results[names.index(name)] = SourceText(text=text, place="line 9")
        changed = replace(table, rules=(replace(table.rules[0], results=tuple(results)),))
        found = import_decision([changed], None, None)
        assert found.data["rules"][0].get(key) == value
        assert [each.why for each in found.report] == [f"AP-01: {name} changed after the export"]


def test_the_command_prints_or_writes_the_section(tmp_path: Path) -> None:
    site = good(tmp_path / "site")
    file = tmp_path / "orders.dmn"
    file.write_bytes(dmn())
    before = tree(site)
    done = opmodel(site, "import", str(file), "--approval", "intake")
    assert [rule["id"] for rule in yaml.safe_load(done.stdout)["shared"]["approval"]["rules"]] == [
        *("row-1", "row-2", "row-3", "row-4")
    ]
    assert tree(site) == before
    opmodel(site, "import", str(file), code=2)
    opmodel(site, "import", str(file), "--approval", "intake", "--table", "Who aproves", code=1)
    opmodel(site, "import", str(file), "--approval", "intake", "--table", "Who approves", "--write")
    assert "approval-gap" in opmodel(site, "check", str(site), code=1).output


def test_a_number_behind_the_id_of_an_input_meets_no_other_id() -> None:
    names = FreeNames((), "_")
    assert [names.take(name) for name in ("kind", "kind", "kind_2")] == ["kind", "kind_2", "kind_2_2"]
