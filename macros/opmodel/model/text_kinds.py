"""The kinds of text in fields, each with the pattern and message that schemas, forms and errors share."""

from dataclasses import dataclass
from typing import Any

from pydantic import GetJsonSchemaHandler
from pydantic_core import CoreSchema

CONTROLS = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufeff\ufffe\uffff"
"""Control characters and direction overrides, which no text may hold, as the inside of a character class."""
LINE_BREAKS = r"\n\r\x85\u2028\u2029"
"""What ends a line in some program that reads a text, such as a calendar or an editor, for a class of a pattern."""


@dataclass(frozen=True, slots=True)
class TextKind:
    """A kind of text. As metadata of a field it puts its pattern, name and message into the field's JSON Schema.

    ``expected`` completes the sentences "expected …" and "Write …". The pattern asks for no more than the check does.
    """

    name: str
    expected: str
    pattern: str
    format: str | None = None

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Describe the schema of a value of this kind."""
        return self.described(handler(schema))

    def described(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Return a schema with what is known of this kind added."""
        form = {"format": self.format} if self.format else {}
        return {**schema, **form, "pattern": self.pattern, "x-kind": self.name, "x-expected": self.expected}


_DURATION = (
    "P(?!$)(?:([0-9]+)Y)?(?:([0-9]+)M)?(?:([0-9]+)W)?(?:([0-9]+)D)?"
    "(?:T(?!$)(?:([0-9]+)H)?(?:([0-9]+)M)?(?:([0-9]+)S)?)?"
)
_SCHEMES = "[Hh][Tt][Tt][Pp][Ss]?://|[Mm][Aa][Ii][Ll][Tt][Oo]:"

ID = TextKind(
    "id",
    "an id of lower-case letters, digits and single hyphens, such as invoice-triage",
    "^[a-z0-9]+(-[a-z0-9]+)*$",
)
ROW_ID = TextKind(
    "row-id", "an id of letters, digits and single hyphens, such as AP-01", "^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$"
)
NAME = TextKind("name", "a name of letters, digits and underscores, such as po_match", "^[A-Za-z_][A-Za-z0-9_]*$")
LINE = TextKind("line", "text on one line, without control characters", f"^[^{LINE_BREAKS}{CONTROLS}]*$")
PROSE = TextKind("prose", "text without control or direction-override characters", f"^[^{CONTROLS}]*$")
MARKDOWN = TextKind("markdown", PROSE.expected, PROSE.pattern)
LINK = TextKind("link", "a link that starts with https://, http:// or mailto:", f'^({_SCHEMES})[^ \\t\\n<>"\\\\]*$')
WEB_ADDRESS = TextKind(
    "web-address",
    "an address such as https://example.com/guide/, a host and a path without user, query, fragment, .. and //",
    r'^[Hh][Tt][Tt][Pp][Ss]?://[^ \t\n<>"\\/@?#]+(/[^ \t\n<>"\\?#]*)?$',
)
DATE = TextKind("date", "a date that exists, such as 2026-11-30", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", format="date")
DURATION = TextKind(
    "duration", "a time such as P1D (a day), PT8H (eight hours) or P3M (three months)", f"^{_DURATION}$"
)
NO_LIMIT = "none"
WORKING_TIME = "1 working (?:minute|hour|day)|(?:[2-9]|[1-9][0-9]{1,3}) working (?:minutes|hours|days)"
TIME_LIMIT = TextKind(
    "time-limit",
    "a time limit such as P1D (a day) or PT8H (eight hours by the clock), 8 working hours, 2 working days, or none "
    "where there is no limit",
    f"^(?:{NO_LIMIT}|{WORKING_TIME}|{_DURATION})$",
)
WORKING_HOURS = TextKind(
    "working-hours",
    "hours of a day such as 09:00-17:00",
    "^([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9]$",
)
TIME_ZONE = TextKind(
    "time-zone", "the name of a time zone, such as Europe/Berlin", "^[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+)*$"
)
CURRENCY = TextKind("currency", "the code of a currency, such as EUR", "^[A-Z]{3}$")
DIGEST = TextKind("digest", "a digest such as sha256: and 64 hexadecimal digits", "^sha256:[0-9a-f]{64}$")
UUID = TextKind(
    "uuid",
    "a UUID in small letters, such as 6f1c2a34-9b7e-4d05-8c21-3e5f7a90b1d2",
    "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$",
)
HANDLE = TextKind(
    "handle",
    "a handle such as @acme/finance, or a mail address",
    r"^(@[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*|[^@\s#]+@[^@\s#]+\.[^@\s#]+)$",
)
FONT_FILE = TextKind(
    "font file",
    "a font file of the site, such as docs/assets/acme.ttf",
    "^([A-Za-z0-9_][A-Za-z0-9._-]*/)*[A-Za-z0-9_][A-Za-z0-9._-]*[.](ttf|otf|ttc)$",
)
ADDRESS = TextKind(
    "address",
    "an address on this site from its root, such as /guide/packet/ or /matrix/#sign-off",
    "^/([A-Za-z0-9._~-]+/)*(#[A-Za-z0-9._-]+)?$",
)
SECTION_FIELD = TextKind(
    "section-field", "a section and a field of it, such as support.channel", "^[a-z]+(-[a-z]+)*\\.[a-z_]+$"
)
VERSION = TextKind("version", "a version such as 1.2.0", "^[0-9]+(\\.[0-9]+)*[0-9A-Za-z.+]*$")
EXPECTED = {
    kind.pattern: kind.expected
    for kind in (ID, ROW_ID, CURRENCY, DIGEST, UUID, HANDLE, FONT_FILE, ADDRESS, SECTION_FIELD, VERSION)
}
"""What is expected by the pattern that the validator itself reports; the other kinds are checked by functions."""
