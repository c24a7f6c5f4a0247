"""The organisation around the packets: the site's settings, roles, teams and responsibilities."""

import re
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from opmodel.model.base import FrozenModel, Reference
from opmodel.model.text_kinds import FONT_FILE, HANDLE, UUID
from opmodel.model.values import Date, Duration, Id, Line, Link, Prose, SectionField, TeamId, WebAddress
from opmodel.model.vocabulary import Layer, Phase, Raci, Section, Side
from opmodel.model.working_time import WorkingTime

Handle = Annotated[str, StringConstraints(pattern=HANDLE.pattern, max_length=200), HANDLE]
"""A user, team or group of a repository host (``@acme/finance``), or the mail address of a user there."""
Seed = Annotated[str, StringConstraints(pattern=UUID.pattern), UUID]
"""A UUID (RFC 9562) in small letters."""
FontFile = Annotated[str, StringConstraints(pattern=FONT_FILE.pattern, max_length=200), FONT_FILE]
"""The path of a font file in the site's folder."""


class CallToAction(FrozenModel):
    """An invitation that the home page ends with."""

    title: Line = Field(description="Heading of the invitation.")
    text: Line = Field(description="One or two sentences that say what the reader gets.")
    button: Line = Field(description="Words on the button.")
    link: Link = Field(description="Where the button leads, such as the organisation's own intake form.")


def _with(*names: str) -> AfterValidator:
    """Return a validator that refuses words in braces other than these, which nothing would replace."""

    def check(address: str) -> str:
        if unknown := set(re.findall(r"{[^{}]*}", address)) - {f"{{{name}}}" for name in names}:
            known = " or ".join(f"{{{name}}}" for name in names)
            raise PydanticCustomError("placeholder", f"expected {known} in braces, not {min(unknown)}")
        return address

    return AfterValidator(check)


class Site(FrozenModel):
    """``data/site.yml``: what this site is called, where it lives and how often packets are reviewed."""

    name: Line = Field(description="Name of the site, shown in the header and in link previews.")
    organisation: Line = Field(description="Name of the organisation whose operating model this is.")
    description: Line = Field(description="One sentence that says what the site is for.")
    address: WebAddress = Field(description="Address under which the site is published, with any sub-path.")
    seed: Seed | None = Field(
        None,
        description="UUID from which the ids in feeds and calendars are made; opmodel init makes one at random. "
        "Set it once and keep it: with another, every entry counts as new for those who follow.",
    )
    review_cadence: Duration = Field(description="How often a packet is reviewed unless it says otherwise.")
    review_grace: Duration = Field(description="How long a live packet may be overdue before the check fails.")
    delegation_max: Duration | None = Field(
        None, description="Longest time that a delegation of approval may last in any packet; none means no maximum."
    )
    working_time: WorkingTime | None = Field(
        None, description="Calendar of the time limits that packets give in working hours and days."
    )
    not_material: tuple[SectionField, ...] = Field(
        (),
        description="Fields of packets that may change without a new signature, each as section.field, such as "
        "support.channel. Owners, access, forbidden, approval and support.stop are always material.",
    )
    call_to_action: CallToAction | None = Field(None, description="Optional invitation on the home page.")
    synonyms: tuple[Annotated[tuple[Line, ...], Field(min_length=2)], ...] = Field(
        (), description="Groups of words that readers use for one thing; search treats them alike."
    )
    font: FontFile | None = Field(
        None,
        description="Font file of the site for preview pictures, such as docs/assets/acme.ttf, for letters or a look "
        "that the font of the engine does not have.",
    )
    discussion: Annotated[Link, _with("title", "address")] | None = Field(
        None, description="Where readers discuss a page; {title} and {address} stand for its title and its address."
    )
    report: Annotated[Link, _with("title", "address")] | None = Field(
        None, description="Where readers report a problem with a page; {title} and {address} stand as in `discussion`."
    )
    edit: Annotated[Link, _with("path")] | None = Field(
        None, description="Address of the repository host's editor; {path} stands for the file's path."
    )


class Role(FrozenModel):
    """One column of the responsibility matrix."""

    id: Id = Field(description="Short id, used by responsibilities and packets.")
    name: Line = Field(description="Name of the role as the matrix shows it.")
    side: Side = Field(description="The side that the role belongs to.")
    meaning: Line = Field(description="What the role does, in one sentence.")
    since: Date | None = Field(
        None,
        description="The day on which the role was added; packets that were signed owe a holder at their next review.",
    )


class Team(FrozenModel):
    """A team that holds roles in packets."""

    id: Id = Field(description="Short id; the team's page is teams/<id>/.")
    name: Line = Field(description="Name of the team.")
    side: Side = Field(description="The side that the team belongs to.")
    purpose: Line = Field(description="What the team is for, in one sentence.")
    channel: Line = Field(description="Where to reach the team, such as a chat channel.")
    contact: Line = Field(description="Role or shared mailbox that answers; never a person's name.")
    escalates_to: TeamId | None = Field(None, description="The team that takes over what this one cannot settle.")
    handle: Handle | None = Field(
        None,
        description="Name of the team at the repository host, such as @acme/finance; code owners are made from it.",
    )


class Responsibility(FrozenModel):
    """One row of the responsibility matrix."""

    id: Id = Field(description="Short id; also the row's anchor.")
    name: Line = Field(description="The responsibility, as a short phrase.")
    meaning: Prose = Field(description="What doing it well means.")
    layer: Layer = Field(description="The layer that it belongs to.")
    phase: Phase = Field(description="When it applies.")
    raci: Annotated[dict[str, Raci], Reference("role")] = Field(
        min_length=1, description="RACI letter per role; a role that is left out has no part in it."
    )
    evidence: Section = Field(description="The packet section that shows how it was met.")
    since: Date | None = Field(
        None, description="The day on which the row was added; packets that were signed owe it at their next review."
    )


class Roles(FrozenModel):
    """``data/roles.yml``."""

    roles: tuple[Role, ...] = Field(min_length=1, description="The roles, in the order of the matrix's columns.")


class Teams(FrozenModel):
    """``data/teams.yml``."""

    teams: tuple[Team, ...] = Field(min_length=1, description="The teams.")


class Responsibilities(FrozenModel):
    """``data/responsibilities.yml``."""

    responsibilities: tuple[Responsibility, ...] = Field(min_length=1, description="The matrix's rows, in order.")
