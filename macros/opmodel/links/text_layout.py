"""Lines of text on preview pictures: which letters can be drawn, and where a line ends."""

import re
import unicodedata

from opmodel.links.fonts import SizedFonts

_INSTEAD = {"→": "to", "≤": "<=", "≥": ">=", "≠": "!=", "\u2212": "-", "\u2011": "-", "…": "..."}

_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f]")


def printable(text: str, letters: SizedFonts) -> str:
    """Replace letters that the fonts lack by plainer ones, or remove them; join those of Arabic."""
    shown = "".join(shown_letter(letter, letters) for letter in joined(unicodedata.normalize("NFC", text)))
    return " ".join(shown.split())


def wrapped_lines(text: str, letters: SizedFonts, width: float, lines: int) -> list[str]:
    """Wrap ``text`` into at most ``lines`` lines; the last one ends in an ellipsis if words are left over."""
    made = [""]
    for word in _pieces(printable(text, letters), letters, width):
        longer = f"{made[-1]} {word}".strip()
        if letters.length(longer) <= width:
            made[-1] = longer
        elif len(made) < lines:
            made.append(word)
        else:
            made[-1] = _ended(made[-1], letters, width)
            break
    return made


def _pieces(text: str, letters: SizedFonts, width: float) -> list[str]:
    """Return the words of a text; one that is wider than a line is cut."""
    pieces = []
    for word in text.split():
        while len(word) > 1 and letters.length(word) > width:
            end = next(n for n in range(len(word) - 1, 0, -1) if n == 1 or letters.length(word[:n]) <= width)
            pieces.append(word[:end])
            word = word[end:]
        pieces.append(word)
    return pieces


def _ended(line: str, letters: SizedFonts, width: float) -> str:
    while line and letters.length(f"{line} …") > width:
        line = line.rpartition(" ")[0] or line[:-1]
    return f"{line.rstrip(',;:')} …"


def joined(text: str) -> str:
    """Return a text with each letter of Arabic in the form that it has beside its neighbours.

    Letters stay in the order in which they are read.
    """
    if not _ARABIC.search(text):
        return text
    from arabic_reshaper import reshape  # type: ignore[import-untyped]

    return str(reshape(text))


def is_right_to_left(text: str) -> bool:
    """Return whether a text is written from right to left, by the first letter that has a direction."""
    directions = (unicodedata.bidirectional(letter) for letter in text)
    return next((found != "L" for found in directions if found in ("L", "R", "AL")), False)


def in_drawn_order(line: str, *, right_to_left: bool) -> str:
    """Return a line with its letters in the order in which they stand, from left to right.

    Args:
        line: The line, in the order in which it is read.
        right_to_left: The direction of the whole text that the line belongs to.
    """
    if not right_to_left and line.isascii():
        return line
    from bidi import get_display  # type: ignore[import-untyped]

    return str(get_display(line, base_dir="R" if right_to_left else "L"))


def shown_letter(letter: str, letters: SizedFonts) -> str:
    """Return what stands for a letter, which is empty if the fonts have nothing like it."""
    if letter.isspace() or letter in letters:
        return letter
    plainer = _INSTEAD.get(letter) or unicodedata.normalize("NFKD", letter)
    return "".join(part for part in plainer if part != letter and part in letters)
