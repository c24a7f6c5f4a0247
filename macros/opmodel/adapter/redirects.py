"""Pages at former addresses, as files of the host."""

from collections.abc import Iterator

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File

from opmodel.adapter import content_policy
from opmodel.links.former_pages import FormerPages
from opmodel.views.render import render

SCRIPT = "assets/opmodel/moved.js"


def redirect_files(former: FormerPages, config: MkDocsConfig) -> Iterator[File]:
    """Yield a page for each former address. It is no page of the host: not in its search index, nor in its sitemap."""
    for moved in former.pages():
        html = content_policy.with_policy(str(render("redirect.html.jinja", moved.address, moved=moved)))
        yield File.generated(config, f"{moved.address}index.html", content=html)


def moved_part_notes(former: FormerPages, page: str) -> str:
    """Return a note for each part that has left the page at address ``page``, or an empty text."""
    steps = former.left(page)
    return str(render("left.html.jinja", page, steps=steps)) if steps else ""
