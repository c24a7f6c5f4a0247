"""``make package`` and ``make release``: what is built is whole, and only a release is released."""

import zipfile
from pathlib import Path

import pytest

import package
import sites
from adoption.outside import copy_of_source

NOTES = "# Changelog\n\n## [Unreleased]\n\n## [1.2.0] - 2026-11-27\n\n- One thing.\n\n## [1.1.0] - 2026-10-01\n"


def source(folder: Path, version: str = "1.2.0", notes: str = NOTES) -> Path:
    """Return a folder with no more than what a release is judged by, committed."""
    init = folder / "macros/opmodel/__init__.py"
    init.parent.mkdir(parents=True)
    init.write_text(f'__version__ = "{version}"\n', encoding="utf-8")
    (folder / "CHANGELOG.md").write_text(notes, encoding="utf-8")
    sites.commit(folder)
    return folder


def test_a_release_has_no_problem(tmp_path: Path) -> None:
    assert list(package.release_problems(source(tmp_path), "v1.2.0")) == []


@pytest.mark.parametrize(
    ("version", "notes", "tag", "expected"),
    [
        ("1.2.0.dev0", NOTES, None, "is 1.2.0.dev0; a release has a version such as 1.2.0"),
        ("1.3.0", NOTES, None, "the newest version in CHANGELOG.md is 1.2.0; expected 1.3.0"),
        (
            "1.2.0",
            "# Changelog\n\n## [Unreleased]\n",
            None,
            "the newest version in CHANGELOG.md is none; expected 1.2.0",
        ),
        ("1.2.0", NOTES.replace(" - 2026-11-27", ""), None, "the heading of 1.2.0 in CHANGELOG.md has no day"),
        ("1.2.0", NOTES.replace("Unreleased]\n", "Unreleased]\n\n- New.\n"), None, "has entries under Unreleased"),
        ("1.2.0", NOTES, "v1.2", "the tag is v1.2; the version 1.2.0 has the tag v1.2.0"),
    ],
)
def test_what_is_no_release_is_refused(
    version: str, notes: str, tag: str | None, expected: str, tmp_path: Path
) -> None:
    assert expected in "\n".join(package.release_problems(source(tmp_path, version, notes), tag))


def test_what_is_not_committed_is_no_release(tmp_path: Path) -> None:
    (source(tmp_path) / "CHANGELOG.md").write_text(NOTES + "\n", encoding="utf-8")
    assert list(package.release_problems(tmp_path, None)) == ["not committed: CHANGELOG.md"]


@pytest.mark.slow
def test_packages_are_built_and_checked(tmp_path: Path) -> None:
    folder = copy_of_source(sites.SHIPPED, tmp_path / "source")
    sites.commit(folder)
    wheel, archive = package.build(folder)
    assert wheel.name.replace("-py3-none-any.whl", ".tar.gz") == archive.name
    with zipfile.ZipFile(wheel, "a") as changed:
        changed.writestr("opmodel/added.py", "")
    with pytest.raises(package.Refused, match=r"lists other files or digests than it holds: opmodel/added\.py"):
        package.check_hashes(wheel)
