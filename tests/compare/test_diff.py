"""``opmodel diff`` on a repository: what it compares, how it prints, and how it ends."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser

from compare.repository import Repository
from opmodel.commands.main import command_group
from opmodel.compare.markdown import escaped

PACKET = "data/workflows/intake.yml"


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path)


def diff(repository: Repository, *arguments: str) -> Result:
    words = ["diff", *arguments, "--site", str(repository.site), "--as-of", "2026-11-22"]
    return CliRunner().invoke(command_group(), words)


def document(repository: Repository, *arguments: str) -> dict[str, Any]:
    result = diff(repository, *arguments, "--format", "json")
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_nothing_changed_is_said(repository: Repository) -> None:
    result = diff(repository)
    assert result.exit_code == 0
    assert result.stdout.startswith("No packet differs between HEAD (")
    assert document(repository)["changed"] is False


def test_comments_and_layout_are_no_change(repository: Repository) -> None:
    repository.replace(PACKET, "tags: [requests]", "# A comment.\ntags:\n  - requests")
    assert document(repository)["packets"] == []


def change_much(repository: Repository) -> None:
    repository.replace(PACKET, "< 500", "< 800")
    repository.replace(PACKET, ">= 500", ">= 800")
    repository.replace(PACKET, "operations: [read, send]", "operations: [read, send, delete]")
    repository.replace(PACKET, "holder: Head of Finance", "holder: Chief Financial Officer")
    repository.replace(PACKET, "Requests by phone", "Requests by fax")
    repository.replace("data/workflows/triage.yml", "response: PT1H", "response: PT4H")


def test_everything_that_a_reviewer_asks_about_is_listed(
    repository: Repository, golden: Callable[[str, str], None]
) -> None:
    change_much(repository)
    for style, name in (("text", "diff.txt"), ("markdown", "diff.md"), ("json", "diff.json")):
        result = diff(repository, "--format", style)
        assert result.exit_code == 0, result.output
        commit = repository.git("rev-parse", "HEAD").strip()[:10]
        golden(result.stdout.replace(commit, "0123456789"), f"compare/{name}")


def test_the_packet_with_more_autonomy_comes_first(repository: Repository) -> None:
    change_much(repository)
    assert [packet["id"] for packet in document(repository)["packets"]] == ["intake", "triage"]


def test_a_signature_that_becomes_stale_names_the_section(repository: Repository) -> None:
    repository.replace(PACKET, "Requests by phone", "Requests by fax")
    signoffs = document(repository)["packets"][0]["signoffs"]
    assert [(s["side"], s["stale"], s["sections"]) for s in signoffs] == [
        ("business", True, ["scope"]),
        ("it", True, ["scope"]),
    ]


def test_a_result_of_a_test_is_a_change_that_leaves_signatures_valid(repository: Repository) -> None:
    repository.replace(PACKET, "evidence: https://evidence.example/fc-01", "evidence: https://evidence.example/again")
    (packet,) = document(repository)["packets"]
    assert packet["signoffs"] == []
    assert [field["field"] for field in packet["sections"]["failure-cases"]] == ["FC-01 / evidence"]


def test_two_revisions_are_compared_and_one_is_compared_with_the_files(repository: Repository) -> None:
    repository.git("tag", "before")
    repository.replace(PACKET, "Requests by phone", "Requests by fax")
    repository.commit()
    assert len(document(repository, "before", "HEAD")["packets"]) == 1
    assert len(document(repository, "before")["packets"]) == 1
    assert document(repository, "HEAD")["packets"] == []
    assert document(repository, "HEAD", "before")["packets"][0]["sections"]["scope"][0]["after"] == "Requests by phone"


def test_packets_are_added_and_removed(repository: Repository) -> None:
    (repository.site / "data/workflows/triage.yml").rename(repository.site / "data/workflows/sorting.yml")
    kinds = {packet["id"]: packet["kind"] for packet in document(repository)["packets"]}
    assert kinds["sorting"] == "added"
    assert kinds["triage"] == "removed"


def test_a_renamed_packet_is_compared_with_what_it_was(repository: Repository) -> None:
    repository.replace(PACKET, '"< 500"', '"< 900"')
    repository.replace(PACKET, '">= 500"', '">= 900"')
    for folder in ("workflows", "signoffs"):
        (repository.site / f"data/{folder}/intake.yml").rename(repository.site / f"data/{folder}/reception.yml")
    renamed = repository.site / "data/workflows/reception.yml"
    renamed.write_text("formerly: [intake]\n" + renamed.read_text(encoding="utf-8"), encoding="utf-8")
    (packet,) = document(repository)["packets"]
    assert (packet["id"], packet["kind"]) == ("reception", "changed")
    shown = diff(repository).stdout
    assert "approve → act" in shown or "act" in shown
    assert "the signature becomes stale" in shown
    assert "Packet removed" not in shown


def test_a_site_in_a_folder_of_the_repository(tmp_path: Path) -> None:
    repository = Repository(tmp_path, below="sites/finance")
    repository.replace(PACKET, "Requests by phone", "Requests by fax")
    assert [packet["id"] for packet in document(repository)["packets"]] == ["intake"]


def test_a_revision_without_data_has_no_packets(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    repository.git("checkout", "--quiet", "--orphan", "empty")
    repository.git("rm", "-r", "--quiet", "--cached", ".")
    repository.git("commit", "--quiet", "--allow-empty", "--message=Nothing")
    assert {packet["kind"] for packet in document(repository, "HEAD", "main")["packets"]} == {"added"}


@pytest.mark.parametrize("name", ["nope", "--upload-pack=x", "HEAD:data", ""])
def test_an_unknown_revision_is_wrong_usage(repository: Repository, name: str) -> None:
    result = diff(repository, "--", name) if name.startswith("--") else diff(repository, name)
    assert result.exit_code == 2


def test_outside_of_git_is_wrong_usage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", os.fspath(tmp_path))
    (tmp_path / "site" / "data").mkdir(parents=True)
    result = CliRunner().invoke(command_group(), ["diff", "--site", str(tmp_path / "site")])
    assert result.exit_code == 2
    assert "nothing to compare with: the site is in no git repository; run: git init" in result.output


def test_data_that_cannot_be_read_gives_the_lines_of_the_check(repository: Repository) -> None:
    repository.replace(PACKET, "title: Intake", "titel: Intake")
    result = diff(repository)
    assert result.exit_code == 1
    assert "the data of the working tree cannot be read" in result.output
    assert 'data/workflows/intake.yml:1:1: unknown key "titel"; did you mean "title"? (unknown-key)' in result.output


@pytest.mark.parametrize(
    "text",
    [
        "a | b",
        "<script>alert(1)</script> <img src=x onerror=alert(1)>",
        "[click](https://bad.example) ![x](y) <https://bad.example>",
        "`code` ``two`` *bold* _it_ ~~gone~~ \\| \\",
        "# heading",
        "- item",
        "1. item",
        "> quote",
        "| --- |",
        "&lt;b&gt; &amp; &#64;",
        "$x$ @team #12 https://bad.example www.bad.example",
    ],
)
def test_data_cannot_become_markup(text: str) -> None:
    html = MarkdownIt("gfm-like", {"linkify": False}).render(f"| Field | Was |\n| --- | --- |\n| x | {escaped(text)} |")
    cells = LexborHTMLParser(html).css("td")
    assert [cell.text().replace("\u2060", "") for cell in cells] == ["x", text]
    assert all(node.tag in ("td", "-text") for cell in cells for node in cell.traverse(include_text=True))
    alone = LexborHTMLParser(MarkdownIt("gfm-like", {"linkify": False}).render(escaped(text)))
    assert [node.tag for node in alone.body.iter()] == ["p"] if alone.body else False


def test_nobody_is_mentioned_and_nothing_is_linked() -> None:
    shown = escaped("ask @finance about #12 at https://bad.example or www.bad.example")
    assert "@finance" not in shown
    assert "#12" not in shown
    assert "https://" not in shown
    assert "www.bad" not in shown


COMMIT = "0123456789abcdef0123456789abcdef01234567"


@pytest.mark.parametrize(
    "named", ["GH-9", "!34", "%1", "&7", "~bug", "$5", "^alert#1", ":tada:", COMMIT, COMMIT[10:18]]
)
def test_what_a_host_would_link_is_parted(named: str) -> None:
    shown = MarkdownIt("gfm-like", {"linkify": False}).render(escaped(f"see {named} there"))
    text = LexborHTMLParser(shown).text()
    assert named not in text
    assert f"see {named} there" in text.replace("\u2060", "")


@pytest.mark.parametrize("text", ["5000000 to 10000000", "50 % and $ 5", "Really! Yes: no", "12:30"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert "\u2060" not in escaped(text)


@pytest.mark.parametrize("attributes", ["* export-ignore", "* export-subst", "* eol=crlf working-tree-encoding=UTF-16"])
def test_attributes_of_files_do_not_change_what_is_read(attributes: str, repository: Repository) -> None:
    (repository.site / "data/.gitattributes").write_text(f"{attributes}\n")
    git_folder = repository.site / ".git/info"
    git_folder.mkdir(exist_ok=True)
    (git_folder / "attributes").write_text(f"{attributes}\n")
    assert document(repository)["changed"] is False


def test_names_that_no_file_can_have_are_left_out_with_a_warning(repository: Repository) -> None:
    odd = repository.site / "data/workflows/a\nb.yml"
    odd.write_text("title: x\n")
    repository.commit()
    odd.unlink()
    result = diff(repository)
    assert result.exit_code == 0, result.output
    assert "data/workflows/a\\u000ab.yml:1:1: warning: left out of HEAD" in result.stderr


def test_a_lost_file_is_said_with_the_remedy(repository: Repository) -> None:
    number = repository.git("rev-parse", f"HEAD:{PACKET}").strip()
    (repository.folder / ".git/objects" / number[:2] / number[2:]).unlink()
    result = diff(repository)
    assert result.exit_code == 1
    assert f"the repository lacks {PACKET} of commit" in result.output
    assert "git fetch --refetch" in result.output
