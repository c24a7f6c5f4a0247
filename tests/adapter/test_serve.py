"""The preview: it follows every save, shows a mistake where the author looks, and outlives it."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest

import opmodel
from sites import INTAKE, TRIAGE, edit, good, lend_pictures

pytestmark = pytest.mark.slow
PATIENCE = 30
"""Seconds to wait for a page: far more than it takes, so that a busy machine fails no test."""
PAGE = "workflows/intake/"
MISTAKE = f"{INTAKE}:3:9"


class Preview:
    """A running ``mkdocs serve``."""

    def __init__(self, process: subprocess.Popen[bytes], port: int, log: Path) -> None:
        self.process, self.address, self.log = process, f"http://127.0.0.1:{port}/", log

    def get(self, path: str) -> str:
        """Return a page's text; the text of an error page, and nothing while the server does not answer."""
        try:
            with urlopen(self.address + path, timeout=5) as answer:  # noqa: S310 our own server
                return str(answer.read().decode())
        except HTTPError as error:
            return error.read().decode()
        except (URLError, OSError):
            return ""

    def wait(self, path: str, fits: Callable[[str], bool]) -> float:
        """Wait until a page fits and return the seconds that it took."""
        start = time.monotonic()
        while not fits(self.get(path)):
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() - start < PATIENCE, self.get(path)[-3000:] + self.log.read_text()
            time.sleep(0.05)
        return time.monotonic() - start

    def shows(self, text: str, path: str = PAGE) -> float:
        return self.wait(path, lambda page: text in page)


@contextmanager
def serving(site: Path, **environment: str) -> Iterator[Preview]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    lend_pictures(site)
    log = site.parent / "serve.log"
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1795305600", "NO_MKDOCS_2_WARNING": "1", **environment}
    command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}"]
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=site, env=environment, stdout=output, stderr=subprocess.STDOUT)
        try:
            yield Preview(process, port, log)
        finally:
            process.terminate()
            process.wait(timeout=20)


def test_an_edit_is_shown_and_a_mistake_too_until_it_is_mended(
    tmp_path: Path, record_testsuite_property: Callable[[str, object], None]
) -> None:
    site = good(tmp_path / "site")
    with serving(site) as preview:
        preview.shows("Intake")
        edit(site, INTAKE, "summary: Reads a request and answers it.", "summary: Answers what it reads.")
        record_testsuite_property("seconds from saving to seeing", preview.shows("Answers what it reads."))

        edit(site, INTAKE, "status: live", "status: lve")
        preview.shows(MISTAKE)
        assert "did you mean" in preview.get(PAGE)
        preview.shows("No version of these packets is shown", "")
        for other in ("guide/approval-model/", "workflows/triage/", "faq/who-decides/", "teams/finance/"):
            assert (found := preview.get(other))
            assert MISTAKE not in found

        (site / "data/teams.yml").rename(site / "data/team.yml")
        preview.shows("the file data/teams.yml is missing")
        (site / "data/team.yml").rename(site / "data/teams.yml")
        edit(site, INTAKE, "status: lve", "status: live")
        preview.wait(PAGE, lambda page: "Answers what it reads." in page and MISTAKE not in page)

        edit(site, "docs/index.md", "{{ portfolio() }}", "{{ portfoli() }}")
        preview.shows("portfoli", "")
        edit(site, "docs/index.md", "{{ portfoli() }}", "{{ portfolio() }}")
        preview.shows("workflows/intake/", "")

        (site / "data/workflows/new.yml").write_text((site / "data/workflows/triage.yml").read_text())
        preview.shows("Triage", "workflows/new/")


def test_a_preview_starts_with_broken_data_and_recovers(tmp_path: Path) -> None:
    site = good(tmp_path / "site")
    edit(site, INTAKE, "status: live", "status: lve")
    with serving(site) as preview:
        preview.shows(MISTAKE)
        preview.shows("No version of these packets is shown", "")
        edit(site, INTAKE, "status: lve", "status: live")
        preview.shows("Reads a request and answers it.")
    assert "Traceback" not in preview.log.read_text()


def test_a_change_of_the_engine_refreshes_everything(tmp_path: Path) -> None:
    site, engine = good(tmp_path / "site"), tmp_path / "engine" / "opmodel"
    shutil.copytree(Path(opmodel.__file__).parent, engine, ignore=shutil.ignore_patterns("__pycache__"))
    with serving(site, PYTHONPATH=str(engine.parent)) as preview:
        preview.shows("This page is made from")
        edit(engine, "templates/packet.html.jinja", "This page is made from", "This page comes from")
        for page in (PAGE, "workflows/triage/"):
            preview.shows("This page comes from", page)

        (engine / "theme/styles/9-own.css").write_text(".own { color: red; }")
        preview.shows(".own", "assets/opmodel/opmodel.css")

        edit(engine, "rules/packets.py", "def review_overdue(context: Context) -> Iterator[Problem]:", OVERDUE)
        preview.shows("always overdue")
        edit(engine, "rules/packets.py", OVERDUE, "def review_overdue(context: Context) -> Iterator[Problem]:")
        preview.wait(PAGE, lambda page: "This page comes from" in page and "always overdue" not in page)
    assert "Traceback" not in preview.log.read_text()


OVERDUE = """def review_overdue(context: Context) -> Iterator[Problem]:
    for entry in context.packets.values():
        yield Problem(entry.place("title"), "review-overdue", "always overdue")


def _as_it_was(context: Context) -> Iterator[Problem]:"""
SLOW = "import time\n\n\ndef on_env(env, config, files):\n    time.sleep(3)\n"


def test_where_a_build_takes_long_the_saved_page_comes_first(tmp_path: Path) -> None:
    site = good(tmp_path / "site")
    (site / "slow.py").write_text(SLOW)
    edit(site, "mkdocs.yml", "theme:\n", "hooks: [slow.py]\ntheme:\n")
    with serving(site) as preview:
        preview.shows("Intake")
        edit(site, INTAKE, "title: Intake", "title: Intake of forms")
        preview.shows("Intake of forms</h1>")
        assert "Intake of forms" not in preview.get("")  # which is answered all the same
        edit(site, INTAKE, "title: Intake of forms", "title: Intake of papers")
        preview.shows("Intake of papers</h1>")
        preview.shows("Intake of papers", "")
        preview.shows("Intake of papers</h1>")

        edit(site, INTAKE, "status: live", "status: lve")
        preview.shows(MISTAKE)
        preview.shows("No version of these packets is shown", "")
        edit(site, INTAKE, "status: lve", "status: live")
        preview.shows("Intake of papers</h1>")
        preview.shows("Intake of papers", "")

        text = (site / TRIAGE).read_text().replace("title: Triage", "title: Sorting")
        (site / "data/workflows/sorting.yml").write_text(text)
        preview.shows("Sorting</h1>", "workflows/sorting/")
        (site / "data/workflows/sorting.yml").unlink()
        preview.wait("workflows/sorting/", lambda page: "Sorting</h1>" not in page)
        assert preview.log.read_text().count("Showing workflows/intake/ first") >= 3
        assert "Traceback" not in preview.log.read_text()


def test_links_in_docs_are_shown_as_problems_and_lead_nowhere(tmp_path: Path) -> None:
    site = good(tmp_path / "site")
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "secret.txt").write_text("secret")
    links = {"a": ".", "b": "..", "guide/x": "../../../outside", "e.txt": "/proc/self/environ", "loop.md": "loop.md"}
    for name, to in links.items():
        (site / "docs" / name).symlink_to(to)
    os.mkfifo(site / "docs" / "pipe.png")
    with serving(site) as preview:
        for path in ("", PAGE, "guide/approval-model/"):
            preview.shows("docs/a:1:1", path)
            assert all(f"docs/{name}:1:1" in preview.get(path) for name in [*links, "pipe.png"])
        assert "PATH=" not in preview.get("e.txt")
        assert "secret" not in preview.get("guide/x/secret.txt")
        for name in [*links, "pipe.png"]:
            (site / "docs" / name).unlink()
        preview.shows("Intake")
        (site / "docs" / "a").symlink_to("..")
        preview.shows("docs/a:1:1")
    assert "Traceback" not in preview.log.read_text()


def test_a_failing_save_prints_the_problem_and_nothing_of_other_tools(tmp_path: Path) -> None:
    site = good(tmp_path / "site")
    pages = sorted(str(page.relative_to(site / "docs")) for page in (site / "docs").rglob("*.md"))
    with (site / "mkdocs.yml").open("a", encoding="utf-8") as settings:
        settings.write("nav:\n" + "".join(f"  - {page}\n" for page in pages))
    teams = site / "data/teams.yml"
    right = teams.read_text(encoding="utf-8")
    teams.write_text(right + "wrong: [\n", encoding="utf-8")
    with serving(site) as preview:
        preview.shows("yaml-syntax", "")
        printed = preview.log.read_text()
        assert "data/teams.yml:" in printed
        assert "[macros]" not in printed
        assert "'nav'" not in printed
        teams.write_text(right, encoding="utf-8")
        preview.shows("Intake")
