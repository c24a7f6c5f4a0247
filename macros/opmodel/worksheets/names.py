"""Names as people write them, compared without case, accents, punctuation and plural."""

import re
from collections.abc import Iterable, Mapping
from typing import TypeVar

from opmodel.text.slugs import without_accents

Key = TypeVar("Key")
_NOT_WORDS = re.compile(r"[\W_]+")
_ARTICLE = re.compile(r"^(the|our) ")


def folded_name(text: str) -> str:
    """Return ``text`` in lower case, without accents, punctuation and leading articles: ``Platform-Owner`` folds to
    ``platform owner``."""
    return _ARTICLE.sub("", " ".join(_NOT_WORDS.sub(" ", without_accents(text)).split()))


def same_name(text: str, names: Mapping[Key, Iterable[str]]) -> Key | None:
    """Return the key one of whose names ``text`` is, also in the plural; None when there is none or several."""
    wanted = {folded_name(text), folded_name(text).removesuffix("s")} - {""}
    found = [
        key
        for key, each in names.items()
        if wanted & {f for n in each for f in (folded_name(n), folded_name(n).removesuffix("s"))}
    ]
    return found[0] if len(found) == 1 else None
