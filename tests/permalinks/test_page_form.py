"""``use_directory_urls: false``: every link names the file of a page, and what was published stays where it is."""

import json
import re
from pathlib import Path

import pytest

import published
from opmodel.permalinks.page_form import page_address, with_file
from opmodel.permalinks.published import published_addresses
from opmodel.rules.catalog import rules
from opmodel.rules.check import check
from opmodel.views.render import relative_link
from sites import TODAY, MakeOnce, build, edit, good

ROOT = "https://small.example/"
FOLDER = re.compile(re.escape(ROOT) + r"(?:[\w./-]*/)?(?=[?#\")>\s]|$)")
"""The address of a page in the other form."""


@pytest.fixture
def built(make_once: MakeOnce) -> Path:
    """The good site with addresses of files, and a page that has moved."""

    def make(folder: Path) -> Path:
        site = good(folder / "site")
        edit(site, "mkdocs.yml", "site_name: Small", "site_name: Small\nuse_directory_urls: false")
        (site / "data/redirects.yml").write_text("redirects:\n  - { from: /faq/old/, to: /faq/who-answers/ }\n")
        for page, macro in (("matrix", "matrix"), ("faq", "faq_index"), ("teams", "teams"), ("workflows", "portfolio")):
            file = site / f"docs/{page}/index.md"
            file.parent.mkdir()
            file.write_text(f"---\ntitle: {page}\n---\n\n# {page}\n\n{{{{ {macro}() }}}}\n")
        return build(site)

    return make_once("page-files", make)


@pytest.mark.parametrize(
    ("address", "spelled"),
    [
        ("", "index.html"),
        ("#top", "index.html#top"),
        ("faq/", "faq/index.html"),
        ("matrix/?role=it#row", "matrix/index.html?role=it#row"),
        ("faq/?next=a/#b/", "faq/index.html?next=a/#b/"),
        ("feed.xml", "feed.xml"),
        ("api/matrix.csv#a/", "api/matrix.csv#a/"),
    ],
)
def test_an_address_names_the_file_of_its_page(address: str, spelled: str) -> None:
    assert with_file(address) == spelled


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("index.html", ""),
        ("faq/index.html", "faq/"),
        ("faq/", "faq/"),
        ("", ""),
        ("teams/x-index.html", "teams/x-index.html"),
    ],
)
def test_a_page_is_known_by_its_folder(url: str, address: str) -> None:
    assert page_address(url) == address


def test_a_page_that_is_named_by_its_file_links_to_files() -> None:
    page = "workflows/intake/index.html"
    assert relative_link("", page) == "../../index.html"
    assert relative_link("faq/who/#top", page) == "../../faq/who/index.html#top"
    assert relative_link("workflows/intake/#pain", page) == "#pain"
    assert relative_link("assets/opmodel/moved.js", page) == "../../assets/opmodel/moved.js"
    assert relative_link("", "index.html") == "index.html"


def test_every_link_leads_to_a_file(built: Path) -> None:
    pages = [page for page in published.pages(built) if page.name != "404.html"]
    assert len(pages) > 8
    written = [str(link.attributes["href"]) for page in pages for link in published.page(page).css("a[href]")]
    assert len(written) > 200
    assert [href for href in written if href.partition("#")[0].endswith(("/", "."))] == []
    links = [link for page in pages for link in published.references(built, page, ROOT) if link.startswith(ROOT)]
    broken = {link for link in links if not published.resolves(built, link, ROOT)}
    assert {link.partition("#")[0] for link in broken} <= {f"{ROOT}guide/packet/index.html"}  # not in the small guide


def test_files_for_programs_name_files_and_stay_where_they_were(built: Path) -> None:
    made = [path for path in built.rglob("*") if path.suffix in (".md", ".json", ".xml", ".ics", ".csv", ".txt")]
    texts = {path.relative_to(built).as_posix(): path.read_text(encoding="utf-8") for path in made}
    assert {"index.md", "matrix/index.md", "workflows/intake/index.md", "faq/who-answers/index.md"} <= texts.keys()
    assert [path for path in texts if "html" in path] == []
    named = {path: FOLDER.findall(text) for path, text in texts.items() if not path.startswith("api/schemas/")}
    assert {path: found for path, found in named.items() if set(found) - {ROOT}} == {}
    assert f"<loc>{ROOT}faq/who-answers/index.html</loc>" in texts["sitemap.xml"]


def test_former_pages_lead_to_files(built: Path) -> None:
    assert (built / "_redirects").read_text(encoding="utf-8").splitlines()[1:] == [
        "/faq/old/ /faq/who-answers/index.html 301",
        "/faq/old/index.html /faq/who-answers/index.html 301",
    ]
    moved = published.page(built / "faq/old/index.html").css_first("[data-om-moved-page]")
    assert moved
    assert moved.attributes["href"] == "../../faq/who-answers/index.html"
    listed = json.loads((built / "assets/opmodel/addresses.json").read_text(encoding="utf-8"))
    assert listed["file"] == "index.html"
    assert "faq/who-answers/" in [page for page, _ in listed["pages"]]


def test_the_search_leads_to_files(built: Path) -> None:
    index = json.loads((built / "search/search_index.json").read_text(encoding="utf-8"))
    places = [entry["location"].partition("#")[0] for entry in index["docs"]]
    assert {"index.html", "workflows/intake/index.html"} <= set(places)
    assert [place for place in places if not (built / place).is_file()] == []


def test_the_record_of_addresses_holds_for_both_forms(built: Path) -> None:
    recorded = published_addresses(check(built.parent, TODAY).model, rules())
    assert "/workflows/intake/#pain" in recorded
    assert not [address for address in recorded if "index.html" in address]
    assert [a for a in recorded if not published.resolves(built, ROOT + a[1:], ROOT)] == []
