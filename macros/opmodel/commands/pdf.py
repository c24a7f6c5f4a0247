"""``opmodel pdf``: print a packet, or all packets of a team, to a PDF file."""

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from opmodel.commands.options import NEW_FILE, WordChoice, find_root, known_id, known_packet, site, site_model
from opmodel.text.words import counted

if TYPE_CHECKING:
    from opmodel.load.operating_model import OperatingModel


@click.command(name="pdf")
@click.argument("packet", required=False)
@click.option("--team", help="A review pack instead: the team's page and every packet that it owns.")
@click.option("-o", "--output", type=NEW_FILE, help="The file; by default ID.pdf here.")
@click.option(
    "--paper", type=WordChoice(["a4", "letter"]), default="a4", show_default=True, help="The size of the sheets."
)
@site
def command(packet: str | None, team: str | None, output: Path | None, paper: str, root: Path | None) -> None:
    """Print the packet PACKET to a PDF file: cover, every section, and lines for both sides to sign on.

    The site is built anew, and the system's Chromium, Chrome or Edge prints it; nothing is sent anywhere.
    """
    from opmodel.files.targets import why_not_writable
    from opmodel.printing import BrowserError, BuildError

    if bool(packet) == bool(team):
        raise click.UsageError("name a packet, or a team with --team")
    folder = find_root(root)
    model = site_model(folder)
    target = output or Path(f"{packet or team}.pdf")
    if refused := why_not_writable(target, folder) or _not_ours(target):
        raise click.UsageError(refused)
    try:
        _print(model, _chosen(model, packet, team), team, target, folder, paper)
    except (BrowserError, BuildError) as error:
        raise click.ClickException(str(error)) from None
    click.echo(target)


def _not_ours(target: Path) -> str:
    """Return why the file at ``target`` is not overwritten, or an empty text."""
    from opmodel.files.reading import MAX_ASSET_BYTES, UnreadableFile, read_named_file
    from opmodel.printing import PDF_MARK

    if not target.exists():
        return ""
    try:
        if read_named_file(target, MAX_ASSET_BYTES).endswith(PDF_MARK):
            return ""
    except UnreadableFile as refused:
        return f"{target}: {refused}; choose another name"
    return f"{target} was not made by opmodel pdf and stays as it is; choose another name, or remove it first"


def _chosen(model: "OperatingModel", packet: str | None, team: str | None) -> list[str]:
    """Return the packets to print."""
    if packet is not None:
        return [known_packet(model, packet)]
    known_id(str(team), model.teams, "team")
    owned = [n for n, e in model.packets.items() if team in (e.value.owners.value.team, e.value.owners.safety.team)]
    if not owned:
        raise click.ClickException(f"{team} owns no packet, so there is nothing to review")
    return owned


def _print(model: "OperatingModel", packets: list[str], team: str | None, target: Path, root: Path, paper: str) -> None:
    from opmodel import printing
    from opmodel.permalinks import addresses

    chromium = printing.find_browser()
    owner = model.teams[team].value if team else None
    title = f"Review pack: {owner.name}" if owner else model.packets[packets[0]].value.title
    with tempfile.TemporaryDirectory(prefix="opmodel-print-") as folder:
        built = Path(folder) / "site"
        click.echo("Building the site …", err=True)
        printing.build_site(root, built)
        printing.set_paper(built, paper, title)
        address = printing.add_pack(built, owner, packets) if owner else addresses.packet(packets[0])
        click.echo(f"Printing {counted(len(packets), 'packet')} …", err=True)
        with printing.served(built) as start:
            printing.print_page(chromium, start + address, target)
