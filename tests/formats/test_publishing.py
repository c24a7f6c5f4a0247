"""A published site: the same bytes from the same data, and whole under any path."""

import filecmp
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

import published
import sites
from published import DEEP


def files(site: Path) -> set[str]:
    return {file.relative_to(site).as_posix() for file in site.rglob("*") if file.is_file()}


@pytest.mark.slow
def test_another_folder_zone_and_hash_seed_give_the_same_bytes(built_site: Path, tmp_path: Path) -> None:
    folder = sites.shipped(tmp_path / "another" / "folder")
    for file in folder.rglob("*"):
        os.utime(file, (0, 0))
    other = {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "77", "LC_ALL": "C", "SOURCE_DATE_EPOCH": sites.EPOCH}
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"]  # which reads the hash seed at its start
    subprocess.run(command, cwd=folder, env={**os.environ, **other}, check=True, capture_output=True)
    again = folder / "site"
    assert files(again) == files(built_site)
    _, different, unread = filecmp.cmpfiles(built_site, again, files(again), shallow=False)
    assert (different, unread) == ([], [])


@pytest.mark.slow
def test_everything_resolves_under_a_path(deep_site: Path) -> None:
    lost = {
        (file.relative_to(deep_site).as_posix(), target)
        for file in published.pages(deep_site)
        for target in published.references(deep_site, file, DEEP)
        if urlsplit(target).netloc == "pages.example" and not published.resolves(deep_site, target, DEEP)
    }
    assert sorted(lost) == []


@pytest.mark.slow
def test_files_for_programs_give_the_address_of_the_site(deep_site: Path) -> None:
    made = [file for file in deep_site.rglob("*") if file.suffix in (".xml", ".ics", ".csv", ".txt")]
    for file in (*made, *deep_site.glob("api/**/*.json")):
        text = file.read_text(encoding="utf-8")
        assert published.ADDRESS not in text, file
        empty = file.suffix == ".ics" and "BEGIN:VEVENT" not in text  # a calendar without a review has no address
        assert empty or DEEP in text.replace("\r\n ", ""), file


@pytest.mark.slow
def test_a_page_for_unknown_addresses_works_from_any_of_them(deep_site: Path) -> None:
    page = published.page(deep_site / "404.html")
    for name in ("href", "src"):
        for node in page.css(f"[{name}]"):
            target = node.attributes.get(name) or ""
            assert target.startswith(("/some/path/", "https://", "http://", "#", "mailto:", "data:")), target


def test_nothing_is_asked_for_from_outside(built_site: Path) -> None:
    for file in published.pages(built_site):
        page = published.page(file)
        loaded = [node.attributes.get("src") or "" for node in page.css("[src]")]
        loaded += [
            n.attributes.get("href") or ""
            for n in page.css('link[rel~="stylesheet"], link[rel~="icon"], link[rel~="preload"]')
        ]
        assert [target for target in loaded if urlsplit(target).netloc] == [], file
