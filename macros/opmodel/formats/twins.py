"""The Markdown twin of a page: the same view as the page, printed as Markdown, at ``<address>index.md``."""

from collections.abc import Callable, Iterator

from markupsafe import Markup

from opmodel.formats.docs import converted
from opmodel.formats.markdown import printed
from opmodel.load.operating_model import OperatingModel
from opmodel.rules.check import Checked
from opmodel.views.faq import answer
from opmodel.views.packet.page import packet_page
from opmodel.views.teams import team_page


def address(page: str) -> str:
    """Return the address of the twin of the page at ``page``."""
    return f"{page}index.md"


def twins(checked: Checked) -> Iterator[tuple[str, str]]:
    """Yield (address, text) of the twin of every page that is made from data."""
    model = checked.model
    for name in model.packets:
        packet = packet_page(checked, name)
        yield address(packet.address), printed("packet.md.jinja", model, packet.address, packet=packet)
    for name in model.questions:
        view = answer(model, name)
        yield address(view.address), printed("answer.md.jinja", model, view.address, answer=view)
    for name in model.teams:
        team = team_page(checked, name)
        yield address(team.address), printed("team.md.jinja", model, team.address, team=team)


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
    body = blocks(converted(text, resolve))
    return printed("page.md.jinja", model, page, body=Markup(body), reviewed=reviewed)  # noqa: S704
