"""Preview pictures."""

from collections.abc import Iterator
from pathlib import Path

import mkdocs

from opmodel.adapter.generated_page import CompanionFile
from opmodel.cache import private_folder
from opmodel.links.drawing import FontPair, PreviewPicture
from opmodel.links.pictures import PICTURE_FILE, cached_png, page_pictures, site_picture
from opmodel.rules.check import Checked

_LATO = Path(mkdocs.__file__).parent / "themes" / "readthedocs" / "css" / "fonts"
FONTS = FontPair(_LATO / "lato-normal.woff2", _LATO / "lato-bold.woff2")
"""Lato (SIL Open Font License), which the host ships for one of its themes."""


class PreviewPictures:
    """The picture of each page of one build."""

    def __init__(self, checked: Checked, root: Path) -> None:
        self.cache = private_folder.private_folder(root / ".cache" / "previews")
        self.site = site_picture(checked)
        self.own = {page: (f"{page}{PICTURE_FILE}", picture) for page, picture in page_pictures(checked)}

    def of(self, page: str) -> tuple[str, PreviewPicture]:
        """Return the picture of the page at address ``page``, with its address."""
        return self.own.get(page, self.site)

    def drawn(self, page: str = "") -> Iterator[CompanionFile]:
        """Yield the picture of the page at address ``page``, if it has its own; the home page has the site's."""
        if found := self.own.get(page) or (self.site if not page else None):
            address, picture = found
            yield address, cached_png(picture, FONTS, self.cache)
