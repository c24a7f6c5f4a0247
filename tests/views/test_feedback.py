"""The links by which readers answer to a page."""

import re
from html import unescape
from pathlib import Path

import pytest

SITE = "https%3A%2F%2Foperating-model.example%2F"
PAGES = {
    "faq/who-approves/": "Who%20approves%20what%2C%20once%20the%20agent%20runs%3F",
    "workflows/invoice-triage/": "Invoice%20triage",
    "teams/finance-ops/": "Finance%20Operations",
    "guide/approval-model/": "The%20approval%20model",
}


@pytest.mark.parametrize("address", PAGES)
def test_a_page_leads_to_where_it_is_discussed_and_its_problems_reported(address: str, built_site: Path) -> None:
    page = (built_site / address / "index.html").read_text(encoding="utf-8")
    (footer,) = re.findall(r'<p class="om-feedback">(.*)</p>', page)
    links = re.findall(r'<a href="([^"]*)" rel="[^"]*">([^<]*)</a>', footer)
    assert [text for _, text in links] == ["Discuss", "Report a problem with this page"]
    for link, _ in links:
        assert unescape(link).endswith(f"/new?title={PAGES[address]}&body={SITE}{address.replace('/', '%2F')}")
