"""The kinds of files that a site holds, by the name that pages and schemas use."""

from opmodel.model import candidates, faq, organisation, packet, redirects, signoff, systems
from opmodel.model.base import FrozenModel

KINDS: dict[str, type[FrozenModel]] = {
    "packet": packet.Packet,
    "signoffs": signoff.Signoffs,
    "candidates": candidates.Candidates,
    "site": organisation.Site,
    "roles": organisation.Roles,
    "teams": organisation.Teams,
    "systems": systems.Systems,
    "models": systems.AiModels,
    "responsibilities": organisation.Responsibilities,
    "faq": faq.Faq,
    "redirects": redirects.Redirects,
}
"""What a page can show the fields of, by name."""
