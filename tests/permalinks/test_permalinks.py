"""Published addresses: known without a build, recorded, and never lost."""

from pathlib import Path

import pytest

from forks import Done, run_module
from opmodel.model.redirects import MAX_REDIRECTS
from opmodel.permalinks.engine_anchors import engine_addresses
from opmodel.permalinks.moves import Moves, all_moves
from opmodel.permalinks.published import published_addresses
from opmodel.rules import addresses as rules_on_addresses
from opmodel.rules.catalog import rules
from opmodel.rules.check import check
from published import anchors, page
from sites import SHIPPED, TODAY, edit, good, lines, run_build

OWN = {"top", "in-the-guide", "in-use", "asked-next", "approval-ask", "approval-words", "approval-inputs",
       "approval-parties", "approval-examples", "owned", "call-to-action"}  # fmt: skip
"""Anchors of the templates themselves: they hold pages together and come from no data."""


def addresses(site: Path) -> frozenset[str]:
    return published_addresses(check(site, TODAY).model, rules())


def permalinks(site: Path, *arguments: str) -> Done:
    return run_module("opmodel", "permalinks", *arguments, "--site", site, "--as-of", "2026-11-22", cwd=site)


def accepted(folder: Path) -> Path:
    site = good(folder)
    assert permalinks(site, "--accept").returncode == 0
    return site


def rename(site: Path, old: str, new: str) -> None:
    """Rename a packet and everything that names it."""
    (site / f"data/workflows/{old}.yml").rename(site / f"data/workflows/{new}.yml")
    for path in ("data/faq.yml", "docs/guide/approval-model.md"):
        text = (site / path).read_text()
        (site / path).write_text(text.replace(f"packet:{old}", f"packet:{new}").replace(f"[{old}]", f"[{new}]"))
    if (signed := site / f"data/signoffs/{old}.yml").exists():
        signed.rename(site / f"data/signoffs/{new}.yml")


def test_addresses_are_known_without_building_a_page(built_site: Path) -> None:
    found = set()
    for file in built_site.rglob("index.html"):
        folder = file.parent.relative_to(built_site).as_posix()
        address = "/" if folder == "." else f"/{folder}/"
        if article := page(file).css_first("article.md-content__inner"):
            found |= {address, *(f"{address}#{node.attributes['id']}" for node in article.css("[id]"))}
    known = {address for address in addresses(SHIPPED) if "#" in address or address.endswith("/")}  # no files
    assert known - found == set()
    assert {address for address in found - known if not promised_to_nobody(built_site, address)} == set()


def promised_to_nobody(site: Path, address: str) -> bool:
    """Whether an anchor comes from a template, a title, a position, or the program's reference of itself."""
    where, _, anchor = address.partition("#")
    if anchor in OWN or anchor.startswith(("__codelineno", "tabbed")) or where.startswith("/contribute/"):
        return True
    node = page(site / where.strip("/") / "index.html").css_first(f'[id="{anchor}"]')
    assert node is not None
    if str(node.tag) in ("input", "select", "span", "title"):  # parts of a form or picture, which name each other
        return True
    words = "".join(c if c.isalnum() else " " for c in node.text().replace("'", "").lower()).split()
    return str(node.tag) in ("h1", "h2") and "-".join(words).startswith(anchor)


def test_an_address_stays_when_every_title_changes(tmp_path: Path) -> None:
    site = good(tmp_path / "site")
    before = addresses(site)
    edit(site, "data/teams.yml", "name: Legal", "name: Counsel")
    edit(site, "data/faq.yml", "question: Who decides?", "question: Who has the last word?")
    edit(site, "docs/guide/approval-model.md", "## Thresholds {", "## Limits {")
    assert addresses(site) == before


def test_nothing_is_lost_where_nothing_was_published(tmp_path: Path) -> None:
    site = good(tmp_path / "site")
    assert not (site / "data/permalinks.txt").exists()
    assert lines(site) == []
    assert "0 lost" in permalinks(site).stderr


def test_the_list_is_sorted_and_holds_every_address_once(tmp_path: Path) -> None:
    site = accepted(tmp_path / "site")
    recorded = (site / "data/permalinks.txt").read_text().splitlines()
    assert recorded == sorted(addresses(site) - engine_addresses(check(site, TODAY).model, rules()))
    again = permalinks(site, "--accept")
    assert (again.stdout, again.returncode) == ("", 0)


def test_what_is_new_is_shown_and_recorded_only_when_asked(tmp_path: Path) -> None:
    site = accepted(tmp_path / "site")
    edit(site, "docs/guide/approval-model.md", "## Thresholds { #thresholds }", "## T { #thresholds }\n\n## N { #new }")
    shown = permalinks(site)
    assert shown.stdout == "new    /guide/approval-model/#new\n"
    assert "#new" not in (site / "data/permalinks.txt").read_text()
    permalinks(site, "--accept")
    assert "/guide/approval-model/#new\n" in (site / "data/permalinks.txt").read_text()


def test_a_renamed_packet_is_lost_until_it_says_its_former_id(tmp_path: Path) -> None:
    site = accepted(tmp_path / "site")
    rename(site, "triage", "sorting")
    (lost,) = [line for line in lines(site) if "would be lost" in line]
    assert "/workflows/triage/ and" in lost
    assert 'if it is /workflows/sorting/ now, add "formerly: [triage]"' in lost
    edit(site, "data/workflows/sorting.yml", "status: draft", "status: draft\nformerly: [triage]")
    assert lines(site) == []
    assert "moved  /workflows/triage/#access → /workflows/sorting/#access\n" in permalinks(site).stdout


def test_a_removed_row_is_lost_until_a_redirect_says_where_its_readers_go(tmp_path: Path) -> None:
    site = accepted(tmp_path / "site")
    edit(site, "docs/guide/approval-model.md", "{ #thresholds }", "{ #limits }")
    edit(site, "data/faq.yml", "guide:approval-model#thresholds", "guide:approval-model#limits")
    (lost,) = lines(site)
    assert lost.endswith(
        "{from: /guide/approval-model/#thresholds, to: /guide/approval-model/#limits} (permalink-lost)"
    )
    entry = lost.partition(": - ")[2].removesuffix(" (permalink-lost)")
    (site / "data/redirects.yml").write_text(f"redirects:\n  - {entry}\n")
    assert lines(site) == []


def test_accepting_keeps_what_is_lost_and_fails(tmp_path: Path) -> None:
    site = accepted(tmp_path / "site")
    before = (site / "data/permalinks.txt").read_text().splitlines()
    rename(site, "triage", "sorting")
    done = permalinks(site, "--accept")
    assert done.returncode == 1
    assert "would be lost" in done.stderr
    after = (site / "data/permalinks.txt").read_text().splitlines()
    assert set(before) < set(after)
    assert "/workflows/sorting/" in after


def test_a_file_that_cannot_be_read_loses_no_address(tmp_path: Path) -> None:
    site = accepted(tmp_path / "site")
    (site / "data/workflows/triage.yml").write_text("title: [")
    assert not [line for line in lines(site) if "would be lost" in line]
    assert "cannot be read" in permalinks(site, "--accept").stderr


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/workflows/triage/#owners", "/workflows/intake/#owners"),
        ("/workflows/triage/#gone", ""),
        ("/workflows/#triage", "/workflows/"),
        ("/guide/old/", "/guide/approval-model/"),
        ("/guide/old/#thresholds", "/guide/approval-model/#thresholds"),
        ("/guide/old/#anything", "/guide/approval-model/"),
        ("/guide/old/#moved", "/guide/launch-readiness/"),
        ("/teams/sales/", "/teams/legal/"),
        ("/nowhere/", ""),
    ],
)
def test_a_former_address_leads_to_one_place(old: str, new: str, tmp_path: Path) -> None:
    site = good(tmp_path / "site")
    (site / "data/workflows/triage.yml").unlink()
    (site / "docs/workflows").mkdir()
    (site / "docs/workflows/index.md").write_text("# Workflows\n")
    edit(site, "data/workflows/intake.yml", "status: live", "status: live\nformerly: [triage]")
    (site / "data/redirects.yml").write_text(
        "redirects:\n"
        "  - {from: /guide/old/, to: /guide/approval-model/}\n"
        "  - {from: /guide/old/#moved, to: /guide/launch-readiness/}\n"
        "  - {from: /teams/sales/, to: /teams/legal/}\n"
        "  - {from: /workflows/#triage, to: /workflows/}\n"
    )
    model = check(site, TODAY).model
    assert all_moves(model).follow(old, published_addresses(model, rules())) == new


def test_the_shipped_list_is_current() -> None:
    listed = SHIPPED / "data/permalinks.txt"
    if listed.exists():
        recorded = listed.read_text().splitlines()
        assert recorded == sorted(set(recorded))
        own = engine_addresses(check(SHIPPED, TODAY).model, rules())
        assert addresses(SHIPPED) - set(recorded) - own == set()


def test_every_anchor_on_a_page_is_there_once(built_site: Path) -> None:
    for file in built_site.rglob("index.html"):
        ids = [node.attributes["id"] for node in page(file).css("[id]")]
        assert len(ids) == len(anchors(file)), file


@pytest.mark.slow
def test_a_build_stops_before_it_loses_an_address_and_counts_the_new_ones(tmp_path: Path) -> None:
    site = accepted(tmp_path / "site")
    edit(site, "docs/guide/approval-model.md", "## Thresholds { #thresholds }", "## T { #thresholds }\n\n## N { #new }")
    assert "1 new address to record: opmodel permalinks --accept" in run_build(site).stderr
    rename(site, "triage", "sorting")
    done = run_build(site)
    assert done.returncode != 0
    assert 'add "formerly: [triage]"' in done.stderr


def redirected(site: Path, pairs: list[tuple[str, str]]) -> Path:
    text = "".join(f"  - {{from: '{source}', to: '{target}'}}\n" for source, target in pairs)
    (site / "data/redirects.yml").write_text(f"redirects:\n{text}")
    return site


@pytest.mark.parametrize("round_again", [False, True])
def test_a_long_chain_of_redirects_is_walked_once(
    round_again: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps, real = list[str](), rules_on_addresses._next

    def counted(address: str, moved: Moves) -> str:
        steps.append(address)
        return real(address, moved)

    monkeypatch.setattr(rules_on_addresses, "_next", counted)
    pairs = [(f"/a{number}/", f"/a{number + 1}/") for number in range(MAX_REDIRECTS)]
    if round_again:
        pairs[-1] = (pairs[-1][0], "/a0/")
    problems = check(redirected(good(tmp_path / "site"), pairs), TODAY).problems
    chains = [problem.message for problem in problems if problem.rule == "redirect-chain"]
    assert len(chains) >= MAX_REDIRECTS - 1
    assert max(map(len, chains)) < 300
    assert len(steps) < MAX_REDIRECTS * (15 if round_again else 2)  # a message of a circle shows its beginning
    if round_again:
        assert chains[0].endswith(" → /a10/ → /a11/ → …")


def test_more_redirects_than_the_limit_are_one_error(tmp_path: Path) -> None:
    pairs = [(f"/a{number}/", "/") for number in range(MAX_REDIRECTS + 1)]
    found = lines(redirected(good(tmp_path / "site"), pairs))
    place = f"data/redirects.yml:{MAX_REDIRECTS + 2}:5"
    assert found == [f"{place}: the file holds 2,001 redirects; the limit is 2,000 (file-size)"]


def test_rows_that_moved_take_their_rows_on_every_packet_along(tmp_path: Path) -> None:
    pairs = [("/matrix/#old", "/matrix/#sign-off"), *((f"/matrix/#row-{number}", "/matrix/") for number in range(100))]
    model = check(redirected(good(tmp_path / "site"), pairs), TODAY).model
    moves = all_moves(model)
    assert len(moves.by_source) < 2 * len(pairs)
    published = {"/workflows/triage/#responsibility-sign-off", "/matrix/"}
    ends = {
        "/workflows/triage/#responsibility-old": "/workflows/triage/#responsibility-sign-off",
        "/workflows/triage/#responsibility-row-7": "/matrix/",
        "/workflows/gone/#responsibility-old": "",
        "/workflows/triage/#responsibility-none": "",
    }
    assert {source: moves.follow(source, published) for source in ends} == ends
