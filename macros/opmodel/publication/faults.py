"""Which packet an error belongs to."""

from collections.abc import Iterable
from pathlib import PurePosixPath

from opmodel.files.packet_files import PACKETS_FOLDER, SIGNOFFS_FOLDER
from opmodel.load.data_files import PERMALINKS_FILE
from opmodel.load.operating_model import OperatingModel
from opmodel.model.problem import Problem

_FOLDERS = (PACKETS_FOLDER, SIGNOFFS_FOLDER)
_PAGES = "/workflows/"


def errors_by_packet(errors: Iterable[Problem], model: OperatingModel) -> dict[str, tuple[Problem, ...]]:
    """Return errors by the packet that they belong to; those under an empty id belong to the site."""
    found: dict[str, tuple[Problem, ...]] = {}
    addresses = model.permalinks.splitlines()
    for error in errors:
        name = _packet(error, addresses, model.names.get("packet") or frozenset())
        found[name] = (*found.get(name, ()), error)
    return found


def _packet(error: Problem, addresses: list[str], names: frozenset[str]) -> str:
    """Return the packet whose file, sign-offs or recorded address an error is about."""
    path = PurePosixPath(error.place.path)
    if str(path.parent) in _FOLDERS:
        return path.stem
    if error.place.path == PERMALINKS_FILE and error.place.line <= len(addresses):
        address = addresses[error.place.line - 1].strip()
        name = address.removeprefix(_PAGES).partition("/")[0] if address.startswith(_PAGES) else ""
        return name if name in names else ""
    return ""
