"""Addresses that have moved, as the people who moved them wrote them down."""

from typing import Annotated

from pydantic import Field, StringConstraints

from opmodel.model.base import FrozenModel
from opmodel.model.text_kinds import ADDRESS
from opmodel.model.values import Date

Address = Annotated[str, StringConstraints(pattern=ADDRESS.pattern, max_length=400), ADDRESS]
"""An address from the site's root, as ``data/permalinks.txt`` writes it, such as ``/matrix/#sign-off``."""


MAX_REDIRECTS = 2000
"""The most redirects of a site: each of a row of the matrix stands on the page of every packet."""


class Redirect(FrozenModel):
    """One address that has moved."""

    source: Address = Field(
        alias="from", description="The old address, as data/permalinks.txt has it, such as /guide/old-page/#section."
    )
    target: Address = Field(alias="to", description="The page or section that took its place.")
    removed: Date | None = Field(
        None,
        description="The day on which it was removed, if nothing took its place: the page at the old address says so.",
    )


class Redirects(FrozenModel):
    """``data/redirects.yml``: what moved and has no record of its own that could say so with ``formerly``."""

    redirects: tuple[Redirect, ...] = Field(
        min_length=1, max_length=MAX_REDIRECTS, description="Addresses that have moved, in any order."
    )
