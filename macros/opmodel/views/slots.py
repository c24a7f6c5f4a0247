"""Text that is the same on every packet's page but for a few names: printed once with slots, then filled in for each.

A slot's marks are control characters, which no data file can hold. An id within an address is marked by tildes, which
ids cannot have and Markdown escapes.
"""

from collections.abc import Callable, Mapping

from markupsafe import Markup

from opmodel import addresses
from opmodel.load.operating_model import OperatingModel
from opmodel.views.matrix import MatrixView, packet_matrix

_ID = "~opmodel-packet~"
_TITLE = "packet title"
_PAGE = addresses.packet(_ID)
Print = Callable[[MatrixView, str], str]
"""Prints a matrix for the page at an address."""


def slotted(model: OperatingModel, print_matrix: Print) -> str:
    """Return the matrix of any packet, with slots for its id, its title and the holders of its roles."""
    return print_matrix(packet_matrix(model, _ID, _slot(_TITLE), {role: _slot(role) for role in model.roles}), _PAGE)


def filled(text: str, matrix: MatrixView, title: str, show: Callable[[str], str]) -> Markup:
    """Return a slotted matrix as that of one packet; ``show`` escapes what comes from data."""
    names: Mapping[str, str] = {_TITLE: title, **matrix.holders}
    for name, value in names.items():
        text = text.replace(_slot(name), show(value))
    return Markup(text.replace(_ID, matrix.packet))  # noqa: S704 what was filled in is escaped, and an id needs it not


def _slot(name: str) -> str:
    return f"\x02{name}\x03"
