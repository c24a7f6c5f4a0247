"""Small XML documents as trees of elements that know their line. A document type, and so every entity, is refused."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from opmodel.worksheets.grid import UnreadableSpreadsheet

MAX_ELEMENTS, MAX_DEPTH = 200_000, 60


@dataclass(slots=True)
class XmlElement:
    """An element: its namespace and name, attributes without their namespaces, text, and elements in it."""

    space: str
    name: str
    attributes: dict[str, str]
    line: int
    text: str = ""
    children: list["XmlElement"] = field(default_factory=list)

    def all(self, name: str) -> list["XmlElement"]:
        """Return the elements of a name directly in this one, of the same namespace."""
        return [each for each in self.children if each.name == name and each.space == self.space]

    def first(self, *path: str) -> "XmlElement | None":
        """Return the first element at a path, or None."""
        found: XmlElement | None = self
        for name in path:
            found = next(iter(found.all(name)), None) if found else None
        return found

    def words(self, *path: str) -> str:
        """Return the trimmed text of the first element at a path, empty if there is none."""
        found = self.first(*path)
        return found.text.strip() if found else ""

    def walk(self) -> Iterator["XmlElement"]:
        """Yield this element and all in it."""
        yield self
        for child in self.children:
            yield from child.walk()


def parse_xml(name: str, data: bytes) -> XmlElement:
    """Return the root element of a document. Raises `UnreadableSpreadsheet`."""
    builder = _Builder(name)
    try:
        builder.parser.Parse(data, True)
    except expat.ExpatError as error:
        raise UnreadableSpreadsheet(
            f"{name}:{error.lineno}:{error.offset + 1}: this is not valid XML: {expat.ErrorString(error.code)}"
        ) from None
    except UnreadableSpreadsheet:  # a ValueError too, from one of the handlers below
        raise
    except (LookupError, ValueError):
        raise UnreadableSpreadsheet(f"{name} names an encoding that cannot be read; save it as UTF-8") from None
    assert builder.root, "a document without a root is not valid"
    return builder.root


class _Builder:
    """Makes the tree while the document is read."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.root: XmlElement | None = None
        self.open: list[XmlElement] = []
        self.elements = 0
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.characters
        self.parser.StartDoctypeDeclHandler = self.refuse

    def refuse(self, *_: object) -> None:
        raise UnreadableSpreadsheet(f"{self.name} holds a document type, which no decision table needs")

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.elements += 1
        if self.elements > MAX_ELEMENTS or len(self.open) >= MAX_DEPTH:
            limits = f"{MAX_ELEMENTS:,} elements, or more than {MAX_DEPTH} in one another"
            raise UnreadableSpreadsheet(f"{self.name} holds more than {limits}")
        space, _, name = tag.rpartition(" ")
        plain = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        element = XmlElement(space, name, plain, self.parser.CurrentLineNumber)
        if self.open:
            self.open[-1].children.append(element)
        self.root = self.root or element
        self.open.append(element)

    def end(self, _tag: str) -> None:
        self.open.pop()

    def characters(self, text: str) -> None:
        self.open[-1].text += text
