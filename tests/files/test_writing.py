"""Files are written whole or not at all, and never over one that is there."""

import os
from pathlib import Path

import pytest

from opmodel.files import writing


def test_what_is_written_is_read_back_with_its_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "made" / "a.yml"
    writing.write_text(path, "a\r\nb\n")
    assert path.read_bytes() == b"a\r\nb\n"
    assert os.listdir(path.parent) == ["a.yml"]  # noqa: PTH208 names are what is asked


def test_a_file_keeps_its_rights(tmp_path: Path) -> None:
    path = tmp_path / "a.yml"
    path.write_text("old", encoding="utf-8")
    path.chmod(0o600)
    writing.write_text(path, "new")
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_file_that_is_there_is_not_created(tmp_path: Path) -> None:
    path = tmp_path / "a.yml"
    writing.create_text(path, "first")
    with pytest.raises(FileExistsError):
        writing.create_text(path, "second")
    assert path.read_text(encoding="utf-8") == "first"
    assert [each.name for each in tmp_path.iterdir()] == ["a.yml"]


def test_a_link_to_nowhere_is_not_followed(tmp_path: Path) -> None:
    path = tmp_path / "a.yml"
    path.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(FileExistsError):
        writing.create_text(path, "text")
    assert not (tmp_path / "elsewhere").exists()


def test_a_file_system_without_links_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*paths: Path) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", refuse)
    writing.create_text(tmp_path / "a.yml", "a\r\n")
    assert (tmp_path / "a.yml").read_bytes() == b"a\r\n"
    assert [each.name for each in tmp_path.iterdir()] == ["a.yml"]


def test_a_failure_leaves_the_old_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.yml"
    writing.write_text(path, "old")

    def fail(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="No space"):
        writing.write_text(path, "new")
    assert [each.name for each in tmp_path.iterdir()] == ["a.yml"]
    assert path.read_bytes() == b"old"
