"""A limit in words as a range: *more than $5,000 but not over $10,000* is ``(5000..10000]``.

Words are taken literally: *to* includes its end, *over* does not. What cannot be read so is refused with its reason.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from opmodel.approval.conditions import Bound, Range, number_of, test_text
from opmodel.approval.limit_amounts import AmountReader, LimitAmount, LimitContext, LimitNotRead
from opmodel.approval.limit_numbers import decimal_mark, shifted
from opmodel.approval.limit_words import Phrase, normalised, one_unit, phrase_book, phrases, tokens
from opmodel.model.values import plain

_KINDS = tuple(
    "after before to dashes between joins inclusive exclusive powers numbers units passed_over footnotes".split(),
)
_WORD_KINDS = ("after", "before", "to", "between", "joins", "powers", "numbers")
_AMOUNTS = ("figures", "numbers", "units")
_UPPER = ("at_most", "below")
_MIRRORED = {"at_most": "at_least", "below": "above", "at_least": "at_most", "above": "below", "equal": "equal"}
_SIGNS = "<>=≤≥⩽⩾"


@dataclass(frozen=True, kw_only=True)
class Limit:
    """A limit as it was read. ``kind`` is ``band``, ``any`` (no limit) or ``nothing`` (no authority).

    ``decimals`` is how many were written, and ``aside`` what stands beside the limit and changes nothing of it.
    """

    kind: str = "band"
    low: Bound | None = None
    high: Bound | None = None
    unit: str = ""
    decimals: int = 0
    aside: tuple[str, ...] = ()

    @property
    def test(self) -> str:
        """The limit as a condition; ``-`` without a limit, and empty where it gives no authority."""
        if self.kind == "nothing":
            return ""
        if self.low and self.high and self.low.value == self.high.value:
            return test_text(Range(self.low, None)).removeprefix(">= ")
        return test_text(Range(self.low, self.high))


def read_limit(text: str, context: LimitContext | None = None) -> Limit:
    """Return the limit that ``text`` writes. Raises `LimitNotRead`."""
    words = [token.text for token in tokens(text)]
    while words and words[-1] in (".", ";", ":"):
        words.pop()
    if not words:
        raise LimitNotRead("empty")
    meanings = phrase_book().get(tuple(words), {})
    if "any" in meanings or "nothing" in meanings:
        return Limit(kind="any" if "any" in meanings else "nothing")
    return _LimitReader(text, context or LimitContext()).read()


def joined_limit(low: Limit, high: Limit) -> Limit:
    """Return the limit from the lower end of one to the upper end of another. Raises `LimitNotRead`."""
    assert low.low and high.high
    least, most = number_of(low.low.value), number_of(high.high.value)
    if least > most:
        raise LimitNotRead("the lower end is above the upper end")
    if least == most and not (low.low.closed and high.high.closed):
        raise LimitNotRead("no amount lies between the two ends")
    try:
        unit = one_unit([low.unit, high.unit])
    except ValueError as two:
        raise LimitNotRead(f"has two units, {two}") from None
    return replace(
        low, high=high.high, unit=unit, decimals=max(low.decimals, high.decimals), aside=low.aside + high.aside
    )


def limit_in_words(text: str) -> Limit | None:
    """Return the limit that ``text`` writes in words, as *up to 5000* and *500K* do; None if there are none."""
    found = phrases(text, _KINDS)
    if not any(each.kind in _WORD_KINDS and any(map(str.isalpha, each.text)) for each in found):
        return None
    try:
        limit = read_limit(text, LimitContext(alone="equal", mark=decimal_mark([text])))
    except LimitNotRead:
        return None
    return limit if limit.kind == "band" and not limit.aside else None


def read_heading(text: str, mark: str = ".") -> LimitContext:
    """Return what the heading of a column says about the limits below it."""
    found = phrases(text, ("before", "headings", "scales", "units", "passed_over"))
    alone = next((p.value for p in found if p.kind in ("before", "headings")), "")
    scale = next((int(p.value) for p in found if p.kind == "scales"), 0)
    unit = next((p.value for p in found if p.kind == "units"), "")
    return LimitContext(alone=alone, scale=scale, unit=unit, mark=mark)


class _LimitReader(AmountReader):
    """Reads the phrases of one text from left to right."""

    def __init__(self, text: str, context: LimitContext) -> None:
        super().__init__(context)
        self.text = normalised(text)
        self.aside: list[str] = []
        self.phrases = [each for each in self._without_asides(phrases(text, _KINDS)) if each.kind != "passed_over"]
        self.low: Bound | None = None
        self.high: Bound | None = None
        self.alone: LimitAmount | None = None

    def read(self) -> Limit:
        """Return the limit. Raises `LimitNotRead`."""
        while self.at < len(self.phrases):
            phrase = self.phrases[self.at]
            if phrase.kind in _AMOUNTS:
                self._number()
            else:
                self.at += 1
                self._words(phrase)
        if self.alone:
            if not self.context.alone:
                raise LimitNotRead("a number alone does not say whether it is the least or the most")
            self._compare(self.context.alone, self.alone)
        self._check_ends()
        try:
            unit = one_unit(self.units or [self.context.unit])
        except ValueError as two:
            raise LimitNotRead(f"has two units, {two}") from None
        return Limit(low=self.low, high=self.high, unit=unit, decimals=self.decimals, aside=tuple(self.aside))

    def _without_asides(self, found: Sequence[Phrase]) -> Iterator[Phrase]:
        """Yield the phrases without footnotes, and without brackets around anything that is no limit."""
        at = 0
        while at < len(found):
            phrase = found[at]
            at += 1
            if phrase.kind == "footnotes":
                self.aside.append(phrase.text)
            elif phrase.kind == "(":
                stop = next((n for n in range(at, len(found)) if found[n].kind == ")"), len(found) - 1)
                inner = found[at:stop]
                if found[stop].kind != ")" or any(each.kind in ("unknown", "(") for each in inner):
                    self.aside.append(self.text[phrase.at : found[stop].end])
                else:
                    yield from ([phrase, *inner] if any(each.kind in _AMOUNTS for each in inner) else inner)
                at = stop + 1
            else:
                yield phrase

    def _words(self, phrase: Phrase) -> None:
        """Read what begins with a phrase that is no number."""
        if phrase.kind == "before":
            self._before(phrase)
        elif phrase.kind in ("to", "dashes"):
            self._to(phrase)
        elif phrase.kind == "between":
            self._between()
        elif phrase.kind == "after":
            self._after(phrase)
        elif phrase.kind == "(":
            self._repeated()
        elif phrase.kind == "inclusive":
            if not any(bound and bound.closed for bound in (self.low, self.high)):
                raise LimitNotRead(f"“{phrase.text}” includes an end, and the other words exclude it")
        elif phrase.kind != "joins":
            raise LimitNotRead(f"“{phrase.text}” is no word of a limit")

    def _before(self, phrase: Phrase) -> None:
        """Read *over* and its number; after a number, as in *5,000 but less than 10,000*, that one is the lower end."""
        sign = phrase.text[0] in _SIGNS
        if self.alone and sign and self.kind() not in _AMOUNTS:
            self._compare(_MIRRORED[phrase.value], self.alone)
            self.alone = None
            return
        if self.alone and (sign or phrase.value not in _UPPER):
            raise LimitNotRead(f"“{phrase.text}” stands between two numbers")
        if self.alone:
            self._compare("at_least", self.alone)
            self.alone = None
        self._compare(phrase.value, self.amount(f"“{phrase.text}”"))

    def _to(self, phrase: Phrase) -> None:
        """Read *to* and its number, which belongs to the limit."""
        if self.kind() == "before" and self.phrases[self.at].value in _UPPER and (self.alone or self.low):
            if self.alone:
                self._compare("at_least", self.alone)
                self.alone = None
            return
        if phrase.kind == "dashes" and not (self.alone or self.low):
            raise LimitNotRead(f"nothing stands before “{phrase.text}”")
        if self.alone:
            self._compare("at_least", self.alone)
            self.alone = None
        self._compare("at_most", self.amount(f"“{phrase.text}”"))

    def _between(self) -> None:
        low = self.amount("“between”", apart=True)
        if self.kind() not in ("joins", "to", "dashes"):
            raise LimitNotRead("“between” without “and”")
        self.at += 1
        self._compare("at_least", low)
        self._compare("at_most", self.amount("“between … and”"))

    def _after(self, phrase: Phrase) -> None:
        """Read *or less* behind a number."""
        if self.alone:
            self._compare(phrase.value, self.alone)
            self.alone = None
            return
        bound = self.high if phrase.value in _UPPER else self.low
        if not bound or not bound.closed:
            raise LimitNotRead(f"“{phrase.text}” does not go with the words before it")

    def _repeated(self) -> None:
        """Read a number in brackets that repeats the one before, as in *five thousand dollars ($5,000)*."""
        if not self.amounts or self.amount("“(”").value != self.amounts[-2].value:
            raise LimitNotRead("the number in brackets is not the one before it")

    def _number(self) -> None:
        if self.alone:
            raise LimitNotRead("two numbers without a word between them")
        self.alone = self.amount("it")

    def _compare(self, comparison: str, amount: LimitAmount) -> None:
        """Set an end of the limit, or both. Raises `LimitNotRead` if it is set already."""
        closed = comparison in ("at_most", "at_least", "equal")
        if comparison in (*_UPPER, "equal"):
            if self.high:
                raise LimitNotRead("has two upper limits")
            self.high = Bound(amount.value, closed)
        if comparison not in _UPPER:
            if self.low:
                raise LimitNotRead("has two lower limits")
            self.low = Bound(amount.value, closed)

    def _check_ends(self) -> None:
        """Raise `LimitNotRead` if the limit has no end, holds nothing, or is in doubt."""
        if not self.low and not self.high:
            raise LimitNotRead("no number")
        if not self.low or not self.high:
            return
        low, high = number_of(self.low.value), number_of(self.high.value)
        first, last = self.amounts[0], self.amounts[-1]
        if not first.power and last.power and 0 < shifted(first.value, last.power) < last.value:
            raise LimitNotRead(
                f"the first number can be {plain(first.value)} or {plain(shifted(first.value, last.power))}"
            )
        if low > high or (low == high and not (self.low.closed and self.high.closed)):
            raise LimitNotRead(f"no amount lies between {plain(low)} and {plain(high)}")
