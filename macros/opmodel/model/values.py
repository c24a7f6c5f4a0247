"""The value types that fields are made of: text of several kinds, ids, links, dates, durations and exact numbers."""

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    PlainSerializer,
    StringConstraints,
)
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from opmodel.files.portable_names import why_not_portable
from opmodel.model import text_kinds as kinds
from opmodel.model.base import Reference
from opmodel.model.web_address import is_web_address
from opmodel.text.lookalikes import has_visible_character
from opmodel.text.words import counted

_DURATION = re.compile(kinds.DURATION.pattern)
_TIME_LIMIT = re.compile(kinds.TIME_LIMIT.pattern)
MAX_LINE = 400
"""Most characters of a `Line`."""
_UNITS = ("year", "month", "week", "day", "hour", "minute", "second")
SECONDS = (31_557_600, 2_629_800, 604_800, 86_400, 3_600, 60, 1)
"""Length of each unit that a duration counts, in seconds, in the order in which it names them."""
NONCHARACTERS = "".join(chr(plane << 16 | end) for plane in range(1, 17) for end in (0xFFFE, 0xFFFF))
"""The last two of each plane beyond the first, which no browser's pattern names without a flag of its own."""
_CONTROL = re.compile(f"[{kinds.CONTROLS}{NONCHARACTERS}]")
_LINE_BREAK = re.compile(f"[{kinds.LINE_BREAKS}]")
MAX_YEARS = 100
"""The longest time that a field can hold."""
FIRST_YEAR, LAST_YEAR = 1900, 2200
"""The years that a date can lie in; any other is a mistake in typing."""
SCHEMES = ("https", "http", "mailto")


class Duration(str):
    """An ISO 8601 duration such as ``P90D`` or ``PT4H``; the text is kept, so ``P1Y`` stays a year."""

    @property
    def seconds(self) -> int:
        """Length in seconds, for comparing; a year counts 365.25 days and a month a twelfth of that."""
        return _in_seconds(self)

    def monthly(self, number: int) -> Fraction | None:
        """Return a ``number`` per this duration as one per month, or None where the duration is zero."""
        return Fraction(number * _in_seconds(Duration("P1M")), self.seconds) if self.seconds else None

    @property
    def words(self) -> str:
        """The duration in words: ``4 hours``, ``1 year 6 months``."""
        return _in_words(self)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Read a duration from text; its JSON Schema is text with this pattern."""
        text = core_schema.str_schema(max_length=20, strict=True)
        return core_schema.no_info_after_validator_function(cls._parse, text)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Add the pattern and what is expected."""
        return kinds.DURATION.described(handler(schema))

    @staticmethod
    @lru_cache(maxsize=1 << 10)  # packets of one site share most durations
    def _parse(value: str) -> "Duration":
        if not _DURATION.fullmatch(value):
            raise PydanticCustomError("duration", f"expected {kinds.DURATION.expected}")
        duration = Duration(value)
        if duration.seconds > MAX_YEARS * SECONDS[0]:
            raise PydanticCustomError("duration", f"expected a time of at most {MAX_YEARS} years, such as P10Y")
        return duration

    def _numbers(self) -> list[int]:
        match = _DURATION.fullmatch(self)
        return [int(n or 0) for n in match.groups()] if match else [0] * len(_UNITS)


class TimeLimit(Duration):
    """The time that an approval or check may take: a duration, working time such as ``8 working hours``, or ``none``
    where the organisation sets no limit."""

    @property
    def is_none(self) -> bool:
        """Whether nothing ends the wait."""
        return self == kinds.NO_LIMIT

    @property
    def is_working(self) -> bool:
        """Whether only working time counts, as the site's calendar says."""
        return " working " in self

    @property
    def seconds(self) -> int:
        """Length in seconds by the clock. Raises ValueError for working time and where there is no limit."""
        if self.is_none or self.is_working:
            raise ValueError(f"{self} is no time by the clock")
        return super().seconds

    @property
    def length(self) -> tuple[str, int]:
        """The limit for comparing, as what is counted and how many: working hours are never equal to hours."""
        if not self.is_working:
            return ("none", 0) if self.is_none else ("seconds", self.seconds)
        count, _, unit = self.split()
        return (
            ("working days", int(count))
            if "day" in unit
            else ("working minutes", int(count) * (60 if "hour" in unit else 1))
        )

    @property
    def words(self) -> str:
        """The limit in words: ``8 hours``, ``8 working hours``, ``none``."""
        return str(self) if self.is_none or self.is_working else super().words

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Add the pattern and what is expected."""
        return kinds.TIME_LIMIT.described(handler(schema))

    @staticmethod
    @lru_cache(maxsize=1 << 10)
    def _parse(value: str) -> "TimeLimit":
        if not _TIME_LIMIT.fullmatch(value):
            raise PydanticCustomError("duration", f"expected {kinds.TIME_LIMIT.expected}")
        return TimeLimit(Duration._parse(value) if value.startswith("P") else value)


@lru_cache(maxsize=1 << 10)
def _in_seconds(duration: Duration) -> int:
    return sum(n * s for n, s in zip(duration._numbers(), SECONDS, strict=True))


@lru_cache(maxsize=1 << 10)
def _in_words(duration: Duration) -> str:
    numbers = zip(duration._numbers(), _UNITS, strict=True)
    return " ".join(counted(n, u) for n, u in numbers if n) or "no time"


def _date(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        raise PydanticCustomError("date", "expected a date such as 2026-11-30")
    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise PydanticCustomError("date", f"expected {kinds.DATE.expected}") from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise PydanticCustomError("date", f"expected a date from {FIRST_YEAR} to {LAST_YEAR}")
    return day


def _number(value: Any) -> Any:
    return Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _shown(value: str) -> str:
    if (not value[:1].isascii() or not value[:1].isalnum()) and not has_visible_character(
        value
    ):  # most texts begin with a letter of ASCII, which is seen sooner
        raise PydanticCustomError("blank", "expected text that a reader can see")
    return value


def _clean(value: str) -> str:
    _shown(value)
    if not value.isprintable() and _CONTROL.search(value):  # printable text has none, which is seen sooner
        raise PydanticCustomError("control", f"expected {kinds.PROSE.expected}")
    return value


def _one_line(value: str) -> str:
    if value.isprintable():  # a line end is not
        return _shown(value)
    if _LINE_BREAK.search(_clean(value)):
        raise PydanticCustomError("line", "expected text on one line")
    return value


def _link(value: str) -> str:
    try:
        parts = urlsplit(value)
    except ValueError:
        raise PydanticCustomError("link", f"expected {kinds.LINK.expected}") from None
    if parts.scheme not in SCHEMES or not (parts.netloc or parts.scheme == "mailto") or re.search(r"[\s<>\"\\]", value):
        raise PydanticCustomError("link", f"expected {kinds.LINK.expected}")
    return value


def _file_name(value: str) -> str:
    if why := why_not_portable(value):
        raise PydanticCustomError("id", "expected an id that can be a file's name; this one {why}", {"why": why})
    return value


def _web_address(value: str) -> str:
    if not is_web_address(value):
        raise PydanticCustomError("address", f"expected {kinds.WEB_ADDRESS.expected}")
    return value


def plain(number: Decimal) -> str:
    """Return ``number`` in plain notation without trailing zeros: ``5000``, ``0.5``, never ``5E+3``."""
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


Id = Annotated[str, StringConstraints(pattern=kinds.ID.pattern, max_length=80), AfterValidator(_file_name), kinds.ID]
"""Lower-case words joined by hyphens: the file name, address or anchor of something."""
RowId = Annotated[str, StringConstraints(pattern=kinds.ROW_ID.pattern, max_length=40), kinds.ROW_ID]
"""The id of a row within a packet, such as ``AP-07``; capitals are allowed because people say these aloud."""
SectionField = Annotated[
    str, StringConstraints(pattern=kinds.SECTION_FIELD.pattern, max_length=80), kinds.SECTION_FIELD
]
"""A field of a packet's section, such as ``support.channel``."""
Version = Annotated[str, StringConstraints(pattern=kinds.VERSION.pattern, max_length=40), kinds.VERSION]
"""A version of the engine, such as ``1.2.0``."""
Line = Annotated[str, StringConstraints(min_length=1, max_length=MAX_LINE), AfterValidator(_one_line), kinds.LINE]
"""Plain text on one line."""
Prose = Annotated[str, StringConstraints(min_length=1, max_length=4000), AfterValidator(_clean), kinds.PROSE]
"""Plain text; a blank line starts a new paragraph."""
Markdown = Annotated[str, StringConstraints(min_length=1, max_length=10_000), AfterValidator(_clean), kinds.MARKDOWN]
"""Markdown without raw HTML."""
Link = Annotated[str, StringConstraints(max_length=2000), AfterValidator(_clean), AfterValidator(_link), kinds.LINK]
"""An absolute https, http or mailto address."""
WebAddress = Annotated[
    str, StringConstraints(max_length=2000), AfterValidator(_clean), AfterValidator(_web_address), kinds.WEB_ADDRESS
]
"""The http or https address of a site: a host and a path, and nothing else."""
Date = Annotated[date, BeforeValidator(_date), kinds.DATE]
"""A full-date of RFC 3339: ``2026-11-30``."""
Number = Annotated[Decimal, BeforeValidator(_number), PlainSerializer(plain, when_used="json")]
"""An exact decimal number; never a binary float."""

RoleId = Annotated[str, Reference("role")]
TeamId = Annotated[str, Reference("team")]
ActingRoleId = Annotated[str, Reference("role", acts=True)]
ActingTeamId = Annotated[str, Reference("team", acts=True)]
PacketId = Annotated[str, Reference("packet")]
QuestionId = Annotated[str, Reference("question")]
GuideId = Annotated[str, Reference("guide")]
PartyId = Annotated[str, Reference("party")]
CaseId = Annotated[str, Reference("case")]
RuleId = Annotated[str, Reference("rule")]
AiModelId = Annotated[str, Reference("model")]
SystemId = Annotated[Line, Reference("system")]
"""The id of a system; any text where a site has no ``data/systems.yml``."""

Count = Annotated[int, Field(ge=0, le=10**12)]
"""A whole number, zero or more."""
