"""The front of an object store, tried with nginx and a server that behaves as a store does."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

import published
import sites
from formats.object_store import StoreServer, serving, with_command
from formats.running_nginx import Server, running, start
from opmodel.adapter import content_policy

PUBLISH = sites.SHIPPED / "publish"
PATH = urlsplit(published.DEEP).path


@pytest.fixture(scope="module")
def remote(deep_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[StoreServer]:
    """A store to which the site was uploaded."""
    command = [str(PUBLISH / "upload-to-object-store.sh"), str(deep_site), "s3://bucket/model"]
    with with_command(tmp_path_factory.mktemp("store")) as store:
        subprocess.run(command, check=True, capture_output=True)
    with serving(store) as server:
        yield server


def follow(remote: StoreServer, folder: Path, nginx: str = "true") -> subprocess.CompletedProcess[str]:
    """Run the script that keeps the front current; without a running nginx, it has nothing to reload."""
    command = [str(PUBLISH / "follow-object-store.sh"), f"{remote.address}/bucket/model", str(folder)]
    environment = {**os.environ, "NGINX": nginx}
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("front")


@pytest.fixture(scope="module")
def front(nginx: str, remote: StoreServer, folder: Path) -> Iterator[Server]:
    """The front under a path."""
    done = follow(remote, folder)
    assert done.returncode == 0, done.stderr
    changes = {"location / { #": f"location {PATH} {{ #", 'rewrite "^/(': f'rewrite "^{PATH}('}
    with running(nginx, folder, "nginx-object-store.conf", changes) as server:
        yield server


@pytest.mark.slow
def test_everything_that_pages_ask_for_is_there(front: Server, deep_site: Path) -> None:
    wanted = {
        target
        for file in published.pages(deep_site)
        for target in published.references(deep_site, file, published.DEEP)
        if urlsplit(target).netloc == urlsplit(published.DEEP).netloc
    }
    answers = {target: front.get(urlsplit(target).path) for target in sorted(wanted)}
    assert {target: status for target, (status, _) in answers.items() if status != 200} == {}
    for target, (_, headers) in answers.items():
        file = published.file_at(deep_site, target, published.DEEP)
        assert file
        assert headers["Content-Length"] == str(file.stat().st_size), target
    assert len(answers) > 100


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("", "text/html; charset=utf-8"),
        ("faq/first-workflow/", "text/html; charset=utf-8"),
        ("index.md", "text/markdown; charset=utf-8"),
        ("reviews.ics", "text/calendar; charset=utf-8"),
        ("feed.xml", "application/atom+xml; charset=utf-8"),
    ],
)
def test_a_folder_is_its_index_and_every_file_has_its_type(front: Server, path: str, kind: str) -> None:
    status, headers = front.get(PATH + path, **{"Accept-Encoding": "gzip"})
    assert (status, headers["Content-Type"], headers["Content-Encoding"]) == (200, kind, "gzip")
    assert headers.get_all("Cache-Control") == ["no-cache"]
    assert headers["Content-Security-Policy"] == content_policy.policy_header()
    assert front.get(PATH + path, **{"If-None-Match": headers["ETag"]})[0] == 304


@pytest.mark.parametrize(
    ("asked", "target"),
    [
        ("faq/it-picks/?from=chat", "faq/first-workflow/?from=chat"),
        ("faq/first-workflow", "faq/first-workflow/"),
        ("faq/first-workflow?from=chat", "faq/first-workflow/?from=chat"),
    ],
)
def test_former_pages_and_addresses_without_a_slash_are_led_on(front: Server, asked: str, target: str) -> None:
    status, headers = front.get(PATH + asked)
    assert (status, headers["Location"]) == (301, PATH + target)


@pytest.mark.parametrize(
    "path", ["no/such/page", "no/such/page/", "no/such.file", ".git/config", "_redirects", "a%0ab", "%2e%2e/current"]
)
def test_what_is_not_there_gets_the_page_for_unknown_addresses(front: Server, path: str) -> None:
    status, headers = front.get(PATH + path)
    if status == 301:
        status, headers = front.get(headers["Location"])
    assert (status, headers["Content-Type"]) == (404, "text/html; charset=utf-8")
    assert headers["Content-Security-Policy"] == content_policy.policy_header()


@pytest.mark.parametrize("path", ["//elsewhere.example", "/\\elsewhere.example", "/..%2f..%2fcurrent", "/x%0d%0aA:b"])
def test_no_request_leads_to_another_host_or_out_of_the_version(front: Server, remote: StoreServer, path: str) -> None:
    _, headers = front.get(path)
    assert not (headers["Location"] or "/").startswith(("//", "/\\", "http"))
    assert [each for each in remote.asked if "/releases/" not in each and not each.endswith("/current")] == []


@pytest.mark.slow
def test_a_new_version_is_served_and_a_wrong_one_is_not(
    nginx: str, front: Server, remote: StoreServer, folder: Path
) -> None:
    running_nginx = " ".join(start(nginx, folder / "nginx-object-store.conf"))
    before = (folder / "release.conf").read_text(encoding="utf-8")
    current = remote.store / "bucket/model/current"
    digest = current.read_text(encoding="utf-8")
    assert follow(remote, folder, running_nginx).stdout == ""  # nothing is new
    for wrong, why in (("<html>", "names no version"), ("0" * 16, "403")):
        current.write_text(wrong, encoding="utf-8")
        done = follow(remote, folder, running_nginx)
        assert done.returncode != 0
        assert why in done.stderr
        assert (folder / "release.conf").read_text(encoding="utf-8") == before
    new = remote.store / "bucket/model/releases/0123456789abcdef"
    new.mkdir()
    (new / "_redirects").write_text("# none\n/a;b/ /c/ 301\n", encoding="utf-8")
    current.write_text("0123456789abcdef\n", encoding="utf-8")
    done = follow(remote, folder, running_nginx)  # nginx cannot read such a map
    assert done.returncode != 0
    assert (folder / "release.conf").read_text(encoding="utf-8") == before
    (new / "_redirects").write_text("# none\n", encoding="utf-8")
    assert follow(remote, folder, running_nginx).stdout == "0123456789abcdef is served\n"
    assert "0123456789abcdef" in (folder / "release.conf").read_text(encoding="utf-8")
    current.write_text(digest, encoding="utf-8")
    assert follow(remote, folder, running_nginx).returncode == 0
