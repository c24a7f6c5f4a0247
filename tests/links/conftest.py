"""A site whose addresses have moved, and a tab."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from sites import MakeOnce, build, edit, good

REDIRECTS = """redirects:
  - {from: /guide/old/, to: /guide/approval-model/}
  - {from: /guide/old/#signing, to: /guide/launch-readiness/}
  - {from: /guide/approval-model/#signing, to: /guide/launch-readiness/#gates}
  - {from: /workflows/triage/#access-gone, to: /workflows/triage/#access}
"""


def moved(site: Path) -> Path:
    """Return the small site after a packet, an answer, a guide page and some parts have moved; served under a path."""
    good(site)
    edit(site, "data/workflows/triage.yml", "status: draft", "status: draft\nformerly: [sorting]")
    edit(site, "data/faq.yml", "    related: {}\n", "    related: {}\n    formerly: [who-owns]\n")
    text = (site / "data/site.yml").read_text()
    address = next(line for line in text.splitlines() if line.startswith("address:"))
    (site / "data/site.yml").write_text(text.replace(address, "address: https://example.com/model/"))
    (site / "data/redirects.yml").write_text(REDIRECTS)
    return site


@pytest.fixture(scope="session")
def moved_site(make_once: MakeOnce) -> Path:
    """The built site of ``moved``."""
    return make_once("moved", lambda folder: build(moved(folder)))


@pytest.fixture
def tab(new_tab: Callable[[], Page]) -> Iterator[Page]:
    """A page that must not report an error of its own."""
    opened = new_tab()
    opened.set_viewport_size({"width": 1280, "height": 900})
    errors: list[object] = []
    opened.on("pageerror", lambda error: errors.append(error))
    yield opened
    assert errors == []
