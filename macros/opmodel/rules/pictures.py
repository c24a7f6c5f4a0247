"""Rules on preview pictures."""

import io
from collections.abc import Iterator

from opmodel.files.reading import MAX_ASSET_BYTES, UnreadableFile, read_file
from opmodel.model.problem import Problem
from opmodel.rules.rule import Context, site_rule
from opmodel.text.lookalikes import in_quotes

PICTURE_FONT = "picture-font"


@site_rule
def picture_font(context: Context) -> Iterator[Problem]:
    """The font in ``data/site.yml`` is a file of the site that pictures can be drawn with: TrueType or OpenType. Under
    the same id, a build warns where no font has the letters of a preview picture."""
    site = context.model.site
    if site and site.value.font is not None and (why := _why_unusable(context, site.value.font)):
        name = in_quotes(site.value.font)
        message = f"expected a font file of the site, such as docs/assets/acme.ttf, found {name}: {why}"
        yield Problem(site.place("font"), PICTURE_FONT, message)


def _why_unusable(context: Context, name: str) -> str:
    """Return why a font cannot be used, or an empty text."""
    from PIL import ImageFont

    try:
        data = read_file(context.model.root / name, context.model.root, MAX_ASSET_BYTES)
        ImageFont.truetype(io.BytesIO(data), 20, layout_engine=ImageFont.Layout.BASIC)
    except UnreadableFile as refused:
        return str(refused)
    except (OSError, ValueError):
        return "it is no font in TrueType or OpenType"
    return ""
