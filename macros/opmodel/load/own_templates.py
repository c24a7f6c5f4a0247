"""The site's own templates (``theme.custom_dir``): which may not be, and what in them browsers would not show."""

import re
from collections.abc import Iterator
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError, nodes

from opmodel.files.reading import MAX_SETTINGS_BYTES, UnreadableFile, read_file
from opmodel.load.named_files import theme_files
from opmodel.load.setting_nodes import RULE, place_in
from opmodel.model.problem import Place, Problem
from opmodel.text.lookalikes import in_quotes
from opmodel.text.nearest import did_you_mean

SCRIPT_POLICY = "the policy of the pages runs scripts from files of the site only"
_ENGINE_FILES = {
    "base.html": "every page is made with it; change opmodel.html's blocks in main.html",
    "opmodel.html": 'it is what a main.html of the site begins with: {% extends "opmodel.html" %}',
    "404.html": "it leads from former addresses to the present ones",
    "sitemap.xml": "it lists every page",
}
UNUSED = {
    f"partials/{name}.html": f"partials/{instead}.html"
    for name, instead in {
        "actions": "content",
        "alternate": "header",
        "comments": "content",
        "copyright": "footer",
        "feedback": "content",
        "nav-item": "nav",
        "palette": "header",
        "social": "footer",
        "source": "header",
        "source-file": "content",
        "tabs-item": "tabs",
        "tags": "content",
        "toc-item": "toc",
    }.items()
}
"""Templates of the theme that ours do without, and which one does their work."""
_SCRIPTS = "partials/javascripts/"
_EXTENDS = re.compile(r"""{%-?\s*extends\s+["']opmodel\.html["']""")
_BLOCKED = re.compile(
    r"""<style\b|\sstyle\s*=|<script\b(?![^>]*\ssrc\s*=)|<(?:script|img|link|iframe)\b[^>]*\s(?:src|href)\s*=\s*["']?(?:https?:)?//""",
    re.IGNORECASE,
)


def template_problems(root: Path, own: str) -> Iterator[Problem]:
    """Yield a problem for each of the site's own templates that may not be, or holds what browsers will not show."""
    paths = list(theme_files(root, own)) if own else []
    texts = {path: _text(root, root / own / path) for path in paths if path.endswith(".html")}
    known = {*paths, *_templates_of_theme()} if paths else set()
    for path in paths:
        place = Place((Path(own) / path).as_posix())
        replaced = f"{SCRIPT_POLICY}; name one under extra_javascript" if path.startswith(_SCRIPTS) else ""
        if reason := replaced or _ENGINE_FILES.get(path):
            yield Problem(place, RULE, f"a site may not replace {path}: {reason}")
        elif path in UNUSED and not any(path in text for text in texts.values()):
            message = f"{path} would have no effect, because no page includes it; change {UNUSED[path]}"
            yield Problem(place, RULE, message)
        elif (text := texts.get(path)) is None:
            continue
        elif "\ufffd" in text:
            yield Problem(place, RULE, "expected a template in UTF-8")
        else:
            yield from _faults(path, text, place)
            yield from _syntax_faults(text, place, known)


def theme_languages() -> list[str]:
    """Return the languages of the theme's own words."""
    folders = [folder / "partials" / "languages" for folder in _theme_folders()]
    return sorted(file.stem for folder in folders for file in folder.glob("*.html"))


def _theme_folders() -> list[Path]:
    """Return the folders with the templates that this program and the theme bring."""
    spec = find_spec("material")
    places = [Path(each) / "templates" for each in spec.submodule_search_locations or ()] if spec else []
    return [Path(__file__).parents[1] / "theme" / "overrides", *places]


def _templates_of_theme() -> set[str]:
    """Return the names of the templates that this program and the theme bring."""
    return {
        file.relative_to(folder).as_posix()
        for folder in _theme_folders()
        for file in folder.rglob("*")
        if file.suffix in (".html", ".xml")
    }


def _syntax_faults(text: str, place: Place, known: set[str]) -> Iterator[Problem]:
    """Yield what stops Jinja, and each template that is included and does not exist."""
    try:
        parsed = Environment(extensions=["jinja2.ext.i18n", "jinja2.ext.loopcontrols"]).parse(text)  # noqa: S701 nothing is rendered
    except TemplateSyntaxError as error:
        yield Problem(replace(place, line=error.lineno), RULE, f"this template has a mistake: {error.message}")
        return
    for node in parsed.find_all((nodes.Include, nodes.Extends, nodes.Import, nodes.FromImport)):
        name = getattr(node, "template", None)
        named = name.value if isinstance(name, nodes.Const) else None
        if isinstance(named, str) and named not in known and not getattr(node, "ignore_missing", False):
            message = f"there is no template {in_quotes(named)}{did_you_mean(named, known)}"
            yield Problem(replace(place, line=node.lineno), RULE, message)


def _text(root: Path, file: Path) -> str:
    try:
        return read_file(file, root, MAX_SETTINGS_BYTES).decode(errors="replace")
    except UnreadableFile:  # which is reported where all files of the folder are read
        return ""


def _faults(path: str, text: str, place: Place) -> Iterator[Problem]:
    if path == "main.html" and text and not _EXTENDS.search(text):
        message = (
            'expected {% extends "opmodel.html" %}, because without it pages lose their address, formats and picture'
        )
        yield Problem(place, RULE, message)
    for found in _BLOCKED.finditer(text):
        at = place_in(place.path, text, found.start())
        message = f"{in_quotes(found[0].strip())} would have no effect: styles and scripts are files in docs/"
        yield Problem(at, RULE, f"{message}, named under extra_css and extra_javascript")
