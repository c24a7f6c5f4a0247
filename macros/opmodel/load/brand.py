"""A site's own colours, logo, icon and style sheets, by the settings of the theme, and what a site may not change."""

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from opmodel.files.reading import exists
from opmodel.load.brand_colours import BrandColour, contrast_problems, derived_colours
from opmodel.load.mkdocs_settings import theme_folder
from opmodel.load.own_templates import SCRIPT_POLICY, template_problems
from opmodel.load.palette import palette_colours
from opmodel.load.setting_nodes import is_no, is_unknown, items_of, node_at, setting, setting_problem
from opmodel.load.style_sheets import ColourPair, sheet_colours
from opmodel.model.problem import Problem
from opmodel.text.lookalikes import in_quotes

_REFUSED = {
    ("extra", "analytics"): f"{SCRIPT_POLICY}; name one under extra_javascript",
    ("extra", "consent"): f"{SCRIPT_POLICY}, and nothing here needs consent",
    ("extra", "social"): "the footer shows no symbols; write the links into copyright",
    ("extra", "version"): "a site has one version; each packet's page has its history",
    ("extra", "alternate"): "a site has one language",
    ("theme", "icon", "logo"): "the logo is a file of the site: theme: {logo: assets/logo.svg}",
}
"""Settings of the theme that would be without effect, and why."""
_FEATURES = ("navigation.instant", "announce.dismiss", "content.tabs.link")
"""Features of the theme that need scripts within the page, or that our own scripts do not survive."""


@dataclass(frozen=True, slots=True)
class Brand:
    """What a site's settings make its own: colours in the place of ours, by their name in the style sheet."""

    colours: Mapping[str, ColourPair] = field(default_factory=dict)


def read_brand(root: Path, top: yaml.Node) -> tuple[Brand, list[Problem]]:
    """Return the brand in a site's settings, and every setting of it that cannot work."""
    own = _own_folder(root, top)
    sheets: dict[str, BrandColour] = {}
    problems = [*_refused(top), *_pictures(root, top, own), *_scripts(top), *template_problems(root, own)]
    for node in items_of(node_at(top, "extra_css")):
        if not (sheet := _sheet(root, node, own)):
            problems.append(_sheet_problem(node))
            continue
        found = sheet_colours(sheet, root)
        problems += found.problems
        sheets |= {each.name: BrandColour(each.name, each.pair, (each.place, each.place)) for each in found.colours}
    palette = palette_colours(setting(top, "theme", "palette"))
    colours = derived_colours(palette.colours, sheets)
    problems += [*palette.problems, *contrast_problems(colours | sheets)]
    return Brand({name: colour.pair for name, colour in colours.items()}), problems


def _own_folder(root: Path, top: yaml.Node) -> str:
    """Return the path of the site's theme folder from ``root``, or an empty text."""
    named = theme_folder(top)
    if named is None or is_unknown(named) or "\0" in named.value:
        return ""
    folder = Path(os.path.normpath(root / named.value))
    return folder.relative_to(root).as_posix() if folder.is_relative_to(root) and folder != root else ""


def _refused(top: yaml.Node) -> Iterator[Problem]:
    for path, reason in _REFUSED.items():
        if node := setting(top, *path):
            yield setting_problem(node, f"{'.'.join(path)} would have no effect: {reason}")
    font = setting(top, "theme", "font")
    if font and not is_unknown(font) and not is_no(font):
        message = (
            "expected theme.font: false, because a name would load fonts from another server; put the files into "
            "docs/, with @font-face and :root { --md-text-font: … } in a file of extra_css"
        )
        yield setting_problem(font, message)
    for feature in items_of(node_at(top, "theme", "features")):
        if str(feature.value).startswith(_FEATURES):
            yield setting_problem(
                feature, f"the feature {feature.value} does not work here: {SCRIPT_POLICY}; remove it"
            )


def _pictures(root: Path, top: yaml.Node, own: str) -> Iterator[Problem]:
    for key in ("logo", "favicon"):
        node = setting(top, "theme", key)
        if node and not is_unknown(node) and not _file(root, own, str(node.value)):
            yield _missing(node, f"theme.{key}", f"{key}: assets/{key}.svg")


def _sheet(root: Path, node: yaml.Node, own: str) -> Path | None:
    """Return the style sheet that an entry of ``extra_css`` names, or None if it names none."""
    return _file(root, own, str(node.value)) if isinstance(node, yaml.ScalarNode) and not is_unknown(node) else None


def _sheet_problem(node: yaml.Node) -> Problem:
    """Return the problem of an entry of ``extra_css`` that names no style sheet."""
    if is_unknown(node):
        return setting_problem(node, "expected a file, found a value of the environment, which is not checked")
    if not isinstance(node, yaml.ScalarNode):
        return setting_problem(node, "expected a file under extra_css, such as assets/brand.css")
    return _missing(node, "extra_css", "extra_css: [assets/brand.css]")


def _scripts(top: yaml.Node) -> Iterator[Problem]:
    for node in items_of(node_at(top, "extra_javascript")):
        path = node_at(node, "path") or node
        if re.match(r"(?:https?:)?//", str(path.value), re.IGNORECASE):
            message = f"{in_quotes(str(path.value))} is on another server: {SCRIPT_POLICY}; put it into docs/"
            yield setting_problem(path, message)


def _file(root: Path, own: str, name: str) -> Path | None:
    """Return the file that a setting names, in ``docs/`` or in the site's theme folder."""
    name = name.partition("?")[0]
    if not name or name.startswith("/") or ".." in Path(name).parts or "\0" in name:
        return None
    folders = [root / "docs"] + [root / own] * bool(own)
    return next((folder / name for folder in folders if exists(folder / name)), None)


def _missing(node: yaml.Node, setting: str, example: str) -> Problem:
    message = f"{setting} names {in_quotes(str(node.value))}, and there is no such file in docs/; expected {example}"
    return setting_problem(node, message)
