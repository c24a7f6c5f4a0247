"""``opmodel init``: a site of one's own that builds at once."""

import json
import re
import subprocess
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import pytest
import yaml
from markdown_it import MarkdownIt
from markupsafe import escape
from selectolax.lexbor import LexborHTMLParser

from commands.terminal import opmodel, tree
from forks import run_module
from opmodel.load.loader import load_model
from opmodel.rules.check import check
from opmodel.scaffold import engine_requirement, starter
from opmodel.scaffold.prose_links import all_gone, without_links
from sites import TODAY, but_history, run_build

NAME = 'Acme "Ö" & <b>Söhne</b>: {{ x }}'


def begin(folder: Path, *arguments: str, code: int = 0) -> str:
    words = ("init", str(folder), "--organisation", NAME, "--as-of", TODAY.isoformat(), *arguments)
    return str(opmodel(folder, *words, code=code).output)


@pytest.fixture(scope="module", params=["bare", "samples"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp(request.param) / "my-operating-model"
    begin(folder, *(["--samples"] if request.param == "samples" else []), "--engine", "opmodel==9.9")
    return folder


def test_it_has_no_problem(site: Path) -> None:
    checked = check(site, TODAY)
    assert but_history(checked.problems) == []
    assert checked.model.site
    assert checked.model.site.value.organisation == NAME
    assert checked.model.packets
    assert checked.model.questions
    assert checked.model.guide


def test_the_name_of_an_organisation_is_shown_as_it_is(site: Path) -> None:
    settings = (site / "mkdocs.yml").read_text(encoding="utf-8")
    (copyright_,) = re.findall(r"^copyright: (.*) # HTML$", settings, re.M)
    assert json.loads(copyright_) == escape(NAME)
    heading = (site / "README.md").read_text(encoding="utf-8").splitlines()[0]
    shown = LexborHTMLParser(MarkdownIt().render(heading)).css_first("h1")
    assert shown
    assert shown.text() == f"How {NAME} runs AI agents"


@pytest.mark.slow
def test_it_builds_strictly(site: Path, tmp_path: Path) -> None:
    done = run_build(site, arguments=["--site-dir", tmp_path / "site"])
    assert done.returncode == 0, done.stderr[-3000:]
    home = (tmp_path / "site/index.html").read_text(encoding="utf-8")
    assert f"{escape(NAME)}</p>" in home
    assert (tmp_path / "site/contribute/fields/index.html").is_file()


def test_it_has_a_seed_that_no_other_site_has(site: Path, tmp_path: Path) -> None:
    begin(tmp_path / "other")
    made = [load_model(folder).model.site for folder in (site, tmp_path / "other")]
    seeds = [found.value.seed for found in made if found]
    assert all(seeds)
    assert seeds[0] != seeds[1]


def test_its_addresses_are_recorded_from_the_start(site: Path) -> None:
    recorded = (site / "data/permalinks.txt").read_text(encoding="utf-8").splitlines()
    assert {"/", "/matrix/#sign-off", "/feed.xml"} <= set(recorded)
    assert [line for line in recorded if line.startswith("/reference/rules/#unknown")] == []
    assert f"{len(recorded)} recorded: 0 new, 0 moved, 0 lost\n" in opmodel(site, "permalinks").stderr


def test_it_names_its_engine_and_nothing_of_ours(site: Path) -> None:
    assert (site / "requirements.txt").read_text(encoding="utf-8").splitlines()[-1] == "opmodel==9.9"
    for path in ("README.md", "mkdocs.yml", "data/site.yml", "Makefile"):
        assert "Meridian" not in (site / path).read_text(encoding="utf-8")


def test_its_recipes_are_valid_and_its_targets_exist(site: Path) -> None:
    for path in (".github/workflows/pages.yml", ".gitlab-ci.yml", ".pre-commit-config.yaml", "mkdocs.yml"):
        assert yaml.load((site / path).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 text only
    schemas = {".github/workflows/pages.yml": ["vendor.github-workflows"]}
    schemas[".gitlab-ci.yml"] = ["vendor.gitlab-ci", "--data-transform", "gitlab-ci"]
    for path, options in schemas.items():
        checked = run_module("check_jsonschema", "--builtin-schema", *options, site / path, cwd=site)
        assert checked.returncode == 0, checked.stdout
    for target in ("serve", "site", "check"):
        done = subprocess.run(["make", "-n", target], cwd=site, capture_output=True, text=True, check=True)
        assert "pip install --quiet --requirement requirements.txt" in done.stdout


@pytest.mark.parametrize(
    ("path", "schema"),
    [(".github/workflows/pages.yml", "vendor.github-workflows"), (".gitlab-ci.yml", "vendor.gitlab-ci")],
)
def test_its_recipes_have_the_form_that_their_hosts_publish(path: str, schema: str, site: Path) -> None:
    done = run_module("check_jsonschema", "--builtin-schema", schema, site / path, cwd=site)
    assert done.returncode == 0, done.stdout


def test_it_tells_editors_the_schemas(site: Path) -> None:
    first = (site / "data/teams.yml").read_text(encoding="utf-8").splitlines()[0]
    assert json.loads((site / "data" / first.partition("$schema=")[2]).read_text(encoding="utf-8"))["$schema"]


@pytest.mark.slow
def test_samples_are_optional(tmp_path: Path) -> None:
    begin(tmp_path / "bare")
    begin(tmp_path / "full", "--samples")
    assert list(load_model(tmp_path / "bare").model.packets) == ["first-workflow"]
    full = load_model(tmp_path / "full").model
    assert {"invoice-triage", "access-requests"} <= set(full.packets)
    assert full.candidates
    assert "first-workflow" not in full.packets


def test_without_samples_nothing_links_to_one(tmp_path: Path) -> None:
    begin(tmp_path / "bare")
    for file in (tmp_path / "bare").rglob("*"):
        if file.suffix in (".md", ".yml") and file.name != "first-workflow.yml":
            text = file.read_text(encoding="utf-8")
            assert not re.search(r"\]\((\.\./)*workflows/(?!index)|\]\(packet:", text), file


def test_it_never_writes_into_a_folder_that_holds_something(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    assert "is not empty, and nothing was written" in begin(tmp_path, code=1)
    assert tree(tmp_path) == {"mine.txt": b"mine"}
    assert "is not empty" in begin(tmp_path / "mine.txt", code=1)


def test_an_empty_repository_is_a_place_for_it(tmp_path: Path) -> None:
    (tmp_path / "empty" / ".git").mkdir(parents=True)
    begin(tmp_path / "empty")
    assert (tmp_path / "empty" / "mkdocs.yml").is_file()
    assert [path.name for path in tmp_path.iterdir()] == ["empty"]


@pytest.mark.parametrize(
    ("option", "value", "why"),
    [
        ("--organisation", "two\nlines", "--organisation: expected text on one line"),
        ("--organisation", "", "--organisation: expected text"),
        ("--address", "mailto:x", "--address: expected an address such as"),
        ("--address", "https://x.example/?page=1", "--address: expected an address such as"),
        ("--address", "operating-model.example", "--address: expected"),
        ("--engine", "opmodel==1\n--pre", "--engine: expected text on one line"),
    ],
)
def test_what_the_site_cannot_hold_is_refused_before_anything_is_written(
    option: str, value: str, why: str, tmp_path: Path
) -> None:
    assert why in begin(tmp_path / "x", option, value, code=1)
    assert list(tmp_path.iterdir()) == []


def test_a_site_that_would_have_errors_is_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(starter, "without_links", lambda text, gone: text)
    assert "nothing was written, because" in begin(tmp_path / "x", code=1)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("origin", "line", "only_here"),
    [
        ({"url": "file:///src/op%20model", "dir_info": {"editable": True}}, "--editable /src/op model", True),
        ({"url": "file:///src/opmodel", "dir_info": {}}, "opmodel @ file:///src/opmodel", True),
        ({"url": "file:///gone/o-1.whl", "archive_info": {}}, "opmodel @ file:///gone/o-1.whl", True),
        ({"url": "https://x.example/o.whl", "archive_info": {}}, "opmodel @ https://x.example/o.whl", False),
        (
            {"url": "https://x.example/o", "vcs_info": {"vcs": "git", "commit_id": "abc"}},
            "opmodel @ git+https://x.example/o@abc",
            False,
        ),
    ],
)
def test_the_engine_is_required_as_it_was_installed(
    origin: Any, line: str, only_here: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed_from(origin, monkeypatch)
    engine = engine_requirement.installed_engine()
    assert engine == engine_requirement.EngineRequirement(line=line)
    assert engine.only_here is only_here


def installed_from(origin: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    found = distribution("opmodel")
    monkeypatch.setattr(type(found), "read_text", lambda self, name: json.dumps(origin) if origin else None)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["opmodel-9-py3-none-any.whl", "opmodel-9.tar.gz"])
def test_a_package_that_the_engine_came_from_is_taken_along(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / name).write_bytes(b"package")
    installed_from({"url": (tmp_path / name).as_uri(), "archive_info": {}}, monkeypatch)
    assert "on this machine only" not in begin(tmp_path / "one")
    begin(tmp_path / "two", "--engine", str(tmp_path / name))
    for site in (tmp_path / "one", tmp_path / "two"):
        assert (site / "engine" / name).read_bytes() == b"package"
        assert (site / "requirements.txt").read_text(encoding="utf-8").splitlines()[-1] == f"./engine/{name}"


def test_nothing_points_to_a_version_that_is_not_released(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installed_from(None, monkeypatch)
    monkeypatch.setattr(engine_requirement, "__version__", "9.9.dev0")
    assert "name a wheel, a folder or a git address" in begin(tmp_path / "x", code=2)
    assert list(tmp_path.iterdir()) == []
    monkeypatch.setattr(engine_requirement, "__version__", "9.9")
    assert engine_requirement.installed_engine() == engine_requirement.EngineRequirement(line="opmodel==9.9")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("One. See [x](../workflows/x.md#a) now. Two.\n", "One. Two.\n"),
        ("One; [x](packet:x) shows it.\n", "One.\n"),
        ("A.\n\n[X](packet:x) shows\nit.\n\nB.\n", "A.\n\nB.\n"),
        ("- [X](../workflows/x.md): all\n- [Y](y.md): some\n", "- [Y](y.md): some\n"),
        ("a:\n  packets: [x, y]\n  questions: [z]\n", "a:\n  questions: [z]\n"),
        ("All in [the list](../workflows/index.md).\n", "All in [the list](../workflows/index.md).\n"),
        ('Before.\n\n{{ packet_section("x", "approval") }}\n\nAfter.\n', "Before.\n\nAfter.\n"),
    ],
)
def test_sentences_with_a_link_to_a_sample_are_taken_out(text: str, left: str) -> None:
    assert without_links(text, all_gone) == left
