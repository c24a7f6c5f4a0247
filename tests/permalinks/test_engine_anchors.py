"""Anchors of rules, gates, commands and fields: the engine keeps them, and no site records them."""

from collections.abc import Callable
from pathlib import Path

import pytest

import published
from opmodel.load.data_files import PERMALINKS_FILE
from opmodel.permalinks import addresses
from opmodel.permalinks.engine_anchors import RECORD, engine_addresses
from opmodel.permalinks.page_macros import MACROS
from opmodel.rules.catalog import rules
from opmodel.rules.check import check
from sites import SHIPPED, TODAY, good, lines

SHOWN = "/reference/rules/#unknown-team"


def anchors_on_pages(site: Path) -> set[str]:
    """Return ``macro#anchor`` for each anchor of the built site that a macro of the engine's own makes."""
    found = set()
    for path, page in check(SHIPPED, TODAY).model.pages.items():
        macros = {name for name, *_ in page.value.blocks if name in MACROS and MACROS[name].engine_owned}
        article = published.page(site / addresses.page(path) / "index.html").css_first("article.md-content__inner")
        assert article
        own = {heading.id for heading in page.value.headings}
        made = {str(node.attributes["id"]) for node in article.css("[id]") if node.tag != "h1"} - own
        found |= {f"{macro}#{anchor}" for macro in macros for anchor in made}
    return found


def test_every_anchor_that_was_published_is_still_there(
    built_site: Path, golden: Callable[[str, str], None], request: pytest.FixtureRequest
) -> None:
    """A rule, command or field that gets another name keeps its former anchor; ``make golden`` records new ones."""
    recorded, found = set(RECORD.read_text(encoding="utf-8").splitlines()), anchors_on_pages(built_site)
    if request.config.getoption("--update-golden"):
        RECORD.write_text("".join(f"{line}\n" for line in sorted(recorded | found)), encoding="utf-8", newline="\n")
        return
    assert sorted(recorded - found) == []
    assert sorted(found - recorded) == [], "run 'make golden'"


def test_they_are_in_no_record_of_a_site() -> None:
    model = check(SHIPPED, TODAY).model
    assert SHOWN in engine_addresses(model, rules())
    assert "/reference/rules/#all" not in engine_addresses(model, rules())  # the page's own heading


def test_a_line_that_the_engine_owns_is_ignored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPMODEL_CACHE", "")
    site = good(tmp_path)
    with (site / "docs/guide/approval-model.md").open("a", encoding="utf-8") as page:
        page.write("\n{{ rules() }}\n")
    (site / PERMALINKS_FILE).write_text("/guide/approval-model/#a-rule-of-old\n", encoding="utf-8")
    assert "would be lost" in "\n".join(lines(site))
    former = {"rules": frozenset({"a-rule-of-old"})}
    monkeypatch.setattr("opmodel.permalinks.engine_anchors.recorded_anchors", lambda: former)
    assert "would be lost" not in "\n".join(lines(site))
