"""The recipe for nginx, tried with nginx: the whole site under a path, as a browser would ask for it."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser

import published
from formats.running_nginx import Server, running
from opmodel.adapter import content_policy
from theme.test_weight import MOST_BYTES, MOST_REQUESTS

pytestmark = pytest.mark.slow
PATH = urlsplit(published.DEEP).path


@pytest.fixture(scope="module")
def server(nginx: str, deep_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The site under its path, served by the recipe with only its places and its port changed."""
    folder = tmp_path_factory.mktemp("nginx")
    shutil.copytree(deep_site, folder / "srv/site" / PATH.strip("/"))
    moved = [line.split() for line in (deep_site / "_redirects").read_text(encoding="utf-8").splitlines()]
    rules = "".join(f"{old} {new};\n" for old, new, status in (m for m in moved if m[0] != "#") if status == "301")
    (folder / "srv/redirects.map").write_text(rules, encoding="utf-8")
    changes = {
        "root /srv/": f"root {folder}/srv/",
        "include /srv/": f"include {folder}/srv/",
        "error_page 404 /404.html": f"error_page 404 {PATH}404.html",
    }
    with running(nginx, folder, "nginx.conf", changes) as server:
        yield server


def test_everything_that_pages_ask_for_is_there(server: Server, deep_site: Path) -> None:
    wanted = {
        urlsplit(target).path
        for file in published.pages(deep_site)
        for target in published.references(deep_site, file, published.DEEP)
        if urlsplit(target).netloc == urlsplit(published.DEEP).netloc
    }
    answers = {path: server.get(path)[0] for path in sorted(wanted)}
    assert {path: status for path, status in answers.items() if status != 200} == {}
    assert len(answers) > 100


@pytest.mark.parametrize("path", ["", "faq/first-workflow/", "api/index.json", "no/such/page/"])
def test_every_answer_carries_the_policy(server: Server, path: str) -> None:
    _, headers = server.get(PATH + path)
    assert headers["Content-Security-Policy"] == content_policy.policy_header()
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("", "text/html; charset=utf-8"),
        ("index.md", "text/markdown; charset=utf-8"),
        ("api/faq.json", "application/json; charset=utf-8"),
        ("api/matrix.csv", "text/csv; charset=utf-8"),
        ("reviews.ics", "text/calendar; charset=utf-8"),
        ("feed.xml", "application/atom+xml; charset=utf-8"),
        ("workflows/invoice-triage/approval.dmn", "application/xml; charset=utf-8"),
        ("llms.txt", "text/plain; charset=utf-8"),
    ],
)
def test_every_file_has_its_type_and_is_compressed(server: Server, path: str, kind: str) -> None:
    status, headers = server.get(PATH + path, **{"Accept-Encoding": "gzip"})
    assert (status, headers["Content-Type"], headers["Content-Encoding"]) == (200, kind, "gzip")


def test_only_names_with_a_hash_are_kept(server: Server, deep_site: Path) -> None:
    hashed = next((deep_site / "assets/javascripts").glob("bundle.*.min.js"))
    _, kept = server.get(PATH + hashed.relative_to(deep_site).as_posix())
    _, asked = server.get(PATH)
    assert kept["Cache-Control"] == "public, max-age=31536000, immutable"
    assert asked["Cache-Control"] == "no-cache"
    assert server.get(PATH, **{"If-None-Match": asked["ETag"]})[0] == 304


def test_a_former_page_answers_with_its_new_address(server: Server) -> None:
    status, headers = server.get(f"{PATH}faq/it-picks/?from=chat")
    assert (status, headers["Location"]) == (301, f"{PATH}faq/first-workflow/?from=chat")


def test_an_address_without_its_last_slash_is_led_on(server: Server) -> None:
    status, headers = server.get(f"{PATH}faq/first-workflow")
    assert (status, headers["Location"]) == (301, f"{PATH}faq/first-workflow/")


@pytest.mark.parametrize("path", ["no/such/page/", ".git/config", "_redirects"])
def test_what_is_not_there_gets_the_page_for_unknown_addresses(server: Server, path: str) -> None:
    status, headers = server.get(PATH + path)
    assert (status, headers["Content-Type"]) == (404, "text/html; charset=utf-8")


@pytest.mark.browser
@pytest.mark.parametrize("path", ["workflows/invoice-triage/", "contribute/write-a-packet/"])
def test_the_first_view_of_a_page_is_light(server: Server, browser: Browser, path: str) -> None:
    context = browser.new_context()  # which keeps nothing of what others have fetched
    page = context.new_page()
    page.goto(server.root + PATH + path, wait_until="networkidle")
    sent = page.evaluate("performance.getEntries().flatMap(each => each.transferSize ?? [])")
    context.close()
    assert all(sent)
    assert len(sent) <= MOST_REQUESTS
    assert sum(sent) <= MOST_BYTES
