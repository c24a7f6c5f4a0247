"""Files at former addresses. No file can redirect from every host, so each holds what took its place, or says where."""

from pathlib import PurePosixPath

from opmodel.formats.api.documents import packet_document
from opmodel.formats.packet_dmn import packet_dmn
from opmodel.formats.review_calendar import calendar
from opmodel.formats.schemas import text
from opmodel.permalinks import addresses
from opmodel.rules.check import Checked


def former_file(checked: Checked, source: str, target: str) -> str | bytes:
    """Return what stands at ``source``, the former address of a file that leads to ``target`` now.

    JSON and decision tables of a packet are those of the packet that it is now. Everything else is a notice in the
    form that programs expect there: an empty calendar, a JSON object, or a line of text, which no engine decides by.
    """
    kind, present = PurePosixPath(source).suffix, PurePosixPath(target)
    where = addresses.absolute(checked.model, target)
    if kind == present.suffix == ".json":
        return packet_document(checked, present.stem)
    if kind == present.suffix == ".dmn":
        return packet_dmn(checked, present.parent.name) or ""
    match kind:
        case ".ics":
            return calendar(f"Moved to {where}", (), {})
        case ".json":
            return text({"moved_to": where})
        case _:
            return f"Moved to <{where}>\n"
