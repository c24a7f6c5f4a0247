"""Texts in the cells of inventories: lists that were written as text, and answers that were chosen from a list."""

import ast
import re

_OPTION = re.compile(r"^[a-z]\)\s+(?=\S)")
"""The letter before an answer that was chosen from a list."""
_EXPLAINED = re.compile(r"(.{3,60}?)\s+[–—¤-]\s+The use case\b.*")
"""An answer, and what the list says that it means."""


def unlisted(text: str) -> str:
    """Return a list that was written as text, such as ``['a', 'b']``, as words; other text as it is."""
    if not (text.startswith("[") and text.endswith("]")):
        return text
    try:
        items = ast.literal_eval(text)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return text
    return "; ".join(map(str, items)) if isinstance(items, list) else text


def short_answer(line: str) -> str:
    """Return an answer from a list without its letter and without the explanation that the list gives."""
    answer = _OPTION.sub("", line, count=1)
    explained = _EXPLAINED.fullmatch(answer)
    return explained[1] if explained else answer
