"""Rules on the candidates for the first workflow."""

from collections import Counter
from collections.abc import Iterator

from opmodel.load.document import Entry
from opmodel.model.candidates import Candidate, DailyPain
from opmodel.model.problem import Problem, Severity
from opmodel.model.vocabulary import Side, Status, Verdict
from opmodel.rules.rule import Context, site_rule
from opmodel.text.words import listed

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
        team = context.model.teams.get(entry.value.team or "")
        if team and team.value.side is not Side.BUSINESS:
            found = f'"{entry.value.team}" on the {team.value.side.label} side'
            message = f"expected a team on the Business side, found {found}"
            yield Problem(entry.place("team"), "candidate-side", message)


@site_rule
def candidate_counted(context: Context) -> Iterator[Problem]:
    """A candidate's cases, period and minutes are above zero, and its counts are whole: pain, repetition, the team that
    counted, the drag, and in the file the currency and what an hour costs. A candidate without counts is listed, and
    not ranked."""
    for entry in _entries(context):
        candidate = entry.value
        if not (candidate.pain or candidate.repetition):
            continue
        if missing := [key for key in ("pain", "repetition", "team", "drag") if not getattr(candidate, key)]:
            yield Problem(entry.place(), "candidate-counted", f"counted in part: expected {listed(missing)} as well")
        pain = candidate.pain
        zero = [key for key, value in _counts(pain) if not value] if pain else []
        if pain and zero:
            message = f"expected more than zero for {', '.join(zero)} (per {pain.per.words})"
            yield Problem(entry.place("pain", zero[0]), "candidate-counted", message)
    yield from _uncosted(context)


def _counts(pain: DailyPain) -> tuple[tuple[str, object], ...]:
    return ("cases", pain.cases), ("per", pain.per.seconds), ("minutes_each", pain.minutes_each)


def _uncosted(context: Context) -> Iterator[Problem]:
    """Yield a problem if candidates are counted and the file says no currency, or not what an hour costs."""
    whole = context.model.candidates
    if whole and any(candidate.counts for candidate in whole.value.candidates):
        missing = [key for key in ("currency", "hour_costs") if getattr(whole.value, key) is None]
        if missing:
            message = f"candidates are counted: expected {listed(missing)} as well"
            yield Problem(whole.place(), "candidate-counted", message)


@site_rule
def candidate_conditions(context: Context) -> Iterator[Problem]:
    """A verdict of with-conditions lists its conditions, and says what has to be narrowed; a yes or a no lists no
    conditions. A condition that nobody wrote down is a no that nobody said."""
    for entry in _entries(context):
        support, narrow = entry.value.support, entry.value.narrow
        if not support:
            continue
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
        if entry.value.ruled_out and packet and packet.status in _RUNS:
            message = f'the verdict is "no" and the packet "{name}" is {packet.status.value}'
            yield Problem(entry.place("support", "verdict"), "candidate-ruled-out", message, Severity.WARNING)


def _entries(context: Context) -> Iterator[Entry[Candidate]]:
    whole = context.model.candidates
    if whole:
        for position, candidate in enumerate(whole.value.candidates):
            yield Entry(candidate, whole.document, ("candidates", position))
