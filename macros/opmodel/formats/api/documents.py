"""Every document under ``api/``, with its schema, by address."""

from collections.abc import Callable, Iterator
from functools import partial

from opmodel.formats import schemas
from opmodel.formats.api import content, shapes
from opmodel.formats.api.content import absolute, filled, head
from opmodel.formats.listed_files import FILES
from opmodel.permalinks import addresses
from opmodel.rules.check import Checked

_SINGLE = (
    ("workflows", "workflows/index.json", "Every packet in a few fields.", content.workflows),
    ("faq", "faq.json", "Every question with its answer.", content.faq),
    ("responsibilities", "responsibilities.json", "The responsibility matrix.", content.responsibilities),
    ("teams", "teams.json", "Every team with what it owns.", content.teams),
    ("readiness", "readiness.json", "Launch gates, and how packets stand to them.", content.gates),
)
"""(kind, address under ``api/``, description, function) of the documents that exist once."""


def packet_document(checked: Checked, name: str) -> str:
    """Return the document that holds the packet ``name`` in full."""
    return _text(content.workflow(checked, name))


def unavailable_document(checked: Checked, name: str) -> str:
    """Return the document of a packet of which no version is shown."""
    return _text(content.unavailable(checked, name))


def documents(checked: Checked) -> Iterator[tuple[str, Callable[[], str]]]:
    """Yield (address, function that makes the text) of every document and schema, except those of packets."""
    yield f"{addresses.API}index.json", partial(_one, index, checked)
    for _, address, _, make in _SINGLE:
        yield f"{addresses.API}{address}", partial(_one, make, checked)
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
    """Return the list of all documents and files for programs."""
    site = checked.model.site
    assert site, "only a site without errors is published"
    return filled(
        shapes.Index,
        site.value,
        **head(checked, "index", addresses.HOME),
        version=shapes.VERSION,
        documents=tuple(_links(checked)),
        files=tuple(filled(shapes.FileLink, file, address=absolute(checked, file.address)) for file in FILES),
        data_schemas=tuple(shapes.Link(id=name, address=schemas.address(checked.model, name)) for name in schemas.DATA),
    )


def _links(checked: Checked) -> Iterator[shapes.DocumentLink]:
    listed = [(kind, kind, f"{addresses.API}{address}", about) for kind, address, about, _ in _SINGLE]
    for name, summary in sorted(checked.model.summaries.items()):
        listed.append((name, "workflow", addresses.packet_data(name), f"The packet {summary.title} in full."))
    for name, kind, address, about in listed:
        identity = schemas.address(checked.model, f"api-{kind}")
        yield shapes.DocumentLink(id=name, address=absolute(checked, address), about=about, schema_address=identity)


def _text(document: shapes.Document) -> str:
    return document.model_dump_json(indent=2, by_alias=True) + "\n"
