"""``llms.txt``: a list of all pages in Markdown for assistants, as https://llmstxt.org proposes."""

from collections.abc import Callable, Iterator

from opmodel.formats.listed_files import FILES
from opmodel.formats.markdown import printed
from opmodel.permalinks import addresses
from opmodel.rules.check import Checked
from opmodel.views.packet.page import packet_description

Entry = tuple[str, str, str]
"""(title, address, description)."""


def llms(checked: Checked) -> str:
    """Return the file's text."""
    site = checked.model.site
    assert site, "only a site without errors is published"
    return printed(
        "llms.txt.jinja",
        checked.model,
        site=site.value,
        sections=(
            ("Guide", tuple(_guide(checked))),
            ("Questions", tuple(_questions(checked))),
            ("Workflows", tuple(_workflows(checked))),
            ("Teams", tuple(_teams(checked))),
            ("Overviews and reference", tuple(_others(checked))),
            ("Data", tuple(_data())),
        ),
    )


def _guide(checked: Checked) -> Iterator[Entry]:
    return _docs(checked, lambda path: path.startswith("guide/"))


def _others(checked: Checked) -> Iterator[Entry]:
    return _docs(checked, lambda path: not path.startswith("guide/"))


def _docs(checked: Checked, wanted: Callable[[str], bool]) -> Iterator[Entry]:
    for path, entry in checked.model.pages.items():
        if wanted(path):
            yield entry.value.title, addresses.markdown(addresses.page(path)), entry.value.description


def _questions(checked: Checked) -> Iterator[Entry]:
    for name, entry in checked.model.questions.items():
        yield entry.value.question, addresses.markdown(addresses.question(name)), entry.value.short_answer


def _workflows(checked: Checked) -> Iterator[Entry]:
    for name, summary in checked.model.summaries.items():
        yield summary.title, addresses.markdown(addresses.packet(name)), packet_description(checked, name)


def _teams(checked: Checked) -> Iterator[Entry]:
    for name, entry in checked.model.teams.items():
        yield entry.value.name, addresses.markdown(addresses.team(name)), entry.value.purpose


def _data() -> Iterator[Entry]:
    yield "Everything as JSON", f"{addresses.API}index.json", "Lists every document with its schema."
    for file in FILES:
        if file.address != addresses.LLMS:
            yield file.about.rstrip("."), file.address, file.media_type
