"""The form and the command line make the same id of a title, whatever letters it has."""

import unicodedata
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from opmodel.adapter.theme_files import joined_script
from opmodel.text.slugs import slug

pytestmark = pytest.mark.browser

LETTERS = [
    chr(code) for code in (*range(0x20, 0x250), *range(0x1D00, 0x2190), *range(0xA720, 0xA800), *range(0xFB00, 0xFF70))
]
TITLES = [
    *("Größere Käufe in Łódź", "Smörgåsbord på Ærø", "Œuvre, þing & ŋ", "D\u0130YARBAKIR \u0131l\u0131k", "日本語"),
    *("  --  ", "", "e\u0301te\u0301", "1. of 2_3", "x" * 59, "x" * 60, "x" * 61, "word " * 12, "word " * 30),
    *("a" * 59 + " bc", "a" * 60 + " bc"),
]  # fmt: skip


def test_the_browser_makes_the_ids_that_python_makes(new_tab: Callable[[], Page]) -> None:
    known = [letter for letter in LETTERS if unicodedata.category(letter) != "Cn"]
    texts = [*TITLES, *(f"a{letter}b {letter}" for letter in known)]
    page = new_tab()
    page.add_script_tag(content=joined_script("write.js"))
    made = page.evaluate("texts => texts.map(writeSlug)", texts)
    assert dict(zip(texts, made, strict=True)) == {text: slug(text) for text in texts}
    assert made[:3] == ["grossere-kaufe-in-lodz", "smorgasbord-pa-aero", "oeuvre-thing-ng"]
