"""Settings, templates and style sheets that a build or a browser refuses are refused by the check."""

from pathlib import Path

import pytest

from sites import good, lines

FOOTER, SHEET = "overrides/partials/footer.html", "docs/assets/b.css"
SNIPPETS = "markdown_extensions:\n  - attr_list\n  - md_in_html\n  - tables\n  - pymdownx.snippets{}\n"
OVERRIDES, STYLED = "\n  custom_dir: overrides", "extra_css: [assets/b.css]\n"


def refusals(site: Path, settings: str, path: str = "", content: bytes = b"") -> list[str]:
    """Return what the check says once settings and a file are added to a site."""
    file, added = site / "mkdocs.yml", settings.startswith("\n")
    text = file.read_text(encoding="utf-8")
    if settings.startswith("markdown_extensions:"):
        text = text.replace(SNIPPETS.partition("  - pymdownx")[0], "")
    file.write_text(text.replace("\n  name: material", f"\n  name: material{settings}") if added else text + settings)
    if path:
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_bytes(content)
    return lines(site)


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ("extra_css: assets/b.css\n", "expected a list under extra_css, such as extra_css: [assets/brand.css]"),
        ("extra_css: {a: b}\n", "expected a list under extra_css"),
        ("extra_css: [{a: b}]\n", "expected a file under extra_css, such as assets/brand.css"),
        ("extra_javascript: x\n", "expected a list under extra_javascript"),
        ("hooks: x.py\n", "expected a list under hooks"),
        ("hooks: [../x.py]\n", "hooks names ../x.py, which is not in the site's folder; move it there"),
        ("site_dir: data\n", "data holds or lies in data of the site, and a build empties it; choose another site_dir"),
        ("site_dir: .\n", "holds or lies in data of the site"),
        ("nav:\n  - index.md\n  - x: 'javascript:alert(1)'\n", 'that begins with https:, found "javascript:alert(1)"'),
        (SNIPPETS.format(""), "expected pymdownx.snippets with base_path: [snippets]"),
        (
            SNIPPETS.format(": {base_path: [.]}"),
            "expected a folder of snippets alone under pymdownx.snippets",
        ),
        (SNIPPETS.format(": {base_path: [/etc]}"), "which is not in the site's folder; move it there"),
        (SNIPPETS.format(": {base_path: data, url_download: true}"), "expected pymdownx.snippets.url_download: false"),
        ("\n  language: ../../x", 'the theme has no language "../../x"'),
        ("\n  language: english", 'the theme has no language "english"'),
    ],
)
def test_a_value_that_the_host_refuses(settings: str, expected: str, tmp_path: Path) -> None:
    assert expected in "\n".join(refusals(good(tmp_path), settings))


def test_a_hook_that_is_a_link_out_of_the_site_is_refused(tmp_path: Path) -> None:
    site = good(tmp_path / "site")
    (tmp_path / "secret.py").write_text("Not for the terminal.\n")
    (site / "h.py").symlink_to(tmp_path / "secret.py")
    (line,) = refusals(site, "hooks: [h.py]\n")
    assert line.endswith("(file-unreadable)")
    assert "Not for the terminal" not in line


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        (b"\xff\xfe{{", "expected a template in UTF-8"),
        (
            b"a\n{% if %}",
            f'{FOOTER}:2:1: this template has a mistake: Expected an expression, got "end of statement block"',
        ),
        (b'{% include "/etc/passwd" %}', f'{FOOTER}:1:1: there is no template "/etc/passwd"'),
        (b'\n{% include "partials/heder.html" %}', 'did you mean "partials/header.html"?'),
        (b"{% for a in b %}{% break %}{% endfor %}{% include 'none.html' ignore missing %}", ""),
    ],
)
def test_a_template_that_a_build_refuses(template: bytes, expected: str, tmp_path: Path) -> None:
    found = refusals(good(tmp_path), OVERRIDES, FOOTER, template)
    assert len(found) == bool(expected)
    assert expected.replace('"end of statement block"', "'end of statement block'") in "".join(found)


@pytest.mark.parametrize(
    "style",
    [b'@\\69mport "//evil.example/x.css";', b"a { background: \\75rl(//evil.example/a) }", b'@\\00069 mport "//e/x"'],
)
def test_escapes_hide_nothing_that_a_style_sheet_loads(style: bytes, tmp_path: Path) -> None:
    (line,) = refusals(good(tmp_path), STYLED, SHEET, style)
    assert "is on another server" in line


def test_a_snippet_that_is_a_link_out_of_the_site_is_refused(tmp_path: Path) -> None:
    site = good(tmp_path / "site")
    (tmp_path / "secret.txt").write_text("Not for readers.\n")
    (site / "snippets").mkdir()
    (site / "snippets/l.txt").symlink_to(tmp_path / "secret.txt")
    (line,) = refusals(site, SNIPPETS.format(": {base_path: snippets}"))
    assert line.startswith("snippets/l.txt:1:1: ")
