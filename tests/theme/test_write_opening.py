"""The form opens a file and lists what it does not take over; what is left out is as ``opmodel new`` writes it."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import FilePayload, Page

from opmodel.adapter.theme_files import joined_script
from opmodel.model.packet import Packet
from opmodel.model.problem import Severity
from opmodel.rules.check import check
from opmodel.scaffold.packet import packet_draft, packet_holders, sample_packet
from opmodel.source.reader import parse
from opmodel.views.packet_form import form_data, packet_form
from opmodel.worksheets.yaml_writer import packet_yaml
from sites import GOOD, SHIPPED, TODAY, check_shipped, shipped
from theme.drafts import PACKETS

pytestmark = pytest.mark.browser

CHECKED = check_shipped()
SAMPLE = sample_packet(CHECKED.model, TODAY)
WORKFLOWS = SHIPPED / "data/workflows"
DATA_FILES = sorted(file for site in (SHIPPED, GOOD) for file in (site / "data").rglob("*.yml"))
START = """given => {
  const place = document.createElement('div');
  const source = document.createElement('script');
  source.type = 'application/json';
  source.textContent = given;
  place.append(source);
  place.className = 'om-write';
  document.body.replaceChildren(place);
  writePage(place);
}"""
READ = """texts => texts.map(text => {
  const exact = (_, value) => value instanceof Exact ? {exact: value.text} : value;
  try { return JSON.stringify(writeReadYaml(text).data, exact); } catch (error) { return String(error.message); }
})"""


@pytest.fixture
def form(new_tab: Callable[..., Page]) -> Iterator[Page]:
    """An empty form by itself, with the data of the shipped site."""
    page = new_tab(clock=True)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("request", lambda request: errors.append(request.url) if "form.example" not in request.url else None)
    page.route("http://form.example/", lambda route: route.fulfill(body="<!doctype html><title>Form</title>"))
    page.goto("http://form.example/")
    page.add_script_tag(content=joined_script("write.js"))
    page.evaluate(START, str(packet_form(CHECKED, SAMPLE).json))
    yield page
    assert errors == []


def file_of(page: Page) -> str:
    page.clock.run_for(200)
    return page.locator(".om-write__file").input_value()


def open_text(page: Page, text: str, name: str = "opened.yml") -> list[str]:
    """Choose a file and return what the page says: a sentence, and a line for each thing that was not taken over."""
    file = FilePayload(name=name, mimeType="application/yaml", buffer=text.encode())
    page.get_by_label("A file of data/workflows/").set_input_files(file)
    page.locator(".om-write__opened p").wait_for()
    return page.locator(".om-write__opened :is(p, li)").all_inner_texts()


def errors_with(folder: Path, text: str) -> list[str]:
    """Return the errors of the shipped site with one more packet."""
    site = shipped(folder)
    (site / "data/workflows/from-the-form.yml").write_text(text, encoding="utf-8")
    problems = check(site, TODAY).problems
    return [str(each) for each in problems if each.severity is Severity.ERROR and "from-the-form" in each.place.path]


def packet_of(text: str) -> Packet:
    node, faults = parse(text)
    assert node is not None, faults
    return Packet.model_validate(node.plain)


def test_yaml_is_read_as_the_check_reads_it(form: Page) -> None:
    texts = [file.read_text(encoding="utf-8") for file in DATA_FILES]
    texts += [
        packet_draft(CHECKED.model, "New", packet_holders(CHECKED.model, "legal", None), TODAY),
        "---\na: |\n  one\n\n  two\n\nb: >\n  one\n  two\n\n  three\nc: one\n  two\n\n  three # note\n",
        'a: "one\n  two \\u00e9 \\" # no"\nb: \'it\'\'s\'\nc: [1, "two, three", {d: 0.10}]\nd: {e: [], f: null}\n',
        "a:\n- b: 1\n  c: true\n-   d: ~\n- - e\n  - f\n-\n  g: x#y:z\nh: 2026-11-22\ni: -7.50\n",
        '"a b": http://x.example/#y\n-k: "0"\nl:   \nm: |+\n  end\n\nn: it\'s "so"\n',
    ]
    read = form.evaluate(READ, texts)
    for text, found in zip(texts, read, strict=True):
        node, faults = parse(text)
        assert node is not None, faults
        assert json.loads(found) == json.loads(json.dumps(form_data(node.plain))), text


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: 1\nb: &x 2\n", "Line 2: anchors, aliases and tags are not read here: write the value itself."),
        ("a: !!str 2\n", "Line 1: anchors, aliases and tags are not read here: write the value itself."),
        ("a: 1\na: 2\n", "Line 2: the key a stands twice."),
        ("a:\n\tb: 1\n", "Line 2: a tab stands where spaces belong."),
        ("a: 1\n  b\n c: 2\n", "Line 3: a text with “: ” needs quotation marks."),
        ('a: "one\nb: 2\n', "Line 1: the quotation mark that begins here has no end."),
        ("a: [1, 2\nb: 2\n", "Line 1: the bracket that begins here has no end."),
        ("a: 0x1F\n", "Line 1: write the number 0x1F with digits and a point, or quote the text."),
        ("title\n- x\n", None),
        ("? a\n: b\n", "Line 1: expected a value, found ?"),
        ("a: 1\n---\nb: 2\n", "Line 2: expected a key with “:”, such as title: Invoice triage"),
    ],
)
def test_what_is_not_read_is_refused_with_its_line(text: str, message: str | None, form: Page) -> None:
    before = file_of(form)
    told = open_text(form, text)
    start = "Not opened, and the form is as it was."
    assert told[0].startswith(start)
    if message:
        assert told == [f"{start} {message}"]
    assert file_of(form) == before


def test_every_sample_packet_is_opened_and_written_again(form: Page) -> None:
    form.on("dialog", lambda dialog: dialog.accept())
    for name, packet in PACKETS.items():
        assert open_text(form, packet_yaml(packet), f"{name}.yml") == ["Opened, with everything that the file holds."]
        assert packet_of(file_of(form)) == packet
        assert form.locator("code").inner_text() == f"data/workflows/{name}.yml"


def test_what_the_form_does_not_take_over_is_listed(form: Page) -> None:
    text = (WORKFLOWS / "contract-intake.yml").read_text(encoding="utf-8")
    text = text.replace("title: Contract intake\n", "title: Contract intake # a comment\ncolour: red\n")
    text = text.replace("    role: workflow-owner\n", "    role: workflow-owner\n    phone: [1, two]\n", 1)
    assert open_text(form, text, "contract-intake.yml") == [
        "Opened. Not taken over, so it is not in the file below:",
        "colour: red",
        'owners.value.phone: ["1","two"]',
        "The comments on lines 2, 128: the form keeps no comments.",
    ]


def test_an_opened_file_replaces_a_draft_only_after_a_yes(form: Page) -> None:
    form.get_by_label("Title", exact=True).first.fill("Mine")
    form.clock.run_for(200)
    asked: list[str] = []

    def refuse(dialog: Any) -> None:
        asked.append(dialog.message)
        dialog.dismiss()

    form.on("dialog", refuse)
    form.get_by_text("Or paste the text of a file").click()
    form.get_by_label("Text of the file").fill("title: Theirs\n")
    form.get_by_role("button", name="Open what is pasted").click()
    assert asked == ["Open the file? What the form holds now will be gone."]
    assert "title: Mine\n" in file_of(form)


def test_a_file_that_is_no_text_is_refused(form: Page) -> None:
    file = FilePayload(name="x.yml", mimeType="application/yaml", buffer=b"\xff\xfe\x00")
    form.get_by_label("A file of data/workflows/").set_input_files(file)
    form.get_by_text("Not opened, and the form is as it was. The file is not text in UTF-8.").wait_for()


def test_an_empty_form_gives_a_file_without_errors(form: Page, tmp_path: Path) -> None:
    text = file_of(form)
    assert "{}" not in text.replace("when: {}", "")
    assert errors_with(tmp_path, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "title: Only a title\nowners:\n  value:\n    role: workflow-owner\n    team: people-ops\n",
        "it:\n  access:\n    - system: HR\n    - system: Mail\n      operations: [read]\n",
        "shared:\n  approval:\n    inputs:\n      - type: number\n        label: Days\n"
        "      - id: sum\n        type: number\n        label: Sum\n",
        "shared:\n  exceptions:\n    queue: Desk\n    cases:\n      - id: EX-09\n        case: Too long\n"
        "  approval:\n    parties:\n      - id: clerk\n        title: Clerk\n",
        "business:\n  pain:\n    volume:\n      cases: 12\n"
        "shared:\n  failure_cases:\n    - case: One\n    - case: Two\n",
    ],
)
def test_what_is_left_out_is_written_as_new_writes_it(text: str, form: Page, tmp_path: Path) -> None:
    assert open_text(form, text) == ["Opened, with everything that the file holds."]
    written = file_of(form)
    assert ": {}" not in written.replace("when: {}", "")
    assert errors_with(tmp_path, written) == []


def test_each_field_is_labelled_by_its_title_in_the_schema(form: Page) -> None:
    schema = Packet.model_json_schema(by_alias=True)["$defs"]
    labels = set(form.locator(".om-write :is(label, legend)").all_inner_texts())
    for record in ("Volume", "Pain", "Output", "Scope", "Trigger"):
        for part in schema[record]["properties"].values():
            if "title" in part and "anyOf" not in part:
                assert {part["title"], f"{part['title']} (optional)"} & labels, part["title"]
    assert schema["Volume"]["properties"]["minutes_each"]["title"] == "Minutes for each case"


MISSHAPEN = [
    "title: [1, {a: b}]\nsummary: {x: y}\n",
    "title: T\nshared: {approval: {inputs: [1, null, {type: choice, values: 5}, {type: [1]}], rules: [1, {when: 5}]}}\n"
    "business: {scope: {in: 5}, pain: 7, inputs: [a, b]}\nowners: {value: [], others: {a: 1, b: {team: [c]}}}\n"
    "tags: {a: b}\n",
    "status: [live]\nrevised: {a: 1}\nreview: 5\nit: [1]\nshared: {exceptions: {cases: {a: 1}, states: [[x]]}}\n",
]


@pytest.mark.parametrize("text", MISSHAPEN)
def test_what_no_field_could_hold_is_listed(form: Page, text: str) -> None:
    said = open_text(form, text)
    assert said[0] == "Opened. Not taken over, so it is not in the file below:"
    assert len(said) > 2
    packet_of(file_of(form))


ENDLESS = {
    "too deep": ["a: " + "[" * 20_000, "- " * 4_000 + "x", "\n".join(" " * n + "a:" for n in range(300))],
    "too long": ['a: "x\n' + "  y\n" * 20_000, "a: [x\n" + "  y,\n" * 20_000, "a" + " " * 60_000, "a: b\n" * 60_000],
}


@pytest.mark.parametrize("text", [text for texts in ENDLESS.values() for text in texts], ids=range(7))
def test_what_is_far_larger_than_any_packet_is_refused_at_once(form: Page, text: str) -> None:
    (said,) = open_text(form, text)
    assert said.startswith("Not opened, and the form is as it was. Line ")
    assert "more than" in said
