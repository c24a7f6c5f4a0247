"""What is kept between runs is kept where nobody else can put anything, and is never taken on trust."""

import os
import pickle
from collections.abc import Callable
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

import sites
from opmodel.adapter.page_context import PreviewPictures
from opmodel.adapter.template_cache import cache_templates
from opmodel.cache import Cache, digest, private_folder
from opmodel.rules.check import check
from opmodel.rules.quick_check import quick_check


class Planted:
    """Makes a file when it is read back."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def __reduce__(self) -> tuple[Callable[[str, int], int], tuple[str, int]]:
        return os.open, (str(self.file), os.O_CREAT | os.O_WRONLY)


@pytest.fixture(autouse=True)
def _said_anew() -> None:
    private_folder.say.cache_clear()


def kept(folder: Path) -> bool:
    """Return whether a memory in a folder keeps anything."""
    cache = Cache(folder)
    cache.put("word", "kept")
    return bool(Cache(folder).get("word") == "kept")


def test_a_folder_is_made_for_this_user_alone(tmp_path: Path) -> None:
    folder = tmp_path / "base" / "site"
    assert kept(folder)
    assert [path.stat().st_mode & 0o777 for path in (folder.parent, folder)] == [0o700, 0o700]
    assert (folder / "word.pickle").stat().st_mode & 0o777 == 0o600


def test_a_folder_that_others_could_only_read_is_closed(tmp_path: Path) -> None:
    (tmp_path / "memory").mkdir(mode=0o755)
    assert kept(tmp_path / "memory")
    assert (tmp_path / "memory").stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("mode", [0o777, 0o770, 0o722])
def test_a_folder_that_others_could_write_to_keeps_nothing(
    mode: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "memory"
    folder.mkdir()
    folder.chmod(mode)
    assert not kept(folder)
    assert not kept(folder)
    assert capsys.readouterr().err == (f"Nothing is kept for the next run in {folder}: other users may write to it.\n")


def test_a_folder_in_a_shared_one_is_kept_only_where_names_there_are_safe(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o777)
    assert not kept(shared / "mine")
    shared.chmod(0o1777)
    assert kept(shared / "mine")


def test_a_folder_of_another_user_keeps_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "memory").mkdir(mode=0o700)
    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    assert not kept(tmp_path / "memory")
    assert not kept(tmp_path / "memory" / "site")


def test_a_link_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir(mode=0o700)
    (tmp_path / "elsewhere" / "file").write_text("mine")
    (tmp_path / "memory").symlink_to("elsewhere")
    assert not kept(tmp_path / "memory")
    assert os.listdir(tmp_path / "elsewhere") == ["file"]  # noqa: PTH208 names are what is asked


def test_nothing_is_kept_in_a_folder_that_is_named_by_a_link(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "link").symlink_to("elsewhere")
    monkeypatch.setenv("OPMODEL_CACHE", str(tmp_path / "link"))
    for _ in range(2):
        assert Cache.of(tmp_path / "site").folder is None
    assert capsys.readouterr().err.count(f"{tmp_path / 'link'} is a link") == 1
    assert not list((tmp_path / "elsewhere").iterdir())


def test_a_link_further_up_is_followed_where_nobody_else_can_replace_it(tmp_path: Path) -> None:
    (tmp_path / "private" / "tmp").mkdir(parents=True)
    (tmp_path / "tmp").symlink_to("private/tmp")
    (tmp_path / "again").symlink_to(tmp_path / "tmp")
    (tmp_path / "up").symlink_to("private/../again")
    for number, name in enumerate(("tmp", "again", "up")):
        assert kept(tmp_path / name / f"mine-{number}" / "site")
        assert (tmp_path / "private" / "tmp" / f"mine-{number}" / "site" / "word.pickle").is_file()


def test_no_link_in_a_shared_folder_is_followed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shared, mine = tmp_path / "shared", tmp_path / "mine"
    for folder in (shared, mine):
        folder.mkdir()
    shared.chmod(0o1777)
    (shared / "link").symlink_to(mine)
    (tmp_path / "chain").symlink_to(shared / "link")  # this one is safe, the one that it leads to is not
    for name in (shared / "link", tmp_path / "chain"):
        assert not kept(name / "base" / "site")
        assert f"{shared / 'link'} is a link in a folder that other users may write to" in capsys.readouterr().err
    assert not list(mine.iterdir())


def test_a_link_of_another_user_is_not_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "link").symlink_to("mine")
    real = Path.lstat

    def owned(path: Path) -> os.stat_result:
        status = real(path)
        return os.stat_result((*status[:4], 12345, *status[5:])) if path.name == "link" else status

    monkeypatch.setattr(Path, "lstat", owned)
    assert not kept(tmp_path / "link" / "base" / "site")
    assert not list((tmp_path / "mine").iterdir())


def test_links_in_a_circle_end(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "one").symlink_to("two")
    (tmp_path / "two").symlink_to("one")
    assert not kept(tmp_path / "one" / "base" / "site")
    assert "too many links on the way" in capsys.readouterr().err


def test_two_dots_lead_where_the_checked_path_leads(tmp_path: Path) -> None:
    (tmp_path / "far" / "away").mkdir(parents=True)
    (tmp_path / "link").symlink_to("far/away")
    assert kept(tmp_path / "link" / ".." / "base" / "site")
    assert (tmp_path / "base" / "site" / "word.pickle").is_file()


@pytest.mark.parametrize("named", ["cache", "./cache", "~/cache"])
def test_a_path_that_is_not_absolute_is_said_once(
    named: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OPMODEL_CACHE", named)
    for _ in range(2):
        assert Cache.of(tmp_path / "site").folder is None
    assert capsys.readouterr().err == f"Nothing is kept for the next run in {named}: it is no absolute path.\n"
    monkeypatch.setenv("OPMODEL_CACHE", "")
    assert Cache.of(tmp_path / "site").folder is None
    assert not capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_pictures_are_not_kept_through_a_link(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "elsewhere").mkdir()
    site = sites.good(tmp_path / "site")
    (site / ".cache").symlink_to(tmp_path / "elsewhere")
    pictures = PreviewPictures(check(site, sites.TODAY), site)
    assert pictures.cache is None
    assert ".cache is a link" in capsys.readouterr().err
    assert not list((tmp_path / "elsewhere").iterdir())


def test_a_planted_link_deletes_nothing_elsewhere(tmp_path: Path) -> None:
    folder, elsewhere = tmp_path / "memory", tmp_path / "elsewhere"
    folder.mkdir(mode=0o700)
    elsewhere.mkdir()
    (elsewhere / "file").write_text("mine")
    for name in ("words", "templates-old", "word.pickle"):
        (folder / name).symlink_to("../elsewhere/file" if name.endswith("pickle") else "../elsewhere")
    given = {digest("a"): "a"}
    assert Cache(folder).results("words", given, str.upper, len).load(digest("a")) == "A"
    cache_templates(Cache(folder), html=Environment(loader=DictLoader({}), autoescape=True))
    Cache(folder).put("word", "kept")
    assert (elsewhere / "file").read_text() == "mine"
    assert os.listdir(elsewhere) == ["file"]  # noqa: PTH208 as above


def test_a_planted_object_is_not_read(tmp_path: Path) -> None:
    folder, mark = tmp_path / "memory", tmp_path / "mark"
    site = sites.good(tmp_path / "site")
    found = quick_check(site, sites.TODAY, Cache(folder))
    for file in folder.rglob("*"):
        if file.is_file():
            file.write_bytes(pickle.dumps({"": Planted(mark)}))
    assert quick_check(site, sites.TODAY, Cache(folder)) == found
    assert not mark.exists()


@pytest.mark.parametrize("wrong", [None, 1, [], {"": 1}, {"a": "b"}, ("key", "value"), b"bytes"])
def test_a_value_of_another_kind_is_a_miss(wrong: object, tmp_path: Path) -> None:
    site, cache = sites.good(tmp_path / "site"), Cache(tmp_path / "memory")
    found = check(site, sites.TODAY, cache).problems
    quick_check(site, sites.TODAY, cache)
    for file in (tmp_path / "memory").glob("*.pickle"):
        cache.put(file.stem, wrong)
    again = Cache(tmp_path / "memory")
    assert quick_check(site, sites.TODAY, again).problems == found
    assert check(site, sites.TODAY, again).problems == found


def test_what_was_kept_under_another_name_is_a_miss(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "memory")
    cache.put("one", {"a": 1})
    (tmp_path / "memory" / "one.pickle").rename(tmp_path / "memory" / "two.pickle")
    assert Cache(tmp_path / "memory").get("two") is None


def test_what_another_version_kept_is_a_miss(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert kept(tmp_path / "memory")
    monkeypatch.setattr(Cache, "_version", lambda cache, name: f"opmodel other {name}")
    assert Cache(tmp_path / "memory").get("word") is None


def test_any_damage_is_a_miss(tmp_path: Path) -> None:
    folder = tmp_path / "memory"
    Cache(folder).put("word", {"one": [1, 2.5, "three"], "two": {"x"}})
    file = folder / "word.pickle"
    whole = file.read_bytes()
    for place in range(len(whole)):
        file.write_bytes(whole[:place] + bytes([whole[place] ^ 0x41]) + whole[place + 1 :])
        assert Cache(folder).get("word") is None
        file.write_bytes(whole[:place])
        assert Cache(folder).get("word") is None


@pytest.mark.parametrize("data", [b"cos\nnothing\n.", b"(.", b"\x8c\xff", b"\x80\x05h\xff.", b"N.", b"ios\ngetcwd\n"])
def test_what_cannot_be_read_back_is_a_miss(data: bytes, tmp_path: Path) -> None:
    cache = Cache(tmp_path / "memory")
    private_folder.write_private(tmp_path / "memory" / "word.pickle", cache._version("word"), data)
    assert cache.get("word") is None
