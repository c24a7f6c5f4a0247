"""What the host lists and copies: files of the site only, and nothing that a program left behind."""

import os
from pathlib import Path

import pytest

from sites import good, lines, run_build

OUTSIDE = "the file is a link that leads out of the site's folder (file-unreadable)"


def themed(site: Path, folder: str = "overrides") -> Path:
    (site / folder).mkdir(exist_ok=True)
    settings = (site / "mkdocs.yml").read_text()
    assert "theme:\n" in settings
    (site / "mkdocs.yml").write_text(settings.replace("theme:\n", f"theme:\n  custom_dir: {folder}\n", 1))
    return site / folder


@pytest.mark.parametrize(("name", "to"), [("e.txt", "/proc/self/environ"), ("guide/x", "/etc"), ("gone.md", "nowhere")])
def test_a_build_refuses_what_the_check_refuses_in_the_same_words(name: str, to: str, tmp_path: Path) -> None:
    site = good(tmp_path / "site")
    (site / "docs" / name).symlink_to(to)
    done = run_build(site)
    assert done.returncode == 1
    assert all(line in done.stderr for line in lines(site))
    assert "Traceback" not in done.stderr
    assert not (site / "site").exists()


@pytest.mark.slow
def test_a_theme_folder_holds_no_link_out_of_the_site(tmp_path: Path) -> None:
    site = good(tmp_path / "site")
    folder = themed(site)
    (folder / ".icons").mkdir()
    for name in ("main.html", "shown.txt", ".icons/mark.svg"):
        (folder / name).symlink_to("/etc/passwd")
    os.mkfifo(folder / "pipe.css")
    found = lines(site)
    assert found == [
        f"overrides/.icons/mark.svg:1:1: {OUTSIDE}",
        f"overrides/main.html:1:1: {OUTSIDE}",
        "overrides/pipe.css:1:1: expected a file, found a folder or device (file-unreadable)",
        f"overrides/shown.txt:1:1: {OUTSIDE}",
    ]
    assert all(line in run_build(site).stderr for line in found)


def test_a_theme_folder_lies_in_the_site(tmp_path: Path) -> None:
    site = good(tmp_path / "site")
    themed(site, "../overrides")
    line = "mkdocs.yml:3:15: theme.custom_dir names ../overrides, which is not in the site's folder; move it there"
    assert lines(site) == [f"{line} (file-unreadable)"]
    assert line in run_build(site).stderr


@pytest.mark.slow
def test_a_hidden_file_that_the_site_publishes_is_no_link_out_of_it(tmp_path: Path) -> None:
    site = good(tmp_path / "site")
    with (site / "mkdocs.yml").open("a") as settings:
        settings.write('\nexclude_docs: "!.well-known/"\n')
    (site / "docs/.well-known").mkdir()
    (site / "docs/.well-known/security.txt").write_text("Contact: mailto:a@example.com\n")
    assert run_build(site).returncode == 0
    assert (site / "site/.well-known/security.txt").is_file()
    (site / "docs/.well-known/more.txt").symlink_to("/etc/passwd")
    done = run_build(site)
    assert f"docs/.well-known/more.txt:1:1: {OUTSIDE}" in done.stderr
    assert done.returncode == 1
    assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_what_editors_and_systems_leave_behind_is_not_published(tmp_path: Path) -> None:
    site = good(tmp_path / "site")
    left = (
        "page.md~",
        "page.md.orig",
        "page.bak",
        "._page.md",
        "Thumbs.db",
        "desktop.ini",
        "4913",
        "#page.md#",
        "~$a.md",
    )
    for folder in (site / "docs", site / "docs/guide", themed(site)):
        for name in left:
            (folder / name).write_bytes(b"\xff")
        (folder / ".#page.md").symlink_to("someone@somewhere.1234:1")
    done = run_build(site)
    assert done.returncode == 0, done.stderr
    assert not {path.name for path in (site / "site").rglob("*")} & {*left, ".#page.md"}
