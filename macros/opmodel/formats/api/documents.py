"""Every document under ``api/``, with its schema, by address."""

from collections.abc import Callable, Iterator
from functools import partial

from opmodel.formats import schemas
from opmodel.formats.api import organisation, shapes
from opmodel.formats.api.packets import gates, workflow, workflows
from opmodel.formats.api.parts import absolute, head
from opmodel.formats.listed_files import FILES
from opmodel.permalinks import addresses
from opmodel.rules.check import Checked

_ONE_EACH = (
    ("workflows", f"{addresses.API}workflows/index.json", "Every packet in a few fields.", workflows),
    ("faq", f"{addresses.API}faq.json", "Every question with its answer.", organisation.faq),
    (
        "responsibilities",
        f"{addresses.API}responsibilities.json",
        "The responsibility matrix.",
        organisation.responsibilities,
    ),
    ("teams", f"{addresses.API}teams.json", "Every team with what it owns.", organisation.teams),
    ("readiness", f"{addresses.API}readiness.json", "Launch gates, and how packets stand to them.", gates),
)
"""(kind, address, what it holds, what makes it) of the documents that exist once."""


def packet_document(checked: Checked, name: str) -> str:
    """Return the document that holds the packet ``name`` in full."""
    return _text(workflow(checked, name))


def documents(checked: Checked) -> Iterator[tuple[str, Callable[[], str]]]:
    """Yield (address, what makes its text) of every document and schema, other than those that hold a whole packet."""
    yield f"{addresses.API}index.json", partial(_one, index, checked)
    for _, address, _, make in _ONE_EACH:
        yield address, partial(_one, make, checked)
    for name in schemas.DATA:
        yield addresses.schema(name), partial(schemas.data_schema, checked.model, name)
    for name in shapes.SHAPES:
        yield addresses.schema(f"api-{name}"), partial(_schema, checked, name)


def _one(make: Callable[[Checked], shapes.Document], checked: Checked) -> str:
    return _text(make(checked))


def _schema(checked: Checked, name: str) -> str:
    identity = schemas.address(checked.model, f"api-{name}")
    return schemas.text(schemas.schema(shapes.SHAPES[name], "serialization", identity))


def index(checked: Checked) -> shapes.Index:
    """Return what the site publishes for programs."""
    site = checked.model.site
    assert site, "only a site without errors is published"
    return shapes.Index(
        **head(checked, "index", addresses.HOME),
        name=site.value.name,
        organisation=site.value.organisation,
        description=site.value.description,
        documents=tuple(_links(checked)),
        files=tuple(
            shapes.FileLink(id=file.id, address=absolute(checked, file.address), about=file.about, media_type=file.type)
            for file in FILES
        ),
        data_schemas=tuple(shapes.Link(id=name, address=schemas.address(checked.model, name)) for name in schemas.DATA),
    )


def _links(checked: Checked) -> Iterator[shapes.DocumentLink]:
    listed = [(kind, kind, address, about) for kind, address, about, _ in _ONE_EACH]
    for name, summary in sorted(checked.model.summaries.items()):
        listed.append((name, "workflow", addresses.packet_data(name), f"The packet {summary.title} in full."))
    for name, kind, address, about in listed:
        identity = schemas.address(checked.model, f"api-{kind}")
        yield shapes.DocumentLink(id=name, address=absolute(checked, address), about=about, schema_address=identity)


def _text(document: shapes.Document) -> str:
    return document.model_dump_json(indent=2, by_alias=True) + "\n"
