"""One page of each kind as it is built, so that a change of a view or a template is reviewed as a diff of HTML."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from pretty import pretty

WHOLE = "article.md-content__inner"
PAGES = {
    "packet": ("workflows/intake/", WHOLE),
    "answer": ("faq/who-decides/", WHOLE),
    "team": ("teams/finance/", WHOLE),
    "guide": ("guide/launch-readiness/", WHOLE),  # with a macro
    "portfolio": ("", ".om-listing:has(.om-portfolio)"),  # the home page of the small site holds both
    "matrix": ("", ".om-listing:has(.om-matrix)"),
}


@pytest.mark.parametrize("kind", PAGES)
def test_a_page_of_each_kind(kind: str, built_small: Path, golden: Callable[[str, str], None]) -> None:
    address, selector = PAGES[kind]
    page = (built_small / address / "index.html").read_text(encoding="utf-8")
    golden(pretty(page, selector), f"pages/{kind}.html")


def test_a_page_with_the_macro_says_at_its_top_when_it_was_updated_and_others_at_their_end(built_site: Path) -> None:
    home, other = (built_site / "index.html", built_site / "guide" / "index.html")
    top, _, rest = home.read_text(encoding="utf-8").partition('<figure class="om-idea">')
    assert re.search(r'</p>\s*<p class="om-updated">Updated \d+ \w+ \d{4}</p>\s*$', top)
    assert "Last reviewed" not in rest
    assert re.search(r"Last reviewed \d+ \w+ \d{4}\.</p>", other.read_text(encoding="utf-8"))
    assert re.search(r"\n\nUpdated \d+ \w+ \d{4}\n\n", home.with_name("index.md").read_text(encoding="utf-8"))
