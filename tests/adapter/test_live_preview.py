"""The preview renders saved pages while it builds the site, and shows no page that is made of two builds."""

import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig

import sites
from opmodel.adapter import live_preview
from opmodel.adapter.live_preview import LivePreview, start_live_preview

SAVES = 100
ADDRESS = "http://127.0.0.1:8000/"
PAGES = {name: f"workflows/{name}/index.html" for name in ("intake", "triage")}
FILES = {"intake": sites.INTAKE, "triage": sites.TRIAGE}
TITLE = re.compile(r"Title(?: |%20)\w+")


class FakeServer:
    """What a preview uses of the host's server."""

    def __init__(self, root: Path) -> None:
        self.root = str(root)
        self.builder: Any = None
        self._wanted_epoch = self._visible_epoch = 0
        self._want_rebuild = False
        self._epoch_cond, self._rebuild_cond = threading.Condition(), threading.Condition()


class Preview:
    """A preview of a site in this process."""

    def __init__(self, site: Path, output: Path) -> None:
        self.site = site
        sites.lend_pictures(site)
        config = load_config(str(site / "mkdocs.yml"), site_dir=str(output))
        self.plugin: Any = config.plugins["opmodel"]
        config.plugins.on_startup(command="serve", dirty=False)
        config.site_url = ADDRESS
        self._build(config)
        server: Any = FakeServer(output)
        self.server = server
        made = start_live_preview(server, config, lambda: self.plugin.latest, self._build)
        assert made
        self.live: LivePreview = made
        self.live.seconds = live_preview.QUICK_BUILD_SECONDS + 1

    def _build(self, config: MkDocsConfig) -> None:
        build(config, serve_url=ADDRESS)

    def page(self, name: str) -> str:
        return (Path(self.server.root) / PAGES[name]).read_text(encoding="utf-8")

    def save(self, name: str, find: str, replace: str) -> None:
        """Change a packet's file and let the preview show it, as the host's loop does."""
        sites.edit(self.site, FILES[name], find, replace)
        self.live.seconds = live_preview.QUICK_BUILD_SECONDS + 1
        self.live.build()

    def wait(self) -> None:
        assert self.live.idle.wait(timeout=60)


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[Preview]:
    site = sites.good(tmp_path / "site")
    for name, file in FILES.items():
        sites.edit(site, file, f"title: {name.capitalize()}\n", f"title: Title {name}\n")
    made = Preview(site, tmp_path / "out")
    yield made
    made.wait()
    made.live.close()
    made.plugin.on_shutdown()


@pytest.mark.slow
def test_a_hundred_saves_during_builds_show_no_mixed_page(
    preview: Preview, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    failed: list[object] = []
    monkeypatch.setattr(threading, "excepthook", failed.append)
    titles = {name: f"Title {name}" for name in FILES}
    first = {name: TITLE.sub("", preview.page(name)) for name in titles}
    overlapping = 0
    for number in range(SAVES):
        name = ("intake", "triage")[number % 3 == 0]
        old, titles[name] = titles[name], f"Title {number}"
        overlapping += not preview.live.idle.is_set()
        preview.save(name, f"title: {old}\n", f"title: {titles[name]}\n")
        shown = preview.page(name)
        assert f"{titles[name]}</h1>" in shown
        assert TITLE.sub("", shown) == first[name]
        if name == "intake" and number % 10 == 5:  # a page with no sections, whose layout no build has rendered
            preview.save(name, "status: live", "status: lve")
            assert "This packet has 1 error" in preview.page(name)
            preview.save(name, "status: lve", "status: live")
            assert f"{titles[name]}</h1>" in preview.page(name)
    preview.wait()
    assert overlapping > SAVES / 2
    assert failed == []
    assert "could not be built" not in caplog.text
    for name, title in titles.items():
        assert f"{title}</h1>" in preview.page(name)
    assert built_anew(preview) == written(Path(preview.server.root))


def written(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def built_anew(preview: Preview) -> dict[str, bytes]:
    """Return what the host builds of the site as it is now, into a new folder."""
    other = preview.site.parent / "other"
    config = load_config(str(preview.site / "mkdocs.yml"), site_dir=str(other))
    config.site_url = ADDRESS
    build(config, serve_url=ADDRESS)
    return written(other)


def test_what_is_saved_during_a_build_is_on_the_page_when_the_build_is_shown(
    preview: Preview, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = threading.Event(), threading.Event()
    builder = preview.live.builder

    def slow(config: MkDocsConfig) -> None:
        builder(config)
        begun.set()
        assert go_on.wait(timeout=60)

    monkeypatch.setattr(preview.live, "builder", slow)
    preview.save("intake", "title: Title intake\n", "title: Intake of forms\n")
    assert begun.wait(timeout=60)
    preview.save("triage", "title: Title triage\n", "title: Triage of forms\n")
    before = preview.server.root
    go_on.set()
    preview.wait()
    assert preview.server.root in preview.live.folders
    assert before in preview.live.folders
    assert "Triage of forms</h1>" in preview.page("triage")
    assert "Intake of forms</h1>" in preview.page("intake")


def test_a_build_that_fails_leaves_the_next_save_to_build_again(
    preview: Preview, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    settings = preview.site / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text("nav: 3\n" + text, encoding="utf-8")
    preview.live.seen = preview.live._snapshot()
    preview.save("intake", "title: Title intake\n", "title: Intake of forms\n")
    preview.wait()
    assert "The site could not be built" in caplog.text
    settings.write_text(text, encoding="utf-8")
    preview.live.seen = preview.live._snapshot()
    preview.save("intake", "title: Intake of forms\n", "title: Intake of papers\n")
    preview.wait()
    assert "Intake of papers</h1>" in preview.page("intake")
    assert "Intake of papers" in (Path(preview.server.root) / "index.html").read_text(encoding="utf-8")
