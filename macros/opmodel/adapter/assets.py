"""Styles and scripts of the theme. The style sheet is written in parts and sent as one file."""

from collections.abc import Iterator
from pathlib import Path

from mkdocs.config.config_options import ExtraScriptValue
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File

THEME = Path(__file__).parents[1] / "theme"
ADDRESS = "assets/opmodel/"
STYLES = f"{ADDRESS}opmodel.css"
EVERYWHERE = f"{ADDRESS}page.js"
"""The script of all pages. The others are linked where a page holds their mark: see :mod:`opmodel.adapter.frame`."""


def configure(config: MkDocsConfig) -> None:
    """Let the host look for templates in our theme first, and link the styles and the script of all pages."""
    config.theme.dirs.insert(0, str(THEME / "overrides"))
    config.extra_css.append(STYLES)
    script = ExtraScriptValue(EVERYWHERE)
    script.defer = True
    config.extra_javascript.append(script)


def published(config: MkDocsConfig) -> Iterator[File]:
    """Yield every file of the theme that a browser asks for."""
    yield File.generated(config, STYLES, content=styles())
    for file in sorted((THEME / "assets").glob("*.js")):
        yield File.generated(config, f"{ADDRESS}{file.name}", abs_src_path=str(file))


def styles() -> str:
    """Return the parts of the style sheet as one text: first those of all pages, then those of single features."""
    parts = [part for folder in ("styles", "assets") for part in sorted((THEME / folder).glob("*.css"))]
    return "\n".join(part.read_text(encoding="utf-8") for part in parts)
