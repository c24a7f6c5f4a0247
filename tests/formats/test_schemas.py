"""The JSON Schemas of the data files: current, sound, and never stricter than the check."""

import json
import re
from copy import deepcopy
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker  # type: ignore[import-untyped]

import sites
from forks import Done, run_module
from opmodel.formats.schemas import DATA, data_schemas
from opmodel.load.data_files import DATA_FILES, SCHEMAS_FOLDER
from opmodel.load.document import Document
from opmodel.load.records import SCHEMA_RULES, validate_record
from opmodel.source.reader import parse
from opmodel.source.tree import ListNode, MapNode, Mark, Node, ScalarNode, walk

ROOT = sites.SHIPPED
FOLDERS = {"workflows": "packet", "signoffs": "signoffs"}
FILES_OF_DATA = sorted((ROOT / "data").rglob("*.yml"))


def schema_name(file: Path) -> str:
    return FOLDERS.get(file.parent.name, file.stem)


@cache
def validator(name: str) -> Draft202012Validator:
    schema = json.loads((ROOT / SCHEMAS_FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return Draft202012Validator(schema, format_checker=FormatChecker(["date"]))


def check_jsonschema(schema: str, *files: Path) -> Done:
    return run_module("check_jsonschema", "--schemafile", ROOT / SCHEMAS_FOLDER / f"{schema}.json", *files, cwd=ROOT)


def test_the_committed_schemas_are_current() -> None:
    written = {file.stem: file.read_text(encoding="utf-8") for file in (ROOT / SCHEMAS_FOLDER).glob("*.json")}
    assert written == data_schemas(sites.check_shipped().model), "run: opmodel schemas"


def test_everything_that_is_read_has_a_schema() -> None:
    read = (Path(file) for file in DATA_FILES)
    assert {FOLDERS.get(file.name, file.stem) for file in read} == set(DATA)


@pytest.mark.parametrize("name", DATA)
def test_a_schema_is_sound(name: str) -> None:
    Draft202012Validator.check_schema(validator(name).schema)


@pytest.mark.parametrize("file", FILES_OF_DATA, ids=lambda file: str(file.relative_to(ROOT)))
def test_a_data_file_names_its_schema_in_its_first_line(file: Path) -> None:
    first = file.read_text(encoding="utf-8").partition("\n")[0]
    match = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
    assert match, first
    assert (file.parent / match[1]).resolve() == ROOT / SCHEMAS_FOLDER / f"{schema_name(file)}.json"


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted({schema_name(file) for file in FILES_OF_DATA}))
def test_an_independent_validator_accepts_the_shipped_data(name: str) -> None:
    done = check_jsonschema(name, *(file for file in FILES_OF_DATA if schema_name(file) == name))
    assert done.returncode == 0, done.stdout + done.stderr


BROKEN = {
    "an unknown key": ("data/workflows/intake.yml", "status: live", "status: live\nstatsu: live"),
    "a key left out": ("data/workflows/intake.yml", "status: live\n", ""),
    "an unknown word": ("data/workflows/intake.yml", "status: live", "status: lvie"),
    "a date that no calendar has": ("data/workflows/intake.yml", "revised: 2026-", "revised: 20261-"),
    "a mapping where text belongs": ("data/workflows/intake.yml", "status: live", "status: {is: live}"),
    "an empty list of teams": ("data/teams.yml", None, "teams: []\n"),
    "a list where a file is a mapping": ("data/roles.yml", None, "- id: a\n"),
    "a number as text": ("data/workflows/intake.yml", r"minutes_each: [\d.]+", 'minutes_each: "12"'),
    "a duration without its P": ("data/site.yml", "review_cadence: P", "review_cadence: "),
    "a link without a scheme": ("data/site.yml", "address: https://", "address: www."),
    "an id with capitals": ("data/teams.yml", "- id: ", "- id: X"),
    "a line break in a title": ("data/workflows/intake.yml", "title: .*", 'title: "two\\nlines"'),
    "a letter that RACI does not have": ("data/responsibilities.yml", ": A\n", ": Q\n"),
    "a digest that is none": ("data/signoffs/intake.yml", "sha256:", "md5:"),
    "a section that cannot be signed": ("data/signoffs/intake.yml", "      pain: ", "      pains: "),
}


@pytest.mark.parametrize("case", BROKEN)
def test_what_the_validator_rejects_the_check_rejects_as_well(case: str, tmp_path: Path) -> None:
    site = sites.good(tmp_path)
    path, find, replace = BROKEN[case]
    file = site / path
    text = file.read_text(encoding="utf-8")
    broken, count = (replace, 1) if find is None else re.subn(find, lambda _: replace, text, count=1)
    assert count == 1, f"{find!r} is not in {path}"
    file.write_text(broken, encoding="utf-8")
    assert check_jsonschema(schema_name(file), file).returncode == 1
    rules = {line.rsplit("(", 1)[1].rstrip(")") for line in sites.lines(site) if line.startswith(path)}
    assert rules & set(SCHEMA_RULES), rules


PACKET, _ = parse((ROOT / "data/workflows/invoice-triage.yml").read_text(encoding="utf-8"))
VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(-3, 10**13), st.decimals(-3, 10, places=2), st.text(max_size=5),
    st.just("x" * 401),
    st.sampled_from(["P1D", "2026-11-22", "live", "AP-01", "x\ny", "https://x.example/", "\x07", "P\u0661D"]),
)  # fmt: skip


def plain(node: Node) -> Any:
    """Return a tree as other programs read it: lists and binary numbers."""
    if isinstance(node, MapNode):
        return {key: plain(value) for key, value in node.values.items()}
    if isinstance(node, ListNode):
        return [plain(item) for item in node.items]
    return float(node.value) if isinstance(node.value, Decimal) else node.value


@pytest.mark.slow
@given(st.data())
def test_the_check_rejects_every_packet_that_the_schema_rejects(data: st.DataObject) -> None:
    tree = deepcopy(PACKET)
    assert tree is not None
    for _ in range(data.draw(st.integers(1, 3))):
        damage(tree, data)
    found, problems = validate_record(DATA["packet"], Document("packet.yml", tree), tree)
    errors = [error.message for error in validator("packet").iter_errors(plain(tree))]
    assert not errors or problems, (errors, found)


def damage(tree: Node, data: st.DataObject) -> None:
    """Change, remove or add one value somewhere in a tree."""
    places = [node for _, node in walk(tree) if isinstance(node, (MapNode, ListNode))]
    place = data.draw(st.sampled_from(places))
    new = ScalarNode(Mark(), data.draw(VALUES))
    if isinstance(place, ListNode):
        place.items[:1] = data.draw(st.sampled_from([[], [new], [ListNode(Mark())]]))
        return
    key = data.draw(st.sampled_from([*place.values, "else"]))
    if data.draw(st.booleans()):
        place.values[key] = new
        place.keys[key] = Mark()
    else:
        place.values.pop(key, None)
        place.keys.pop(key, None)
