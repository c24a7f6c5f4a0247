"""A packet with errors, and what is published in its place."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from opmodel.model.problem import Problem


class ShownVersion(StrEnum):
    """Which version of a faulty packet is shown."""

    PRESENT = "present"
    EARLIER = "earlier"
    NONE = "none"


@dataclass(frozen=True, kw_only=True)
class FaultyPacket:
    """A packet with errors: which they are, and which version of it is shown in spite of them."""

    problems: tuple[Problem, ...]
    """Its errors, in order of place."""
    shown: ShownVersion
    since: date | None = None
    """The day since which it has errors; None if they are not committed, or without a history."""
    only_time: bool = False
    """Whether nothing but time has passed since it had no error."""
    version_day: date | None = None
    """The day of the commit whose version is shown; None unless that is an earlier one."""
    version_commit: str = ""
    """The id of that commit."""
    anchors: tuple[str, ...] = ()
    """Anchors that the page has had or should have, of which the version that is shown may lack some."""
    not_searched_because: str = ""
    """Why the history could not be searched for an earlier version, and what helps; empty if it was searched."""
