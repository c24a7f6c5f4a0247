"""``opmodel offline``: one zip file, from which the site opens without a server, and what the pages do there."""

import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from playwright.sync_api import Page, expect

from opmodel.commands.main import command_group
from opmodel.offline_copy import ZIP_MARK, copy_name, is_copy, zipped
from opmodel.rules.check import check
from opmodel.views import search_parts
from sites import EPOCH, GOOD, TODAY, MakeOnce, good

PAGES = {
    "matrix": "matrix",
    "workflows": "portfolio",
    "write": "write_packet",
    "limits": "check_limits",
    "faq": "faq_index",
}
NO_WAY_OUT = """
window.asked = [];
window.fetch = (address) => { asked.push("fetch " + address); return Promise.reject(new Error("offline")); };
XMLHttpRequest.prototype.send = () => { asked.push("XMLHttpRequest"); };
"""
"""Notes what a page would ask for by a script."""


def offline(*words: str, site: Path = GOOD, day: str = EPOCH) -> Result:
    run = CliRunner(env={"SOURCE_DATE_EPOCH": day})
    return run.invoke(command_group(), ["offline", *words, "--site", str(site)], prog_name="opmodel")


@pytest.fixture
def copy(make_once: MakeOnce) -> Path:
    """The folder of an unpacked copy of a small site."""

    def make(folder: Path) -> Path:
        site = good(folder / "site")
        for page, macro in PAGES.items():
            (site / f"docs/{page}.md").write_text(f"---\ntitle: {page}\n---\n\n# {page}\n\n{{{{ {macro}() }}}}\n")
        done = offline("-o", str(folder / "copy.zip"), site=site)
        assert done.exit_code == 0, done.output
        assert re.search(r"copy\.zip: \d+ files, \d\.\d MB; unpack it and open small-site/index\.html", done.output)
        with zipfile.ZipFile(folder / "copy.zip") as archive:
            assert archive.comment == ZIP_MARK
            archive.extractall(folder)
        return folder / "small-site"

    return make_once("offline", make)


@pytest.fixture
def open_copy(copy: Path, new_tab: Callable[..., Page]) -> Iterator[Callable[[str], Page]]:
    """``open_copy("matrix/")`` opens a page from the disk. Any script error or request to a host fails the test."""
    wrong: list[str] = []

    def show(address: str) -> Page:
        page = new_tab()
        page.add_init_script(NO_WAY_OUT)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda said: wrong.append(said.text) if said.type in ("error", "warning") else None)
        page.on("request", lambda sent: None if sent.url.startswith(("file:", "data:")) else wrong.append(sent.url))
        page.on("worker", lambda worker: wrong.append(worker.url))
        page.goto(f"{copy.as_uri()}/{address}index.html")
        return page

    yield show
    assert wrong == []


def test_the_same_files_give_the_same_bytes(tmp_path: Path) -> None:
    for folder, names in (("a", ("b.html", "index.html", "c/d.md")), ("b", ("c/d.md", "index.html", "b.html"))):
        for name in names:
            file = tmp_path / folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(name)
    for name in (".opmodel-site", "404.html", "_redirects", "robots.txt", "sitemap.xml"):
        (tmp_path / "b" / name).write_text("for servers")
    content, count = zipped(tmp_path / "a", "small")
    assert (content, count) == zipped(tmp_path / "b", "small")
    (tmp_path / "copy.zip").write_bytes(content)
    with zipfile.ZipFile(tmp_path / "copy.zip") as archive:
        assert archive.namelist() == ["small/index.html", "small/b.html", "small/c/d.md"]
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert is_copy(tmp_path / "copy.zip")


@pytest.mark.parametrize(("name", "folder"), [("How Acme runs AI!", "how-acme-runs-ai"), ("日本", "site")])
def test_the_folder_is_named_after_the_site(name: str, folder: str) -> None:
    assert copy_name(name) == folder


def test_only_a_copy_is_written_over(tmp_path: Path) -> None:
    other = tmp_path / "other.zip"
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("precious.txt", "mine")
    before = other.read_bytes()
    done = offline("-o", str(other))
    assert done.exit_code == 2
    assert "was not made by opmodel offline and stays as it is" in done.output
    assert other.read_bytes() == before


@pytest.mark.slow
def test_a_site_with_errors_gives_no_copy(tmp_path: Path) -> None:
    site = good(tmp_path / "site")
    (site / "data/workflows/intake.yml").write_text("title: x\n")
    done = offline("-o", str(tmp_path / "copy.zip"), site=site)
    assert done.exit_code == 1
    assert "data/workflows/intake.yml:1:1: " in done.output
    assert not (tmp_path / "copy.zip").exists()


@pytest.mark.slow
def test_a_packet_with_errors_stops_itself_where_the_rest_is_published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPMODEL_ON_ERROR", "publish")
    site = good(tmp_path / "site")
    (site / "data/workflows/triage.yml").write_text("title: x\n")
    done = offline("-o", str(tmp_path / "copy.zip"), site=site)
    assert done.exit_code == 3
    assert "data/workflows/triage.yml:1:1: " in done.output
    assert is_copy(tmp_path / "copy.zip")


def test_a_large_index_stays_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_parts, "MOST_IN_ONE_FILE", 1)
    model = check(GOOD, TODAY).model
    assert search_parts.is_in_parts(model)
    assert not search_parts.is_in_parts(replace(model, host=replace(model.host, offline=True)))


def test_the_copy_has_no_worker_module_or_picture(copy: Path) -> None:
    files = {path.relative_to(copy).as_posix() for path in copy.rglob("*") if path.is_file()}
    assert {"index.html", "search/search_index.js", "api/index.json", "workflows/intake/approval.dmn"} <= files
    assert not [
        name for name in files if "worker" in name or name.endswith((".mjs", "search_index.json", "preview.png"))
    ]
    pages = [path.read_text(encoding="utf-8") for path in copy.rglob("index.html")]
    assert len(pages) > 10
    assert [
        page
        for page in pages
        if 'type="module"' in page or "og:image" in page or "connect-src &#39;none&#39;" not in page
    ] == []


def test_links_name_files_and_canonical_addresses_the_published_pages(copy: Path) -> None:
    page = (copy / "workflows/intake/index.html").read_text(encoding="utf-8")
    assert '<link rel="canonical" href="https://small.example/workflows/intake/">' in page
    links = [link.partition("#")[0].partition("?")[0] for link in re.findall(r'<a[^>]* href="([^":]*)"', page)]
    assert len(links) > 30
    assert [link for link in links if link.endswith(("/", "."))] == []


@pytest.mark.browser
def test_the_search_answers_and_leads_to_pages(open_copy: Callable[[str], Page], copy: Path) -> None:
    page = open_copy("")
    page.locator("[data-md-component=search-query]").fill("intake")
    found = page.locator(".md-search-result__item a").first
    expect(found).to_be_visible()
    found.click()
    page.wait_for_url(re.compile("workflows/intake/index.html"))
    expect(page.locator("h1")).to_contain_text("intake", ignore_case=True)
    assert page.evaluate("asked") == []


@pytest.mark.browser
def test_filters_and_forms_work(open_copy: Callable[[str], Page]) -> None:
    page = open_copy("matrix/")
    page.locator("[data-om-filterable] select").first.select_option("it")
    expect(page.get_by_text(re.compile(r"\d+ of \d+ rows shown"))).to_be_visible()
    assert page.url.endswith("matrix/index.html?layer=it")
    page.goto(page.url.replace("matrix/index.html?layer=it", "workflows/intake/index.html"))
    form = page.locator("[data-opmodel-decide]").first
    for choice in form.locator("select").all():
        choice.select_option(index=1)
    for field in form.locator("input[type=text]").all():
        field.fill("100")
    form.locator("button[type=submit]").click()
    expect(form.locator("output")).to_contain_text("Rule:")
    page.goto(page.url.replace("workflows/intake/index.html", "write/index.html"))
    page.get_by_label("Title", exact=True).first.fill("Payment reminders")
    assert page.evaluate("asked") == []


@pytest.mark.browser
def test_a_copied_link_leads_to_the_published_site(open_copy: Callable[[str], Page]) -> None:
    page = open_copy("faq/")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator(".om-copy__button--link").first.click()
    expect(page.locator(".om-copy__status")).to_have_text("Link copied")
    assert page.evaluate("navigator.clipboard.readText()") == "https://small.example/faq/who-decides/"


def test_approval_limits_are_checked_without_a_server(open_copy: Callable[[str], Page]) -> None:
    page = open_copy("limits/")
    page.get_by_role("button", name="Try an example").click()
    expect(page.locator(".om-limits__state")).to_contain_text("1 hole, 1 double claim")
    assert page.evaluate("asked") == []
