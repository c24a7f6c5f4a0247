"""The working time of an organisation, to which time limits in working hours refer."""

from functools import cache
from typing import Annotated
from zoneinfo import available_timezones

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from opmodel.model import text_kinds as kinds
from opmodel.model.base import FrozenModel
from opmodel.model.values import Date
from opmodel.model.vocabulary import Weekday


def _hours(value: str) -> str:
    start, end = value.split("-")
    if end <= start:
        raise PydanticCustomError("working-hours", "expected hours that end after they begin, such as 09:00-17:00")
    return value


def _time_zone(value: str) -> str:
    known = _known_zones()
    if known and value not in known:
        raise PydanticCustomError("time-zone", f"expected {kinds.TIME_ZONE.expected}")
    return value


@cache
def _known_zones() -> frozenset[str]:
    """Return the time zones that the system knows; none on a system without their list, where any name is taken."""
    return frozenset(available_timezones())


WorkingHours = Annotated[
    str, StringConstraints(pattern=kinds.WORKING_HOURS.pattern), AfterValidator(_hours), kinds.WORKING_HOURS
]
"""The hours of a working day, such as ``09:00-17:00``."""
TimeZone = Annotated[
    str,
    StringConstraints(pattern=kinds.TIME_ZONE.pattern, max_length=60),
    AfterValidator(_time_zone),
    kinds.TIME_ZONE,
]
"""The name of a time zone, such as ``Europe/Berlin``."""


class WorkingTime(FrozenModel):
    """When people work: the days and hours that count for time limits in working time."""

    days: tuple[Weekday, ...] = Field(min_length=1, max_length=7, description="Days of the week on which people work.")
    hours: WorkingHours = Field(description="Hours of a working day.")
    time_zone: TimeZone = Field(description="Time zone of the hours.")
    holidays: tuple[Date, ...] = Field((), max_length=2000, description="Days on which nobody works.")
