"""The fonts that preview pictures are written in, and text in the first of them that has its letters."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib.util import find_spec
from itertools import groupby, pairwise, starmap
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:  # slow to import, so it is imported where pictures are drawn
    from PIL import Image, ImageFont

_NO_LETTER = "\U0010fffd"
_BITMAP_SIZE = 109
"""The one size in which the usual fonts of coloured emoji hold their pictures."""


class Typeface(NamedTuple):
    """The files of a font in regular and in bold; they are the same file if it has both, or no bold."""

    regular: Path
    bold: Path


class Glyph(NamedTuple):
    """The picture of one letter: a mask, or an image where it has colours of its own.

    ``left`` and ``top`` say where the picture lies from the point on the base line at which the letter starts.
    """

    image: "Image.Image | None"
    left: int
    top: int
    advance: float
    coloured: bool


def _packaged(package: str, regular: str, bold: str) -> Typeface:
    """Return a typeface that an installed package consists of."""
    found = find_spec(package)
    if not found or not found.origin:
        raise ModuleNotFoundError(f"No module named {package!r}", name=package)
    folder = Path(found.origin).parent / "files"
    return Typeface(folder / regular, folder / bold)


PACKAGED = (
    _packaged("font_lato", "Lato-Regular.ttf", "Lato-Bold.ttf"),
    _packaged("fontpkg_noto_sans", "NotoSans[wdth,wght].ttf", "NotoSans[wdth,wght].ttf"),
)
"""The fonts that are installed with this package, so that all machines draw the same (SIL Open Font License)."""


@dataclass(frozen=True)
class Fonts:
    """Typefaces in order of preference."""

    typefaces: tuple[Typeface, ...] = PACKAGED

    @cached_property
    def key(self) -> str:
        """A cache key: the files, by name and size."""
        files = dict.fromkeys(file for typeface in self.typefaces for file in typeface)
        return " ".join(f"{file.name} {file.stat().st_size}" for file in files)

    @cache  # noqa: B019 -- there is one of these for each build
    def at(self, size: int, *, bold: bool = False) -> "SizedFonts":
        """Return the fonts in one size and weight."""
        return SizedFonts(
            tuple(typeface.bold if bold else typeface.regular for typeface in self.typefaces), size, bold=bold
        )

    def __contains__(self, letter: str) -> bool:
        return any(has_letter(typeface.regular, letter) for typeface in self.typefaces)


class SizedFonts:
    """The fonts of a site in one size and weight."""

    def __init__(self, files: tuple[Path, ...], size: int, *, bold: bool) -> None:
        self.fonts = tuple(SizedFont(file, size, bold=bold) for file in files)
        self.first = self.fonts[0]

    def __contains__(self, letter: str) -> bool:
        return any(letter in font for font in self.fonts)

    def glyphs(self, text: str) -> Iterator[tuple[float, Glyph]]:
        """Yield each letter of a line with its distance from the start of the line."""
        at = 0.0
        for font, letters in self._runs(text):
            before = ""
            for letter in letters:
                at += font.kerning(before, letter)
                glyph = font.glyph(letter)
                yield at, glyph
                at += glyph.advance
                before = letter

    def length(self, text: str) -> float:
        """Return the width of a line of text."""
        return sum(font.length(letters) for font, letters in self._runs(text))

    def _runs(self, text: str) -> "Iterable[tuple[SizedFont, str]]":
        """Return the text in runs of one font: all of it in the first font that has all letters, if there is one."""
        letters = set(text)
        for font in self.fonts:
            if font.has_all(letters):
                return ((font, text),)
        return [(font, "".join(run)) for font, run in groupby(text, self._font_of)]

    def _font_of(self, letter: str) -> "SizedFont":
        return next((font for font in self.fonts if letter in font), self.first)


class SizedFont:
    """One font file in one size and weight. What was drawn of it once is kept."""

    def __init__(self, file: Path, size: int, *, bold: bool) -> None:
        self.file = file
        self.size = size
        self.font = load_font(file, size, bold)
        self.scale = size / self.font.size
        self.glyph = cache(self._glyph)
        self.kerning = cache(self._kerning)
        self.length = lru_cache(4096)(self._length)
        self._known = {" "}

    def __contains__(self, letter: str) -> bool:
        return self.has_all({letter})

    def has_all(self, letters: set[str]) -> bool:
        """Return whether the font has all of some letters."""
        if letters <= self._known:
            return True
        self._known |= {letter for letter in letters - self._known if has_letter(self.file, letter)}
        return letters <= self._known

    def _length(self, text: str) -> float:
        return sum(map(self._advance, text)) + sum(starmap(self.kerning, pairwise(text)))

    def _advance(self, letter: str) -> float:
        return self.glyph(letter).advance

    def _kerning(self, before: str, letter: str) -> float:
        """Return by how much a letter moves because of the one before it."""
        if not before:
            return 0.0
        return self._width(before + letter) - self._width(before) - self._width(letter)

    def _width(self, letters: str) -> float:
        return self.font.getlength(letters) * self.scale

    def _glyph(self, letter: str) -> Glyph:
        from PIL import Image, ImageDraw

        left, top, right, bottom = map(int, self.font.getbbox(letter, anchor="ls"))
        if letter == " ":  # some fonts have spaces so narrow that words run into one another
            return Glyph(None, 0, 0, max(self._width(letter), self.size // 4), False)
        if right <= left or bottom <= top:
            return Glyph(None, 0, 0, self._width(letter), False)
        coloured = self.scale != 1
        image = Image.new("RGBA" if coloured else "L", (right - left, bottom - top))
        pen = ImageDraw.Draw(image)
        pen.text((-left, -top), letter, "black" if coloured else 255, self.font, "ls", embedded_color=coloured)
        if coloured:
            size = (max(1, round(image.width * self.scale)), max(1, round(image.height * self.scale)))
            image = image.resize(size, Image.Resampling.LANCZOS)
        return Glyph(image, round(left * self.scale), round(top * self.scale), self._width(letter), coloured)


@cache
def load_font(path: Path, size: int, bold: bool = False) -> "ImageFont.FreeTypeFont":
    """Return a font in a size, or in the only size that it has.

    The plain layout engine is part of every Pillow, so all machines draw the same.
    """
    from PIL import ImageFont

    try:
        font = ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)
    except OSError:
        return ImageFont.truetype(path, _BITMAP_SIZE, layout_engine=ImageFont.Layout.BASIC)
    try:
        axes = font.get_variation_axes()
    except OSError:  # most fonts come in a file for each weight
        return font
    weights = {b"Weight": 700 if bold else 400}
    font.set_variation_by_axes([weights.get(axis["name"] or b"", axis["default"] or 0) for axis in axes])
    return font


@cache
def has_letter(path: Path, letter: str) -> bool:
    """Return whether a font file has a letter, by comparison with one that no font has.

    Control characters, such as those that turn the direction of writing, are no letters.
    """
    if unicodedata.category(letter)[0] == "C":
        return False
    try:
        return _outline(path, letter) != _no_outline(path)
    except (OSError, ValueError):  # the file is damaged, or of a kind that the drawing library does not read
        return False


@cache
def _no_outline(path: Path) -> bytes:
    return _outline(path, _NO_LETTER)


def _outline(path: Path, letter: str) -> bytes:
    return bytes(load_font(path, 20).getmask(letter))
