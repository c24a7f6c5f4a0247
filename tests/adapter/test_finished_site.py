"""A theme or plugin that leaves out what the build puts on pages ends the build, with a line for each thing."""

from pathlib import Path

import pytest

from sites import edit, good, run_build

PAGE = "site/index.html:1:1: "
POLICY = f"{PAGE}expected the policy of the site (Content-Security-Policy), found none, nor on"
HEAD = f"{PAGE}expected the head of the site, which describes the page, found none, nor on"
ADDRESS = f"{PAGE}expected the page's own address (canonical), found none, nor on"
UNKNOWN = "site/404.html:1:1: expected the policy of the site (Content-Security-Policy), found none; "
WORKER = "site/assets/javascripts/workers:1:1: expected one search worker, the site's own, found 2 files; "
INDEX = "mkdocs.yml:1:1: expected a search whose index is known, found none; "
_BLOCK = '{{% extends "opmodel.html" %}}{{% block site_meta %}}{}{{% endblock %}}'
_CHARSET = '<meta charset="utf-8">'
_WORKER = "assets/javascripts/workers/search.other.min.js"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("template", "said"),
    [
        pytest.param(("main.html", _BLOCK.format("{{ om_head }}")), {POLICY}, id="policy"),
        pytest.param(("main.html", _BLOCK.format(_CHARSET)), {HEAD, ADDRESS}, id="head"),
        pytest.param(
            ("main.html", _BLOCK.format(_CHARSET + "{{ om_head | replace('canonical', 'none') }}")),
            {ADDRESS},
            id="address",
        ),
        pytest.param((_WORKER, "// another"), {WORKER}, id="second worker"),
        pytest.param(
            ("main.html", _BLOCK.format("{% if page %}{{ super() }}{% else %}{{ om_head }}{% endif %}")),
            {UNKNOWN},
            id="page for unknown addresses",
        ),
    ],
)
def test_a_theme_that_misses_something_ends_the_build(
    template: tuple[str, str], said: set[str], tmp_path: Path
) -> None:
    site = good(tmp_path / "site")
    file = site / "theme" / template[0]
    file.parent.mkdir(parents=True)
    file.write_text(template[1], encoding="utf-8")
    edit(site, "mkdocs.yml", "  font: false\n", "  font: false\n  custom_dir: theme\n")
    assert _said(site) == said


@pytest.mark.slow
def test_a_site_without_a_search_whose_index_is_known_ends_the_build(tmp_path: Path) -> None:
    site = good(tmp_path / "site")
    edit(site, "mkdocs.yml", "  - search\n", "")
    assert _said(site) == {INDEX}


@pytest.mark.slow
def test_a_search_plugin_with_another_index_ends_the_build(tmp_path: Path) -> None:
    site = good(tmp_path / "site")
    edit(site, "mkdocs.yml", "  - search\n", "  - search:\n      enabled: false\n")
    assert _said(site) == {INDEX}


def _said(site: Path) -> set[str]:
    done = run_build(site)
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    found = [line for line in done.stderr.splitlines() if line.endswith("(finished-site)")]
    told = {said for said in (POLICY, HEAD, ADDRESS, UNKNOWN, WORKER, INDEX) for line in found if said in line}
    assert len(told) == len(found)
    return told
