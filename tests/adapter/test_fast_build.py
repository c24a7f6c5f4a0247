"""Fast builds write the same bytes as the host's own loop, in one process and in several."""

import os
from pathlib import Path
from typing import Any

import pytest
from markupsafe import Markup
from mkdocs.config import load_config

import sites
from opmodel.adapter.fast_build.page_layouts import LayoutKey
from opmodel.adapter.fast_build.page_writer import WrittenPage, write_page
from opmodel.cache import parallel_map
from opmodel.views.search_entries import SearchEntry

pytestmark = pytest.mark.usefixtures("one_thread")  # builds share their work among processes


def written(folder: Path) -> dict[str, bytes]:
    """Return every file of a built site by its path."""
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@pytest.mark.slow
def test_both_ways_write_the_same_bytes(built_site: Path, tmp_path: Path) -> None:
    site = sites.shipped(tmp_path / "site")
    sites.edit(site, "mkdocs.yml", "  - opmodel\n", "  - opmodel:\n      fast_build: false\n")
    long_way, short_way = written(sites.build(site)), written(built_site)
    assert short_way.keys() == long_way.keys()
    assert [path for path, content in short_way.items() if long_way[path] != content] == []
    assert "workflows/invoice-triage/index.html" in short_way


KEY = LayoutKey("", (), (), has_title=True)


def test_the_former_name_of_the_option_works(tmp_path: Path) -> None:
    site = sites.good(tmp_path / "site")
    sites.edit(site, "mkdocs.yml", "  - opmodel\n", "  - opmodel:\n      short_way: false\n")
    config = load_config(str(site / "mkdocs.yml"))
    plugin: Any = config.plugins["opmodel"]
    plugin.on_startup(command="build", dirty=False)
    config.plugins.on_config(config)
    assert not plugin.latest.fast


def test_several_processes_write_what_one_does(tmp_path: Path) -> None:
    def written_pages(target: Path, processes: int) -> list[WrittenPage]:
        def one(number: int) -> WrittenPage:
            files = [(f"{number}/index.html", f"page {number}"), (f"{number}/index.md", "twin")]
            entry: SearchEntry = {"location": str(number), "title": Markup(), "text": Markup()}
            return write_page(target, KEY._replace(folder=str(number)), files, (entry,))

        return list(parallel_map(one, range(50), few=2, processes=processes))

    for processes in (1, 2):
        found = written_pages(tmp_path / str(processes), processes)
        assert [entry["location"] for each in found for entry in each.entries] == [str(each) for each in range(50)]
        assert [each.layout.folder for each in found] == [str(number) for number in range(50)]
        assert [path for path, _, _ in found[7].files] == ["7/index.html", "7/index.md"]
    assert written(tmp_path / "1") == written(tmp_path / "2")


def test_a_file_is_written_whole_where_the_system_takes_it_in_pieces(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: write(handle, data[:3]))
    ((path, size, changed),) = write_page(tmp_path, KEY, [("a/new/folder/index.html", "Übergabe")], ()).files
    file = tmp_path / path
    assert file.read_bytes() == "Übergabe".encode()
    assert (size, changed) == (file.stat().st_size, file.stat().st_mtime_ns)
    write_page(tmp_path, KEY, [(path, b"short")], ())
    assert file.read_bytes() == b"short"


def test_a_mistake_in_another_process_is_not_lost(tmp_path: Path) -> None:
    def one(number: int) -> WrittenPage:
        if number == 40:
            raise ValueError("page 40")
        return write_page(tmp_path, KEY, [], ())

    with pytest.raises(ValueError, match="page 40"):
        list(parallel_map(one, range(50), few=2, processes=2))


@pytest.mark.slow
def test_what_is_added_to_each_page_is_added_to_each_page(tmp_path: Path) -> None:
    site = sites.good(tmp_path / "site")
    sites.edit(site, "mkdocs.yml", "theme:\n", "hooks: [added.py]\ntheme:\n")
    (site / "added.py").write_text(
        "def on_post_page(output, page, config):\n"
        "    return output.replace('</body>', f'<p>You read {page.title}.</p></body>')\n"
    )
    built = sites.build(site)
    for name, title in (("intake", "Intake"), ("triage", "Triage")):
        assert f"<p>You read {title}.</p>" in (built / "workflows" / name / "index.html").read_text()
