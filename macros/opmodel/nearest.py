"""The nearest match, for every message that names something unknown, and words in a row."""

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that ``word`` was probably meant to be, ignoring case, or None when nothing is close."""
    folded = {name.casefold(): name for name in sorted(known)}
    close = get_close_matches(word.casefold(), folded, n=1, cutoff=0.6)
    return folded[close[0]] if close else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return ``; did you mean "x"?`` for the known word nearest to ``word``, or an empty text when none is near."""
    close = nearest(word, known)
    return f'; did you mean "{close}"?' if close else ""


def listing(words: Iterable[str], last: str = "and") -> str:
    """Join ``words`` as people do: ``a``, ``a and b``, ``a, b and c``."""
    *most, final = list(words) or [""]
    return f"{', '.join(most)} {last} {final}" if most else final
