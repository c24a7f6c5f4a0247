"""Preview pictures, which chats and tickets show below a pasted link, drawn from text."""

import io
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # slow to import, so it is imported where pictures are drawn
    from PIL import Image, ImageFont
import unicodedata

if TYPE_CHECKING:  # slow to import, so it is imported where pictures are drawn
    from PIL import ImageFont

PICTURE_SIZE = (1200, 630)
"""Width and height of link previews."""
DRAWING_VERSION = 1
"""Part of the cache key; raise it with every change of the drawing."""
PAPER, INK, MUTED, LINE = "#fbfaf7", "#1c1e22", "#565961", "#dfdcd3"
LAYER_COLOURS = {"business": "#d9762b", "it": "#17877d", "shared": "#6b4fc0"}
"""The layers' colours, as in the style sheet."""
_MARGIN, _FACTS, _FOOT, _RIGHT = 84, 412, 548, 1200 - 84
_TITLE, _TEXT, _SMALL = (68, 60, 52, 46), 35, 27


_INSTEAD = {"→": "to", "≤": "<=", "≥": ">=", "≠": "!=", "\u2212": "-", "\u2011": "-", "…": "..."}
_NO_LETTER = "\U0010fffd"


def printable(text: str, letters: "ImageFont.FreeTypeFont") -> str:
    """Replace letters that the font lacks by plainer ones, or remove them."""
    shown = "".join(_shown(letter, letters) for letter in unicodedata.normalize("NFC", text))
    return " ".join(shown.split())


def wrapped_lines(text: str, letters: "ImageFont.FreeTypeFont", width: float, lines: int) -> list[str]:
    """Wrap ``text`` into at most ``lines`` lines; the last one ends in an ellipsis if words are left over."""
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
    """Return whether a font file has a letter, by comparison with one that no font has."""
    drawn = load_font(path, 20)
    return bytes(drawn.getmask(letter)) != bytes(drawn.getmask(_NO_LETTER))


@dataclass(frozen=True, kw_only=True)
class PreviewPicture:
    """The content of a picture.

    ``facts`` are (layer, name, words), shown with the layer's shape and colour; ``accent`` is the colour of the kind.
    """

    kind: str
    title: str
    text: str = ""
    facts: tuple[tuple[str, str, str], ...] = ()
    site: str
    organisation: str
    accent: str = LAYER_COLOURS["shared"]

    @property
    def words(self) -> str:
        """The alternative text of the picture."""
        said = [f"{name}: {words}." for _, name, words in self.facts]
        return " ".join(part for part in (f"{self.kind}: {self.title}", self.text, *said) if part)


@dataclass(frozen=True)
class FontPair:
    """Two font files, regular and bold."""

    regular: Path
    bold: Path

    @cached_property
    def key(self) -> str:
        """A cache key: the fonts and the versions of the drawing libraries."""
        from PIL import __version__ as pillow
        from PIL import features

        sizes = (f"{file.name} {file.stat().st_size}" for file in (self.regular, self.bold))
        return " ".join([*sizes, pillow, str(features.version("freetype2"))])

    def at(self, size: int, *, bold: bool = False) -> "ImageFont.FreeTypeFont":
        """Return one of the two in a size."""
        return load_font(self.bold if bold else self.regular, size)


def draw_png(picture: PreviewPicture, fonts: FontPair) -> bytes:
    """Return the picture as a PNG file. The same words, fonts and libraries give the same bytes."""
    from PIL import Image

    image = Image.new("RGB", PICTURE_SIZE, PAPER)
    pen = _Pen(image, fonts)
    pen.frame(picture)
    below = pen.title(picture.title)
    if picture.text:
        pen.paragraph(picture.text, below, _FACTS - 32 if picture.facts else _FOOT - 24)
    for column, fact in enumerate(picture.facts):
        pen.fact(fact, column, len(picture.facts))
    data = io.BytesIO()
    image.quantize(96, dither=Image.Dither.NONE).save(data, "PNG", optimize=True)
    return data.getvalue()


class _Pen:
    """Draws the parts of one picture."""

    def __init__(self, image: "Image.Image", fonts: FontPair) -> None:
        from PIL import ImageDraw

        self.image, self.fonts = image, fonts
        self.draw = ImageDraw.Draw(image)

    def write(self, at: tuple[float, float], text: str, font: "ImageFont.FreeTypeFont", fill: str = INK) -> None:
        self.draw.text(at, printable(text, font), fill=fill, font=font, anchor="ls")

    def frame(self, picture: PreviewPicture) -> None:
        """Draw the band of layers, the kind of page, and the names of site and organisation."""
        for position, colour in enumerate(LAYER_COLOURS.values()):
            self.draw.rectangle((position * 400, 0, position * 400 + 399, 13), fill=colour)
        self.write((_MARGIN, 100), picture.kind, self.fonts.at(_SMALL, bold=True), picture.accent)
        self.draw.rectangle((_MARGIN, _FOOT, _RIGHT, _FOOT + 1), fill=LINE)
        bold, regular = self.fonts.at(_SMALL, bold=True), self.fonts.at(_SMALL)
        name = wrapped_lines(picture.site, bold, 620, 1)[0]
        self.write((_MARGIN, 592), name, bold)
        owner = wrapped_lines(picture.organisation, regular, 380, 1)[0]
        self.write((_RIGHT - regular.getlength(owner), 592), owner, regular, MUTED)

    def title(self, title: str) -> float:
        """Write the title as large as fits in three lines, and return its baseline."""
        for size in _TITLE:
            letters = self.fonts.at(size, bold=True)
            lines = wrapped_lines(title, letters, _RIGHT - _MARGIN, 3)
            if not lines[-1].endswith("…"):
                break
        for number, line in enumerate(lines):
            self.write((_MARGIN, 132 + size + number * size * 1.16), line, letters)
        return 132 + size + (len(lines) - 1) * size * 1.16

    def paragraph(self, text: str, above: float, foot: float) -> None:
        """Write text below the title, in as many lines as there are above ``foot``."""
        letters = self.fonts.at(_TEXT)
        lines = int((foot - above - 68) // (_TEXT * 1.36)) + 1
        for number, line in enumerate(wrapped_lines(text, letters, _RIGHT - _MARGIN, max(1, lines))):
            self.write((_MARGIN, above + 68 + number * _TEXT * 1.36), line, letters, MUTED)

    def fact(self, fact: tuple[str, str, str], column: int, columns: int) -> None:
        """Write one fact in its column, at the foot of the picture."""
        layer, name, words = fact
        width = (_RIGHT - _MARGIN + 36) // columns
        left = _MARGIN + column * width
        self.image.paste(LAYER_COLOURS[layer], (left, _FACTS), _shape(layer))
        self.write((left + 38, _FACTS + 24), name, self.fonts.at(_SMALL), MUTED)
        letters = self.fonts.at(30, bold=True)
        for number, line in enumerate(wrapped_lines(words, letters, width - 36, 2)):
            self.write((left, _FACTS + 70 + number * 38), line, letters)


@cache
def _shape(layer: str) -> "Image.Image":
    """Return a layer's shape as a mask with smooth edges: circle, square or diamond, as on the pages."""
    from PIL import Image, ImageDraw

    large = Image.new("L", (208, 208))
    pen = ImageDraw.Draw(large)
    if layer == "business":
        pen.ellipse((0, 0, 207, 207), fill=255)
    elif layer == "it":
        pen.rectangle((16, 16, 191, 191), fill=255)
    else:
        pen.polygon(((104, 0), (207, 104), (104, 207), (0, 104)), fill=255)
    return large.resize((26, 26), Image.Resampling.LANCZOS)
