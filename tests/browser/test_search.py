"""Questions as people type them, asked in the real search box of the built site."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

BOX = "[data-md-component=search-query]"
FOUND = "() => [...document.querySelectorAll('.md-search-result__item')].map(i => i.querySelector('a').href)"


def questions() -> list[tuple[str, list[str]]]:
    """Return each question with the addresses of the pages that answer it."""
    lines = (Path(__file__).parent / "questions.txt").read_text(encoding="utf-8").splitlines()
    split = (line.split(" | ") for line in lines if line and not line.startswith("#"))
    return [(question, answers.split(", ")) for question, answers in split]


@pytest.fixture(scope="module")
def results(address: str, started: Browser) -> dict[str, list[str]]:
    """What the search shows for each question: addresses of pages, best first."""
    found = {}
    context = started.new_context()
    page = context.new_page()
    page.goto(address)
    for question, _ in questions():
        page.fill(BOX, "")
        page.press(BOX, "End")  # the theme listens to keys
        page.wait_for_function("() => !document.querySelector('.md-search-result__item')")
        page.fill(BOX, question)
        page.press(BOX, "End")
        page.wait_for_selector(".md-search-result__item", state="attached")
        links = page.evaluate(FOUND)
        found[question] = [link.removeprefix(address).split("#")[0].split("?")[0] for link in links]
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
