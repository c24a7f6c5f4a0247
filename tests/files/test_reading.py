"""One way to read a file: regular, of limited size, and inside its folder."""

import os
import threading
from pathlib import Path

import pytest

from commands.terminal import opmodel
from opmodel.files.reading import UnreadableFile, read_file, read_named_file, walk_files
from opmodel.files.watching import leads_out, link_status
from sites import good


def test_a_file_that_the_user_named_may_lie_anywhere_and_must_be_a_file(tmp_path: Path) -> None:
    (tmp_path / "table.csv").write_bytes(b"a,b")
    (tmp_path / "link.csv").symlink_to("table.csv")
    assert read_named_file(tmp_path / "link.csv", 3) == b"a,b"
    os.mkfifo(tmp_path / "pipe.csv")
    for name, why in (("pipe.csv", "folder or device"), ("table.csv", "the limit is 2"), ("none.csv", "No such file")):
        with pytest.raises(UnreadableFile, match=why):
            read_named_file(tmp_path / name, 2)
    with pytest.raises(UnreadableFile, match="folder or device"):
        read_named_file(Path("/dev/zero"), 2)


def test_a_file_without_a_size_is_read_to_the_limit_and_no_further() -> None:
    assert read_named_file(Path("/proc/self/stat"), 10_000)
    with pytest.raises(UnreadableFile, match="the limit is 5"):
        read_named_file(Path("/proc/self/stat"), 5)


def test_a_file_that_becomes_a_link_or_a_pipe_is_not_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "outside").write_text("secret")
    site, opened = tmp_path / "site", os.open
    site.mkdir()

    def swap(kind: str) -> None:
        file = site / "a.yml"
        file.unlink(missing_ok=True)
        file.write_text("a: 1")

        def late(path: str, *arguments: int) -> int:
            file.unlink()
            file.symlink_to("../outside") if kind == "link" else os.mkfifo(file)
            return opened(path, *arguments)

        monkeypatch.setattr(os, "open", late)
        with pytest.raises(UnreadableFile):
            read_file(file, site, 100)
        monkeypatch.setattr(os, "open", opened)

    for kind in ("link", "pipe"):
        worker = threading.Thread(target=swap, args=(kind,), daemon=True)
        worker.start()
        worker.join(5)
        assert not worker.is_alive()


def test_a_walk_follows_no_link_and_ends(tmp_path: Path) -> None:
    (tmp_path / "docs" / "guide").mkdir(parents=True)
    for name in ("b.md", "guide/a.md", "guide/.hidden", "c~"):
        (tmp_path / "docs" / name).write_text("")
    for name, to in (("x", "."), ("y", ".."), ("guide/z", "../guide")):
        (tmp_path / "docs" / name).symlink_to(to)
    found = {
        file.relative_to(tmp_path).as_posix(): refused for file, refused in walk_files(tmp_path / "docs", tmp_path)
    }
    assert {path: refused is None for path, refused in found.items()} == {
        "docs/b.md": True,
        "docs/x": False,
        "docs/y": False,
        "docs/guide/a.md": True,
        "docs/guide/z": False,
    }


def test_what_is_watched_follows_no_link_to_a_folder(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "file").write_text("text")
    for name, to in (("folder", "site"), ("gone", "nowhere"), ("docs", "/etc"), ("again", "file")):
        (tmp_path / name).symlink_to(to)
    assert [
        link_status(str(tmp_path / name)).st_mode & 0o170000 == 0o120000 for name in ("folder", "gone", "again")
    ] == [
        True,
        True,
        False,
    ]
    assert leads_out(tmp_path / "docs", tmp_path)
    assert not leads_out(tmp_path / "folder", tmp_path)


def test_commands_take_links_in_a_circle_for_what_they_are(tmp_path: Path) -> None:
    site = good(tmp_path / "site")
    (site / "data/workflows/loop.yml").symlink_to("loop.yml")
    found = opmodel(site, "check", str(site / "data/workflows/loop.yml"), code=1).output
    assert "loop.yml:1:1: the file cannot be read: Too many levels of symbolic links (file-unreadable)" in found
    (tmp_path / "circle").symlink_to("circle")
    assert "holds no site" in opmodel(tmp_path / "circle", "new", "Any", code=2).output


@pytest.mark.parametrize("what", ["outside", "pipe"])
def test_nothing_is_added_to_a_file_that_is_not_read(what: str, tmp_path: Path) -> None:
    site = good(tmp_path / "site")
    file = site / "data/teams.yml"
    file.unlink()
    (tmp_path / "outside.yml").write_text("teams:\n")
    if what == "pipe":
        os.mkfifo(file)
    else:
        file.symlink_to(tmp_path / "outside.yml")
    done = opmodel(site, "new", "team", "Audit", "--side", "business", code=1)
    assert "teams.yml" in done.output
    assert (tmp_path / "outside.yml").read_text() == "teams:\n"
