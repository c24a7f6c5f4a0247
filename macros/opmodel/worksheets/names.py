"""Names as people write them, compared without case, accents, punctuation and plural."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import TypeVar

Key = TypeVar("Key")
_NOT_WORDS = re.compile(r"[\W_]+")
_ARTICLE = re.compile(r"^(the|our) ")


def folded(text: str) -> str:
    """Return ``text`` in lower case, without accents, punctuation and leading articles: ``Platform-Owner`` folds to
    ``platform owner``."""
    letters = unicodedata.normalize("NFKD", text)
    plain = "".join(c for c in letters if not unicodedata.combining(c)).casefold().replace("ß", "ss")
    return _ARTICLE.sub("", " ".join(_NOT_WORDS.sub(" ", plain).split()))


def same_name(text: str, names: Mapping[Key, Iterable[str]]) -> Key | None:
    """Return the key one of whose names ``text`` is, also in the plural; None when there is none or several."""
    wanted = {folded(text), folded(text).removesuffix("s")} - {""}
    found = [
        key
        for key, each in names.items()
        if wanted & {f for n in each for f in (folded(n), folded(n).removesuffix("s"))}
    ]
    return found[0] if len(found) == 1 else None


def slug(text: str, taken: Iterable[str] = ()) -> str:
    """Return an id made from ``text`` that is not in ``taken``: ``Define the trigger`` gives ``define-the-trigger``."""
    words = re.sub(r"[^a-z0-9]+", " ", folded(text)).split()
    base = "-".join(words)[:60].strip("-") or "row"
    used, name, number = set(taken), base, 2
    while name in used:
        name, number = f"{base}-{number}", number + 1
    return name
