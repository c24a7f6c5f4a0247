"""The form and the check agree on text: what nobody sees, and what is no character."""

import json
import unicodedata
from typing import Any

import pytest
from playwright.sync_api import Browser
from pydantic import TypeAdapter, ValidationError

from opmodel.adapter.theme_files import joined_script
from opmodel.model.values import Line, Link, Prose
from opmodel.rules.check import check
from opmodel.text.lookalikes import NO_INK
from opmodel.views.packet_form import packet_form
from sites import GOOD, TODAY

pytestmark = pytest.mark.browser

KINDS: dict[str, TypeAdapter[str]] = {"line": TypeAdapter(Line), "prose": TypeAdapter(Prose), "link": TypeAdapter(Link)}
TEXTS = [
    *("a", "é", "審", "-", "€", "🙂", "0", "\u0301a", "https://a.example/", "\u200ba", "a\u00a0b", "👩\u200d💻"),
    *(" ", "\u00a0", "\u200b", "\u2060", "\u3000", "\ufeff", "\u0301", "\ue000", "\u00ad", "\u200d", "\ufe0f"),
    *sorted(NO_INK),
    *("a\ufffe", "a\U0001fffe", "a\U0010ffff", "a\ufdd0", "a\u202e", "a\x00", "a\x85", "a\u2028", "a\nb"),
    *(chr(number) for number in range(0x2000, 0x2070) if unicodedata.category(chr(number)) != "Cn"),
]
JUDGE = """([given, parts, texts]) => {
  const {wrong} = writeSchema({given: JSON.parse(given), now: {}, watchers: [], changed() {}});
  return parts.map(part => texts.map(text => wrong(part, text) === ''));
}"""


def accepted(kind: TypeAdapter[str], text: str) -> bool:
    try:
        kind.validate_python(text)
    except ValidationError:
        return False
    return True


def test_the_form_and_the_check_agree_on_texts(browser: Browser) -> None:
    given = json.dumps(packet_form(check(GOOD, TODAY), {}).data)
    parts: list[dict[str, Any]] = [kind.json_schema() for kind in KINDS.values()]
    page = browser.new_page()
    try:
        page.set_content("<!doctype html><title>Form</title>")
        page.add_script_tag(content=joined_script("write.js"))
        found = page.evaluate(JUDGE, [given, parts, TEXTS])
        reason = page.evaluate(
            "given => writeSchema({given: JSON.parse(given)}).wrong({type: 'string', 'x-kind': 'line'}, '\\u200b')",
            given,
        )
    finally:
        page.close()
    assert reason == "Write text that a reader can see."
    for name, allowed in zip(KINDS, found, strict=True):
        expected = {text: accepted(KINDS[name], text) for text in TEXTS}
        differs = [ascii(text) for text, form in zip(TEXTS, allowed, strict=True) if form != expected[text]]
        assert differs == [], name
