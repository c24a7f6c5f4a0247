"""The nearest match to an unknown word, for messages."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from functools import lru_cache
from typing import NamedTuple

from opmodel.text.lookalikes import in_quotes, visible_form

_LONGEST = 200
"""Longer words have no nearest match."""
_FEW, _CANDIDATES = 300, 20
"""Up to so many names, all are compared; of more, so many that share rare parts with the word."""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that is closest to ``word``, or None if none is close.

    Case and invisible characters do not count. The work does not grow with the number of known words, once
    these have been looked at.
    """
    if len(word) > _LONGEST:
        return None
    names = known if isinstance(known, frozenset) else frozenset(known)
    folded = _folded(names)
    wanted = visible_form(word).casefold()
    if wanted in folded.names:
        return folded.names[wanted]
    among: Iterable[str] = folded.names if folded.parts is None else _sharing(wanted, folded.parts)
    close = get_close_matches(wanted, among, n=1, cutoff=0.6)
    return folded.names[close[0]] if close else None


class _Folded(NamedTuple):
    """Names by their visible form and, if there are many, by each part of three letters."""

    names: Mapping[str, str]
    parts: Mapping[str, Sequence[str]] | None


@lru_cache(maxsize=16)
def _folded(known: frozenset[str]) -> _Folded:
    names = {visible_form(name).casefold(): name for name in sorted(known)}
    if len(names) <= _FEW:
        return _Folded(names, None)
    parts = defaultdict(list)
    for name in names:
        for part in _parts(name):
            parts[part].append(name)
    return _Folded(names, parts)


def _parts(word: str) -> list[str]:
    padded = f" {word} "
    return list(dict.fromkeys(padded[at : at + 3] for at in range(len(padded) - 2)))


def _sharing(word: str, parts: Mapping[str, Sequence[str]]) -> list[str]:
    """Return names that share parts with ``word``, by its rarest parts first."""
    shared: Counter[str] = Counter()
    for part in sorted(_parts(word), key=lambda part: (len(parts.get(part, ())), part)):
        if len(shared) < _CANDIDATES:
            shared.update(parts.get(part, ())[:_CANDIDATES])
    return [name for name, _ in sorted(shared.items(), key=lambda item: (-item[1], item[0]))[:_CANDIDATES]]


def suggestion(word: str, known: Iterable[str]) -> str:
    """Return ``did you mean "x"?`` for the known word nearest to ``word``, or an empty text when none is near.

    Where the two look the same, no question is left: ``write x``.
    """
    close = nearest(word, known)
    if close is None:
        return ""
    same = close != word and visible_form(close) == visible_form(word)
    return f"write {close if close.isascii() else in_quotes(close)}" if same else f'did you mean "{close}"?'


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a `suggestion` as the end of a sentence: ``; did you mean "x"?``."""
    hint = suggestion(word, known)
    return f"; {hint}" if hint else ""
