"""A site's own logo, colours, fonts and style sheets: what works is taken, and what would not is refused."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml

from opmodel.load.brand_colours import contrast_problems, derived_colours
from opmodel.load.host_settings import host_settings
from opmodel.load.palette import PaletteColour
from opmodel.load.style_sheets import theme_colours
from opmodel.model.problem import Place
from opmodel.text.colours import contrast
from sites import SHIPPED

Case = dict[str, str]
REFUSED: dict[str, list[Case]] = yaml.safe_load(Path(__file__).with_name("brand_refused.yml").read_text("utf-8"))
FILES = {"docs/assets/logo.svg": "<svg/>", "docs/assets/brand.css": ":root { --md-text-font: Acme }"}
PLUGINS = "plugins: [opmodel, {macros: {modules: [opmodel.adapter.macros]}}]\n"


def words(case: Case) -> str:
    return " ".join([case.get("path", ""), *case["text"].split()])


def site(folder: Path, theme: str = "", rest: str = "", files: Mapping[str, str] = FILES) -> Path:
    """Return a folder with settings; ``theme`` begins at line 5."""
    settings = f"site_name: Small\n{PLUGINS}theme:\n  name: material\n{theme}{rest}"
    for path, text in {**FILES, **files, "mkdocs.yml": settings}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


def found(folder: Path) -> list[str]:
    return [str(problem).removesuffix(" (site-settings)") for problem in host_settings(folder)[2]]


def sheet(folder: Path, text: str) -> list[str]:
    """Return what is wrong with a style sheet."""
    files = {"docs/assets/brand.css": text, "docs/assets/acme.woff2": "", "docs/up.png": ""}
    return found(site(folder, rest="extra_css: [assets/brand.css]\n", files=files))


def test_a_brand_of_ones_own(tmp_path: Path) -> None:
    theme = """  font: false
  logo: assets/logo.svg
  favicon: assets/logo.svg
  palette:
    - {scheme: default, primary: "#7A1F5C", accent: "#4d0f38"}
    - {scheme: slate, primary: "#f0a8d6"}
"""
    folder = site(tmp_path, theme, "extra_css: [assets/brand.css]\n")
    host, _, problems = host_settings(folder)
    assert problems == []
    link, hover = host.brand.colours["--om-link"], host.brand.colours["--om-link-hover"]
    assert link == ("#7a1f5c", "#f0a8d6")
    assert hover.light == "#4d0f38"
    assert contrast(hover.dark, "#14171b") > 10


def test_a_site_without_a_brand_has_ours(tmp_path: Path) -> None:
    host, _, problems = host_settings(site(tmp_path))
    assert problems == []
    assert host.brand.colours == {}


@pytest.mark.parametrize(
    "theme",
    [
        "  palette:\n  logo: ~\n  font:\n  icon: {admonition: {note: a/b}}\n",
        "  logo: !ENV [LOGO, x.svg]\n  custom_dir: ../elsewhere\n",
        "  palette:\n    - &dark {scheme: slate, primary: white}\n    - {<<: *dark, scheme: default, primary: black}\n",
        "extra_css: [assets/brand.css?v=2]\nextra_javascript: [a.js, {path: b.js, type: module}]\n",
    ],
)
def test_what_is_not_set_and_what_is_set_otherwise_is_fine(theme: str, tmp_path: Path) -> None:
    assert found(site(tmp_path / "site", theme)) == []


@pytest.mark.parametrize("name", ["indigo", "brown", "black"])
def test_a_name_of_the_theme_is_a_colour_and_the_dark_one_is_derived(name: str, tmp_path: Path) -> None:
    host, _, problems = host_settings(site(tmp_path, f"  palette: {{primary: {name}}}\n"))
    assert problems == []
    assert contrast(host.brand.colours["--om-link"].dark, "#14171b") >= 4.5


def test_our_own_colours_have_the_contrast_that_we_ask_of_others() -> None:
    ours = derived_colours(
        [
            PaletteColour(scheme, setting, theme_colours()[name][scheme], Place("mkdocs.yml"))
            for scheme in (0, 1)
            for setting, name in (("primary", "--om-link"), ("accent", "--om-link-hover"))
        ],
        {},
    )
    own = {name: ours["--om-link"]._replace(name=name, pair=pair, setting="") for name, pair in theme_colours().items()}
    assert len(own) > 30
    assert list(contrast_problems(own)) == []


@pytest.mark.parametrize("case", REFUSED["settings"], ids=words)
def test_a_setting_that_would_not_work_is_refused_where_it_stands(case: Case, tmp_path: Path) -> None:
    assert found(site(tmp_path, case["text"])) == [f"mkdocs.yml:{case['line']}"]


@pytest.mark.parametrize("light", ["yellow", "white", "deep purple", "'#ee9'"])
def test_what_is_suggested_passes(light: str, tmp_path: Path) -> None:
    entries = f"[{{primary: {light}, accent: {light}}}, {{scheme: slate, primary: '#222', accent: black}}]"
    lines = found(site(tmp_path, f"  palette: {entries}\n"))
    one, two, three, four = (line.rpartition(" more: ")[2] for line in sorted(lines, key=column))
    assert found(site(tmp_path, f"  palette: [{{{one}, {two}}}, {{scheme: slate, {three}, {four}}}]\n")) == []


def column(line: str) -> int:
    return int(line.split(":")[2])


def test_colours_of_style_sheets_are_checked_together(tmp_path: Path) -> None:
    text = ":root {\n  --om-bg: light-dark(#fff, #eee); --om-muted: light-dark(#999, #fff);\n}\n/* --om-ink: #fff */"
    assert sheet(tmp_path, text) == [
        "docs/assets/brand.css:2:3: --om-bg #eeeeee has a contrast of 1:1 with --om-ink #e9e9e7 in the dark colours; "
        "expected 4.5:1 or more: --om-bg: light-dark(#ffffff, #3a3a3a)",
        "docs/assets/brand.css:2:36: --om-muted #999999 has a contrast of 2.3:1 with --om-sunken #ecebe5 in the light "
        "colours; expected 4.5:1 or more: --om-muted: light-dark(#6a6a6a, #ffffff)",
        "docs/assets/brand.css:2:36: --om-muted #ffffff has a contrast of 1.1:1 with --om-bg #eeeeee in the dark "
        "colours; expected 4.5:1 or more, which no shade of it has",
    ]


@pytest.mark.parametrize("case", REFUSED["style sheets"], ids=words)
def test_a_style_sheet_that_would_not_work_is_refused_where_it_stands(case: Case, tmp_path: Path) -> None:
    assert sheet(tmp_path, case["text"]) == [f"docs/assets/brand.css:{case['line']}"]


@pytest.mark.parametrize(
    "text",
    [
        '@font-face { font-family: Acme; src: url("acme.woff2?v=1") }',
        "a { background: url(../up.png); mask: url(#a); filter: url(data:image/svg+xml,x) }",
        "/* url(https://example.com) --om-ink: red */ .md-header { color: var(--om-ink); --own: red }",
        ":root { --om-radius: 0; --md-tooltip-width: 9em }",
    ],
)
def test_a_style_sheet_may_do_all_else(text: str, tmp_path: Path) -> None:
    assert sheet(tmp_path, text) == []


@pytest.mark.parametrize("case", REFUSED["templates"], ids=words)
def test_a_template_that_would_not_work_is_refused_where_it_stands(case: Case, tmp_path: Path) -> None:
    folder = site(tmp_path, "  custom_dir: ours\n", files={f"ours/{case['path']}": case["text"]})
    assert found(folder) == [f"ours/{case['line']}"]


def test_templates_of_ones_own_are_fine(tmp_path: Path) -> None:
    files = {
        "ours/main.html": '{%- extends "opmodel.html" %}{% block announce %}Hello{% endblock %}',
        "ours/partials/footer.html": '<a href="https://example.com/">Example</a><script src="x.js"></script>',
        "ours/partials/content.html": '{% include "partials/tags.html" %}',
        "ours/partials/tags.html": "<p>Tags</p>",
    }
    assert found(site(tmp_path, "  custom_dir: ours\n", files=files)) == []


def test_the_page_on_brands_has_an_example_that_passes_and_a_message_that_is_true(tmp_path: Path) -> None:
    page = (SHIPPED / "docs/contribute/brand.md").read_text(encoding="utf-8")
    blocks = {kind: re.search(rf"```{kind}\n(.*?)```", page, re.DOTALL) for kind in ("yaml", "css", "html", "text")}
    settings, css, html, message = (block[1] for block in blocks.values() if block)
    files = {"docs/assets/brand.css": css, "overrides/main.html": html, "docs/assets/icon.svg": ""}
    folder = site(tmp_path, files={**files, "docs/assets/acme-sans.woff2": ""})
    for changed, expected in ((settings, []), (settings.replace("#7a1f5c", "#ffc105"), [message.strip()])):
        (folder / "mkdocs.yml").write_text(f"{changed}site_name: Small\n{PLUGINS}", encoding="utf-8")
        assert [str(problem) for problem in host_settings(folder)[2]] == expected
