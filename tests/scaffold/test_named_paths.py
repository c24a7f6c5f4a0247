"""Every path that a new site names in its pages, Makefile and recipes exists there."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from commands.terminal import opmodel

FOLDERS = r"(?:data|docs|publish|engine|benchmarks|macros|tests|pictures|\.github|\.gitlab|\.ci)"
FILES = (
    r"Makefile|[A-Z]{4,}\.md|mkdocs\.yml|requirements\.\w+|\.gitlab-ci\.yml|pyproject\.toml|\.pre-commit-config\.yaml"
)
PATH = re.compile(rf"(?<![\w./:@-])(?:{FOLDERS}/[\w./<>*-]*[\w/>*]|{FILES})(?![\w/-])")
NAMING = (
    "docs/**/*.md",
    "README.md",
    "Makefile",
    "requirements.txt",
    ".*.y*ml",
    ".dockerignore",
    ".github/**/*.yml",
    "publish/*",
)
WRITTEN_LATER = {
    "benchmarks/history_cost.py": "in the engine's source, as its page says",
    "benchmarks/measure.py": "in the engine's source, as its page says",
    "benchmarks/peers.py": "in the engine's source, as its page says",
    ".github/CODEOWNERS": "opmodel codeowners --write",
    ".gitlab/CODEOWNERS": "opmodel codeowners --format gitlab --write",
    "data/candidates.yml": "written by those who rank candidates; the page shows one",
    "data/models.yml": "opmodel new model",
    "data/systems.yml": "opmodel new system",
    "data/redirects.yml": "written when a page moves",
    "data/signoffs/": "opmodel sign",
    "docs/assets/": "made for a brand, with brand.css in it",
    "docs/assets/acme.ttf": "an example of a font",
    "docs/assets/brand.css": "shown on its page",
    "engine/opmodel-1.0-py3-none-any.whl": "an example of a line",
}
"""What a reader or a command of the page writes, with what writes it."""


@pytest.fixture(scope="module", params=["bare", "samples"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp(request.param) / "site"
    options = ("--samples",) if request.param == "samples" else ()
    opmodel(folder, "init", str(folder), "--organisation", "Acme", *options, "--engine", "opmodel==9.9")
    return folder


def named(site: Path) -> Iterator[tuple[str, str]]:
    """Yield (file, path that it names)."""
    for pattern in NAMING:
        for file in filter(Path.is_file, site.glob(pattern)):
            for path in PATH.findall(file.read_text(encoding="utf-8")):
                yield file.relative_to(site).as_posix(), path


def there(site: Path, path: str) -> bool:
    """Whether a path exists; ``<id>`` stands for any name, and a sign-off has its packet."""
    pattern = re.sub("<[^>]*>", "*", path)
    return any(site.glob(pattern)) or any(site.glob(re.sub("^data/signoffs/", "data/workflows/", pattern)))


def test_every_path_exists(site: Path) -> None:
    found = sorted(set(named(site)))
    assert len(found) > 40
    assert [(file, path) for file, path in found if path not in WRITTEN_LATER and not there(site, path)] == []
