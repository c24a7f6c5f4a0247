"""Problems: what the loader and the rules find, each at one place in one file."""

import re
from dataclasses import dataclass
from enum import StrEnum

_HIDDEN = re.compile(
    r"[\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u180e\u200b\u200e\u200f"
    r"\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ud800-\udfff\ufffe\uffff]"
)
"""Characters that messages escape: invisible ones, line ends, and those that control terminals or text direction."""


class Severity(StrEnum):
    """Severity of a problem: an error fails a check and a build, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A place in a file: a path relative to the site's folder, and a line and column that count from 1."""

    path: str
    line: int = 1
    column: int = 1

    def __post_init__(self) -> None:
        """Make the path printable."""
        object.__setattr__(self, "path", _printable(self.path))


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One finding. Problems sort by path, line, column, rule and message."""

    place: Place
    rule: str
    message: str
    severity: Severity = Severity.ERROR

    def __post_init__(self) -> None:
        """Make the message printable."""
        object.__setattr__(self, "message", _printable(self.message))

    def __str__(self) -> str:
        """Return ``path:line:col: message (rule-id)``; a warning says so before its message."""
        mark = "warning: " if self.severity is Severity.WARNING else ""
        place = self.place
        return f"{place.path}:{place.line}:{place.column}: {mark}{self.message} ({self.rule})"


def _printable(text: str) -> str:
    return _HIDDEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
