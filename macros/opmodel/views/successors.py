"""Which packet took the place of another."""

from collections.abc import Mapping
from functools import lru_cache

from opmodel.load.operating_model import OperatingModel


def successor(model: OperatingModel, name: str) -> str | None:
    """Return the id of the packet that supersedes the packet ``name``; of several, the first."""
    return _successors(model).get(name)


@lru_cache(maxsize=2)  # every packet asks; were each to look through all, a large site would wait for that alone
def _successors(model: OperatingModel) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for name, entry in model.packets.items():
        if entry.value.supersedes:
            found.setdefault(entry.value.supersedes, name)
    return found
