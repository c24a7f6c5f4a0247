"""Ids of calendar events and feed entries, which do not depend on the address of the site.

Without a seed in ``data/site.yml`` they are derived from the site's address.
"""

from uuid import UUID, uuid5

from opmodel.load.operating_model import OperatingModel
from opmodel.permalinks import addresses


def seeded(model: OperatingModel, address: str) -> UUID | None:
    """Return the id of an address relative to the site's root, or None if the site has no seed."""
    seed = model.site.value.seed if model.site else None
    return uuid5(UUID(seed), address) if seed else None


def first_address(model: OperatingModel, packet: str) -> str:
    """Return the address of a packet under its first id, which renaming does not change."""
    return addresses.packet((*model.summaries[packet].formerly, packet)[0])
