"""Fonts of the system, for letters that the installed packages have not."""

import os
import sys
import unicodedata
from collections.abc import Iterable
from functools import cache
from itertools import islice
from pathlib import Path

from opmodel.links.fonts import Typeface, has_letter

_ENDINGS = (".ttf", ".otf", ".ttc")
_SAMPLE = 4
"""How many letters of a script a font is asked for before it is asked for all."""


def font_folders() -> list[Path]:
    """Return the folders in which this kind of system keeps fonts."""
    home = Path.home()
    if sys.platform == "win32":
        return [Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts"]
    if sys.platform == "darwin":
        return [Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library/Fonts"]
    shared = os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    return [*(Path(folder) / "fonts" for folder in shared.split(":")), home / ".local/share/fonts", home / ".fonts"]


def system_typefaces(letters: Iterable[str]) -> list[Typeface]:
    """Return a typeface for each script of some letters: the one that has most of them, as far as there is one."""
    scripts: dict[str, set[str]] = {}
    for letter in letters:
        scripts.setdefault(_script(letter), set()).add(letter)
    found = (_best(wanted) for _, wanted in sorted(scripts.items()))
    return list(dict.fromkeys(_typeface(file) for file in found if file))


def _script(letter: str) -> str:
    """Return the script of a letter, by the first word of its name in Unicode; symbols are one script."""
    if unicodedata.category(letter).startswith("S"):
        return ""
    return unicodedata.name(letter, "").partition(" ")[0]


def _best(wanted: set[str]) -> Path | None:
    """Return the first font that has all of some letters, or the one that has most of them."""
    best, most = None, 0
    for file in _files(tuple(font_folders())):
        if any(has_letter(file, letter) for letter in islice(sorted(wanted), _SAMPLE)):
            count = sum(has_letter(file, letter) for letter in wanted)
            if count > most:
                best, most = file, count
            if count == len(wanted):
                break
    return best


@cache
def _files(folders: tuple[Path, ...]) -> tuple[Path, ...]:
    """Return the fonts in regular weight, upright ones without serifs first."""
    files = (
        Path(folder, name)
        for top in folders
        for folder, _, names in os.walk(top)
        for name in names
        if name.lower().endswith(_ENDINGS)
    )
    return tuple(sorted((file for file in files if not _is_special(file.stem)), key=_preference))


def _is_special(name: str) -> bool:
    return any(word in name for word in ("Bold", "Italic", "Oblique", "Light", "Black", "Thin", "Condensed"))


def _preference(file: Path) -> tuple[bool, bool, str, str]:
    return "Mono" in file.stem, "Sans" not in file.stem, file.name, file.as_posix()


def _typeface(regular: Path) -> Typeface:
    names = (regular.name.replace("-Regular", "-Bold"), f"{regular.stem}-Bold{regular.suffix}")
    return Typeface(regular, next((file for file in map(regular.with_name, names) if file.is_file()), regular))
