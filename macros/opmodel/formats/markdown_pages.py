"""The Markdown twin of a page: the same view as the page, printed as Markdown, at ``<address>index.md``."""

from collections.abc import Callable

from markupsafe import Markup

from opmodel.formats.guide_markdown import plain_markdown
from opmodel.formats.markdown import printed
from opmodel.load.operating_model import OperatingModel


def docs_twin(
    model: OperatingModel,
    page: str,
    text: str,
    blocks: Callable[[str], str],
    resolve: Callable[[str], str],
    reviewed: str,
) -> str:
    """Return the twin of a page of ``docs/``.

    Args:
        model: Gives the site's address.
        page: Address of the page.
        text: The page's Markdown without front matter, with a mark where each block stands.
        blocks: Puts the Markdown of each block where its mark stands.
        resolve: Returns the canonical address that a link on the page means.
        reviewed: The day of the last review in words, or an empty text.
    """
    body = blocks(plain_markdown(text, resolve))
    return printed("page.md.jinja", model, page, body=Markup(body), reviewed=reviewed)  # noqa: S704
