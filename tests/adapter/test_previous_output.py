"""A build that carries pages over from the last one gives what a build from nothing gives, whatever changed between."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

import sites
from opmodel.adapter.fast_build.previous_output import FOLDERS, PreviousOutput
from opmodel.cache import Cache, digest

pytestmark = pytest.mark.usefixtures("one_thread")  # builds share their work among processes
DAY = "1795305600"
ASIDE = ".opmodel-previous"
EXTRA = "docs/extra.md"
NAVIGATION = """
nav:
  - Home: index.md
  - Guide:
      - Model: guide/approval-model.md
      - guide/launch-readiness.md
  - extra.md
"""
Change = Callable[[Path], None]
Edit = Callable[[Path, str], object]


def built(site: Path, target: Path) -> dict[str, bytes]:
    """Build a site in this process, as of 22 November 2026, and return every file by its path."""
    sites.lend_pictures(site)
    config = load_config(str(site / "mkdocs.yml"), site_dir=str(target))
    config.plugins.on_startup(command="build", dirty=False)
    build(config)
    sites.keep_pictures(site)
    return {file.relative_to(target).as_posix(): file.read_bytes() for file in target.rglob("*") if file.is_file()}


CLEAN: dict[str, dict[str, bytes]] = {}
"""What builds from nothing gave, by a digest of their sources."""


def compiled(memory: Path, to: Path) -> Path:
    """Copy the compiled templates of a memory, and nothing else of it."""
    for folder in memory.glob("*/templates-*"):
        shutil.copytree(folder, to / folder.relative_to(memory))
    return to


def built_clean(site: Path, target: Path, templates: Path) -> dict[str, bytes]:
    """Return what a build from nothing gives. The same sources are built once, whatever became of output and memory.

    ``templates`` are those that a build before all changes has compiled, which takes half of the time of a build.
    """
    files = sorted(path for path in site.rglob("*") if path.is_file() and ".cache" not in path.parts)
    sources = digest(*(text for path in files for text in (str(path.relative_to(site)), path.read_text("utf-8"))))
    if sources not in CLEAN:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("OPMODEL_CACHE", str(compiled(templates, target.with_name(f"{target.name}-memory"))))
            CLEAN[sources] = built(site, target)
    return CLEAN[sources]


def edited(path: str, find: str, replace: str) -> Change:
    return lambda site: sites.edit(site, path, find, replace)


def copied(site: Path) -> None:
    text = (site / sites.TRIAGE).read_text().replace("title: Triage of requests", "title: Sorting\nsupersedes: triage")
    (site / "data/workflows/sorting.yml").write_text(text)


def renamed(site: Path) -> None:
    text = (site / "data/workflows/sorting.yml").read_text()
    (site / "data/workflows/sorting.yml").unlink()
    (site / "data/workflows/ordering.yml").write_text(f"formerly: [sorting]\n{text}")


def without_memory(site: Path) -> None:
    shutil.rmtree(site.parent / "memory", ignore_errors=True)


def spoilt(site: Path) -> None:
    for file in (site.parent / "memory").rglob("*.pickle"):
        file.write_bytes(file.read_bytes()[:-100])


CHANGES: dict[str, Change] = {
    "nothing": lambda site: None,
    "a title": edited(sites.TRIAGE, "title: Triage", "title: Triage of requests"),
    "a packet that supersedes another": copied,
    "the title of the superseded packet": edited(sites.TRIAGE, "title: Triage of requests", "title: Old triage"),
    "a packet that got another id": renamed,
    "a packet that is gone": lambda site: (site / "data/workflows/ordering.yml").unlink(),
    "a team's name": edited("data/teams.yml", "name: Finance", "name: Money"),
    "the meaning of a responsibility": lambda site: _reworded(site / "data/responsibilities.yml"),
    "a page of docs": lambda site: _added(site / "docs/index.md", "\nAdded.\n"),
    "the title of a page of docs": edited("docs/guide/approval-model.md", "title: Approval", "title: On approval"),
    "a new page of docs": lambda site: _written(site / EXTRA, "# Extra\n\n{{ vocabulary('status') }}\n"),
    "its macro": lambda site: _written(site / EXTRA, "# Extra\n\n{{ portfolio() }}\n\n## More { #more }\n"),
    "a link to it": lambda site: _added(site / "docs/index.md", "\n[Extra](extra.md#more)\n"),
    "text that shows a macro": lambda site: _written(site / EXTRA, "# Extra\n\n`{{ 1 + 1 }}`\n\n## More { #more }\n"),
    "a macro in a list": lambda site: _written(site / EXTRA, "# Extra\n\n- {{ teams() }}\n\n## More { #more }\n"),
    "a navigation": lambda site: _added(site / "mkdocs.yml", NAVIGATION),
    "a name in the navigation": edited("mkdocs.yml", "- Model: ", "- Approvals: "),
    "a Markdown extension": edited("mkdocs.yml", "  - tables\n", "  - tables\n  - toc:\n      permalink: true\n"),
    "a setting of it": edited("mkdocs.yml", "permalink: true", "permalink: here"),
    "the words of an answer": edited("data/faq.yml", "answer: Two owners", "answer: Both owners"),
    "a question's topics": edited("data/faq.yml", "topics: [ownership]", "topics: [approval]"),
    "the purpose of a team": edited("data/teams.yml", "purpose: Guards", "purpose: Watches"),
    "another team": lambda site: _added(
        site / "data/teams.yml",
        "  - {id: audit, name: Audit, side: business, purpose: Looks., channel: '#a', contact: a@example.com}\n",
    ),
    "the name of the site": edited("data/site.yml", "name: ", "name: The "),
    "a setting of the theme": edited("mkdocs.yml", "  font: false", "  font: false\n  language: de"),
    "a colour of the palette": edited("mkdocs.yml", "  language: de", "  language: de\n  palette: {primary: indigo}"),
    "overrides of the theme": lambda site: _overridden(site, "<p>Ours</p>"),
    "another text in them": lambda site: _overridden(site, "<p>Yours</p>"),
    "no overrides": edited("mkdocs.yml", "  custom_dir: ours\n", ""),
    "an answer that somebody changed in the output": lambda site: _reworded(
        site.parent / "out/faq/who-decides/index.html"
    ),
    "a file that somebody left in the output": lambda site: _written(site.parent / "out/teams/legal/x/y.html", "?"),
    "an output file that somebody changed": lambda site: _reworded(site.parent / "out/workflows/intake/index.html"),
    "an output file that somebody removed": lambda site: (site.parent / "out/workflows/triage/index.md").unlink(),
    "an output folder that somebody removed": lambda site: shutil.rmtree(site.parent / "out"),
    "a memory that was removed": without_memory,
    "a memory that was cut off": spoilt,
}


def _reworded(file: Path) -> None:
    _added(file, "\n# Added\n")


def _added(file: Path, text: str) -> None:
    file.write_text(file.read_text(encoding="utf-8") + text, encoding="utf-8")


def _written(file: Path, text: str) -> None:
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")


def _overridden(site: Path, text: str) -> None:
    if not (site / "ours").exists():
        sites.edit(site, "mkdocs.yml", "  name: material\n", "  name: material\n  custom_dir: ours\n")
    _written(site / "ours/main.html", '{% extends "opmodel.html" %}{% block footer %}' + text + "{% endblock %}")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", DAY)
    monkeypatch.setenv("OPMODEL_CACHE", str(tmp_path / "memory"))
    return sites.good(tmp_path / "site")


@pytest.mark.slow
def test_whatever_changes_the_output_is_that_of_a_clean_build(site: Path, tmp_path: Path) -> None:
    built(site, tmp_path / "out")
    templates = compiled(tmp_path / "memory", tmp_path / "templates")
    assert list(templates.rglob("*.cache"))
    for number, (what, change) in enumerate(CHANGES.items()):
        change(site)
        carried = built(site, tmp_path / "out")
        expected = built_clean(site, tmp_path / f"clean-{number}", templates)
        assert carried.keys() == expected.keys(), what
        assert [path for path in carried if carried[path] != expected[path]] == [], what
        assert not (tmp_path / "out" / ASIDE).exists()


def said(path: str, key: str) -> Edit:
    """Let the first value of a key say another word."""

    def change(site: Path, word: str) -> None:
        text = (site / path).read_text(encoding="utf-8")
        (site / path).write_text(re.sub(rf"(?m)^([ -]*{key}): .*", rf"\1: {word}", text, count=1))

    return change


def superseding(site: Path, word: str) -> None:
    text = (site / sites.TRIAGE).read_text(encoding="utf-8")
    packet = re.sub("(?m)^title: .*", f"title: New {word}\nsupersedes: triage", text)
    (site / f"data/workflows/{word}.yml").write_text(packet, encoding="utf-8")


EDITS: dict[str, Edit] = {
    "a packet's title": said(sites.TRIAGE, "title"),
    "a packet's summary": said(sites.INTAKE, "summary"),
    "a packet's status": lambda site, word: said(sites.TRIAGE, "status")(site, "draft" if word > "b" else "in-review"),
    "a team's name": said("data/teams.yml", "name"),
    "a role's meaning": said("data/roles.yml", "meaning"),
    "a short answer": said("data/faq.yml", "short_answer"),
    "the site's name": said("data/site.yml", "name"),
    "a page of docs": lambda site, word: _added(site / "docs/index.md", f"\n{word}\n"),
    "a page of docs with a macro": lambda site, word: _written(site / EXTRA, f"# {word}\n\n{{{{ portfolio() }}}}\n"),
    "a new packet": superseding,
    "a packet less": lambda site, word: (site / f"data/workflows/{word}.yml").unlink(missing_ok=True),
    "the theme": lambda site, word: _overridden(site, f"<p>{word}</p>"),
    "a page in the output": lambda site, word: _written(site.parent / "out/workflows/intake/index.html", word),
    "no output": lambda site, word: shutil.rmtree(site.parent / "out", ignore_errors=True),
    "no memory": lambda site, word: without_memory(site),
    "a memory cut off": lambda site, word: spoilt(site),
}


@pytest.mark.slow
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rounds=st.lists(
        st.lists(st.tuples(st.sampled_from(sorted(EDITS)), st.sampled_from(["alpha", "beta"])), min_size=1, max_size=3),
        min_size=3,
        max_size=5,
    )
)
def test_after_edits_at_random_the_output_is_that_of_a_clean_build(
    rounds: list[list[tuple[str, str]]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("edited")
    site = sites.good(folder / "site")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", DAY)
        patch.setenv("OPMODEL_CACHE", str(folder / "memory"))
        for number, edits in enumerate([[], *rounds]):
            for edit, word in edits:
                EDITS[edit](site, word)
            carried = built(site, folder / "out")
            if number == 0:
                compiled(folder / "memory", folder / "templates")
            assert carried == built_clean(site, folder / f"clean-{number}", folder / "templates")
    shutil.rmtree(folder)


def identity(file: Path) -> tuple[int, int]:
    """Return what tells a file from one that takes its place; a file system may give a number out again."""
    return file.stat().st_ino, file.stat().st_mtime_ns


@pytest.mark.slow
def test_a_page_that_did_not_change_is_not_made_again(site: Path, tmp_path: Path) -> None:
    before = built(site, tmp_path / "out")
    made = {path: identity(tmp_path / "out" / path) for path in before}
    sites.edit(site, sites.TRIAGE, "title: Triage", "title: Triage of requests")
    after = built(site, tmp_path / "out")
    assert before["workflows/triage/index.html"] != after["workflows/triage/index.html"]
    same = {path for path in after if identity(tmp_path / "out" / path) == made[path]}
    whole = {path for path in after if path.startswith(("workflows/intake/", "api/workflows/intake."))}
    assert whole <= same
    assert not {path for path in same if "triage" in path}


def test_a_packet_that_comes_or_goes_leaves_the_pages_of_others_as_they_are(site: Path, tmp_path: Path) -> None:
    before = built(site, tmp_path / "out")
    others = {path for path in before if path.startswith(("workflows/intake/", "api/workflows/intake."))}
    made = {path: identity(tmp_path / "out" / path) for path in others}
    text = (site / sites.TRIAGE).read_text().replace("title: Triage", "title: Sorting")
    (site / "data/workflows/sorting.yml").write_text(text)
    assert "workflows/sorting/index.html" in built(site, tmp_path / "out")
    assert {path: identity(tmp_path / "out" / path) for path in others} == made
    (site / "data/workflows/sorting.yml").unlink()
    assert "workflows/sorting/index.html" not in built(site, tmp_path / "out")
    assert {path: identity(tmp_path / "out" / path) for path in others} == made


def test_a_second_folder_keeps_the_pages_of_the_first_and_leaves_it_as_it_was(site: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    second.mkdir()
    before = built(site, first)
    PreviousOutput(first, Cache.of(site)).share(second)
    sites.edit(site, sites.TRIAGE, "title: Triage", "title: Triage of requests")
    after = built(site, second)
    assert identity(second / "workflows/intake/index.html") == identity(first / "workflows/intake/index.html")
    assert after == built(site, tmp_path / "third")
    assert {path: (first / path).read_bytes() for path in before} == before


def test_a_folder_with_anything_in_it_is_left_alone(site: Path, tmp_path: Path) -> None:
    built(site, tmp_path / "first")
    (tmp_path / "second").mkdir()
    (tmp_path / "second" / "own.txt").write_text("own")
    PreviousOutput(tmp_path / "first", Cache.of(site)).share(tmp_path / "second")
    assert [file.name for file in (tmp_path / "second").iterdir()] == ["own.txt"]


def test_every_file_of_a_packet_stands_where_pages_are_carried_over_from(site: Path, tmp_path: Path) -> None:
    found = [path for path in built(site, tmp_path / "out") if "/intake" in path]
    assert len(found) >= 4
    assert all(path.startswith(tuple(f"{folder}/" for folder in FOLDERS)) for path in found)


def test_a_build_that_was_stopped_leaves_nothing_behind_in_the_next(site: Path, tmp_path: Path) -> None:
    expected = built(site, tmp_path / "out")
    (tmp_path / "out" / "workflows").rename(tmp_path / "out" / ASIDE)
    assert built(site, tmp_path / "out") == expected
    assert not (tmp_path / "out" / ASIDE).exists()


def test_a_link_that_leads_nowhere_stops_every_build_with_the_same_lines(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    built(site, tmp_path / "out")
    _added(site / "docs/index.md", "\n[Nowhere](guide/nowhere.md) [Lost](guide/approval-model.md#lost)\n")
    said = []
    for _ in range(3):
        capsys.readouterr()
        with pytest.raises(Abort):
            built(site, tmp_path / "out")
        said.append(capsys.readouterr().err)
    assert said[0] == said[1] == said[2]
    assert ["nowhere.md" in said[0], '"#lost"' in said[0]] == [True, True]


def test_an_anchor_that_is_gone_is_missed_though_the_page_that_links_to_it_did_not_change(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _added(site / "docs/index.md", "\n[Limits](guide/approval-model.md#thresholds)\n")
    built(site, tmp_path / "out")
    assert "thresholds" not in capsys.readouterr().err
    sites.edit(site, "docs/guide/approval-model.md", "{ #thresholds }", "{ #limits }")
    sites.edit(site, "data/faq.yml", "guide:approval-model#thresholds", "guide:approval-model#limits")
    with pytest.raises(Abort):
        built(site, tmp_path / "out")
    assert 'has no anchor "#thresholds"' in capsys.readouterr().err
