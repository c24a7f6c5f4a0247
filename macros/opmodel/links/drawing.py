"""Preview pictures, which chats and tickets show below a pasted link, drawn from text."""

import io
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import TYPE_CHECKING

from opmodel.links.fonts import Fonts, SizedFonts
from opmodel.links.text_layout import in_drawn_order, is_right_to_left, joined, printable, wrapped_lines

if TYPE_CHECKING:  # slow to import, so it is imported where pictures are drawn
    from PIL import Image

PICTURE_SIZE = (1200, 630)
"""Width and height of link previews."""
DRAWING_VERSION = 2
"""Part of the cache key; raise it with every change of the drawing."""
PAPER, INK, MUTED, LINE = "#fbfaf7", "#1c1e22", "#565961", "#dfdcd3"
LAYER_COLOURS = {"business": "#d9762b", "it": "#17877d", "shared": "#6b4fc0"}
"""The layers' colours, as in the style sheet."""
_MARGIN, _FACTS, _FOOT, _RIGHT = 84, 412, 548, 1200 - 84
_TITLE, _TEXT, _SMALL = (68, 60, 52, 46), 35, 27
_STEPS = 16
"""How many shades lead from the paper to a colour: enough for smooth edges of letters."""
_LEVELS = (0, 64, 128, 192, 255)
"""Levels of red, green and blue that emoji are drawn in."""

_COMPRESSION = 4
"""The level from which on a picture has three quarters of the bytes; the next ones take more time than they save."""


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
    def letters(self) -> set[str]:
        """All letters that are written on the picture, those of Arabic in their joined forms."""
        words = (word for _, name, words in self.facts for word in (name, words))
        return set(joined(" ".join((self.kind, self.title, self.text, self.site, self.organisation, *words))))

    @property
    def words(self) -> str:
        """The alternative text of the picture."""
        said = [f"{name}: {words}." for _, name, words in self.facts]
        return " ".join(part for part in (f"{self.kind}: {self.title}", self.text, *said) if part)


def draw_png(picture: PreviewPicture, fonts: Fonts) -> bytes:
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
    image.quantize(palette=_palette(picture.accent), dither=Image.Dither.NONE).save(
        data, "PNG", compress_level=_COMPRESSION
    )
    return data.getvalue()


def library_versions() -> str:
    """Return the versions of what draws, as part of the key of a drawn picture."""
    from PIL import __version__ as pillow
    from PIL import features

    return f"{pillow} {features.version('freetype2')}"


@cache
def _palette(accent: str) -> "Image.Image":
    """Return the colours of all pictures with an accent: shades from the paper to each colour of letters and shapes."""
    from PIL import Image, ImageColor

    paper, line = (ImageColor.getrgb(colour)[:3] for colour in (PAPER, LINE))
    shades = [*paper, *line]
    for colour in dict.fromkeys((INK, MUTED, *LAYER_COLOURS.values(), accent)):
        dark = ImageColor.getrgb(colour)[:3]
        for step in range(1, _STEPS):
            shades += (round(a + (b - a) * step / (_STEPS - 1)) for a, b in zip(paper, dark, strict=True))
    shades += (level for colour in product(_LEVELS, repeat=3) for level in colour)
    palette = Image.new("P", (1, 1))
    palette.putpalette(shades)
    return palette


class _Pen:
    """Draws the parts of one picture."""

    def __init__(self, image: "Image.Image", fonts: Fonts) -> None:
        from PIL import ImageDraw

        self.image, self.fonts = image, fonts
        self.draw = ImageDraw.Draw(image)

    def write(
        self,
        at: tuple[float, float],
        text: str,
        letters: SizedFonts,
        fill: str = INK,
        *,
        right_to_left: bool = False,
    ) -> None:
        """Write one line of text; one of a text from right to left ends at the right margin."""
        line = in_drawn_order(printable(text, letters), right_to_left=right_to_left)
        left, base = at
        if right_to_left:
            left = _RIGHT - letters.length(line)
        for offset, glyph in letters.glyphs(line):
            corner = round(left + offset + glyph.left), round(base + glyph.top)
            if glyph.image and glyph.coloured:
                self.image.paste(glyph.image, corner, glyph.image)
            elif glyph.image:
                self.draw.bitmap(corner, glyph.image, fill)

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
        self.write((_RIGHT - regular.length(owner), 592), owner, regular, MUTED)

    def title(self, title: str) -> float:
        """Write the title as large as fits in three lines, and return its baseline."""
        turned = is_right_to_left(title)
        for size in _TITLE:
            letters = self.fonts.at(size, bold=True)
            lines = wrapped_lines(title, letters, _RIGHT - _MARGIN, 3)
            if not lines[-1].endswith("…"):
                break
        for number, line in enumerate(lines):
            self.write((_MARGIN, 132 + size + number * size * 1.16), line, letters, right_to_left=turned)
        return 132 + size + (len(lines) - 1) * size * 1.16

    def paragraph(self, text: str, above: float, foot: float) -> None:
        """Write text below the title, in as many lines as there are above ``foot``."""
        letters = self.fonts.at(_TEXT)
        lines = int((foot - above - 68) // (_TEXT * 1.36)) + 1
        for number, line in enumerate(wrapped_lines(text, letters, _RIGHT - _MARGIN, max(1, lines))):
            base = above + 68 + number * _TEXT * 1.36
            self.write((_MARGIN, base), line, letters, MUTED, right_to_left=is_right_to_left(text))

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
