"""``llms.txt``: a list of all pages in Markdown for assistants, as https://llmstxt.org proposes."""

from collections.abc import Iterator

from opmodel.formats.listed_files import FILES
from opmodel.formats.markdown import printed
from opmodel.load.operating_model import OperatingModel
from opmodel.permalinks import addresses
from opmodel.rules.check import Checked
from opmodel.views.packet.page import packet_description
from opmodel.views.systems import system_description

LinkedPage = tuple[str, str, str]
"""(title, address, description)."""


def llms(checked: Checked) -> str:
    """Return the file's text."""
    model = checked.model
    assert model.site, "only a site without errors is published"
    questions, packets, teams = model.questions.items(), model.summaries.items(), model.teams.items()
    return printed(
        "llms.txt.jinja",
        model,
        site=model.site.value,
        sections=(
            ("Guide", _docs(checked, guide=True)),
            ("Questions", [_page(addresses.question(n), e.value.question, e.value.short_answer) for n, e in questions]),
            ("Workflows", [_page(addresses.packet(n), s.title, packet_description(checked, n)) for n, s in packets]),
            *_systems(model),
            ("Teams", [_page(addresses.team(n), e.value.name, e.value.purpose) for n, e in teams]),
            ("Overviews and reference", _docs(checked, guide=False)),
            ("Data", _data()),
        ),
    )


def _systems(model: OperatingModel) -> Iterator[tuple[str, list[LinkedPage]]]:
    """Yield the section of systems, if the site lists some."""
    if names := model.systems.items():
        yield "Systems", [_page(addresses.system(n), e.value.name, system_description(model, n)) for n, e in names]


def _page(address: str, title: str, description: str) -> LinkedPage:
    return title, addresses.markdown(address), description


def _docs(checked: Checked, *, guide: bool) -> list[LinkedPage]:
    pages = [(path, entry.value) for path, entry in checked.model.pages.items() if path.startswith("guide/") is guide]
    return [_page(addresses.page(path), page.title, page.description) for path, page in pages]


def _data() -> list[LinkedPage]:
    files = [
        (file.about.rstrip("."), file.address, file.media_type) for file in FILES if file.address != addresses.LLMS
    ]
    return [("Everything as JSON", f"{addresses.API}index.json", "Lists every document with its schema."), *files]
