"""The preview pictures of a site, and a cache of drawn pictures."""

import hashlib
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields
from itertools import islice
from operator import attrgetter
from pathlib import Path

from opmodel.files.reading import MAX_ASSET_BYTES, UnreadableFile, read_file
from opmodel.files.writing import write_cache_file
from opmodel.links.drawing import DRAWING_VERSION, LAYER_COLOURS, PreviewPicture, draw_png, library_versions
from opmodel.links.fonts import PACKAGED, Fonts, Typeface
from opmodel.links.system_fonts import system_typefaces
from opmodel.links.text_layout import shown_letter
from opmodel.permalinks import addresses
from opmodel.rules.check import Checked
from opmodel.views.packet.readiness import gates_passed

PICTURE_FILE = "preview.png"
"""Name of a page's picture, beside the page."""
_PNG = b"\x89PNG"
_LATIN = "\u017f"
"""The last of the letters that the packaged fonts are known to have; without others, no font is opened."""
_ASKED_AT = 20
"""The size in which fonts are asked for letters; any will do."""
_NAMED = 8
"""The most letters, and pages, that a warning names."""
_fields = attrgetter(*(field.name for field in fields(PreviewPicture)))
"""Returns the fields of a picture as a tuple."""


def site_picture(checked: Checked) -> tuple[str, PreviewPicture]:
    """Return the picture of all pages that have none of their own, with its address."""
    assert checked.model.site, "only a site without errors is published"
    site = checked.model.site.value
    facts = (
        ("business", "Business owns", "the job and its outcomes"),
        ("it", "IT owns", "the platform and its limits"),
        ("shared", "Both agree", "on the control model"),
    )
    return PICTURE_FILE, _picture(checked, "Operating model", site.name, site.description, facts)


def page_pictures(checked: Checked) -> Iterator[tuple[str, PreviewPicture]]:
    """Yield (address of the page, picture) of every answer and packet."""
    for name, entry in checked.model.questions.items():
        question = entry.value
        yield addresses.question(name), _picture(checked, "Question", question.question, question.short_answer)
    for name, packet in checked.model.summaries.items():
        facts = (
            ("business", "Value owner", packet.value.holder),
            ("it", "Safety owner", packet.safety.holder),
            ("shared", "Launch readiness", gates_passed(packet)),
        )
        kind = f"Workflow · {packet.status.label}"
        yield addresses.packet(name), _picture(checked, kind, packet.title, packet.summary, facts)


def _picture(
    checked: Checked, kind: str, title: str, text: str, facts: tuple[tuple[str, str, str], ...] = ()
) -> PreviewPicture:
    assert checked.model.site, "only a site without errors is published"
    site = checked.model.site.value
    own = checked.model.host.brand.colours.get("--om-link")
    return PreviewPicture(
        kind=kind,
        title=title,
        text=text,
        facts=facts,
        site=site.name,
        organisation=site.organisation,
        accent=own.light if own else LAYER_COLOURS["shared"],
    )


@dataclass(frozen=True, kw_only=True)
class PictureFonts:
    """The fonts of a site's pictures.

    Args:
        fonts: The fonts, in order of preference.
        system: Those of them that belong to the system, so that other machines may draw other pictures.
        missing: The letters that none of them has, with the addresses of the pages.
    """

    fonts: Fonts
    system: tuple[Typeface, ...] = ()
    missing: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def notice(self) -> str:
        """Which fonts of the system are used, if any are."""
        names = ", ".join(typeface.regular.name for typeface in self.system)
        if not names:
            return ""
        return f"Preview pictures use fonts of this system ({names}); on another machine their bytes may differ"

    @property
    def warning(self) -> str:
        """Which letters are missing on which pages, if any are."""
        if not self.missing:
            return ""
        letters = ", ".join(f"{letter} (U+{ord(letter):04X})" for letter in islice(self.missing, _NAMED))
        pages = list(dict.fromkeys(page or "the home page" for found in self.missing.values() for page in found))
        more = f" and {len(self.missing) - _NAMED} more letters" if len(self.missing) > _NAMED else ""
        others = f" and {len(pages) - _NAMED} more pages" if len(pages) > _NAMED else ""
        return (
            f"no font has the letters {letters}{more} for the preview pictures of {', '.join(pages[:_NAMED])}{others}; "
            "name one that has them in data/site.yml, such as font: docs/assets/acme.ttf"
        )


def picture_fonts(pictures: Mapping[str, PreviewPicture], own: Path | None) -> PictureFonts:
    """Return the fonts that have the letters of some pictures, by address of the page.

    Args:
        pictures: The pictures.
        own: The site's own font file, which comes before all others.
    """
    typefaces = (*((Typeface(own, own),) if own else ()), *PACKAGED)
    fonts = Fonts(typefaces)
    letters = {page: picture.letters for page, picture in pictures.items()}
    if not (wanted := _lacking(fonts, set().union(*letters.values()))):
        return PictureFonts(fonts=fonts)
    system = tuple(system_typefaces(wanted))
    fonts = Fonts((*typefaces, *system))
    missing = sorted(_lacking(fonts, wanted))
    pages = {letter: tuple(page for page, has in letters.items() if letter in has) for letter in missing}
    return PictureFonts(fonts=fonts, system=system, missing=pages)


def _lacking(fonts: Fonts, letters: set[str]) -> set[str]:
    """Return the letters for which nothing would be drawn."""
    unusual = {letter for letter in letters if letter > _LATIN and unicodedata.category(letter)[0] not in "CMZ"}
    return {letter for letter in unusual if not shown_letter(letter, fonts.at(_ASKED_AT))}


def cached_png(picture: PreviewPicture, fonts: Fonts, folder: Path | None) -> bytes:
    """Return a picture as a PNG file, from the cache in ``folder`` if possible.

    The folder is a cache: it may be deleted, shared by builds, read-only or missing.
    """
    if folder is None:
        return draw_png(picture, fonts)
    said = repr((DRAWING_VERSION, fonts.key, library_versions(), _fields(picture)))
    file = folder / f"{hashlib.sha256(said.encode()).hexdigest()}.png"
    with suppress(UnreadableFile):
        if (kept := read_file(file, folder, MAX_ASSET_BYTES)).startswith(_PNG):
            return kept
    data = draw_png(picture, fonts)
    write_cache_file(file, data)  # where that fails, it is drawn again next time
    return data
