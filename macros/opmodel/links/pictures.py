"""The preview pictures of a site, and a cache of drawn pictures."""

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import fields
from operator import attrgetter
from pathlib import Path

from opmodel.files.reading import MAX_ASSET_BYTES, UnreadableFile, read_file
from opmodel.files.writing import write_cache_file
from opmodel.links.drawing import DRAWING_VERSION, LAYER_COLOURS, PreviewPicture, draw_png, library_versions
from opmodel.links.fonts import Fonts
from opmodel.permalinks import addresses
from opmodel.rules.check import Checked
from opmodel.views.packet.readiness import gates_passed

PICTURE_FILE = "preview.png"
"""Name of a page's picture, beside the page."""
_PNG = b"\x89PNG"
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
