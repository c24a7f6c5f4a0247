"""A site's own logo, icon, colours, font, styles and templates hold on every page, in both schemes and in print."""

import shutil
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from opmodel.links.fonts import PACKAGED
from sites import MakeOnce, build, edit, good

pytestmark = pytest.mark.browser
BRAND = """  font: false
  logo: assets/logo.svg
  favicon: assets/icon.svg
  custom_dir: ours
  palette:
    - {scheme: default, primary: "#7a1f5c"}
    - {scheme: slate, primary: "#f0a8d6"}
extra_css: [assets/brand.css]
"""
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 2"><style>path{fill:#7a1f5c}'
    "@media (prefers-color-scheme: dark){path{fill:#f0a8d6}}</style><path d='M0 0h4v2H0z'/></svg>"
)
STYLES = """@font-face { font-family: Acme; src: url(acme.woff2) }
:root { --md-text-font: Acme; --om-muted: light-dark(#5b4a55, #c4b2bd) }
.md-header { border-image: linear-gradient(var(--om-link) 0 0) 1 }
"""
FOOTER = '<footer class="md-footer"><p class="om-foot">{% include "partials/copyright.html" %}</p></footer>'
LINK = {"light": "rgb(122, 31, 92)", "dark": "rgb(240, 168, 214)"}
PAGES = ("", "workflows/intake/", "guide/approval-model/", "faq/who-decides/", "nowhere/at/all/")


def branded(folder: Path) -> Path:
    """Return the good site with a brand of its own."""
    site = good(folder)
    edit(site, "mkdocs.yml", "  font: false\n", BRAND)
    (site / "docs/assets").mkdir()
    for name, text in {"logo.svg": SVG, "icon.svg": SVG, "brand.css": STYLES}.items():
        (site / "docs/assets" / name).write_text(text)
    shutil.copy(PACKAGED[0].regular, site / "docs/assets/acme.woff2")
    (site / "ours/partials").mkdir(parents=True)
    (site / "ours/main.html").write_text('{% extends "opmodel.html" %}{% block announce %}We moved.{% endblock %}')
    (site / "ours/partials/footer.html").write_text(FOOTER)
    (site / "ours/partials/copyright.html").write_text('<a href="https://example.com/">Acme</a>')
    return site


@pytest.fixture
def address(make_once: MakeOnce, serve: Callable[[Path], str]) -> str:
    """The address of the site with a brand."""
    return serve(make_once("branded", lambda folder: build(branded(folder / "site"))))


def colour(page: Page, selector: str, name: str = "color") -> str:
    return str(page.locator(selector).first.evaluate("(found, name) => getComputedStyle(found)[name]", name))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_brand_is_on_every_page(scheme: str, address: str, open_page: Callable[..., Page]) -> None:
    page = open_page("", scheme=scheme, width=390)
    for path in PAGES:
        page.goto(address + path)
        page.evaluate("document.fonts.ready")
        assert colour(page, ".md-footer a") == LINK[scheme]
        assert colour(page, "body", "fontFamily").startswith("Acme, system-ui")
        assert page.evaluate("[...document.fonts].map(font => font.status)") == ["loaded"]
        assert page.locator(".om-brand img").evaluate("logo => logo.naturalWidth / logo.naturalHeight") == 2
        assert page.locator(".om-mark").count() == 0
        assert page.locator(".md-footer").inner_text().strip() == "Acme"
        assert page.get_by_text("We moved.").is_visible()
        sheets = page.locator("link[rel=stylesheet]").evaluate_all("all => all.map(link => link.href)")
        assert [urlsplit(each).path for each in sheets[-2:]] == ["/assets/opmodel/opmodel.css", "/assets/brand.css"]
        assert str(page.locator("link[rel=icon]").evaluate("link => link.href")).endswith("/assets/icon.svg")


def test_the_button_of_the_header_switches_the_brand(open_page: Callable[..., Page]) -> None:
    page = open_page("workflows/intake/", scheme="light")
    page.locator("[data-om-scheme]").click()
    assert colour(page, ".md-footer a") == LINK["dark"]
    assert colour(page, ".om-summary") == "rgb(196, 178, 189)"


def test_a_printed_page_has_the_light_brand(open_page: Callable[..., Page]) -> None:
    page = open_page("workflows/intake/", scheme="dark")
    page.emulate_media(media="print")
    assert colour(page, ".om-summary") == "rgb(91, 74, 85)"
    assert colour(page, "article h1", "fontFamily").startswith("Acme, ")


def test_nothing_is_asked_of_other_servers_nor_stopped_by_the_policy(
    address: str, open_page: Callable[..., Page]
) -> None:
    page = open_page("")
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(address + "workflows/intake/")
    page.wait_for_load_state("networkidle")
    assert any(url.endswith("/acme.woff2") for url in asked)
    assert {urlsplit(url).netloc for url in asked} == {urlsplit(address).netloc}
    assert said == []
