"""Lines of text on preview pictures: which letters can be drawn, and where a line ends."""

import unicodedata

from opmodel.links.fonts import SizedFonts

_INSTEAD = {"→": "to", "≤": "<=", "≥": ">=", "≠": "!=", "\u2212": "-", "\u2011": "-", "…": "..."}


def printable(text: str, letters: SizedFonts) -> str:
    """Replace letters that the fonts lack by plainer ones, or remove them."""
    shown = "".join(_shown(letter, letters) for letter in unicodedata.normalize("NFC", text))
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


def _shown(letter: str, letters: SizedFonts) -> str:
    if letter.isspace() or letter in letters:
        return letter
    plainer = _INSTEAD.get(letter) or unicodedata.normalize("NFKD", letter)
    return "".join(part for part in plainer if part != letter and part in letters)
