import re
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml

from history_cost import change_often, rows
from made.packet import packet
from made.plan import plans
from made.site import WORDS, commit
from made.teams import organisation
from measuring.builder import Builder
from measuring.runs import Cost, Failed, peak_memory, run
from measuring.shell import shell
from measuring.tables import markdown, short
from peers import Result, tables
from sites import git

PEERS = Path(__file__).parents[2] / "benchmarks/peers"
DAY = date(2026, 11, 24)
NAMED_BY_AUTHORS = ("when", "given", "others")
"""Mappings whose keys are names and not fields."""
UNSEEN = {"exception"}
"""What a page holds in the data of its form only, where the others put the approval table whole."""


@pytest.fixture
def builder(tmp_path: Path) -> Builder:
    for path in ("site/index.html", ".cache/previews/one.png", ".cache/pages/one", ".cache/one", "data/one.yml"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("title: One\nstatus: live\n")
    made, source = ("site", ".cache/*"), tmp_path / "data/one.yml"
    return Builder("opmodel", tmp_path, (), None, made, source, "one/", pictures=".cache/previews")


def test_a_cold_build_keeps_the_data_and_the_preview_pictures_only(builder: Builder) -> None:
    builder.forget()
    left = {str(file.relative_to(builder.folder)) for file in builder.folder.rglob("*") if file.is_file()}
    assert left == {".cache/previews/one.png", "data/one.yml"}


def test_a_build_from_nothing_keeps_the_data_alone(builder: Builder) -> None:
    builder.forget(pictures=True)
    assert [file.name for file in builder.folder.rglob("*") if file.is_file()] == ["one.yml"]


def test_each_change_is_a_title_that_was_never_there(builder: Builder) -> None:
    titles = [builder.change(), builder.change()]
    assert len(set(titles)) == 2
    assert builder.source.read_text() == f"title: {titles[-1]}\nstatus: live\n"


def test_a_command_that_fails_is_no_measurement(tmp_path: Path) -> None:
    with pytest.raises(Failed, match="no such packet"):
        run((sys.executable, "-c", "raise SystemExit('no such packet')"), tmp_path)


def test_the_memory_of_a_command_counts_the_processes_that_it_starts(tmp_path: Path) -> None:
    hold = "held = bytes(range(256)) * 400_000; import time; time.sleep(0.5)"  # 100 MB each
    both = (
        f"import subprocess, sys; child = subprocess.Popen([sys.executable, '-c', '''{hold}''']); {hold}; child.wait()"
    )
    alone = peak_memory((sys.executable, "-c", hold), tmp_path)
    assert alone > 95
    if Path("/proc/self/smaps_rollup").exists():
        assert peak_memory((sys.executable, "-c", both), tmp_path) > alone + 50


def test_figures_are_a_table_in_line() -> None:
    rows = [["one", short(0.314)], ["two hundred", short(1234.5)], ["none", short(None)]]
    assert markdown(["what", "s"], rows).splitlines() == [
        "| what        |     s |",
        "| ----------- | ----: |",
        "| one         |  0.31 |",
        "| two hundred | 1,234 |",
        "| none        |     – |",
    ]


def test_a_comparison_says_what_was_to_be_reached_and_what_was() -> None:
    own = Result("1.0", [Cost(4.0, 2.0)], [Cost(3.0, 1.0)], [Cost(1.0, 0.5)], memory=240)
    hugo = Result("2.0", [Cost(10.0, 10.0)], [Cost(2.0, 2.0)], [Cost(4.0, 4.0)])
    ratios, reached, _ = tables({"opmodel": own, "Hugo": hugo}).split("\n\n")
    assert ratios.splitlines()[-1].split("|")[2:6] == ["         0.40 ", "          1.50 ", "       0.25 ", "       – "]
    assert [line.split("|")[2:4] for line in reached.splitlines()[2:]] == [
        ["     0.5 ", "  0.40 "],
        ["     2.1 ", "  1.50 "],
        ["     0.5 ", "  0.25 "],
        ["     250 ", "   240 "],
    ]
    assert "0.20" in tables({"opmodel": own, "Hugo": hugo}, processor=True).split("\n\n", 1)[0]


def test_the_share_of_the_history_is_what_a_site_without_one_saves() -> None:
    known, unknown = {"check": [2.0, 9.0, 4.0]}, {"check": [3.0]}
    assert list(rows(known, unknown)) == [["check", "4.0", "3.0", "25%"]]
    assert list(rows(unknown, known)) == [["check", "3.0", "4.0", "0%"]]


def test_every_commit_gives_a_packet_another_title_in_turn(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / f"data/workflows/{name}.yml").parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / f"data/workflows/{name}.yml").write_text(f"title: {name}\nstatus: live\n", encoding="utf-8")
    commit(tmp_path)
    change_often(tmp_path, 5)
    assert (tmp_path / "data/workflows/one.yml").read_text(encoding="utf-8") == "title: one 4\nstatus: live\n"
    assert (tmp_path / "data/workflows/two.yml").read_text(encoding="utf-8") == "title: two 3\nstatus: live\n"
    assert len(git(tmp_path, "log", "--format=%h").split()) == 6


@pytest.mark.parametrize(
    "templates",
    [
        ("hugo/layouts/workflows/page.html", "hugo/layouts/_partials/packet.html"),
        ("hugo/layouts/workflows/page.md", "hugo/layouts/_partials/packet.html"),
        ("eleventy/content/packet.11ty.cjs", "eleventy/includes/packet.cjs"),
        ("eleventy/content/packet-markdown.11ty.cjs", "eleventy/includes/packet.cjs"),
    ],
)
def test_other_builders_show_every_field_of_a_packet(templates: tuple[str, ...]) -> None:
    words = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    teams = organisation(words, 20)
    made = [packet(words, teams, plan, DAY, 1) for plan in plans(words, teams, 20, Random(1))]  # noqa: S311 chance that repeats
    text = "".join((PEERS / template).read_text(encoding="utf-8") for template in templates)
    shown = set(re.findall(r"\w+", text))
    assert {name for each in made for name in fields(each)} <= shown | UNSEEN


def test_the_shell_of_a_page_has_a_mark_for_each_part_that_is_its_own(tmp_path: Path) -> None:
    page = tmp_path / "workflows/one/index.html"
    page.parent.mkdir(parents=True)
    page.write_text(PAGE, encoding="utf-8")
    assert shell(tmp_path, "workflows/one/", lambda part: f"[[{part}]]") == SHELL


PAGE = """\
<meta name="description" content="One. Live.">
<link rel="canonical" href="https://model.example/workflows/one/">
<title>One · Model</title>
<meta property="og:title" content="One">
<meta property="og:description" content="One. Live.">
<meta property="og:url" content="https://model.example/workflows/one/">
<meta property="og:image:alt" content="Workflow · Live: One">
<meta property="article:modified_time" content="2026-11-12">
<link rel="alternate" type="text/markdown" href="../../workflows/one/index.md">
<link rel="alternate" type="application/json" href="../../api/workflows/one.json">
<a href="../..">Home</a> <a href="../">Workflows</a> <a href="../../teams/">Teams</a>
<ul class="md-nav__list" data-md-component="toc">
<li>Owners</li></ul>
<article class="md-content">
<details class="om-contents"><ul></ul></details>
<article class="om-packet" data-packet="one">
<article>within</article>
</article>
</article>
<footer>Model</footer>
"""
SHELL = """\
<meta name="description" content="[[description]]">
<link rel="canonical" href="[[address]]">
<title>[[title]] · Model</title>
<meta property="og:title" content="[[title]]">
<meta property="og:description" content="[[description]]">
<meta property="og:url" content="[[address]]">
<meta property="og:image:alt" content="[[description]]">
<link rel="alternate" type="text/markdown" href="[[address]]index.md">
[[data]]
<a href="/">Home</a> <a href="/workflows/">Workflows</a> <a href="/teams/">Teams</a>
<ul class="md-nav__list" data-md-component="toc">[[sections]]</ul>
<article class="md-content">
[[contents]]
[[article]]
</article>
<footer>Model</footer>
"""


def fields(value: Any) -> Iterator[str]:
    """Yield the name of each field in a value, however deep."""
    if isinstance(value, dict):
        for key, below in value.items():
            yield key
            if key not in NAMED_BY_AUTHORS:
                yield from fields(below)
    elif isinstance(value, list):
        for item in value:
            yield from fields(item)
