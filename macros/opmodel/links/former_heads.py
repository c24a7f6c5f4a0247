"""Heads of pages at former addresses: the preview of an old link shows the page that it leads to."""

from dataclasses import replace

from opmodel.links.drawing import PreviewPicture
from opmodel.links.former_pages import MovedPage
from opmodel.links.head import HeadView, head_view, not_found_head_view
from opmodel.permalinks import addresses
from opmodel.rules.check import Checked
from opmodel.views.packet.page import packet_description
from opmodel.views.systems import system_description
from opmodel.views.teams import team_description


def former_head_view(checked: Checked, moved: MovedPage, picture: tuple[str, PreviewPicture] | None) -> HeadView:
    """Return the head of the page at a former address; ``picture`` is that of the page it leads to.

    Search engines leave it out. What was removed has neither address nor picture, because nothing took its place.
    """
    if moved.removed:
        text = f"Since {moved.removed} this site has no {moved.name}. What there is now: {moved.title}."
        return not_found_head_view(checked, f"Removed: {moved.name}", text)
    page = moved.target.partition("#")[0]
    view = head_view(checked, moved.target, moved.title, page_descriptions(checked).get(page, ""), picture=picture)
    return replace(view, title=f"Moved: {moved.title} · {view.site_name}", facts=(), indexed=False)


def page_descriptions(checked: Checked) -> dict[str, str]:
    """Return the description of every page by its address."""
    model = checked.model
    return {
        **{addresses.page(path): entry.value.description for path, entry in model.pages.items()},
        **{addresses.packet(name): packet_description(checked, name) for name in model.summaries},
        **{addresses.question(name): entry.value.short_answer for name, entry in model.questions.items()},
        **{addresses.team(name): team_description(entry.value) for name, entry in model.teams.items()},
        **{addresses.system(name): system_description(model, name) for name in model.systems},
    }
