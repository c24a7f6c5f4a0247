"""The pages of ``docs/`` as Markdown, for programs."""

import posixpath
from collections.abc import Callable, Iterator
from functools import partial
from urllib.parse import urlsplit

from opmodel.adapter.generated_page import GeneratedPage, address_of
from opmodel.adapter.host import Files, Page
from opmodel.formats.markdown import docs_page
from opmodel.load.operating_model import OperatingModel
from opmodel.permalinks import addresses
from opmodel.rules.check import Checked
from opmodel.views.review_day import day_at_end


def markdown_files(checked: Checked, files: Files, blocks: Callable[[str, str], str]) -> Iterator[tuple[str, str]]:
    """Yield (address, Markdown) of every page of ``docs/``.

    Args:
        checked: The checked site.
        files: The host's files.
        blocks: Returns the Markdown of the page at an address with blocks in place of their marks.
    """
    for file in files.documentation_pages():
        page = file.page
        if page and not isinstance(page, GeneratedPage):
            yield (
                addresses.markdown(address_of(page)),
                docs_page(
                    checked.model,
                    address_of(page),
                    page.markdown or "",
                    partial(blocks, page.url),
                    partial(_resolved, checked.model, files, page),
                    day_at_end(checked.model, address_of(page)),
                ),
            )


def _resolved(model: OperatingModel, files: Files, page: Page, target: str) -> str:
    """Return the canonical address that a link in a page's Markdown means."""
    parts = urlsplit(target)
    if parts.scheme or parts.netloc:
        return target
    at = address_of(page)
    if parts.path:
        path = posixpath.normpath(posixpath.join(posixpath.dirname(page.file.src_uri), parts.path))
        file = files.get_file_from_path(path)
        if file is None:
            return target
        at = address_of(file.page) if file.page else file.url
    return addresses.absolute(model, at + (f"#{parts.fragment}" if parts.fragment else ""))
