"""Sign-offs: what each side signed, section by section."""

from typing import Annotated

from pydantic import Field, StringConstraints

from opmodel.model.base import FrozenModel
from opmodel.model.text_kinds import DIGEST
from opmodel.model.values import Date, Line, RoleId, SectionField, Version
from opmodel.model.vocabulary import Section, SigningSide

Digest = Annotated[str, StringConstraints(pattern=DIGEST.pattern), DIGEST]


class Signoff(FrozenModel):
    """One signature of one side over every material section of a packet."""

    side: SigningSide = Field(description="The side that signs.")
    role: RoleId = Field(description="The matrix role that signs: the packet's owner on that side.")
    name: Line = Field(description="Title of the function that signs, as the packet names the owner.")
    date: Date = Field(description="The day of signing.")
    left_out: tuple[SectionField, ...] = Field(
        (), description="Fields that data/site.yml called not material on that day; the digests do not cover them."
    )
    engine: Version | None = Field(
        None,
        description="Version of opmodel that made the record. What newer rules ask for is owed at the next review.",
    )
    digests: dict[Section, Digest] = Field(
        min_length=1,
        description="Digest of each section as it was signed: the sections that the signature was made under.",
    )


class Signoffs(FrozenModel):
    """``data/signoffs/<packet id>.yml``: the records of one packet, oldest first; records are only ever added."""

    records: tuple[Signoff, ...] = Field(description="The sign-offs.")
