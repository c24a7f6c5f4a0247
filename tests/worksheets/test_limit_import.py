"""``opmodel import --approval``: the section, the report, the findings and the exit code."""

from pathlib import Path

import openpyxl  # type: ignore[import-untyped]
import yaml

from commands.terminal import opmodel, tree
from opmodel.source.reader import decode
from sites import good

LIMITS = 'Amount,Approver\n"Up to $5,000",Manager\n"$5,000 to $9,999.99",Director\n"More than $10,000",CEO and CFO\n'
HOLE = "$10,000.00 exactly: no rule; row 3 says $5,000 to $9,999.99, row 4 says More than $10,000"
DOUBLE = "$5,000.00 exactly: two rules; row 2 says Up to $5,000, row 3 says $5,000 to $9,999.99"


def file_of(folder: Path, text: str = LIMITS, name: str = "limits.csv") -> str:
    (folder / name).write_text(text, encoding="utf-8")
    return str(folder / name)


def test_each_hole_and_double_claim_is_named_in_the_words_of_the_source(tmp_path: Path) -> None:
    site = good(tmp_path / "site")
    before = tree(site)
    done = opmodel(site, "import", file_of(tmp_path), "--approval", "intake")
    assert HOLE in done.stderr
    assert DOUBLE in done.stderr
    section = yaml.safe_load(done.stdout)["shared"]["approval"]
    assert [rule["when"]["amount"] for rule in section["rules"]] == ["<= 5000", "[5000..9999.99]", "> 10000"]
    assert section["rules"][0]["reason"] == "Amount: Up to $5,000; Approver: Manager"
    assert section["inputs"][0] == {
        "id": "amount",
        "type": "number",
        "label": "Amount",
        "unit": "$",
        "min": 0,
        "decimals": 2,
    }
    assert tree(site) == before


def test_the_section_is_put_into_the_packet_and_every_other_line_stays(tmp_path: Path) -> None:
    site = good(tmp_path / "site")
    path = site / "data/workflows/intake.yml"
    old = path.read_text(encoding="utf-8")
    opmodel(site, "import", file_of(tmp_path), "--approval", "intake", "--write")
    new = path.read_text(encoding="utf-8")
    assert new.partition("  approval:\n")[0] == old.partition("  approval:\n")[0]
    assert new.partition("  exceptions:\n")[2] == old.partition("  exceptions:\n")[2]
    found = opmodel(site, "check", str(site), code=1).output
    assert "(approval-gap)" in found
    assert "(approval-overlap)" in found


def test_a_new_packet_is_a_draft_with_the_limits(tmp_path: Path) -> None:
    site = good(tmp_path / "site")
    target = site / "data/workflows/purchase-limits.yml"
    text = LIMITS.replace("$5,000 to", "More than $5,000 and up to").replace("9,999.99", "10,000")
    file = file_of(tmp_path, text, "purchase-limits.csv")
    done = opmodel(site, "import", file, "--approval", "new", "--team", "finance", "-o", str(target))
    assert "Proven: every case has exactly one rule." in done.stderr
    written = decode(target.read_bytes())
    assert 'title: "Purchase limits"\n' in written
    assert "status: draft" in written
    assert "# One owner for value" in written


def test_what_is_not_read_is_listed_and_the_exit_code_is_1(tmp_path: Path) -> None:
    site = good(tmp_path / "site")
    text = LIMITS.replace("Up to $5,000", "About $5,000")
    done = opmodel(site, "import", file_of(tmp_path, text), "--approval", "intake", code=1)
    assert 'limits!A2 "About $5,000": “about” is no word of a limit; no rule is written' in done.stderr
    assert "1 limit could not be read" in done.stderr


def test_a_hole_that_exists_only_in_cents_says_so_and_is_none_without_them(tmp_path: Path) -> None:
    site = good(tmp_path / "site")
    file = file_of(tmp_path, 'Amount,Approver\n"up to $5,000",Manager\n"$5,001 and over",CEO\n')
    hole = (
        "$5,000.01 to $5,000.99: no rule; row 2 says up to $5,000, row 3 says $5,001 and over (only where cents exist)"
    )
    assert hole in opmodel(site, "import", file, "--approval", "intake").stderr
    assert hole in opmodel(site, "import", file, "--approval", "intake", "--decimals", "2").stderr
    assert "Proven" in opmodel(site, "import", file, "--approval", "intake", "--decimals", "0").stderr


def test_a_workbook_with_merged_and_hidden_cells_is_read_as_it_is_shown(tmp_path: Path) -> None:
    site = good(tmp_path / "site")
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "DoA"
    for row in (["Kind", "Limit", "Delegate"], ["Goods", 5000, "Manager"], [None, None, "CEO"], ["Works", 1000, "CEO"]):
        sheet.append(row)
    sheet["B3"] = "Unlimited"
    sheet.merge_cells("A2:A3")
    for cell in ("B2", "B4"):
        sheet[cell].number_format = '"$"#,##0'
    other = book.create_sheet("Old limits")
    other.append(["Limit", "Delegate"])
    other.append(["up to $1", "Clerk"])
    other.sheet_state = "hidden"
    book.save(tmp_path / "doa.xlsx")
    done = opmodel(site, "import", str(tmp_path / "doa.xlsx"), "--approval", "intake", code=1)
    assert "Old limits: hidden, and left out" in done.stderr
    assert "Kind Works, $1,000.01 and more: no rule; row 4 says $1,000" in done.stderr
    assert [rule["when"] for rule in yaml.safe_load(done.stdout)["shared"]["approval"]["rules"]] == [
        {"amount": "<= 1000", "kind": '"Works"'},
        {"amount": "<= 5000", "kind": '"Goods"'},
        {"kind": '"Goods"'},
    ]


def test_a_markdown_table_is_read(tmp_path: Path) -> None:
    site = good(tmp_path / "site")
    text = "# Limits\n\n| Amount | Approver |\n|---|---|\n| ≤ £1k | Head |\n| > £1k | **Board** |\n"
    done = opmodel(site, "import", file_of(tmp_path, text, "limits.md"), "--approval", "intake")
    assert "Proven" in done.stderr


def test_a_file_without_limits_is_an_error_and_nothing_is_written(tmp_path: Path) -> None:
    site = good(tmp_path / "site")
    file = file_of(tmp_path, "Name,Phone\nAnn,555 1234\n")
    done = opmodel(site, "import", file, "--approval", "intake", "-o", str(tmp_path / "x.yml"), code=1)
    assert "holds no approval limits, so nothing is written" in done.stderr
    assert not (tmp_path / "x.yml").exists()


def test_options_that_do_not_go_together_are_refused(tmp_path: Path) -> None:
    site = good(tmp_path / "site")
    file = file_of(tmp_path)
    opmodel(site, "import", file, "--decimals", "0", code=2)
    opmodel(site, "import", file, "--approval", "intake", "--update", code=2)
    opmodel(site, "import", file, "--approval", "new", "--write", code=2)
    assert (
        'unknown packet "intaek"; did you mean "intake"?'
        in opmodel(site, "import", file, "--approval", "intaek", code=2).output
    )


def test_lower_tiers_that_approve_as_well_are_said_once_and_who_is_advised_is_told(tmp_path: Path) -> None:
    site = good(tmp_path / "site")
    text = (
        'Amount,Approver\n"up to $5,000",Manager\n"over $5,000 to $50,000","Director, all lower tiers also approve"\n'
        '"over $50,000","CEO and all lower tiers (Board advised)"\n'
    )
    done = opmodel(site, "import", file_of(tmp_path, text), "--approval", "intake", "--write")
    assert "Proven" in done.stderr
    section = yaml.safe_load((site / "data/workflows/intake.yml").read_text(encoding="utf-8"))["shared"]["approval"]
    assert section["cumulative_tiers"] == ["manager", "director", "ceo"]
    last = section["rules"][2]
    assert (last["approved_by"], last["advised"]) == ([{"any": ["ceo"]}], ["board"])
    assert (last["within"], last["no_limit_reason"]) == ("none", "The source names no time.")
    assert "(approval-outcome)" not in opmodel(site, "check", str(site), code=1).output


def test_lower_tiers_of_one_row_are_written_out(tmp_path: Path) -> None:
    site = good(tmp_path / "site")
    text = (
        'Kind,Amount,Approver\nGoods,"up to $5,000",Manager\nGoods,"over $5,000",CEO and all lower tiers\n'
        'Works,"up to $9,000",Engineer\nWorks,"over $9,000",Board\n'
    )
    done = opmodel(site, "import", file_of(tmp_path, text), "--approval", "intake")
    rules = yaml.safe_load(done.stdout)["shared"]["approval"]["rules"]
    assert [rule["approved_by"] for rule in rules[1:]] == [
        [{"any": ["manager"]}, {"any": ["ceo"]}],
        [{"any": ["engineer"]}],
        [{"any": ["board"]}],
    ]
