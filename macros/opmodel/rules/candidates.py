"""Rules on the candidates for the first workflow."""

from collections import Counter
from collections.abc import Iterator

from opmodel.load.document import Entry
from opmodel.model.candidates import Candidate
from opmodel.model.problem import Problem, Severity
from opmodel.model.vocabulary import Side, Status, Verdict
from opmodel.rules.rule import Context, site_rule

_RUNS = (Status.APPROVED, Status.LIVE)


@site_rule
def candidate_twice(context: Context) -> Iterator[Problem]:
    """A candidate's id stands once, and no two candidates became the same packet."""
    for key in ("id", "packet"):
        counts = Counter(getattr(entry.value, key) for entry in _entries(context))
        for entry in _entries(context):
            value = getattr(entry.value, key)
            if value is not None and counts[value] > 1:
                yield Problem(entry.place(key), "candidate-twice", f'the {key} "{value}" stands {counts[value]} times')


@site_rule
def candidate_side(context: Context) -> Iterator[Problem]:
    """A candidate names a business team: whoever does the work today counts it and asks for the workflow."""
    for entry in _entries(context):
        team = context.model.teams.get(entry.value.team)
        if team and team.value.side is not Side.BUSINESS:
            found = f'"{entry.value.team}" on the {team.value.side.label} side'
            message = f"expected a team on the Business side, found {found}"
            yield Problem(entry.place("team"), "candidate-side", message)


@site_rule
def candidate_counted(context: Context) -> Iterator[Problem]:
    """A candidate's cases, period and minutes are above zero. What nobody counted cannot be ranked."""
    for entry in _entries(context):
        pain = entry.value.pain
        zero = [key for key, value in _counts(entry.value) if not value]
        if zero:
            message = f"expected more than zero for {', '.join(zero)} (per {pain.per.words})"
            yield Problem(entry.place("pain", zero[0]), "candidate-counted", message)


def _counts(candidate: Candidate) -> tuple[tuple[str, object], ...]:
    pain = candidate.pain
    return ("cases", pain.cases), ("per", pain.per.seconds), ("minutes_each", pain.minutes_each)


@site_rule
def candidate_conditions(context: Context) -> Iterator[Problem]:
    """A verdict of with-conditions lists its conditions, and says what has to be narrowed; a yes or a no lists no
    conditions. A condition that nobody wrote down is a no that nobody said."""
    for entry in _entries(context):
        support, narrow = entry.value.support, entry.value.narrow
        wanted = support.verdict is Verdict.CONDITIONS
        if wanted and not support.conditions:
            message = f'the verdict is "{support.verdict.value}" and no condition is listed'
            yield Problem(entry.place("support"), "candidate-conditions", message)
        if wanted and not narrow:
            message = f'the verdict is "{support.verdict.value}" and nothing says what to narrow'
            yield Problem(entry.place(), "candidate-conditions", message)
        if support.conditions and not wanted:
            message = f'conditions are listed and the verdict is "{support.verdict.value}"'
            yield Problem(entry.place("support", "conditions", key=True), "candidate-conditions", message)


@site_rule
def candidate_ruled_out(context: Context) -> Iterator[Problem]:
    """IT rules a candidate out and its packet is approved or live. Either the verdict is old or the launch is wrong."""
    for entry in _entries(context):
        name = entry.value.packet
        packet = context.model.summaries.get(name) if name else None
        if entry.value.support.verdict is Verdict.NO and packet and packet.status in _RUNS:
            message = f'the verdict is "no" and the packet "{name}" is {packet.status.value}'
            yield Problem(entry.place("support", "verdict"), "candidate-ruled-out", message, Severity.WARNING)


def _entries(context: Context) -> Iterator[Entry[Candidate]]:
    whole = context.model.candidates
    if whole:
        for position, candidate in enumerate(whole.value.candidates):
            yield Entry(candidate, whole.document, ("candidates", position))
