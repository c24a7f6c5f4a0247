"""Questions as people type them, put to the search of the built site: with its index whole, and in parts.

All of them go to its worker directly; some go through the search box as well, which shows what the worker answers.
"""

import json
import shutil
from collections.abc import Callable
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from markupsafe import Markup
from playwright.sync_api import Page, Route, expect

from browsing import Browsing
from opmodel.views.search_entries import SearchEntry
from opmodel.views.search_parts import page_entry, sections_file, with_word_lists

pytestmark = pytest.mark.browser
Show = Callable[..., Page]

BOX = "[data-md-component=search-query]"
RESULT = ".md-search-result__item"
SHOWN = "all => all.map(item => new URL(item.querySelector('a').href).pathname.slice(1))"
WORKER = """
importScripts("%s");
const answers = [];
self.postMessage = ({data}) => { answers.push(data.items.map(([item]) => item.location.split("#")[0])); };
self.setTimeout = (resume) => resume();
self.addEventListener("message", async ({data: {docs, questions, port}}) => {
    take(docs);
    const last = {};
    for (const question of questions) {
        await ask(question);
        last[question] = answers.at(-1);
    }
    port.postMessage(last);
});"""
"""The worker of the search, which here answers a list of questions, and waits for no further keys."""
ASK_ALL = """async ([address, questions]) => {
    const {docs} = await (await fetch("search/search_index.json")).json();
    const worker = new Worker(address);
    const {port1, port2} = new MessageChannel();
    const told = new Promise((tell, fail) => {
        port1.onmessage = ({data}) => tell(data);
        worker.onerror = ({message}) => fail(new Error(message));
    });
    worker.postMessage({docs, questions, port: port2}, [port2]);
    const answers = await told;
    worker.terminate();
    return answers;
}"""
TYPED = ("who approves", "AP-07", "how long keep logs")
ASK = """async ([address, docs, question]) => {
    const worker = new Worker(address);
    const told = () => new Promise(tell => { worker.onmessage = ({data}) => tell(data.data); });
    worker.postMessage({type: 0, data: {docs}});
    await told();
    worker.postMessage({type: 2, data: question});
    const {items} = await told();
    worker.terminate();
    return items.map(page => page.filter(item => item.score));
}"""
"""What the theme does: hands over an index, asks a question, and shows the items that are told."""


def questions() -> list[tuple[str, list[str]]]:
    """Return each question with the addresses of the pages that answer it."""
    lines = (Path(__file__).parent / "questions.txt").read_text(encoding="utf-8").splitlines()
    split = (line.split(" | ") for line in lines if line and not line.startswith("#"))
    return [(question, answers.split(", ")) for question, answers in split]


@pytest.fixture(scope="module")
def in_parts(built_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped site with its index in parts, as if it had many packets."""
    site = Path(shutil.copytree(built_site, tmp_path_factory.mktemp("parts") / "site"))
    index = json.loads((site / "search/search_index.json").read_text(encoding="utf-8"))

    def packet(entry: SearchEntry) -> str:
        kind, _, name = entry["location"].partition("#")[0].partition("/")
        return name if kind == "workflows" else ""

    entries: list[SearchEntry] = [entry for entry in index["docs"] if not packet(entry)]
    files = []
    for _, group in groupby(filter(packet, index["docs"]), packet):
        own = list(group)
        entries.append(page_entry(own))
        files.append(sections_file(own))
    index["docs"], lists = with_word_lists(entries)
    for address, text in (*files, *lists, ("search/search_index.json", json.dumps(index))):
        (site / address).parent.mkdir(exist_ok=True)
        (site / address).write_text(text, encoding="utf-8")
    return site


@pytest.fixture(scope="module", params=["whole", "in parts"])
def root(request: pytest.FixtureRequest, built_site: Path, in_parts: Path, serve: Callable[[Path], str]) -> str:
    """The address of a site."""
    return serve(built_site if request.param == "whole" else in_parts)


@pytest.fixture(scope="module")
def results(root: str, chromium: str, browsing: Browsing) -> dict[str, list[str]]:
    """What the search answers to each question: the paths of pages, best first."""
    context = browsing.browser().new_context()
    page = context.new_page()
    page.goto(root)
    search = "new URL(JSON.parse(document.getElementById('__config').textContent).search, location).href"
    folder, _, name = page.evaluate(search).rpartition("/")
    own = f"{folder}/questions.js"
    context.route(own, lambda route: route.fulfill(body=WORKER % name, content_type="text/javascript"))
    found: dict[str, list[str]] = page.evaluate(ASK_ALL, [own, [question for question, _ in questions()]])
    context.close()
    return found


def test_there_are_enough_questions() -> None:
    assert len(questions()) >= 40


def test_nearly_every_question_finds_its_page_first(results: dict[str, list[str]]) -> None:
    missed = {question: results[question][:3] for question, right in questions() if results[question][0] not in right}
    assert len(missed) <= len(results) * 0.05, missed


def test_every_question_finds_its_page_among_the_first_three(results: dict[str, list[str]]) -> None:
    missed = {q: results[q][:4] for q, right in questions() if not set(results[q][:3]) & set(right)}
    assert missed == {}


@pytest.mark.parametrize("question", TYPED)
def test_the_search_box_shows_what_the_search_answers(
    open_page: Show, root: str, results: dict[str, list[str]], question: str
) -> None:
    page = open_page("", root=root)
    page.fill(BOX, question)
    page.press(BOX, "End")  # the theme listens to keys
    first = results[question][:4]
    page.wait_for_function(
        f"first => {{ const shown = ({SHOWN})([...document.querySelectorAll('{RESULT}')]);"
        " return first.every((path, place) => shown[place] === path); }",
        arg=first,
    )
    shown = page.locator(RESULT).evaluate_all(SHOWN)
    assert shown[: len(first)] == first


def test_a_large_site_answers_from_few_files_and_finds_what_only_a_section_says(
    open_page: Show, in_parts: Path, serve: Callable[[Path], str]
) -> None:
    page = open_page("", root=serve(in_parts))
    asked: list[str] = []

    def note(route: Route) -> None:
        asked.append(route.request.url.partition("/search/")[2])
        route.continue_()

    page.route("**/search/**", note)
    page.fill(BOX, "AGENT_INV")  # an account that one packet names, in its access
    page.press(BOX, "End")
    section = page.locator(f"{RESULT} a[href*='workflows/invoice-triage/'][href*='#access']")
    expect(section.locator("mark", has_text="AGENT").first).to_be_attached()
    packets = [name for name in asked if name.startswith("workflows/")]
    assert "search_index.json" in asked
    assert "workflows/invoice-triage.json" in packets
    assert len(packets) <= 8
    assert len(packets) == len(set(packets))


@pytest.mark.parametrize("question", ["invoice-triage", "Invoice triage", "Head of Accounts Payable"])
def test_a_packet_is_in_the_first_answer_by_identifier_title_and_owner(
    open_page: Show, in_parts: Path, serve: Callable[[Path], str], question: str
) -> None:
    page = open_page("", root=serve(in_parts))
    page.route("**/search/w*/**", lambda route: route.abort())
    page.fill(BOX, question)
    page.press(BOX, "End")
    expect(page.locator(f"{RESULT} a[href*='workflows/invoice-triage/']").first).to_be_attached()


@pytest.fixture
def ask(open_page: Show) -> Callable[[list[SearchEntry], str], list[list[dict[str, Any]]]]:
    """``ask(entries, question)`` returns what the search says to a question, with any entries for an index."""
    page = open_page("robots.txt")
    page.goto(page.url.replace("robots.txt", ""))
    worker = page.evaluate("JSON.parse(document.getElementById('__config').textContent).search")

    def answer(entries: list[SearchEntry], question: str) -> list[list[dict[str, Any]]]:
        found: list[list[dict[str, Any]]] = page.evaluate(ASK, [worker, entries, question])
        return found

    return answer


def entry(location: str, title: str, text: str = "", *tags: str) -> SearchEntry:
    shown = Markup(title), Markup(text)  # noqa: S704 as an index holds them
    return {"location": location, "title": shown[0], "text": shown[1], "tags": list(tags)}


SOME = [
    entry("a/", "Approving refunds", "<p>A clerk approves.</p><p>Nobody else.</p>"),
    entry("a/#limit", "Limit", "<p>Up to 500 EUR, rule AP-07.</p>"),
    entry("b/", "Invoices", "<p>The AP team posts refunds of category 07.</p>", "accounts payable"),
    entry("c/", "IT policy", "<p>Each process has a status.</p>"),
]


@pytest.mark.parametrize(
    ("question", "found"),
    {
        "approval": ["a/"],
        "who approved it": ["a/"],
        "refund": ["a/", "b/"],
        "AP-07": ["a/#limit"],
        "payable": ["b/"],
        '"refunds"': ["a/", "b/"],
        "refunds +clerk": ["a/"],
        '"refunds" "category"': ["b/"],
        "refunds -clerk": ["b/"],
        "policies": ["c/"],
        "processes": ["c/"],
        "platform": ["c/"],
        "s": ["c/"],
        "nothing-of-the-kind": [],
        "-": [],
    }.items(),
)
def test_what_a_question_means(ask: Callable[..., Any], question: str, found: list[str]) -> None:
    assert [page[0]["location"] for page in ask(SOME, question)] == found


def test_a_page_shows_what_was_found_in_it(ask: Callable[..., Any]) -> None:
    [[item]] = ask(SOME, "clerk decides")
    assert item["text"] == "<p>A <mark>clerk</mark> approves.</p>"
    assert item["terms"] == {"clerk": True, "decid": False}


def test_marks_leave_html_as_it_is(ask: Callable[..., Any]) -> None:
    hostile = entry("c/", "R&amp;D &lt;img src=x&gt;", "<p>lt &lt;script&gt; amp &amp; <code>p</code></p>")
    [[item]] = ask([hostile], "amp lt script p img")
    assert item["title"] == "R&amp;D &lt;<mark>img</mark> src=x&gt;"
    assert item["text"] == "<p><mark>lt</mark> &lt;<mark>script</mark>&gt; <mark>amp</mark> &amp; <mark>p</mark></p>"
