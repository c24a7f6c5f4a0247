"""Who approves, as it stands in a cell of an authority table: *CEO and CFO*, *Director, then Board; Council advised*.

Titles are separated only where both sides are titles of functions: *Finance and Operations Manager* stays whole. Where
the words leave open whether one or all approve, the whole text stands as one title, with the doubt.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from opmodel.approval.limit_words import Phrase, normalised, phrase_book, phrases, tokens

_KINDS = ("lower_tiers", "advised", "approver_joins", "counts", "approver_frames", "functions")


@dataclass(frozen=True, kw_only=True)
class ApproverStep:
    """One step: any one of the titles approves, or all of them."""

    mode: str
    titles: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Approvers:
    """Who approves, in steps, and who is advised.

    ``outcome`` is ``approve``, ``act`` where the source says that nobody needs to, and ``refuse`` where nobody may.
    ``lower_tiers`` says that all lower tiers approve as well, and ``doubt`` what was not read literally.
    """

    steps: tuple[ApproverStep, ...] = ()
    advised: tuple[str, ...] = ()
    lower_tiers: bool = False
    outcome: str = "approve"
    doubt: str = ""


@dataclass(kw_only=True)
class _Title:
    """A title: its place in the text, what joins it to the one before, and whether it names a function."""

    at: int
    end: int
    joins: set[str]
    function: bool = False
    told: bool = False


def whole_meaning(text: str) -> dict[str, str]:
    """Return the meanings of a whole cell, by kind."""
    return phrase_book().get(tuple(token.text for token in tokens(text) if token.text not in (".", ";", ":")), {})


def is_nothing(text: str) -> bool:
    """Whether a cell says nothing: a dash, *n/a*, *none*."""
    return "nothing" in whole_meaning(text)


def has_function(text: str) -> bool:
    """Whether ``text`` has a word of which titles of functions are made."""
    return any(phrase.kind == "functions" for phrase in phrases(text, ("functions",)))


def read_approvers(text: str) -> Approvers:
    """Return who approves."""
    meanings = whole_meaning(text)
    if "no_approval" in meanings or "forbidden" in meanings:
        return Approvers(outcome="act" if "no_approval" in meanings else "refuse")
    reader = _ApproverReader(normalised(text.replace("\n", "; ")))
    return reader.read()


@dataclass
class _ApproverReader:
    """Reads the titles of one text from left to right."""

    text: str
    titles: list[_Title] = field(default_factory=list)
    joins: set[str] = field(default_factory=set)
    open: bool = False
    """Whether the last title still goes on."""
    told_next: bool = False
    lower_tiers: bool = False
    counted: bool = False
    inside: bool = False
    """Whether the phrase stands in brackets that belong to a title."""
    nested: bool = False

    def read(self) -> Approvers:
        """Return who approves."""
        found = phrases(self.text, _KINDS)
        for number, phrase in enumerate(found):
            self._read(phrase, separate=phrase.kind in ("(", ")") and _told_in_brackets(found, number))
        self._merge()
        advised = tuple(self._slice(title) for title in self.titles if title.told)
        named = [title for title in self.titles if not title.told]
        steps, doubt = self._steps(named)
        if self.counted and named:
            doubt = "how many of them approve is not read"
        if self.nested:
            doubt = "brackets leave open who approves"
        if doubt:
            steps = [ApproverStep(mode="any", titles=(self.text.strip(),))]
        return Approvers(steps=tuple(steps), advised=advised, lower_tiers=self.lower_tiers, doubt=doubt)

    def _read(self, phrase: Phrase, *, separate: bool) -> None:
        if self.inside or (phrase.kind == "(" and not separate):
            self.nested |= not self.open
            self.inside = phrase.kind != ")"
            self._extend(phrase)
        elif phrase.kind == "lower_tiers":
            self.lower_tiers, self.open = True, False
        elif phrase.kind == "approver_joins" or separate:
            self.joins.add(phrase.value if phrase.kind == "approver_joins" else "comma")
            self.open = False
        elif phrase.kind == "advised" and phrase.value == "before":
            self.told_next, self.open = True, False
        elif phrase.kind == "advised":
            for title in self.titles[-1:]:
                title.told = True
            self.open = False
        elif phrase.kind == "counts" and not self.open:
            self.counted = True
        elif phrase.kind != "approver_frames":
            self._extend(phrase)

    def _extend(self, phrase: Phrase) -> None:
        """Add a phrase to the title that goes on, or begin one."""
        if not self.open:
            self.titles.append(_Title(at=phrase.at, end=phrase.end, joins=self.joins, told=self.told_next))
            self.joins, self.told_next, self.open = set(), False, True
        self.titles[-1].end = phrase.end
        self.titles[-1].function |= phrase.kind == "functions" and not self.inside

    def _merge(self) -> None:
        """Put titles together again where a word between them separates no two functions."""
        merged: list[_Title] = []
        for title in self.titles:
            last = merged[-1] if merged else None
            if last and not (last.told or title.told or "then" in title.joins or (last.function and title.function)):
                last.end, last.function = title.end, last.function or title.function
            else:
                merged.append(title)
        self.titles = merged

    def _slice(self, title: _Title) -> str:
        return self.text[title.at : title.end]

    def _steps(self, titles: list[_Title]) -> tuple[list[ApproverStep], str]:
        """Return the steps, and what is in doubt."""
        groups: list[list[_Title]] = []
        for title in titles:
            if not groups or "then" in title.joins:
                groups.append([])
            groups[-1].append(title)
        steps = []
        for group in groups:
            joins = set().union(*(title.joins for title in group[1:])) - {"comma"}
            if len(joins) > 1:
                return [], "“and” beside “or” leaves open who approves"
            if len(group) > 1 and not joins:
                return [], "commas do not say whether one or all approve"
            mode = "all" if joins == {"all"} else "any"
            steps.append(ApproverStep(mode=mode, titles=tuple(self._slice(title) for title in group)))
        return steps, ""


def _told_in_brackets(found: Sequence[Phrase], at: int) -> bool:
    """Whether the brackets that begin or end here hold who is advised, or that lower tiers approve."""
    start = next((n for n in range(at, -1, -1) if found[n].kind == "("), 0)
    stop = next((n for n in range(at, len(found)) if found[n].kind == ")"), len(found))
    return any(phrase.kind in ("advised", "lower_tiers") for phrase in found[start:stop])
