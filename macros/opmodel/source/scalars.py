"""Plain scalars by the YAML 1.2 core schema (section 10.3.2), with exact decimals instead of binary floats.

Unlike YAML 1.1, ``no`` and ``on`` are text, ``12:30`` is text and ``2026-11-30`` is text.
"""

import re
from decimal import Decimal
from functools import lru_cache

from opmodel.source.tree import Scalar

_WORDS: dict[str, Scalar] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True,
    "false": False, "False": False, "FALSE": False,
}  # fmt: skip
FIRST_SIGNS = frozenset({word[:1] for word in _WORDS} | set("0123456789+-."))
"""What a scalar begins with that may be anything but text: the first sign, or nothing."""
_INTEGER = re.compile(r"[-+]?[0-9]{1,40}")
_OTHER_BASE = re.compile(r"0o[0-7]{1,40}|0x[0-9a-fA-F]{1,40}")
_DECIMAL = re.compile(r"[-+]?(\.[0-9]{1,40}|[0-9]{1,40}(\.[0-9]{0,40})?)([eE][-+]?[0-9]{1,2})?")


@lru_cache(maxsize=1 << 12)  # files repeat their days, numbers and words
def resolve(text: str) -> Scalar:
    """Return the value of a plain (unquoted) scalar: None, a bool, an int, an exact Decimal, or the text itself."""
    if text in _WORDS:
        return _WORDS[text]
    if not (text[0].isascii() and (text[0].isdigit() or text[0] in "+-.")):
        return text
    if _INTEGER.fullmatch(text):
        return int(text)
    if _OTHER_BASE.fullmatch(text):
        return int(text, 0)
    return Decimal(text) if _DECIMAL.fullmatch(text) else text
