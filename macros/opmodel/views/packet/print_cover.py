"""What only the printed packet shows: what it is a print of, and the lines that both sides sign on."""

from dataclasses import dataclass

from opmodel.permalinks import addresses
from opmodel.readiness.material import packet_digest
from opmodel.readiness.signoffs import SideSignature
from opmodel.rules.check import Checked
from opmodel.text.words import day
from opmodel.views.blocks import Badge, layer_badge


@dataclass(frozen=True, kw_only=True)
class SignatureLine:
    """Who signs for a side, and what its last signature is worth."""

    side: Badge
    holder: str
    state: str


@dataclass(frozen=True, kw_only=True)
class PrintCover:
    """The facts of a print: whose it is, of which version, on which day, and where the original stands."""

    site: str
    organisation: str
    address: str
    digest: str
    printed: str
    signatures: tuple[SignatureLine, ...]


def print_cover(checked: Checked, name: str) -> PrintCover:
    """Return the cover of the packet ``name``."""
    packet, assessment, site = checked.model.packets[name].value, checked.assessments[name], checked.model.site
    root = f"{site.value.address.rstrip('/')}/" if site else ""
    owners = packet.owners
    return PrintCover(
        site=site.value.name if site else "",
        organisation=site.value.organisation if site else "",
        address=f"{root}{addresses.packet(name)}",
        digest=packet_digest(assessment.digests),
        printed=day(checked.as_of),
        signatures=(_line(assessment.business, owners.value.holder), _line(assessment.it, owners.safety.holder)),
    )


def _line(state: SideSignature, holder: str) -> SignatureLine:
    if state.signoff is None:
        words = "Not signed yet."
    elif state.current:
        words = f"Last signed on {day(state.signoff.date)}; the signature holds."
    else:
        words = f"Last signed on {day(state.signoff.date)}; the packet has changed since."
    return SignatureLine(side=layer_badge(state.side), holder=holder, state=words)
