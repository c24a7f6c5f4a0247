"""Time limits in working hours and days, and the calendar that they refer to."""

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from approval.builders import AMOUNT, approval, rule
from opmodel.approval.check import check_form
from opmodel.approval.export import export
from opmodel.approval.sentences import sentences
from opmodel.approval.table import compile_table
from opmodel.compare.answers import AnswerDirection
from opmodel.compare.approval import compare_tables
from opmodel.formats.dmn import to_dmn
from opmodel.model.approval import Approval
from opmodel.model.values import TimeLimit
from opmodel.model.working_time import WorkingTime
from opmodel.worksheets.cell_values import read_time_limit

LIMIT: TypeAdapter[TimeLimit] = TypeAdapter(TimeLimit)
WEEK = {"days": ["monday", "friday"], "hours": "09:00-17:00", "time_zone": "Europe/Berlin"}


def model(within: str) -> Approval:
    ask: dict[str, Any] = {"outcome": "approve", "approved_by": [{"any": ["lead"]}], "on_timeout": "escalate"}
    return approval([AMOUNT], rules=(rule({}, **ask, within=within),))


def test_sentence_data_and_dmn_say_working_time() -> None:
    table = compile_table(model("8 working hours"))
    assert check_form(table.approval) == ()
    assert sentences(table) == (
        "In every case, the AP Lead approves first, within 8 working hours; no answer escalates to the Head of AP.",
    )
    (data,) = export(table)["rules"]
    assert (data["within"], data["within_words"]) == ("8 working hours", "8 working hours")
    assert '<text>"8 working hours"</text>' in to_dmn(table, name="x", id="x").decode()


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("PT8H", ("seconds", 28_800)),
        ("none", ("none", 0)),
        ("1 working minute", ("working minutes", 1)),
        ("90 working minutes", ("working minutes", 90)),
        ("8 working hours", ("working minutes", 480)),
        ("1 working day", ("working days", 1)),
        ("9999 working days", ("working days", 9999)),
    ],
)
def test_a_limit_says_what_it_counts(text: str, length: tuple[str, int]) -> None:
    limit = LIMIT.validate_python(text)
    assert (limit.length, str(limit)) == (length, text)
    if length[0] != "seconds":
        with pytest.raises(ValueError, match="no time by the clock"):
            _ = limit.seconds


@pytest.mark.parametrize(
    "text", ["8 hours", "1 working hours", "0 working hours", "8 working weeks", "8  working hours", "None", "", "P"]
)
def test_any_other_text_is_refused(text: str) -> None:
    with pytest.raises(ValidationError, match="expected a time limit such as P1D"):
        LIMIT.validate_python(text)


def test_working_hours_are_another_limit_than_hours() -> None:
    (region,) = compare_tables(model("PT8H"), model("8 working hours")).regions
    assert region.direction is AnswerDirection.TIME
    assert region.after == "approve by the AP Lead (8 working hours; no answer: escalated)"
    assert compare_tables(model("2 working hours"), model("120 working minutes")).regions == ()


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"hours": "17:00-09:00"}, "expected hours that end after they begin"),
        ({"hours": "9-17"}, "pattern"),
        ({"time_zone": "Europe/Berln"}, "expected the name of a time zone"),
        ({"days": []}, "at least 1"),
        ({"days": ["funday"]}, "monday"),
    ],
)
def test_a_calendar_is_sound(fields: dict[str, Any], message: str) -> None:
    assert WorkingTime.model_validate(WEEK, strict=False).days
    with pytest.raises(ValidationError, match=message):
        WorkingTime.model_validate(WEEK | fields, strict=False)


@pytest.mark.parametrize(
    ("cell", "limit"),
    [
        ("8 working hours", "8 working hours"),
        ("2 Business days", "2 working days"),
        ("1 working days", "1 working day"),
        ("None", "none"),
        ("8 hours", "PT8H"),
        ("P1D", "P1D"),
    ],
)
def test_a_cell_says_it_in_the_ways_of_people(cell: str, limit: str) -> None:
    assert read_time_limit(cell) == limit
