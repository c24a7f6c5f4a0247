"""Styles and scripts of the theme. The style sheet and the form's script are written in parts and sent as one file."""

import re
from collections.abc import Iterator
from pathlib import Path

from opmodel.adapter.host import ExtraScriptValue, File, MkDocsConfig
from opmodel.load.brand import Brand
from opmodel.views.render import render

THEME = Path(__file__).parents[1] / "theme"
ADDRESS = "assets/opmodel/"
STYLES = f"{ADDRESS}opmodel.css"
COMMON_SCRIPT = f"{ADDRESS}page.js"
"""The script of all pages. The others are linked by :mod:`opmodel.adapter.page_context`."""

_COMMENT = re.compile(r"^[ ]*/\*(?:(?!\*/).)*\*/\n", re.MULTILINE | re.DOTALL)
"""A comment that has its lines for itself."""
SCRIPT_PARTS = {
    "decide.js": "decide/numbers decide/form".split(),
    "write.js": (
        "write/exact write/elements write/schema write/yaml write/yaml_values write/yaml_reader write/gates "
        "write/fields write/lists write/records write/complete write/packet write/draft write/slug write/opening "
        "write/file write/page"
    ).split(),
    "limits.js": (
        "write/exact write/elements write/yaml write/file write/slug decide/numbers "
        "proof/conditions proof/axis proof/boxes proof/sentences proof/findings proof/proof proof/faults "
        "limits/words limits/numbers limits/amounts limits/text limits/approvers limits/columns limits/row_approvers "
        "limits/rows limits/table limits/approval limits/findings limits/cells limits/lanes limits/picture "
        "limits/check limits/page"
    ).split(),
}
"""Scripts that are written in parts, with the parts in order; some parts are of several scripts. Each is sent as one
classic script, because browsers load no modules from a folder on disk."""


def add_to_theme(config: MkDocsConfig) -> None:
    """Put our templates between the site's and the theme's, and link the script and our styles, before the site's.

    The colours of the palette are in our styles. The theme's own ways for them and for fonts need scripts and styles
    within the page, or other servers.
    """
    own = config.theme.custom_dir
    config.theme.dirs.insert(
        config.theme.dirs.index(own) + 1 if own in config.theme.dirs else 0, str(THEME / "overrides")
    )
    config.theme["palette"], config.theme["font"] = None, False
    config.extra_css.insert(0, STYLES)
    script = ExtraScriptValue(COMMON_SCRIPT)
    script.defer = True
    config.extra_javascript.append(script)


def asset_files(config: MkDocsConfig, brand: Brand) -> Iterator[File]:
    """Yield every file of the theme that a browser asks for."""
    own = str(render("brand.css.jinja", "", colours=brand.colours)) if brand.colours else ""
    yield File.generated(config, STYLES, content=style_sheet() + own)
    for file in sorted((THEME / "assets").glob("*.js")):
        yield File.generated(config, f"{ADDRESS}{file.name}", abs_src_path=str(file))
    for name in SCRIPT_PARTS:
        content = f"(() => {{\n{joined_script(name)}}})();\n"  # so that two scripts on a page share no names
        yield File.generated(config, f"{ADDRESS}{name}", content=content)


def joined_script(name: str) -> str:
    """Return the parts of a script as one text, without the comments that only those who change the parts need."""
    parts = [(THEME / "assets" / f"{part}.js").read_text(encoding="utf-8") for part in SCRIPT_PARTS[name]]
    return _COMMENT.sub("", "\n".join(parts))


def style_sheet() -> str:
    """Return the parts of the style sheet as one text: first those of all pages, then those of single features."""
    parts = [part for folder in ("styles", "assets") for part in sorted((THEME / folder).glob("*.css"))]
    return "\n".join(part.read_text(encoding="utf-8") for part in parts)
