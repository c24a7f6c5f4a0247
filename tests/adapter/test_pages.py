"""One page of each kind as it is built, so that a change of a view or a template is reviewed as a diff of HTML."""

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
