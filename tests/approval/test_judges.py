"""The exported tables, judged by software that was not written here: dmn-moddle reads them, feelin decides."""

import json
import subprocess
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from approval.builders import AMOUNT, DUE, MATCH, NEW, approval, drawn, rule
from opmodel.approval.conditions import Value
from opmodel.approval.decide import matching
from opmodel.approval.table import compile_table
from opmodel.formats.dmn import to_dmn
from opmodel.model.values import plain

JUDGE = Path(__file__).parents[1] / "judges" / "dmn.mjs"
MOST_CASES = 150
pytestmark = pytest.mark.judges


def judge(*args: str) -> str:
    """Run the judge; it fails on any warning of dmn-moddle or feelin."""
    done = subprocess.run(["node", str(JUDGE), *args], capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


def as_json(value: Value) -> bool | str | None:
    if value is None or isinstance(value, bool | str):
        return value
    return plain(value) if isinstance(value, Decimal) else value.isoformat()


def test_feelin_finds_the_same_rules_over_generated_cases_and_boundaries(tmp_path: Path) -> None:
    asked: dict[str, list[dict[str, bool | str | None]]] = {}
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


def test_feelin_reads_approvers_as_lists_of_steps(tmp_path: Path) -> None:
    steps: Any = ({"any": ["lead", "head"]}, {"all": ["head", "cfo"]})
    ask: dict[str, Any] = {
        "outcome": "approve",
        "approved_by": steps,
        "within": "P1D",
        "on_timeout": "refuse",
        "informed": ["head"],
    }
    path = tmp_path / "steps.dmn"
    path.write_bytes(to_dmn(compile_table(approval([AMOUNT], rules=(rule({}, **ask),))), name="Steps", id="steps"))
    (found,) = json.loads(judge("--outputs", str(path)))
    assert found["steps"] == [
        {"need": "any", "parties": ["lead", "head"]},
        {"need": "all", "parties": ["head", "cfo"]},
    ]
    assert (found["advised"], found["informed"], found["on_timeout"]) == ([], ["head"], "refuse")


@pytest.mark.parametrize("title", ["R&D approvals", "2nd line review", "if a and b in c", 'a.b: "c" – d’s', "審査"])
def test_any_title_and_id_can_be_evaluated_beside_others(tmp_path: Path, title: str) -> None:
    table, paths = compile_table(approval([AMOUNT, DUE], [{"due": '>= date("2026-01-31")'}])), []
    for id in ("2nd-line-review", "if", "r-d", "amount", "date"):
        paths.append(tmp_path / f"{id}.dmn")
        paths[-1].write_bytes(to_dmn(table, name=title, id=id))
    assert judge(*map(str, paths)).count("1 rules") == len(paths)


def test_inputs_named_like_a_function_an_output_or_the_packet_are_asked_for(tmp_path: Path) -> None:
    sources: list[dict[str, Any]] = [
        DUE | {"id": "date"},
        NEW | {"id": "date_"},
        NEW | {"id": "time"},
        AMOUNT | {"id": "outcome"},
    ]
    rules = [{"date": '< date("2026-01-31")'}, {"date": '>= date("2026-01-31")', "date_": "true", "outcome": "> 4.9"}]
    path = tmp_path / "reserved.dmn"
    path.write_bytes(to_dmn(compile_table(approval(sources, rules)), name="Reserved", id="outcome"))
    given = {"date__": "2026-02-01", "date_": True, "time": False, "outcome": "5"}
    (tmp_path / "cases.json").write_text(json.dumps({str(path): [given]}), encoding="utf-8")
    assert json.loads(judge("--cases", str(tmp_path / "cases.json"))) == {str(path): [["AP-02"]]}


def test_the_judge_tells_two_tables_of_one_id_apart(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.dmn").write_bytes(to_dmn(compile_table(approval([AMOUNT])), name=name, id="same"))
    files = [str(tmp_path / f"{name}.dmn") for name in ("one", "two")]
    done = subprocess.run(["node", str(JUDGE), *files], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode != 0
    assert "is also in" in done.stderr


def test_the_judge_fails_on_a_warning(tmp_path: Path) -> None:
    table = compile_table(approval([AMOUNT]))
    path = tmp_path / "broken.dmn"
    path.write_bytes(to_dmn(table, name="Broken", id="broken").replace(b"data_amount", b"data_gone", 1))
    done = subprocess.run(["node", str(JUDGE), str(path)], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode != 0
    assert "unresolved reference" in done.stderr
