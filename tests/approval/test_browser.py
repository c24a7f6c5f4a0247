"""The form in the browser gives the same answers as Python, and says clearly what is missing or impossible."""

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from playwright.sync_api import Page

from approval.builders import AMOUNT, DUE, MATCH, NEW, approval, drawn, rule
from opmodel.adapter.theme_files import joined_script
from opmodel.approval.case_input import CaseInputError, read_case
from opmodel.approval.conditions import Value
from opmodel.approval.decide import matching
from opmodel.approval.export import export
from opmodel.approval.table import DecisionTable, compile_table
from opmodel.model.values import plain
from opmodel.model.vocabulary import HitPolicy

SCRIPT = joined_script("decide.js")
MOST_CASES = 200
pytestmark = pytest.mark.browser


@pytest.fixture
def page(new_tab: Callable[[], Page]) -> Page:
    return new_tab()


def as_text(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "null"
    return plain(value) if isinstance(value, Decimal) else str(value)


def answers(page: Page, data: dict[str, Any], asked: list[dict[str, str]]) -> list[Any]:
    """Return the id of the rule that the browser finds for each case, or the inputs with problems."""
    code = """([data, asked]) => asked.map((given) => {
        const { rule, problems } = window.opmodelDecide.decide(data, given);
        return rule ? rule.id : problems.map((problem) => problem.input);
    })"""
    found: list[Any] = page.evaluate(code, [data, asked])
    return found


def python_answer(table: DecisionTable, values: dict[str, Value]) -> Any:
    rows = matching(table, values)
    clear = len(rows) == 1 or (rows and table.hit_policy is HitPolicy.FIRST)
    return rows[0].id if clear else [None]


def test_the_browser_decides_as_python_does(page: Page) -> None:
    page.set_content("<p>")
    page.add_script_tag(content=SCRIPT)
    tables = drawn(40)
    assert len(tables) > 20
    for case, table in tables:
        every = list(case.cases())
        some = every[:: len(every) // MOST_CASES + 1]
        found = answers(page, export(table), [{name: as_text(v) for name, v in values.items()} for values in some])
        assert found == [python_answer(table, values) for values in some]


WRITTEN = ["", " ", "5", " 5 ", "5.", ".5", "-0", "-.5", "+5", "1e3", "4,999", "5 000", "0.005", "0.500", "-1", "10001"]
WRITTEN += ["1" * 35, "0" * 40 + "1", "0." + "1" * 35, "NaN", "Infinity", "0x10", "\u0665", "5\n", "--5", "."]
DAYS = ["2026-01-31", "2026-02-30", "0000-01-01", "0001-01-01", "9999-12-31", "26-01-01", "2026-1-1", "2025-12-31", "x"]


def test_the_browser_reads_values_as_python_does(page: Page) -> None:
    page.set_content("<p>")
    page.add_script_tag(content=SCRIPT)
    number = AMOUNT | {"max": Decimal(10000), "decimals": 2}
    written: list[tuple[dict[str, Any], list[str]]] = [
        (number, WRITTEN),
        (DUE | {"min": "2026-01-01"}, DAYS),
        (DUE, DAYS),
        (NEW, ["true", "yes", "", "null"]),
        (number | {"may_be_missing": True}, ["null", "", " null", "5", "NULL", "-1"]),
        (MATCH | {"may_be_missing": True}, ["null", "", "none", "other"]),
        (MATCH, ["null", "none"]),
    ]
    for source, texts in written:
        table, name = compile_table(approval([source])), source["id"]
        found = answers(page, export(table), [{name: text} for text in texts])
        for text, answer in zip(texts, found, strict=True):
            try:
                read_case(table, {name: text})
                expected: Any = "AP-01"
            except CaseInputError:
                expected = [name]
            assert answer == expected, text


FORM = """
<div>
  <script type="application/json">{data}</script>
  <form data-opmodel-decide data-rule-link="#approval-" hidden novalidate>
    <label>Amount <input name="case-amount" inputmode="decimal"></label>
    <label>Match <select name="case-po_match">
      <option value=""></option><option>matched</option><option>partial</option><option>none</option>
    </select></label>
    <button>Who decides?</button>
    <output aria-live="polite"></output>
  </form>
</div>
"""


@pytest.fixture
def form(page: Page) -> Page:
    ask = {"approved_by": [{"any": ["lead"]}], "within": "PT8H", "on_timeout": "escalate"}
    rules = (
        rule({"amount": "< 500"}),
        rule({"amount": ">= 500"}, 2, outcome="approve", reason="<b>Large</b> sums.", **ask),
    )
    data = json.dumps(export(compile_table(approval([AMOUNT, MATCH], rules=rules)))).replace("<", "\\u003c")
    page.set_content(FORM.replace("{data}", data))
    page.add_script_tag(content=SCRIPT)
    return page


def test_the_form_answers_from_the_keyboard(form: Page) -> None:
    form.get_by_label("Amount").focus()
    form.keyboard.type("500")
    form.keyboard.press("Tab")
    form.keyboard.type("partial")
    form.keyboard.press("Tab")
    form.keyboard.press("Enter")
    lines = form.locator("output span").all_inner_texts()
    assert [line.strip() for line in lines] == [
        "Ask first.",
        "The AP Lead approves.",
        "Time limit: 8 hours.",
        "No answer escalates to the Head of AP.",
        "Why: <b>Large</b> sums.",
        "Rule: AP-02",
    ]
    assert form.get_by_role("link", name="AP-02").get_attribute("href") == "#approval-ap-02"


def test_the_form_says_who_is_told_and_that_there_is_no_limit(page: Page) -> None:
    endless = {"approved_by": [{"any": ["cfo"]}], "within": "none", "no_limit_reason": "No rule names a time."}
    rules = (rule({}, outcome="approve", **endless, advised=["lead"], informed=["clerk"]),)  # type: ignore[arg-type]
    data = json.dumps(export(compile_table(approval([AMOUNT, MATCH], rules=rules, cumulative_tiers=["head", "cfo"]))))
    page.set_content(FORM.replace("{data}", data))
    page.add_script_tag(content=SCRIPT)
    page.get_by_label("Amount").fill("1")
    page.get_by_label("Match").select_option("partial")
    page.get_by_role("button").click()
    assert [line.strip() for line in page.locator("output span").all_inner_texts()] == [
        "Ask first.",
        "The Head of AP approves, then the CFO approves.",
        "Time limit: none.",
        "Why there is none: No rule names a time.",
        "Silence has no end.",
        "The AP Lead is told before the agent acts; the AP Clerk is told afterwards.",
        "Why: It fits.",
        "Rule: AP-01",
    ]


def test_the_form_says_what_is_missing_and_goes_there(form: Page) -> None:
    form.get_by_label("Amount").fill("4,999")
    form.get_by_role("button").click()
    assert form.locator("output span").all_inner_texts() == [
        "Invoice amount: expected a number such as 4999 or 0.5, without separators.",
        "PO match: please fill this in.",
    ]
    assert form.locator("[aria-invalid]").count() == 2
    assert form.evaluate("document.activeElement.name") == "case-amount"


def test_an_answer_to_other_values_does_not_stay(form: Page) -> None:
    form.get_by_label("Amount").fill("5")
    form.get_by_label("Match").select_option("none")
    form.get_by_role("button").click()
    assert form.locator("output [data-line=rule]").inner_text() == "Rule: AP-01"
    form.get_by_label("Amount").fill("50000")
    assert form.locator("output").inner_text() == ""


NAMES = [
    "__proto__",
    "constructor",
    "toString",
    "hasOwnProperty",
    "elements",
    "querySelector",
    "hidden",
    "parentElement",
]


@pytest.mark.parametrize("name", NAMES)
def test_an_input_of_any_name_decides_alike_in_the_form(page: Page, name: str) -> None:
    """Also where the values of another input are names of what every object and every form has."""
    sources: list[dict[str, Any]] = [AMOUNT | {"id": name}, MATCH | {"values": ("__proto__", "constructor")}]
    whens = [{name: "< 5"}, {name: ">= 5", "po_match": '"__proto__"'}, {name: ">= 5", "po_match": '"constructor"'}]
    table = compile_table(approval(sources, whens))
    cases = [("1", "constructor"), ("9", "__proto__"), ("9", "constructor")]
    data = json.dumps(export(table)).replace("<", "\\u003c")
    markup = FORM.replace("{data}", data).replace("case-amount", f"case-{name}")
    page.set_content(
        markup.replace("<option>matched", "<option>__proto__</option><option>constructor</option><option>")
    )
    page.add_script_tag(content=SCRIPT)
    shown = []
    for amount, word in cases:
        page.get_by_label("Amount").fill(amount)
        page.get_by_label("Match").select_option(word)
        page.get_by_role("button").click()
        shown.append(page.locator("output a").inner_text())
    given = [read_case(table, {name: amount, "po_match": word}) for amount, word in cases]
    assert shown == [python_answer(table, values) for values in given] == ["AP-01", "AP-02", "AP-03"]


def test_a_value_that_is_not_known_is_said_so_in_the_form(page: Page) -> None:
    """An empty field is a mistake; a ticked box is an answer, whatever stands in the field that it switches off."""
    whens = [{"amount": "null"}, {"amount": ">= 0", "po_match": "null"}, {"amount": ">= 0", "po_match": "not(null)"}]
    sources: list[dict[str, Any]] = [AMOUNT | {"may_be_missing": True}, MATCH | {"may_be_missing": True}]
    data = json.dumps(export(compile_table(approval(sources, whens)))).replace("<", "\\u003c")
    box = '</label><label>Not known <input type="checkbox" name="case-amount" value="null"></label>'
    markup = FORM.replace("{data}", data).replace('inputmode="decimal"></label>', f'inputmode="decimal">{box}')
    page.set_content(markup.replace("</select>", '<option value="null">Not known</option></select>'))
    page.add_script_tag(content=SCRIPT)
    shown = []
    page.get_by_label("Match").select_option("Not known")
    page.get_by_role("button").click()
    assert page.locator("output").inner_text() == ("Invoice amount: please fill this in, or say that it is not known.")
    for ticked, word in ((False, "Not known"), (False, "none"), (True, "none")):
        page.get_by_label("Amount").fill("9")
        page.get_by_role("checkbox").set_checked(ticked)
        page.get_by_label("Match").select_option(word)
        page.get_by_role("button").click()
        shown.append(page.locator("output a").inner_text())
    assert shown == ["AP-02", "AP-03", "AP-01"]
    assert page.get_by_label("Amount").is_disabled()
