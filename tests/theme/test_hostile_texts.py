"""What a browser holds of a site whose every text is hostile: each text as it was written, and nothing made of one."""

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Dialog, Page, expect

from adapter.hostile import PAYLOADS, complete, spoil
from adapter.test_serve import serving
from opmodel.views.search_parts import MOST_IN_ONE_FILE
from sites import INTAKE, build, edit, good

pytestmark = [pytest.mark.browser, pytest.mark.slow]
BOX = "[data-md-component=search-query]"
RESULT = ".md-search-result__item"
TITLE = "Title <x-made> <img src=x onerror=alert(1)> & &lt;b&gt;"
DOCS = {
    "bare.md": f"---\ntitle: '{TITLE}'\n---\n\nA page without a heading, of barewords.\n",
    "headings.md": "# Heading `<x-made>` & &lt;img src=x onerror=alert(1)&gt;\n\n"
    "## Section `<x-made>` & &lt;img src=x onerror=alert(1)&gt; { #made }\n\nOf sectionwords.\n\n"
    "## Two { #two }\n\n## Three { #three }\n\n{{ call_to_action() }}\n",
    "forms.md": f"---\ntitle: '{TITLE}'\n---\n\n# Forms\n\n{{{{ write_packet() }}}}\n\n{{{{ candidates() }}}}\n\n"
    "{{ check_limits() }}\n",
}
"""Pages whose titles, headings and blocks are hostile too."""
NAV = f"""nav:
  - '{TITLE}': index.md
  - 'Section {TITLE}': [guide/approval-model.md, guide/launch-readiness.md, bare.md, headings.md, forms.md]
"""
FEATURES = "font: false\n  features: [navigation.tabs, search.suggest, search.highlight]\n"
PATHS = (
    *("", "bare/", "headings/", "forms/", "guide/approval-model/", "workflows/intake/", "workflows/triage/"),
    *("faq/who-decides/", "faq/who-answers/", "teams/finance/", "teams/platform/", "workflows/intak/"),
)
QUESTIONS = ("intake", "finance", "who decides", "approval", "alert", "img", "barewords", "sectionwords", PAYLOADS[1])
MADE = """() => [...document.querySelectorAll('*')].filter(each =>
    each.matches('x-made, img, [http-equiv=refresh i]') || [...each.attributes].some(({name, value}) =>
        name.startsWith('on') || ['href', 'src', 'action', 'formaction', 'data'].includes(name) &&
        /^\\s*(javascript|vbscript|data:text)/i.test(value))
).map(each => each.outerHTML.slice(0, 300))"""
"""Elements that only a text can have made."""
USE = """typed => {
    document.querySelectorAll('details').forEach(each => { each.open = true; });
    document.querySelectorAll('main input:not([type=date], [type=file]), main textarea, main select').forEach(each => {
        if (each.matches('select')) each.selectedIndex = each.options.length - 1;
        else if (each.matches('[type=checkbox], [type=radio]')) each.checked = true;
        else each.value = typed;
        for (const name of ['input', 'change']) each.dispatchEvent(new Event(name, {bubbles: true}));
    });
    document.querySelectorAll('main [type=date]').forEach(each => { each.value = '2026-12-01'; });
    document.querySelectorAll('button').forEach(each => each.click());
    document.querySelectorAll('form[data-opmodel-decide]').forEach(each => each.requestSubmit());
}"""
"""Opens what folds, fills in each field, presses each button, and asks each approval table."""
AT_REST = """new Promise(rest => {
    let timer = 0;
    const again = () => { clearTimeout(timer); timer = setTimeout(rest, 150); };
    new MutationObserver(again).observe(document, {subtree: true, childList: true, attributes: true});
    again();
})"""
"""Ends when a page has stopped changing."""


@pytest.fixture(scope="module")
def spoilt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with a payload in every free text, in the titles of its pages, and in its navigation."""
    site = good(tmp_path_factory.mktemp("spoilt") / "site")
    complete(site)
    spoil(site)
    for name, text in DOCS.items():
        (site / "docs" / name).write_text(text, encoding="utf-8")
    edit(site, "mkdocs.yml", "font: false\n", FEATURES)
    with (site / "mkdocs.yml").open("a", encoding="utf-8") as settings:
        settings.write(NAV)
    return site


@pytest.fixture(scope="module", params=["published", "in a preview", "with its index in parts"])
def address(request: pytest.FixtureRequest, spoilt: Path, serve: Callable[[Path], str]) -> Iterator[str]:
    if request.param == "in a preview":
        with serving(spoilt) as preview:
            preview.shows("</html>", "")
            yield preview.address
        return
    if request.param == "with its index in parts":
        for number in range(MOST_IN_ONE_FILE):
            (spoilt / f"data/workflows/more-{number}.yml").write_bytes((spoilt / INTAKE).read_bytes())
    yield serve(build(spoilt))


@pytest.fixture
def page(new_tab: Callable[..., Page], address: str) -> Iterator[Page]:
    """A page at the site; whoever runs a script of a text, or goes where one leads, fails the test."""
    opened = new_tab(clock=True)
    ran: list[str] = []

    def answer(dialog: Dialog) -> None:
        ran.append(dialog.type)
        dialog.dismiss()

    opened.on("dialog", answer)
    opened.on("framenavigated", lambda frame: ran.append(frame.url) if urlsplit(frame.url).path == "/gone/" else None)
    yield opened
    assert set(ran) <= {"confirm"}  # the form asks before it forgets a draft


def test_no_page_holds_what_a_text_would_make(page: Page, address: str) -> None:
    for path in PATHS:
        page.goto(address + path)
        assert page.evaluate(MADE) == [], path
        for typed in (PAYLOADS[0], "5"):
            page.evaluate(USE, typed)
            page.clock.run_for(200)  # the form answers once typing has come to rest
            assert page.evaluate(MADE) == [], (path, typed)


def test_no_search_result_holds_what_a_text_would_make(page: Page, address: str) -> None:
    page.goto(address)
    for question in QUESTIONS:
        page.fill(BOX, question)
        page.press(BOX, "End")
        page.locator(RESULT).first.wait_for(state="attached")
        page.evaluate(AT_REST)
        assert page.evaluate(MADE) == [], question


@pytest.mark.parametrize("link", ["?q=<img/src=x/onerror=alert(1)>-intak", "workflows/intake/?h=<x-made>"])
def test_no_link_to_a_search_makes_anything(page: Page, address: str, link: str) -> None:
    page.goto(address + link)
    page.evaluate(AT_REST)
    assert page.evaluate(MADE) == []


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("intake", f"{PAYLOADS[0]} Intake"),
        ("barewords", TITLE),
        ("sectionwords", "Section <x-made> & <img src=x onerror=alert(1)>"),
    ],
)
def test_a_search_result_shows_a_title_as_it_was_written(page: Page, address: str, question: str, title: str) -> None:
    page.goto(address)
    page.fill(BOX, question)
    page.press(BOX, "End")
    expect(page.locator(f"{RESULT} :is(h1, h2)").get_by_text(title, exact=True).first).to_be_attached()


def test_titles_are_shown_as_they_were_written(page: Page, address: str) -> None:
    page.goto(f"{address}headings/")
    for name, text in {
        ".om-nav__link": TITLE,
        ".md-tabs__link": f"Section {TITLE}",
        ".om-foot li a": f"Section {TITLE}",
        ".om-foot__name": f"{PAYLOADS[0]} Small site",
        ".md-nav--secondary a": f"{PAYLOADS[0]} Ask",
    }.items():
        assert text in [each.strip() for each in page.locator(name).all_text_contents()], name
    assert page.locator(".om-turn__link[rel=prev]").text_content() == f"Previous {TITLE}"
    assert page.title().startswith("Heading <x-made> & <img src=x onerror=alert(1)> · ")


def test_a_mistake_in_a_preview_is_quoted_as_it_was_written(
    new_tab: Callable[..., Page], spoilt: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    site = good(tmp_path_factory.mktemp("mistaken") / "site")
    edit(site, INTAKE, "status: live", "status: '<x-made><img src=x onerror=alert(1)>'")
    with serving(site) as preview:
        preview.shows("x-made", "workflows/intake/")
        opened = new_tab()
        for path in ("", "workflows/intake/", "faq/who-decides/"):
            opened.goto(preview.address + path)
            assert opened.evaluate(MADE) == []
            quoted = "<x-made><img src=x onerror=alert(1)>" in (opened.text_content("main") or "")
            assert quoted == (path == "workflows/intake/")  # the other pages have no mistake
