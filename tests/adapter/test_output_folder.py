"""A build empties no sources, lets no other build into its folder, and says in a line what a disk refuses."""

import multiprocessing
import subprocess
import sys
import time
from pathlib import Path

import pytest
from mkdocs.exceptions import PluginError

from commands.terminal import tree
from opmodel.adapter.output_folder import FolderLock, check_folder, mark_folder
from opmodel.files.output import MARK
from sites import good, run_build


@pytest.mark.parametrize("folder", ["data", "data/new", ".git", ".git/x", ".", "docs"])
def test_no_folder_of_sources_is_emptied(folder: str, tmp_path: Path) -> None:
    site = good(tmp_path / "site")
    (site / ".git").mkdir()
    with pytest.raises(PluginError, match="choose another site_dir"):
        check_folder(site / folder, site)
    check_folder(site / "site", site)
    check_folder(tmp_path / "elsewhere", site)


@pytest.mark.parametrize("inside", [True, False])
def test_a_folder_with_files_that_no_build_wrote_is_left_as_it_is(inside: bool, tmp_path: Path) -> None:
    site = good(tmp_path / "site")
    theirs = (site if inside else tmp_path) / ".github"
    (theirs / "workflows").mkdir(parents=True)
    (theirs / "workflows/check.yml").write_text("on: push\n")
    before = tree(theirs)
    (site / "mkdocs.yml").write_text(f"site_dir: {theirs}\n" + (site / "mkdocs.yml").read_text())
    done = run_build(site)
    assert done.returncode == 1
    assert "holds files that no build wrote" in done.stderr
    assert "Traceback" not in done.stderr
    assert tree(theirs) == before


def test_a_failure_of_the_disk_during_a_build_is_one_line(tmp_path: Path) -> None:
    site = good(tmp_path / "site")
    (site / "site" / MARK).mkdir(parents=True)
    done = run_build(site)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert f"{MARK}: Is a directory" in done.stderr


def test_a_link_is_no_output_folder(tmp_path: Path) -> None:
    site = good(tmp_path / "site")
    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs/letter.txt").write_text("Dear all\n")
    (site / "site").symlink_to(tmp_path / "theirs")
    done = run_build(site)
    assert done.returncode == 1
    assert "is a link" in done.stderr
    assert tree(tmp_path / "theirs") == {"letter.txt": b"Dear all\n"}
    (site / "site").unlink()
    (site / "site").symlink_to(tmp_path / "nowhere")
    with pytest.raises(PluginError, match="is a link"):
        check_folder(site / "site", site)


def test_output_of_earlier_builds_is_built_again(tmp_path: Path) -> None:
    site = good(tmp_path / "site")
    folder = site / "site"
    (folder / ".git").mkdir(parents=True)
    check_folder(folder, site)  # hidden files are not removed
    mark_folder(folder)
    (folder / "half.html").write_text("")
    check_folder(folder, site)  # a build that was stopped
    (folder / MARK).unlink()
    with pytest.raises(PluginError, match="empty it or choose another site_dir"):
        check_folder(folder, site)
    (folder / "search").mkdir()
    (folder / "search/search_index.json").write_text("{}")
    (folder / "sitemap.xml").write_text("")
    check_folder(folder, site)  # a build that left no mark


def test_a_build_into_data_leaves_it_as_it_is(tmp_path: Path) -> None:
    site = good(tmp_path / "site")
    before = tree(site / "data")
    settings = (site / "mkdocs.yml").read_text()
    (site / "mkdocs.yml").write_text(f"site_dir: data\n{settings}")
    done = run_build(site)
    assert "choose another site_dir" in done.stderr
    assert "Traceback" not in done.stderr
    assert tree(site / "data") == before


def test_no_other_folder_is_listed_for_pages(tmp_path: Path) -> None:
    site = good(tmp_path / "site")
    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs/letter.txt").write_text("Dear all\n")
    settings = (site / "mkdocs.yml").read_text()
    for docs in (tmp_path / "theirs", "!ENV [NO_SUCH_VARIABLE, ../theirs]"):
        (site / "mkdocs.yml").write_text(f"docs_dir: {docs}\n{settings}")
        done = run_build(site)
        assert done.returncode == 1
        assert "expected docs_dir: docs" in done.stderr
        assert "letter.txt" not in done.stderr


def test_one_build_at_a_time_writes_to_a_folder(tmp_path: Path) -> None:
    first, second = FolderLock(), FolderLock()
    first.take(tmp_path / "site")
    with pytest.raises(PluginError, match="another build is writing to"):
        second.take(tmp_path / "site")
    context = multiprocessing.get_context("fork")
    begun = context.Event()

    def go_on() -> None:
        begun.set()
        time.sleep(60)

    copy = context.Process(target=go_on)
    copy.start()
    assert begun.wait(30)
    first.release()
    second.take(tmp_path / "site")  # although a copy of the process that had it goes on
    second.release()
    copy.kill()
    copy.join()


@pytest.mark.slow
def test_two_builds_at_the_same_time_end_without_a_traceback(tmp_path: Path) -> None:
    site = good(tmp_path / "site")
    command = [sys.executable, "-m", "mkdocs", "build"]
    builds = [subprocess.Popen(command, cwd=site, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    said = [build.communicate(timeout=120)[1] for build in builds]
    assert not any("Traceback" in text for text in said)
    assert sorted(build.returncode for build in builds) in ([0, 0], [0, 1])
    assert all(
        "another build is writing to" in text for text, build in zip(said, builds, strict=True) if build.returncode
    )
    assert (site / "site/index.html").is_file()


def test_what_the_disk_refuses_is_one_line(tmp_path: Path) -> None:
    site = good(tmp_path / "site")
    (site / "mkdocs.yml").write_text("site_dir: /proc/none\n" + (site / "mkdocs.yml").read_text())
    done = run_build(site)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "/proc/none" in done.stderr
