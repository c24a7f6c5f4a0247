"""The built site in a browser: served on this machine, opened at any width and in either colours."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Page

from sites import MakeOnce, build, with_assurance
from theme.extreme import extreme

Scheme = Literal["light", "dark"]
WIDTHS = {1280: "wide", 768: "tablet", 390: "phone", 320: "small phone"}


@pytest.fixture
def address(built_site: Path, serve: Callable[[Path], str]) -> str:
    """The address of the shipped site."""
    return serve(built_site)


@pytest.fixture
def extreme_address(make_once: MakeOnce, serve: Callable[[Path], str]) -> str:
    """The address of a small site whose content is far too long."""
    return serve(make_once("extreme", lambda folder: build(extreme(folder / "site"))))


@pytest.fixture
def assurance_address(make_once: MakeOnce, serve: Callable[[Path], str]) -> str:
    """The address of a small site with a third side."""

    def make(folder: Path) -> Path:
        site = with_assurance(folder / "site")
        (site / "docs/matrix.md").write_text(
            "---\ntitle: Matrix\n---\n\n# Matrix\n\n{{ matrix() }}\n", encoding="utf-8"
        )
        return build(site)

    return serve(make_once("assurance", make))


@pytest.fixture
def open_page(new_tab: Callable[..., Page], address: str) -> Iterator[Callable[..., Page]]:
    """``open_page("faq/", width=390, scheme="dark")`` returns a page of the shipped site, or of ``root``.

    A script error on any page fails the test. Further options are those of Playwright's browser contexts.
    """
    errors: list[str] = []

    def show(path: str, width: int = 1280, scheme: Scheme = "light", root: str = "", **options: Any) -> Page:
        page = new_tab(**options)
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        page.on("pageerror", lambda error: errors.append(f"{path}: {error}"))
        page.goto((root or address) + path)
        return page

    yield show
    assert errors == []
