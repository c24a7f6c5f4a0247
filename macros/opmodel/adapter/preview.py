"""Preview pictures, as files of the host."""

from collections.abc import Iterator
from pathlib import Path

import mkdocs
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File

from opmodel.links.picture import Fonts, Picture
from opmodel.links.pictures import FILE, drawn, pictures, site_picture
from opmodel.rules.check import Checked

_LATO = Path(mkdocs.__file__).parent / "themes" / "readthedocs" / "css" / "fonts"
FONTS = Fonts(_LATO / "lato-normal.woff2", _LATO / "lato-bold.woff2")
"""Lato (SIL Open Font License), which the host ships for one of its themes."""


class Previews:
    """The picture of each page of one build."""

    def __init__(self, checked: Checked) -> None:
        self.site = site_picture(checked)
        self.own = {page: (f"{page}{FILE}", picture) for page, picture in pictures(checked)}

    def of(self, page: str) -> tuple[str, Picture]:
        """Return the picture of the page at address ``page``, with its address."""
        return self.own.get(page, self.site)

    def files(self, config: MkDocsConfig, root: Path) -> Iterator[File]:
        """Yield every picture, drawn or from memory."""
        for address, picture in (self.site, *self.own.values()):
            data = drawn(picture, FONTS, root / ".cache" / "previews")
            yield File.generated(config, address, content=data)
