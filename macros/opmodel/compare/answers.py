"""The meaning of a rule's answer: outcome, people, time limit, timeout and who is told."""

from dataclasses import dataclass, field

from opmodel.approval.sentences import limit_text, told_text, with_article
from opmodel.model.approval import Approval, ApprovalRule
from opmodel.model.vocabulary import OnTimeout, Outcome, Vocabulary
from opmodel.text.words import listed


class AnswerDirection(Vocabulary):
    """How an answer changed, in order of importance."""

    WIDENED = "widened", "More autonomy", "People decide less than before."
    OPENED = "opened", "Undecided now", "No rule decides any more, or several do."
    NEW = "new", "New cases", "Cases that could not occur before."
    PEOPLE = "people", "Other people", "Other people decide or check."
    TIME = "time", "Other time limit", "The time limit, or what happens on timeout, differs."
    TOLD = "told", "Others are told", "Other people are told before or afterwards."
    NARROWED = "narrowed", "Less autonomy", "People decide more than before."
    CLOSED = "closed", "Decided now", "Cases that no rule decided, or several did, have an answer."
    GONE = "gone", "No longer occurs", "Cases that the inputs no longer allow."


@dataclass(frozen=True, slots=True)
class Answer:
    """The meaning of a rule's answer. Ids of rules and parties do not count; titles of functions do.

    ``outcome`` is None where no single rule decides; then ``state`` says why.
    """

    outcome: Outcome | None = None
    state: str = "decided"
    steps: tuple[tuple[bool, frozenset[str]], ...] = ()
    time: tuple[str, int] | None = None
    on_timeout: tuple[str, ...] = ()
    told: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset())
    words: str = field(default="", compare=False)

    @property
    def signatures(self) -> int:
        """The number of people who must approve before the agent acts."""
        return sum(len(names) if everyone else 1 for everyone, names in self.steps)


OUTSIDE = Answer(state="outside", words="cannot occur")
NO_RULE = Answer(state="nothing", words="no rule")
SEVERAL_RULES = Answer(state="several", words="several rules")
_CONTROL = (Outcome.ACT, Outcome.REVIEW, Outcome.APPROVE, Outcome.REFUSE)
"""From no human control to full control."""
_VERBS = {Outcome.REVIEW: "act, then review", Outcome.APPROVE: "approve"}


def answer_of(rule: ApprovalRule, approval: Approval) -> Answer:
    """Return the meaning of what ``rule`` answers."""
    titles = {party.id: " ".join(party.title.split()).casefold() for party in approval.parties}
    steps = [(step.all is not None and len(step.parties) > 1, step.parties) for step in rule.approved_by]
    if rule.checked_by:
        steps.append((False, (rule.checked_by,)))
    return Answer(
        outcome=rule.outcome,
        steps=tuple((everyone, frozenset(titles.get(p, p) for p in names)) for everyone, names in steps),
        time=rule.within.length if rule.within else None,
        on_timeout=_on_timeout(rule, approval, titles),
        told=(frozenset(titles.get(p, p) for p in rule.advised), frozenset(titles.get(p, p) for p in rule.informed)),
        words=_words(rule, approval),
    )


def _on_timeout(rule: ApprovalRule, approval: Approval, titles: dict[str, str]) -> tuple[str, ...]:
    if rule.on_timeout is not OnTimeout.ESCALATE:
        return (rule.on_timeout.value,) if rule.on_timeout else ()
    above = {party.id: party.escalates_to or "" for party in approval.parties}
    moves = (f"{titles.get(name, name)} to {titles.get(above.get(name, ''), '')}" for name in rule.approvers)
    return ("escalate", *sorted(moves))


def distinguishing_words(before: Answer, after: Answer) -> tuple[str, str]:
    """Return both answers in the shortest words that differ."""
    if before.words != after.words:
        return before.words, after.words
    return f"{before.words}{_targets(before)}", f"{after.words}{_targets(after)}"


def _targets(answer: Answer) -> str:
    return f", from {', from '.join(answer.on_timeout[1:])}" if answer.on_timeout[1:] else ""


def _words(rule: ApprovalRule, approval: Approval) -> str:
    """Return the answer in words: ``approve by the Buyer, then the AP Lead (1 day each)``."""
    told = told_text(rule, {party.id: party for party in approval.parties})
    return f"{_decision(rule, approval)}{told and '; '}{told}"


def _decision(rule: ApprovalRule, approval: Approval) -> str:
    titles = {party.id: party.title for party in approval.parties}
    if rule.outcome in (Outcome.ACT, Outcome.REFUSE):
        return rule.outcome.value
    steps = [(step.all is not None, step.parties) for step in rule.approved_by]
    steps += [(False, (rule.checked_by,))] if rule.checked_by else []
    people = (
        listed((with_article(titles.get(p, p)) for p in names), "and" if every else "or") for every, names in steps
    )
    by = ", then ".join(people) or "nobody"
    return f"{_VERBS[rule.outcome]} by {by}{_limits(rule, len(steps))}"


def _limits(rule: ApprovalRule, steps: int) -> str:
    if rule.has_no_limit:
        return f" ({limit_text(rule)})"
    limit = f"{rule.within.words}{' each' if steps > 1 else ''}" if rule.within else ""
    timeout = f"no answer: {rule.on_timeout.value}d" if rule.on_timeout else ""
    limits = "; ".join(part for part in (limit, timeout) if part)
    return f" ({limits})" if limits else ""


def direction(before: Answer, after: Answer) -> AnswerDirection:
    """Return how the answer changed; the two must differ."""
    if before.outcome is None or after.outcome is None:
        return _undecided(before, after)
    if before.outcome is not after.outcome:
        more = _CONTROL.index(after.outcome) > _CONTROL.index(before.outcome)
        return AnswerDirection.NARROWED if more else AnswerDirection.WIDENED
    if before.signatures != after.signatures:
        return AnswerDirection.NARROWED if after.signatures > before.signatures else AnswerDirection.WIDENED
    if before.steps != after.steps:
        return AnswerDirection.PEOPLE
    same_time = (before.time, before.on_timeout) == (after.time, after.on_timeout)
    return AnswerDirection.TOLD if same_time else AnswerDirection.TIME


def _undecided(before: Answer, after: Answer) -> AnswerDirection:
    if before == OUTSIDE:
        return AnswerDirection.NEW
    if after == OUTSIDE:
        return AnswerDirection.GONE
    return AnswerDirection.CLOSED if after.outcome else AnswerDirection.OPENED
