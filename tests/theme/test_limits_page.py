"""The page that checks approval limits, in a real browser: a pasted table gives findings, a picture and the section."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from opmodel.model.approval import Approval
from opmodel.source.reader import parse
from opmodel.views.limits_form import EXAMPLE
from opmodel.worksheets.limit_approval import approval_data
from opmodel.worksheets.limit_table import read_limit_table
from theme.drafts import LIMITS

pytestmark = pytest.mark.browser
ROWS = [["Kind", "Amount", "Approver"], ["Goods", "up to $500", "Manager"], ["Goods", "over $500", "CEO"]]
ROWS += [["Works", "under $1,000", "Manager"], ["Works", "over $1,000", "CEO, then Board"], ["Works", "a lot", "CEO"]]
WAYS = {
    "tabs": "\n".join("\t".join(row) for row in ROWS),
    "commas": "\n".join(",".join(f'"{cell}"' for cell in row) for row in ROWS),
    "semicolons": "\r\n".join(";".join(row) for row in ROWS),
    "Markdown": "\n".join(f"| {' | '.join(row)} |" for row in [ROWS[0], ["---", ":--", "-"], *ROWS[1:]]),
}
HOSTILE = '<img src=x onerror=alert(1)></textarea></script><svg onload=alert(1)>"&amp;'


@pytest.fixture
def tab(new_tab: Callable[..., Page], address: str) -> Iterator[Page]:
    """The page, which must ask for nothing once it is open, and report no error of its own."""
    opened = new_tab()
    wrong: list[str] = []
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    opened.on("dialog", lambda dialog: wrong.append(dialog.message))
    opened.goto(address + LIMITS, wait_until="networkidle")
    opened.on("request", lambda request: None if request.url.startswith("blob:") else wrong.append(request.url))
    yield opened
    assert wrong == []


def paste(tab: Page, text: str) -> None:
    tab.get_by_label("Your table").fill(text)


def summary(tab: Page) -> Locator:
    return tab.locator(".om-limits__state")


def section(tab: Page, title: str) -> Locator:
    return tab.get_by_role("region", name=title, exact=True)


def section_of(tab: Page) -> Any:
    """Return the approval section that the page gives, as data."""
    node, faults = parse(tab.get_by_label("approval.yml").input_value())
    assert node is not None, faults
    data: Any = node.plain
    return data["shared"]["approval"]


def imported(rows: list[list[str]]) -> Any:
    table = read_limit_table(rows)
    assert table is not None
    return Approval.model_validate(approval_data(table, 2), strict=False)


@pytest.mark.parametrize("way", WAYS)
def test_a_table_pasted_in_any_form_is_read_as_the_import_reads_it(tab: Page, way: str) -> None:
    paste(tab, WAYS[way])
    expect(summary(tab)).to_have_text(
        "4 rules, limits in B, approvers in C, “Kind” decides as well. 1 limit not read. 1 hole, 0 double claims."
    )
    assert Approval.model_validate(section_of(tab), strict=False) == imported(ROWS)
    assert section(tab, "Holes and double claims").get_by_role("listitem").all_inner_texts() == [
        "Kind Works, $1,000.00 exactly: no rule; row 4 says under $1,000, row 5 says over $1,000."
    ]
    unread = section(tab, "Not read, or to be checked").get_by_role("listitem").all_inner_texts()
    assert unread == ["B6 “a lot”: “lot” is no word of a limit; no rule is written"]
    words = section(tab, "The rules in words").locator("ol > li").all_inner_texts()
    assert words[3] == (
        "When the amount is above $1,000 and the kind is Works: the CEO approves, then the Board approves, "
        "before the agent acts, without a time limit; silence has no end."
    )


def test_the_example_shows_a_hole_and_a_double_claim_as_a_picture(tab: Page) -> None:
    tab.get_by_role("button", name="Try an example").click()
    assert tab.get_by_label("Your table").input_value() == EXAMPLE
    expect(summary(tab)).to_contain_text("1 hole, 1 double claim")
    picture = tab.locator("svg.om-limits__picture")
    expect(picture).to_have_count(1)
    shown = picture.locator("text").all_text_contents()
    assert {"exactly $5,000", "2 rules", "exactly $100,000", "✕ no rule"} <= set(shown)
    tab.get_by_text("The same in words", exact=True).click()
    rows = tab.locator(".om-limits__figure tbody tr").all_inner_texts()
    assert [row.split("\t")[-1] for row in rows][1:5:3] == [
        "2 rules: Team Lead, row 2, Department Head, row 3",
        "No rule",
    ]


def test_a_table_without_a_fault_is_said_to_have_none(tab: Page) -> None:
    paste(tab, "Amount\tApprover\nup to 100\tManager\nover 100\tCEO")
    expect(section(tab, "Holes and double claims").get_by_role("listitem")).to_have_text(
        "Every case has exactly one rule."
    )


def test_whole_amounts_have_no_hole_between_them(tab: Page) -> None:
    paste(tab, "Amount\tApprover\nup to 100\tManager\n101 and more\tCEO")
    expect(summary(tab)).to_contain_text("1 hole")
    expect(section(tab, "Holes and double claims")).to_contain_text("(only where cents exist)")
    tab.get_by_label("Do amounts have cents?").select_option("No")
    expect(summary(tab)).to_contain_text("0 holes")


def test_the_section_is_copied_and_downloaded(tab: Page, tmp_path: Path) -> None:
    paste(tab, WAYS["tabs"])
    text = tab.get_by_label("approval.yml").input_value()
    with tab.expect_download() as download:
        tab.get_by_role("button", name="Download").click()
    download.value.save_as(tmp_path / "approval.yml")
    assert download.value.suggested_filename == "approval.yml"
    assert (tmp_path / "approval.yml").read_text(encoding="utf-8") == text
    tab.get_by_role("button", name="Copy").click()
    expect(tab.locator(".om-limits [role=status]").last).to_have_text("The file is copied.")


@pytest.mark.parametrize("cell", [HOSTILE, "__proto__", "constructor", "\u202eevil", "x" * 5000, "\0"])
def test_no_pasted_text_becomes_html_or_stops_the_page(tab: Page, cell: str) -> None:
    paste(tab, f"{cell}\tAmount\tApprover\n{cell}\tup to $5\t{cell}\nb\tover $5\t{cell}\nb\t{cell}\tCEO\n{cell}")
    expect(summary(tab)).to_contain_text("2 rules")
    assert tab.locator(".om-limits :is(img, script, [onload], [onerror])").count() == 0
    assert section_of(tab)["inputs"][0]["id"] == "amount"


@pytest.mark.parametrize("text", ["hello", "a,b\n1,2", "|", '"', "\t\t\n\t", "up to $5,000 and over 3 €\nx\ty"])
def test_what_is_no_table_of_limits_is_said_to_be_none(tab: Page, text: str) -> None:
    paste(tab, text)
    expected = "" if not text.strip() else "No table of limits; expected a column of limits"
    expect(summary(tab)).to_contain_text(expected)
    assert section(tab, "The approval section").count() == 0


def test_without_javascript_the_page_names_the_command(open_page: Callable[..., Page]) -> None:
    shown = open_page(LIMITS, java_script_enabled=False).locator(".om-limits").inner_text()
    assert "opmodel import limits.csv --approval new" in shown
