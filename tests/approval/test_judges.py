"""The exported tables, judged by software that was not written here: dmn-moddle reads them, feelin decides."""

import json
import subprocess
from decimal import Decimal
from pathlib import Path

import pytest

from approval.builders import AMOUNT, DUE, MATCH, NEW, approval, drawn
from opmodel.approval import compile_table, to_dmn
from opmodel.approval.decide import matching
from opmodel.approval.syntax import Value
from opmodel.model.values import plain

JUDGE = Path(__file__).parents[1] / "judges" / "dmn.mjs"
MOST_CASES = 150
pytestmark = pytest.mark.judges


def judge(*args: str) -> str:
    """Run the judge; it fails on any warning of dmn-moddle or feelin."""
    done = subprocess.run(["node", str(JUDGE), *args], capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


def as_json(value: Value) -> bool | str:
    if isinstance(value, bool | str):
        return value
    return plain(value) if isinstance(value, Decimal) else value.isoformat()


def test_feelin_finds_the_same_rules_over_generated_cases_and_boundaries(tmp_path: Path) -> None:
    asked: dict[str, list[dict[str, bool | str]]] = {}
    expected: dict[str, list[list[str]]] = {}
    for number, (case, table) in enumerate(drawn(60)):
        path = tmp_path / f"{number}.dmn"
        path.write_bytes(to_dmn(table, name=f"Table {number}", id=f"table-{number}"))
        every = list(case.cases())
        some = every[:: len(every) // MOST_CASES + 1]
        asked[str(path)] = [{name: as_json(value) for name, value in values.items()} for values in some]
        expected[str(path)] = [[row.id for row in matching(table, values)] for values in some]
    (tmp_path / "cases.json").write_text(json.dumps(asked), encoding="utf-8")
    assert len(asked) > 20
    assert json.loads(judge("--cases", str(tmp_path / "cases.json"))) == expected


def test_every_kind_of_text_survives(tmp_path: Path) -> None:
    words = MATCH | {"values": ('say "hi"', "back\\slash", "tab\tstop", "ünï < & >", "-", "not(x)", "5")}
    whens = [{"po_match": json.dumps(word, ensure_ascii=False)} for word in words["values"]]
    table = compile_table(approval([words, NEW, DUE, AMOUNT], whens))
    path = tmp_path / "text.dmn"
    path.write_bytes(to_dmn(table, name="Quotes \" and <tags> & 'more'", id="text"))
    given = [{"po_match": w, "new_vendor": True, "due": "2026-01-31", "amount": "0.5"} for w in words["values"]]
    (tmp_path / "cases.json").write_text(json.dumps({str(path): given}), encoding="utf-8")
    found = json.loads(judge("--cases", str(tmp_path / "cases.json")))[str(path)]
    assert found == [[row.id] for row in table.rows]
    assert judge(str(path)).endswith(": 7 rules, hit policy UNIQUE\n")


def test_the_judge_fails_on_a_warning(tmp_path: Path) -> None:
    table = compile_table(approval([AMOUNT]))
    path = tmp_path / "broken.dmn"
    path.write_bytes(to_dmn(table, name="Broken", id="broken").replace(b"data_amount", b"data_gone", 1))
    done = subprocess.run(["node", str(JUDGE), str(path)], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode != 0
    assert "unresolved reference" in done.stderr
