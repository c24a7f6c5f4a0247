"""Colours as style sheets write them, and their contrast as WCAG 2.2 defines it."""

import colorsys
import math
import re
from collections.abc import Iterable

_HEX = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
_STEPS = 200
"""In how many steps of lightness a colour is looked for, from black to white."""


def hex_colour(text: str) -> str | None:
    """Return a colour as ``#rrggbb``, or None if ``text`` is neither ``#rgb`` nor ``#rrggbb``."""
    if not _HEX.fullmatch(text):
        return None
    digits = text[1:].lower()
    return f"#{digits}" if len(digits) == 6 else "#" + "".join(digit * 2 for digit in digits)


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, from 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


Need = tuple[str, float]
"""A colour that another one stands on or before, and the contrast ratio that they need."""


def suffices(colour: str, needs: Iterable[Need]) -> bool:
    """Return whether a colour has the contrast that it needs with each of several others."""
    return all(contrast(colour, other) >= ratio for other, ratio in needs)


def readable(colour: str, needs: Iterable[Need], *, lighter: bool) -> str | None:
    """Return the nearest lighter or darker colour of the same hue that has the contrast that it needs, or None."""
    among = tuple(needs)
    hue, lightness, saturation = colorsys.rgb_to_hls(*_parts(colour))
    for step in range(_STEPS + 1):
        level = lightness + (step if lighter else -step) / _STEPS
        found = _hex(colorsys.hls_to_rgb(hue, min(1.0, max(0.0, level)), saturation))
        if suffices(found, among):
            return found
        if not 0 <= level <= 1:
            break
    return None


def ratio_words(ratio: float) -> str:
    """Return a contrast ratio as text, rounded down so that it never looks better than it is."""
    return f"{math.floor(ratio * 10) / 10:g}:1"


def _parts(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    return red, green, blue


def _hex(parts: tuple[float, float, float]) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in parts)


def _luminance(colour: str) -> float:
    """Return the relative luminance, from 0 (black) to 1 (white)."""
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
