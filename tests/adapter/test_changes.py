"""What a change of the data does to the site: one file more is one packet more, a mistake is no site at all."""

import json
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from opmodel.readiness.history import HISTORY_MISSING
from sites import INTAKE, TRIAGE, build, edit, good, lines, run_build

EXTRA = "data/workflows/extra.yml"
AS_OF = {"SOURCE_DATE_EPOCH": "1795305600"}


def mentions(built: Path) -> dict[str, bool]:
    """Return where in a built site the packet ``extra`` is found."""

    def linked(page: str) -> bool:
        html = LexborHTMLParser((built / page).read_text(encoding="utf-8"))
        return any("workflows/extra/" in (node.attributes["href"] or "") for node in html.css("a[href]"))

    entries = json.loads((built / "search/search_index.json").read_text(encoding="utf-8"))["docs"]
    return {
        "its page": (built / "workflows/extra/index.html").is_file(),
        "its decision table": (built / "workflows/extra/approval.dmn").is_file(),
        "the portfolio": linked("index.html"),
        "the page of its team": linked("teams/finance/index.html"),
        "the page of a team that holds no part of it": linked("teams/legal/index.html"),
        "the search": any(entry["location"].startswith("workflows/extra/") for entry in entries),
        "the addresses for search engines": "workflows/extra/" in (built / "sitemap.xml").read_text(),
    }


@pytest.mark.slow
def test_a_file_more_is_a_packet_more_and_a_file_less_one_less(tmp_path: Path) -> None:
    site = good(tmp_path / "site")
    text = (site / TRIAGE).read_text().replace("title: Triage", "title: Extra")
    (site / EXTRA).write_text(text.replace("summary: Reads", "summary: Also reads"))
    found = mentions(build(site))
    assert not found.pop("the page of a team that holds no part of it")
    assert found == dict.fromkeys(found, True)
    (site / EXTRA).unlink()
    found = mentions(build(site))
    assert found == dict.fromkeys(found, False)


BROKEN = {
    "a word that is unknown": (INTAKE, "status: live", "status: lve"),
    "a gap in a table": (TRIAGE, 'amount: ">= 500"', 'amount: "> 500"'),
    "a guide page without a day": ("docs/guide/approval-model.md", "reviewed: 2026-11-01\n", ""),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_mistake_gives_exactly_the_lines_of_the_check_and_no_site(case: str, tmp_path: Path) -> None:
    site = good(tmp_path / "site")
    edit(site, *BROKEN[case])
    done = run_build(site, **AS_OF)
    assert done.returncode == 1
    said = [line for line in done.stderr.splitlines() if line.startswith(("data/", "docs/"))]
    assert [line for line in said if HISTORY_MISSING not in line] == lines(site)
    assert lines(site)
    assert "nothing was built" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (site / "site").exists()


@pytest.mark.parametrize(
    ("macro", "says"),
    [
        ('{{ packet_section("intake", "approvals") }}', 'unknown packet section "approvals"; did you mean "approval"?'),
        ("{{ portfoli() }}", 'docs/index.md:7:1: unknown macro "portfoli"; did you mean "portfolio"?'),
    ],
)
def test_a_mistake_in_a_page_names_what_is_near(macro: str, says: str, tmp_path: Path) -> None:
    site = good(tmp_path / "site")
    edit(site, "docs/index.md", "{{ portfolio() }}", macro)
    done = run_build(site, **AS_OF)
    assert done.returncode != 0
    assert says in done.stderr + done.stdout
    assert not (site / "site" / "workflows").exists()


LINKS = {
    "[a](../workflows/intak.md)": 'there is no file "../workflows/intak.md"; did you mean "../workflows/intake.md"?',
    "[b](../workflows/intake.md#approvals)": 'has no anchor "#approvals"; did you mean "#approval"?',
    "[c](../faq/who.md)": 'there is no file "../faq/who.md"; did you mean "../faq/who-decides.md"?',
    "[d](#treshold)": 'this page has no anchor "#treshold"; did you mean "#thresholds"?',
}


def test_links_of_the_guide_that_lead_nowhere_fail_the_build_and_a_warning_does_not(tmp_path: Path) -> None:
    site = good(tmp_path / "site")
    edit(site, "docs/guide/approval-model.md", "[Intake](../workflows/intake.md#approval)", " ".join(LINKS))
    edit(site, INTAKE, "next: 2027-01-05", "next: 2026-11-21")
    done = run_build(site, **AS_OF)
    assert f"{INTAKE}:176:11: warning: the review of 2026-11-21 is overdue on 2026-11-22" in done.stderr
    assert [says for says in LINKS.values() if says not in done.stderr] == []
    assert "4 errors; nothing was built" in done.stderr
    assert done.returncode == 1
