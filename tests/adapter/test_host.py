"""The host: what is used of it is there, and both hosts build the same site and refuse the same faults."""

import os
import subprocess
import sys
from collections.abc import Iterator
from inspect import signature
from pathlib import Path

import pytest
from jinja2 import Environment
from material.plugins.search.plugin import SearchIndex  # type: ignore[import-untyped]  # the theme ships no types
from mkdocs.commands.build import get_context
from mkdocs.livereload import LiveReloadServer
from mkdocs_macros.plugin import MacrosPlugin

from opmodel.adapter import host
from opmodel.environment import HOSTS
from sites import EPOCH, edit, good, lend_pictures, run_build


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveReloadServer]:
    made = LiveReloadServer(lambda: None, "127.0.0.1", 0, str(tmp_path_factory.mktemp("site")))
    yield made
    made.server_close()


@pytest.mark.parametrize("name", [*host.PREVIEW_NAMES, *host.WATCHING_NAMES])
def test_the_server_has_each_inner_name(server: LiveReloadServer, name: str) -> None:
    assert hasattr(server, name)


@pytest.mark.parametrize("name", host.MACROS_NAMES)
def test_the_macros_plugin_has_each_inner_name(name: str) -> None:
    plugin = MacrosPlugin()
    plugin._variables, plugin._macros, plugin._filters = {}, {}, {}
    plugin._env = Environment(autoescape=True)
    assert hasattr(plugin, name)
    assert plugin.env is plugin._env


def test_templates_get_their_values_from_the_function_that_is_used() -> None:
    assert list(signature(get_context).parameters)[:4] == ["nav", "files", "config", "page"]


def test_the_search_index_is_a_list_of_entries() -> None:
    assert SearchIndex().entries == []


def test_the_log_is_below_the_name_that_a_strict_build_counts() -> None:
    assert host.log.name == f"{host.NAME}.plugins.opmodel"
    assert host.NAME in HOSTS


def _run(name: str, site: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Build a site with a host, in a process in which no other host is loaded."""
    lend_pictures(site)
    fixed = {"SOURCE_DATE_EPOCH": EPOCH, "NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
    return subprocess.run(
        [sys.executable, "-m", name, "build", "--strict"],
        cwd=site,
        env={**os.environ, **fixed, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def _files(site: Path) -> dict[str, bytes]:
    folder = site / "site"
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@pytest.mark.slow
def test_both_hosts_build_the_same_bytes_cold_and_warm(tmp_path: Path) -> None:
    built = []
    for name in HOSTS:
        site = good(tmp_path / name / "site")
        for _ in ("cold", "warm"):
            done = _run(name, site, OPMODEL_CACHE=str(tmp_path / name / "cache"))
            assert done.returncode == 0, done.stderr
            built.append(_files(site))
    assert built[0]
    assert [files.keys() ^ built[0].keys() for files in built] == [set()] * 4
    assert [{path for path, data in files.items() if data != built[0][path]} for files in built] == [set()] * 4


_LATE = """def on_page_markdown(markdown, page, **_):
    return markdown + ("\\n[lost](lost.md)\\n" if page.url in ("", ".", "./") else "")
"""


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTS)
def test_a_link_that_only_the_host_sees_broken_fails_twice(name: str, tmp_path: Path) -> None:
    """The hook adds it after the check, so only the warning of the host can end the build."""
    site = good(tmp_path / "site")
    (site / "late.py").write_text(_LATE, encoding="utf-8")
    edit(site, "mkdocs.yml", "site_name: Small\n", "site_name: Small\nhooks: [late.py]\n")
    for _ in ("cold", "warm"):
        done = _run(name, site, OPMODEL_CACHE=str(tmp_path / "cache"))
        assert done.returncode == 1, done.stderr
        assert "'lost.md'" in done.stderr
        assert "in strict mode" in done.stdout


def test_a_host_that_is_not_the_one_that_runs_is_refused_in_one_line(tmp_path: Path) -> None:
    site = good(tmp_path / "site")
    done = run_build(site, OPMODEL_HOST="properdocs")
    assert done.returncode == 1
    assert "OPMODEL_HOST asks for properdocs, and this is mkdocs; run properdocs build" in done.stderr
    assert "Traceback" not in done.stderr
