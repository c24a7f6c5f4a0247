"""The matrix of a packet as text with slots: printed once for a site, then filled in for each packet.

A slot's marks are control characters, which no data file can hold. An id within an address is marked by tildes, which
ids cannot have and Markdown escapes.
"""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from markupsafe import Markup

from opmodel.load.operating_model import OperatingModel
from opmodel.permalinks import addresses
from opmodel.views.matrix import MatrixView, packet_matrix

_ID = "~opmodel-packet~"
_TITLE = "packet title"
_PAGE = addresses.packet(_ID)
_SLOTS = re.compile(f"(\x02[^\x03]*\x03|{_ID})")
MatrixPrinter = Callable[[MatrixView, str], str]
"""Prints a matrix for the page at an address."""


def matrix_with_slots(model: OperatingModel, print_matrix: MatrixPrinter) -> str:
    """Return the matrix of any packet, with slots for its id, its title and the holders of its roles."""
    return print_matrix(packet_matrix(model, _ID, _slot(_TITLE), {role: _slot(role) for role in model.roles}), _PAGE)


def fill_slots(text: str, matrix: MatrixView, title: str, show: Callable[[str], str]) -> Markup:
    """Fill in the slots for one packet; ``show`` escapes text from data."""
    names: Mapping[str, str] = {_TITLE: title, **matrix.holders}
    values = {_slot(name): show(value) for name, value in names.items()} | {_ID: matrix.packet}
    parts = list(_parts(text))
    parts[1::2] = [values[slot] for slot in parts[1::2]]
    return Markup("".join(parts))  # noqa: S704 what was filled in is escaped, and an id needs it not


@lru_cache(maxsize=4)  # every packet fills the same texts, and looking for slots takes longer than filling them
def _parts(text: str) -> tuple[str, ...]:
    """Return the text split at its slots, which are every second part."""
    return tuple(_SLOTS.split(text))


def _slot(name: str) -> str:
    return f"\x02{name}\x03"
