"""The versions of Python that are claimed, those that are tried, and what comparing their sites finds."""

import sys
from pathlib import Path

import pytest
import yaml

from pythons import claimed_pythons, different_files, interpreter
from sites import SHIPPED


def matrix(path: str, *keys: str | int) -> list[str]:
    found = yaml.safe_load((SHIPPED / path).read_text(encoding="utf-8"))
    for key in keys:
        found = found[key]
    return list(found)


def test_every_python_that_is_claimed_is_tried_on_each_change_and_no_other() -> None:
    claimed = claimed_pythons(SHIPPED)
    assert matrix(".github/workflows/tests.yml", "jobs", "test", "strategy", "matrix", "python") == claimed
    assert matrix(".gitlab-ci.yml", "test", "parallel", "matrix", 0, "PYTHON") == claimed


def test_the_oldest_python_that_is_claimed_is_the_oldest_that_is_accepted() -> None:
    oldest = claimed_pythons(SHIPPED)[0]
    assert f'requires-python = ">={oldest}"' in (SHIPPED / "pyproject.toml").read_text(encoding="utf-8")


def test_a_python_is_found_by_its_version_and_must_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    for name, said in (("bin/python3.98", "exit 127"), ("versions/3.99.1/bin/python3", "echo Python 3.99.1")):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text(f"#!/bin/sh\n{said}\n", encoding="utf-8")
        (tmp_path / name).chmod(0o755)
    assert interpreter("3.98") is None
    assert interpreter("3.99") == tmp_path / "versions/3.99.1/bin/python3"
    assert interpreter("3.97") is None


def test_files_that_one_site_alone_has_or_that_differ_are_named(tmp_path: Path) -> None:
    for name, text in (("one/a/same", "1"), ("two/a/same", "1"), ("one/b", "1"), ("two/b", "2"), ("two/c", "3")):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert different_files(tmp_path / "one", tmp_path / "two") == ["b", "c"]


def test_these_tests_run_with_a_python_that_is_claimed() -> None:
    assert f"{sys.version_info.major}.{sys.version_info.minor}" in claimed_pythons(SHIPPED)
