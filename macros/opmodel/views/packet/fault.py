"""What a page says of a packet with errors: what is wrong, since when, and which version is shown."""

from dataclasses import dataclass

from opmodel.model.faulty_packet import FaultyPacket, ShownVersion
from opmodel.model.problem import Problem
from opmodel.text.words import counted, day

_MOST = 5
"""Errors that are listed; `opmodel check` prints all."""


@dataclass(frozen=True, kw_only=True)
class FaultView:
    """The banner of a packet with errors."""

    title: str
    text: str
    problems: tuple[tuple[str, str, str], ...]
    """(place, message, rule) of each error."""
    more: str
    """How many errors are not listed, or an empty text."""


def fault_view(faulty: FaultyPacket) -> FaultView:
    """Return the banner of a packet with errors."""
    left = len(faulty.problems) - _MOST
    return FaultView(
        title=f"This packet has {fault_summary(faulty)}.",
        text=_shown(faulty),
        problems=tuple(map(_problem, faulty.problems[:_MOST])),
        more=f"And {counted(left, 'more error')}." if left > 0 else "",
    )


def fault_summary(faulty: FaultyPacket) -> str:
    """Return ``2 errors since 6 February 2027``."""
    errors = counted(len(faulty.problems), "error")
    return f"{errors} since {day(faulty.since)}" if faulty.since else errors


def _problem(problem: Problem) -> tuple[str, str, str]:
    place = problem.place
    return f"{place.path}:{place.line}:{place.column}", problem.message, problem.rule


def _shown(faulty: FaultyPacket) -> str:
    match faulty.shown:
        case ShownVersion.EARLIER:
            when = "" if faulty.since else " The change that brought the error is not committed."
            version = f"of {day(faulty.version_day)} (commit {faulty.version_commit[:10]})"
            return f"Shown is its last version without an error, {version}.{when}"
        case ShownVersion.NONE if faulty.not_searched_because:
            return f"No version of it is shown: {faulty.not_searched_because}."
        case ShownVersion.NONE:
            return "No version of it without an error was committed, so none is shown."
        case _ if faulty.only_time:
            return "Only time has passed: the packet is shown as it is."
        case _:
            return "It is shown as it was saved."
