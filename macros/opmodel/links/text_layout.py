"""Text as a font can show it: letters that it lacks are replaced, and lines end where the room does."""

import unicodedata
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # slow to import, so it is imported where pictures are drawn
    from PIL import ImageFont

_INSTEAD = {"→": "to", "≤": "<=", "≥": ">=", "≠": "!=", "\u2212": "-", "\u2011": "-", "…": "..."}
_NO_LETTER = "\U0010fffd"


def printable(text: str, letters: "ImageFont.FreeTypeFont") -> str:
    """Return ``text`` without letters that the font lacks: a plainer one where there is one, nothing otherwise."""
    shown = "".join(_shown(letter, letters) for letter in unicodedata.normalize("NFC", text))
    return " ".join(shown.split())


def wrapped_lines(text: str, letters: "ImageFont.FreeTypeFont", width: float, lines: int) -> list[str]:
    """Return ``text`` in at most that many lines; where words are left over, the last line ends in an ellipsis."""
    made = [""]
    for word in _pieces(printable(text, letters), letters, width):
        longer = f"{made[-1]} {word}".strip()
        if letters.getlength(longer) <= width:
            made[-1] = longer
        elif len(made) < lines:
            made.append(word)
        else:
            made[-1] = _ended(made[-1], letters, width)
            break
    return made


def _pieces(text: str, letters: "ImageFont.FreeTypeFont", width: float) -> list[str]:
    """Return the words of a text; one that is wider than a line is cut."""
    pieces = []
    for word in text.split():
        while len(word) > 1 and letters.getlength(word) > width:
            end = next(n for n in range(len(word) - 1, 0, -1) if n == 1 or letters.getlength(word[:n]) <= width)
            pieces.append(word[:end])
            word = word[end:]
        pieces.append(word)
    return pieces


def _ended(line: str, letters: "ImageFont.FreeTypeFont", width: float) -> str:
    while line and letters.getlength(f"{line} …") > width:
        line = line.rpartition(" ")[0] or line[:-1]
    return f"{line.rstrip(',;:')} …"


def _shown(letter: str, letters: "ImageFont.FreeTypeFont") -> str:
    if letter.isspace() or _has(Path(str(letters.path)), letter):
        return letter
    plainer = _INSTEAD.get(letter) or unicodedata.normalize("NFKD", letter)
    return "".join(part for part in plainer if part != letter and _has(Path(str(letters.path)), part))


@cache
def load_font(path: Path, size: int) -> "ImageFont.FreeTypeFont":
    """Return a font in a size. The plain layout engine is part of every Pillow, so all machines draw the same."""
    from PIL import ImageFont

    return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)


@cache
def _has(path: Path, letter: str) -> bool:
    """Return whether a font file has a letter: one that it lacks looks like one that no font has."""
    drawn = load_font(path, 20)
    return bytes(drawn.getmask(letter)) != bytes(drawn.getmask(_NO_LETTER))
