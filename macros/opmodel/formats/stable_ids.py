"""Ids of calendar events and feed entries, which stay the same wherever the site is published.

Without a seed in ``data/site.yml`` they are derived from the site's address.
"""

from uuid import UUID, uuid5

from opmodel.load.operating_model import OperatingModel
from opmodel.permalinks import addresses


def seeded(model: OperatingModel, address: str) -> UUID | None:
    """Return the id of what is at ``address``, relative to the site's root; None for a site without a seed."""
    seed = model.site.value.seed if model.site else None
    return uuid5(UUID(seed), address) if seed else None


def first_address(model: OperatingModel, packet: str) -> str:
    """Return the address that a packet had under its first id, which stays when the packet is renamed."""
    return addresses.packet((*model.summaries[packet].formerly, packet)[0])
