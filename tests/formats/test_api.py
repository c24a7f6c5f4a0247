"""``api/``: every document fits its schema, is listed, and leads somewhere."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker  # type: ignore[import-untyped]

import published
import sites
from opmodel.approval.export import export
from opmodel.model.vocabulary import Status
from opmodel.readiness.material import digests, packet_digest
from opmodel.rules.check import Checked, check

DOCUMENTS = ("index", "workflows/index", "workflows/invoice-triage", "faq", "responsibilities", "teams", "readiness")


@pytest.fixture(scope="module")
def checked() -> Checked:
    return check(sites.SHIPPED, sites.TODAY)


def read(site: Path, name: str) -> Any:
    return json.loads((site / f"api/{name}.json").read_text(encoding="utf-8"))


def documents(site: Path) -> list[Path]:
    return sorted(file for file in (site / "api").rglob("*.json") if "schemas" not in file.parts)


def at(site: Path, address: str) -> Any:
    file = published.file_at(site, address)
    assert file, address
    return json.loads(file.read_text(encoding="utf-8"))


def addresses(value: Any, keys: tuple[str, ...] = ("address", "data", "schema", "$schema")) -> Iterator[str]:
    """Yield every address that a document gives."""
    if isinstance(value, list):
        for item in value:
            yield from addresses(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from ([item] if key in keys and isinstance(item, str) else addresses(item))


@pytest.mark.slow
def test_every_document_fits_the_schema_that_it_names(built_site: Path) -> None:
    for file in documents(built_site):
        document = json.loads(file.read_text(encoding="utf-8"))
        schema = at(built_site, document["$schema"])
        assert schema["$id"] == document["$schema"]
        Draft202012Validator.check_schema(schema)
        validator = Draft202012Validator(schema, format_checker=FormatChecker(["date"]))
        assert [error.message for error in validator.iter_errors(document)] == [], file
        assert document["version"] == 1


def test_the_published_schemas_of_data_files_are_the_committed_ones(built_site: Path) -> None:
    for file in (sites.SHIPPED / "data/schemas").glob("*.json"):
        assert (built_site / "api/schemas" / file.name).read_bytes() == file.read_bytes()


def test_shapes_describe_every_field_and_allow_no_other(built_site: Path) -> None:
    for file in (built_site / "api/schemas").glob("api-*.json"):
        schema = json.loads(file.read_text(encoding="utf-8"))
        for shape in (schema, *schema.get("$defs", {}).values()):
            if shape.get("type") == "object":
                assert shape["additionalProperties"] is False
                assert all(field.get("description") for field in shape["properties"].values()), (file, shape["title"])


def test_every_address_leads_somewhere(built_site: Path) -> None:
    found = {address for file in documents(built_site) for address in addresses(json.loads(file.read_text("utf-8")))}
    lost = sorted(a for a in found if a.startswith(published.ADDRESS) and not published.resolves(built_site, a))
    assert lost == []


def test_the_index_lists_every_document_and_file(built_site: Path) -> None:
    index = read(built_site, "index")
    listed = {published.file_at(built_site, entry["address"]) for entry in index["documents"]}
    assert listed | {built_site / "api/index.json"} == set(documents(built_site))
    assert all(published.file_at(built_site, entry["address"]) for entry in index["files"] + index["data_schemas"])


def test_a_packet_is_there_in_full(built_site: Path, checked: Checked) -> None:
    for name, entry in checked.model.packets.items():
        document = read(built_site, f"workflows/{name}")
        assert document["packet"] == entry.value.model_dump(mode="json", by_alias=True)
        assert document["status"] == entry.value.status
        assert document["digest"] == packet_digest(digests(entry.value))
        assert len(document["readiness"]["gates"]) == document["readiness"]["total"]


def test_the_approval_table_is_what_the_approval_room_exports(built_site: Path, checked: Checked) -> None:
    for name, assessment in checked.assessments.items():
        table = assessment.control.table
        document = read(built_site, f"workflows/{name}")["approval"]
        assert table is not None
        assert without_none(document) == without_none(json.loads(json.dumps(export(table))))


def without_none(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: without_none(item) for key, item in value.items() if item is not None}
    return [without_none(item) for item in value] if isinstance(value, list) else value


def test_exact_numbers_are_text(built_site: Path) -> None:
    packet = read(built_site, "workflows/invoice-triage")["packet"]
    assert packet["business"]["pain"]["volume"] == {"cases": 6200, "per": "P1M", "minutes_each": "7.5"}
    assert packet["shared"]["approval"]["examples"][0]["given"]["amount"] == "499.99"
    assert packet["shared"]["approval"]["examples"][1]["given"]["amount"] == "120"


def test_sign_offs_say_whether_they_hold(built_site: Path) -> None:
    signed, unsigned = (
        read(built_site, f"workflows/{name}")["signoffs"] for name in ("invoice-triage", "contract-intake")
    )
    assert signed["business"]["state"] == signed["it"]["state"] == "current"
    assert {record["side"] for record in signed["records"]} == {"business", "it"}
    assert unsigned["business"] == {"state": "missing", "signed": None, "name": None, "changed": [], "changes": []}


def test_a_stale_sign_off_names_the_section(tmp_path: Path) -> None:
    from opmodel.formats.api.content import workflow

    site = sites.good(tmp_path)
    text = (site / sites.INTAKE).read_text(encoding="utf-8")
    (site / sites.INTAKE).write_text(text.replace("drag: ", "drag: Nowadays, ", 1), encoding="utf-8")
    state = workflow(check(site, sites.TODAY), "intake").signoffs.business
    assert (state.state, state.changed) == ("stale", ("pain",))


def test_open_gates_carry_their_reasons_and_places(built_site: Path, checked: Checked) -> None:
    document = read(built_site, "readiness")
    assert {entry["id"]: entry["ready"] for entry in document["workflows"]} == {
        name: assessment.ready for name, assessment in checked.assessments.items()
    }
    for entry in document["workflows"]:
        assert len(entry["open"]) == entry["total"] - entry["passed"]
        for reason in (reason for gate in entry["open"] for reason in gate["reasons"]):
            lines = (sites.SHIPPED / reason["place"]["path"]).read_text(encoding="utf-8").splitlines()
            assert 1 <= reason["place"]["line"] <= len(lines)


def test_a_retired_packet_has_no_next_review(built_site: Path, checked: Checked) -> None:
    for entry in read(built_site, "workflows/index")["workflows"]:
        retired = checked.model.packets[entry["id"]].value.status is Status.RETIRED
        assert (entry["review"]["next"] is None) == retired


def test_answers_carry_canonical_links(built_site: Path) -> None:
    answers = read(built_site, "faq")["questions"]
    own = [
        answer["id"]
        for answer in answers
        if any(f"]({scheme}:" in answer["answer"] for scheme in ("guide", "faq", "packet", "team"))
    ]
    assert own == []
    assert any(f"]({published.ADDRESS}guide/" in answer["answer"] for answer in answers)
