"""Results are remembered by all that they depend on: a memory may be lost or spoilt, and is never wrong."""

import errno
import multiprocessing
import os
import shutil
import threading
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import sites
from opmodel.cache import Cache, digest, parallel_map, run_in_fork
from opmodel.rules.check import Checked, check
from opmodel.rules.packet_checker import Contents, PacketChecker, PacketResult
from opmodel.rules.quick_check import quick_check


class Maker:
    """Makes results, and counts how many."""

    def __init__(self) -> None:
        self.made: list[str] = []

    def __call__(self, text: str) -> str:
        self.made.append(text)
        return text.upper()


def every(cache: Cache, make: Maker, *texts: str) -> list[str]:
    given = {digest(text): text for text in texts}
    results = cache.results("words", given, make, len)
    assert list(results.summaries.values()) == [len(text) for text in texts]
    return [results.load(key) for key in given]


def test_what_was_made_once_is_not_made_again(tmp_path: Path) -> None:
    make = Maker()
    assert every(Cache(tmp_path), make, "a", "b") == ["A", "B"]
    assert every(Cache(tmp_path), make, "b", "c", "a") == ["B", "C", "A"]
    assert make.made == ["a", "b", "c"]


def test_a_memory_without_a_folder_lasts_as_long_as_its_process() -> None:
    make, cache = Maker(), Cache()
    assert every(cache, make, "some words") == every(cache, make, "some words") == ["SOME WORDS"]
    assert make.made == ["some words"]


def test_a_result_is_read_only_when_it_is_asked_for(tmp_path: Path) -> None:
    make, given = Maker(), {digest("a"): "a", digest("b"): "b"}
    every(Cache(tmp_path), make, "a", "b")
    (tmp_path / "words" / digest("b")).write_bytes(b"spoilt")
    results = Cache(tmp_path).results("words", given, make, len)
    assert list(results.summaries.values()) == [1, 1]
    assert results.load(digest("a")) == "A"
    assert make.made == ["a", "b"]
    assert results.load(digest("b")) == "B"
    assert make.made == ["a", "b", "b"]


def test_where_briefs_are_enough_a_result_is_made_again_when_it_is_asked_for(tmp_path: Path) -> None:
    make, given = Maker(), {digest("a"): "a"}
    results = Cache(summaries_only=True).results("words", given, make, len)
    assert (results.summaries, make.made) == ({digest("a"): 1}, ["a"])
    assert (results.load(digest("a")), make.made) == ("A", ["a", "a"])
    Cache(tmp_path, summaries_only=True).results("words", given, make, len)
    known = Cache(tmp_path).results("words", given, make, len)
    assert (known.summaries, make.made) == ({digest("a"): 1}, ["a", "a", "a"])
    assert (known.load(digest("a")), make.made) == ("A", ["a", "a", "a", "a"])


@pytest.mark.parametrize("fork", [False, True])
def test_one_result_is_begun_once_and_waited_for(tmp_path: Path, fork: bool) -> None:
    def started(key: str, result: str) -> str:
        return Cache(tmp_path).start("turn", digest(key), lambda: result, fork=fork)()

    assert [started("same", "first"), started("same", "second"), started("other", "third")] == [
        "first",
        "first",
        "third",
    ]


def test_briefs_of_other_processes_share_what_is_equal(tmp_path: Path) -> None:
    same: dict[tuple[str, ...], tuple[str, ...]] = {}
    given = {digest(str(number)): number for number in range(100)}
    results = Cache(tmp_path).results(
        "pairs",
        given,
        lambda number: ("odd" if number % 2 else "even", "number"),
        lambda pair: pair,
        intern=lambda pair: same.setdefault(pair, pair),
    )
    assert len({id(pair) for pair in results.summaries.values()}) == len(set(results.summaries.values())) == 2


def test_what_is_no_longer_asked_for_is_forgotten(tmp_path: Path) -> None:
    make = Maker()
    for texts in (("a", "b"), ("a",), ("a", "b")):
        every(Cache(tmp_path), make, *texts)
    assert make.made == ["a", "b", "b"]


@pytest.mark.parametrize("spoilt", [b"", b"no pickle", b"\x80\x05]\x94."])
def test_a_spoilt_memory_is_an_empty_one(tmp_path: Path, spoilt: bytes) -> None:
    make = Maker()
    every(Cache(tmp_path), make, "a")
    (tmp_path / "words-index.pickle").write_bytes(spoilt)
    assert every(Cache(tmp_path), make, "a") == ["A"]
    assert every(Cache(tmp_path), make, "a") == ["A"]
    assert make.made == ["a", "a"]


def test_what_another_run_forgot_is_made_again(tmp_path: Path) -> None:
    make, texts = Maker(), {digest("a"): "a"}
    results = Cache(tmp_path).results("words", texts, make, len)
    every(Cache(tmp_path), Maker(), "b")
    assert results.load(digest("a")) == "A"


def test_a_folder_that_cannot_be_written_only_costs_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    assert every(Cache(tmp_path / "file" / "memory"), Maker(), "a") == ["A"]


def test_where_a_disk_is_full_nothing_half_written_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[bytes] = []

    def full(handle: int, data: bytes) -> int:
        if written:
            raise OSError(errno.ENOSPC, "No space left on device")
        written.append(data)
        return write(handle, data[:3])

    write = os.write
    monkeypatch.setattr(os, "write", full)
    assert every(Cache(tmp_path), Maker(), "a") == ["A"]
    assert written
    assert [file for file in tmp_path.rglob("*") if file.is_file()] == []


def test_runs_at_the_same_time_do_no_harm(tmp_path: Path) -> None:
    found: list[list[str]] = []

    def run(number: int) -> None:
        for turn in range(20):
            found.append(every(Cache(tmp_path), Maker(), "a", f"{number} {turn}"))

    threads = [threading.Thread(target=run, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 80
    assert all(words[0] == "A" for words in found)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["words", "words-index.pickle"]


def test_where_one_part_ends_counts() -> None:
    assert digest("ab", "c") != digest("a", "bc")
    assert digest("a") == digest(b"a")


@pytest.mark.parametrize("processes", [1, 2, 3])
def test_several_processes_give_results_in_order(processes: int) -> None:
    assert list(parallel_map(str, list(range(100)), processes=processes)) == [str(number) for number in range(100)]


def test_nothing_of_other_processes_is_left_once_their_results_are_here() -> None:
    before = threading.active_count()
    assert len(list(parallel_map(str, list(range(100)), processes=2))) == 100
    assert threading.active_count() == before
    assert multiprocessing.active_children() == []


def test_a_mistake_in_another_process_is_not_lost() -> None:
    with pytest.raises(ZeroDivisionError):
        list(parallel_map(lambda number: 1 // (number - 40), list(range(50)), processes=2))


@pytest.mark.usefixtures("one_thread")
def test_what_a_disk_refuses_in_a_fork_is_said_by_whoever_waits_and_by_nobody_else(
    capfd: pytest.CaptureFixture[str],
) -> None:
    def full() -> None:
        raise OSError(28, "No space left on device", "api/index.json")

    with pytest.raises(OSError, match="No space") as caught:
        run_in_fork(full)()
    assert caught.value.filename == "api/index.json"
    assert not "".join(capfd.readouterr())


@pytest.mark.parametrize(("setting", "folder"), [("", None), ("relative", None)])
def test_a_setting_turns_the_memory_off(monkeypatch: pytest.MonkeyPatch, setting: str, folder: Path | None) -> None:
    monkeypatch.setenv("OPMODEL_CACHE", setting)
    assert Cache.of(Path("/site")).folder is folder


def seen(checked: Checked) -> tuple[object, ...]:
    """Return all that a check found out: problems, places of values, gates, digests."""
    model = checked.model
    return (
        checked.problems,
        {name: entry.value for name, entry in model.packets.items()},
        {name: entry.place("owners", "value", "team") for name, entry in model.packets.items()},
        {name: entry.value for name, entry in model.signoffs.items()},
        {name: each.gates for name, each in checked.assessments.items()},
        {name: each.digests for name, each in checked.assessments.items()},
    )


LINES = (
    ("data/workflows/intake.yml", "status: live", "status: draft"),
    ("data/workflows/intake.yml", "title: Intake", "title: Intake of requests"),
    ("data/workflows/triage.yml", "title: Triage", "titel: Triage"),
    ("data/workflows/triage.yml", "status: draft", "status: [draft"),
    ("data/workflows/triage.yml", "title: ", "supersedes: copy\ntitle: "),
    ("data/workflows/copy.yml", "title: ", "supersedes: intake\ntitle: "),
    ("data/teams.yml", "- id: finance", "- id: finanze"),
    ("data/roles.yml", "side: business", "side: it"),
    ("data/site.yml", "review_grace:", "review_graze:"),
    ("data/faq.yml", "- id: ", "- id: other-"),
)


@pytest.mark.slow
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits=st.lists(st.sampled_from([*LINES, "delete intake", "delete signoffs", "copy"]), min_size=1, max_size=5))
def test_with_a_memory_a_check_finds_what_it_finds_without(
    edits: list[tuple[str, str, str] | str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("edited")
    site, kept, live = sites.good(folder / "site"), folder / "memory", Cache()
    for edit in edits:
        match edit:
            case "delete intake":
                (site / sites.INTAKE).unlink(missing_ok=True)
            case "delete signoffs":
                (site / sites.SIGNOFFS).unlink(missing_ok=True)
            case "copy":
                shutil.copy(site / sites.TRIAGE, site / "data/workflows/copy.yml")
            case (path, find, replace) if (site / path).exists():
                file = site / path
                file.write_text(file.read_text().replace(find, replace, 1))
        expected = seen(check(site, sites.TODAY))
        assert seen(check(site, sites.TODAY, live)) == expected
        assert seen(check(site, sites.TODAY, Cache(kept))) == expected
        for _ in range(2):  # found, and remembered
            assert quick_check(site, sites.TODAY, Cache(kept)).problems == expected[0]
    shutil.rmtree(folder)


def test_a_packet_that_comes_or_goes_is_all_that_is_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site, cache = sites.good(tmp_path / "site"), Cache(tmp_path / "memory")
    text = (site / sites.TRIAGE).read_text()
    (site / sites.TRIAGE).write_text(f"supersedes: extra\n{text}")
    names: list[str] = []
    check_packet = PacketChecker.check

    def noted(checker: PacketChecker, name: str, *files: Contents) -> PacketResult:
        names.append(name)
        return check_packet(checker, name, *files)

    def unknown() -> list[str]:
        found = sites.but_history(check(site, sites.TODAY, cache).problems)
        return [str(problem) for problem in found if "supersedes" not in problem.rule]

    monkeypatch.setattr(PacketChecker, "check", noted)
    missing = [f'{sites.TRIAGE}:1:13: unknown packet "extra" (unknown-packet)']
    assert unknown() == missing
    assert sorted(names) == ["intake", "triage"]
    (site / "data/workflows/extra.yml").write_text(text)
    names.clear()
    assert unknown() == []
    assert names == ["extra"]
    (site / "data/workflows/extra.yml").unlink()
    assert unknown() == missing
    assert names == ["extra"]


@pytest.mark.slow
def test_an_outcome_is_kept_until_something_that_it_depends_on_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site, cache = sites.good(tmp_path / "site"), Cache(tmp_path / "memory")
    checks: list[Path] = []

    def counted(root: Path, *others: Any, **settings: Any) -> Checked:
        checks.append(root)
        return check(root, *others, **settings)

    monkeypatch.setattr("opmodel.rules.check.check", counted)

    def checked_again(as_of: date = sites.TODAY) -> bool:
        before = len(checks)
        assert quick_check(site, as_of, cache) == quick_check(site, as_of, cache)
        return len(checks) > before

    assert checked_again()
    assert not checked_again()
    assert checked_again(date(2027, 1, 1))
    assert checked_again()
    for change in (
        lambda: sites.edit(site, sites.TRIAGE, "title: Triage", "title: Sorting"),
        lambda: (site / "data" / "stray.yml").write_text("a: 1"),
        lambda: (site / "data" / "empty").mkdir(),
        lambda: (site / "docs" / "index.md").unlink(),
        lambda: sites.commit(site),
        lambda: sites.commit(site, "Again"),
        lambda: (site / "CODEOWNERS").write_text("* @nobody"),
        lambda: (site / sites.SIGNOFFS).unlink(),
        lambda: (site / "main.py").write_text(""),
        lambda: (site / "mkdocs.yml").write_text((site / "mkdocs.yml").read_text() + "\ncopyright: x\n"),
        lambda: (site / "docs" / "con.png").write_bytes(b"1"),
        lambda: (site / "docs" / "con.png").rename(site / "docs" / "fine.png"),
        lambda: (site / "docs" / "link.md").symlink_to("/etc/hostname"),
        lambda: shutil.rmtree(site / "data" / "signoffs"),
        lambda: (site / "data" / "redirects.yml").write_text("redirects: []"),
    ):
        change()
        assert checked_again()
        assert not checked_again()


def test_work_is_done_meanwhile(tmp_path: Path) -> None:
    done = run_in_fork(lambda: (tmp_path / "made").write_text("made"))
    done()
    assert (tmp_path / "made").read_text() == "made"


def test_a_mistake_in_work_that_is_done_meanwhile_is_raised_when_it_is_waited_for() -> None:
    done = run_in_fork(lambda: [].pop())
    with pytest.raises(IndexError):
        done()
