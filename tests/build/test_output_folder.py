"""A build empties no sources, lets no other build into its folder, and says in a line what a disk refuses."""

import multiprocessing
import subprocess
import sys
import time
from pathlib import Path

import pytest
from mkdocs.exceptions import PluginError

from commands.terminal import tree
from opmodel.adapter.output_folder import FolderLock, check_folder
from sites import good, run_build


@pytest.mark.parametrize("folder", ["data", "data/new", ".git", ".git/x", ".", "docs"])
def test_no_folder_of_sources_is_emptied(folder: str, tmp_path: Path) -> None:
    site = good(tmp_path / "site")
    (site / ".git").mkdir()
    with pytest.raises(PluginError, match="choose another site_dir"):
        check_folder(site / folder, site)
    check_folder(site / "site", site)
    check_folder(tmp_path / "elsewhere", site)


def test_a_build_into_data_leaves_it_as_it_is(tmp_path: Path) -> None:
    site = good(tmp_path / "site")
    before = tree(site / "data")
    settings = (site / "mkdocs.yml").read_text()
    (site / "mkdocs.yml").write_text(f"site_dir: data\n{settings}")
    done = run_build(site)
    assert "choose another site_dir" in done.stderr
    assert "Traceback" not in done.stderr
    assert tree(site / "data") == before


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
