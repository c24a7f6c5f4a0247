"""Reads style sheets: the colours that they set, and what they load. The site's own are checked here."""

import posixpath
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from opmodel.files.reading import MAX_SETTINGS_BYTES, UnreadableFile, exists, read_file
from opmodel.load.setting_nodes import RULE, place_in
from opmodel.model.problem import Place, Problem
from opmodel.text.colours import hex_colour
from opmodel.text.lookalikes import in_quotes

_OURS = Path(__file__).parents[1] / "theme" / "styles" / "1-tokens.css"
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_DECLARED = re.compile(r"(?<![\w-])(--(?:om|md)-[\w-]+)\s*:\s*([^;{}]*)")
_PAIR = re.compile(r"light-dark\(\s*(#\w+)\s*,\s*(#\w+)\s*\)|(#\w+)")
_LOADED = re.compile(r"""url\(\s*["']?([^"')]*)|@import\s+["']([^"']*)""", re.IGNORECASE)
_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})[ \t\n]?|([^\n]))")
_ELSEWHERE = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//|https?:", re.IGNORECASE)


class ColourPair(NamedTuple):
    """A colour on light and on dark, as ``#rrggbb``."""

    light: str
    dark: str

    def __str__(self) -> str:
        return f"light-dark({self.light}, {self.dark})"


class CssDeclaration(NamedTuple):
    """A name that a style sheet sets: its value, the selector that it is set for, and where it stands."""

    name: str
    value: str
    selector: str
    start: int


def colour_pair(value: str) -> ColourPair | None:
    """Return the colour of a declaration, or None if it is neither ``#rrggbb`` nor ``light-dark(…, …)``."""
    if not (found := _PAIR.fullmatch(value.strip())):
        return None
    light, dark = hex_colour(found[1] or found[3]), hex_colour(found[2] or found[3])
    return ColourPair(light, dark) if light and dark else None


def declarations(text: str) -> Iterator[CssDeclaration]:
    """Yield each name of the theme that a style sheet sets."""
    plain = _without_comments(text)
    for found in _DECLARED.finditer(plain):
        opened = plain.rfind("{", 0, found.start())
        selector = re.split(r"[{};]", plain[: max(opened, 0)])[-1]
        nested = plain.count("{", 0, found.start()) - plain.count("}", 0, found.start()) > 1
        yield CssDeclaration(found[1], found[2].strip(), "" if nested else " ".join(selector.split()), found.start())


@cache
def theme_colours() -> dict[str, ColourPair]:
    """Return every colour of our own style sheet by name."""
    found = ((each.name, colour_pair(each.value)) for each in declarations(_OURS.read_text(encoding="utf-8")))
    return {name: pair for name, pair in found if pair}


@cache
def _other_names() -> dict[str, str]:
    """Return the name of our own for each name of the theme that stands for one of our colours."""
    found = declarations(_OURS.read_text(encoding="utf-8"))
    named = {each.name: re.fullmatch(r"var\((--om-[\w-]+)\)", each.value) for each in found}
    return {name: own[1] for name, own in named.items() if own and own[1] in theme_colours()}


class SheetColour(NamedTuple):
    """A colour that a style sheet of the site sets: its name, its value, and where it stands."""

    name: str
    pair: ColourPair
    place: Place


class SheetColours(NamedTuple):
    """The colours that a style sheet of the site sets, and what is wrong with it."""

    colours: list[SheetColour]
    problems: list[Problem]


def sheet_colours(sheet: Path, root: Path) -> SheetColours:
    """Return the colours that a style sheet of the site sets."""
    path = sheet.relative_to(root).as_posix()
    try:
        text = read_file(sheet, root, MAX_SETTINGS_BYTES).decode()
    except UnreadableFile as refused:
        return SheetColours([], [Problem(Place(path), "file-unreadable", str(refused))])
    except UnicodeDecodeError:
        return SheetColours([], [Problem(Place(path), RULE, "expected a style sheet in UTF-8")])
    found = SheetColours([], list(_load_problems(sheet, root, text)))
    for each in declarations(text):
        place = place_in(path, text, each.start)
        if own := _other_names().get(each.name):
            message = f"{each.name} is {own} here; write {own}: {each.value or '…'}"
            found.problems.append(Problem(place, RULE, message))
        elif each.name in theme_colours():
            pair = colour_pair(each.value)
            if pair and each.selector == ":root":
                found.colours.append(SheetColour(each.name, pair, place))
            else:
                message = (
                    f"expected {each.name} once, in :root, as its colours on light and on dark, so that their "
                    f"contrast can be checked: :root {{ {each.name}: {pair or theme_colours()[each.name]} }}"
                )
                found.problems.append(Problem(place, RULE, message))
    return found


def _load_problems(sheet: Path, root: Path, text: str) -> Iterator[Problem]:
    """Yield a problem for everything that a style sheet loads and a browser would not get."""
    path = sheet.relative_to(root).as_posix()
    for found in _LOADED.finditer(_without_comments(_unescaped(text))):
        address = (found[1] or found[2] or "").strip()
        name = unquote(re.split("[?#]", address)[0])
        place = place_in(path, _unescaped(text), found.start())
        if _ELSEWHERE.match(address):
            message = (
                f"{in_quotes(address)} is on another server, and pages load nothing from there; put the file into "
                f"docs/ and write url({in_quotes(posixpath.basename(name) or 'file')}), from this style sheet"
            )
            yield Problem(place, RULE, message)
        elif name.startswith("/"):
            yield Problem(place, RULE, f"expected a path from this style sheet, found {in_quotes(address)}")
        elif name and not name.startswith("data:") and not exists(sheet.parent / name):
            yield Problem(place, RULE, f"there is no file {in_quotes(address)} beside this style sheet")


def _unescaped(text: str) -> str:
    """Return a style sheet with each escaped character (CSS Syntax Level 3, 4.3.7) as itself."""
    return _ESCAPE.sub(lambda found: chr(min(int(found[1], 16), 0x10FFFF)) if found[1] else found[2], text)


def _without_comments(text: str) -> str:
    """Return a style sheet with blanks in the place of its comments."""
    return _COMMENT.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
