"""``opmodel sign``: append a sign-off to the records of a packet."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from opmodel.commands.options import WordChoice, as_of, echo_missing_history, find_root, known_packet, site
from opmodel.files.packet_files import packet_path, signoffs_path
from opmodel.model.vocabulary import SIGNING_SIDES, Side

if TYPE_CHECKING:
    from opmodel.rules.check import Checked

_SIGNATURES = ("signed-by-business", "signed-by-it")
_OWED_BEFORE = ("role", "rule")
"""What is settled before a packet is signed again; a row or section is settled by signing, and gates are open."""


@click.command(name="sign")
@click.argument("packet")
@click.option(
    "--side", type=WordChoice(side.value for side in SIGNING_SIDES), required=True, help="The side that signs."
)
@click.option("--by", "name", required=True, help="Title of the function that signs: the packet's owner on that side.")
@site
@as_of
def command(packet: str, side: str, name: str, root: Path | None, as_of: date) -> None:
    """Sign a packet for one side.

    Appends a record with the digest of every section to data/signoffs/PACKET.yml. Nothing is signed while another
    launch gate is open, when NAME is not the owner that the packet names, or when that side signed the same on this
    day. Commit the file: the history of version control shows who signed. A sample is signed on the day on which its
    dates are judged.
    """
    from opmodel.files.targets import error_line
    from opmodel.readiness.review_dates import judged_on
    from opmodel.readiness.signoffs import new_signoff
    from opmodel.rules.check import check
    from opmodel.scaffold.signing import SignoffFileError, append_signoff

    folder = find_root(root)
    checked = check(folder, as_of)
    echo_missing_history(checked.problems)
    _refuse(checked, known_packet(checked.model, packet), Side(side), name)
    signed = checked.model.packets[packet].value
    record = new_signoff(signed, Side(side), judged_on(signed, as_of), checked.model.not_material)
    signatures = checked.assessments[packet]
    newest = (signatures.business if record.side is Side.BUSINESS else signatures.it).signoff
    if newest and newest.date == record.date and newest.digests == record.digests:
        raise click.ClickException(
            f"{newest.name} signed {packet} for {record.side.label} on this day already, and nothing changed since; "
            "nothing was signed"
        )
    try:
        path = append_signoff(folder, packet, record)
    except SignoffFileError as error:
        raise click.ClickException(f"nothing was signed; {signoffs_path(packet)}: {error}") from None
    except OSError as error:
        raise click.ClickException(f"nothing was signed; {error_line(error)}") from None
    click.echo(f"{record.name} signed {packet} for {Side(side).label} on {record.date}")
    click.echo(f"Commit {path.relative_to(folder).as_posix()} so that version control shows who signed.")


def _refuse(checked: "Checked", packet: str, side: Side, name: str) -> None:
    """Raise an error with every reason why ``side`` cannot sign."""
    owners = checked.model.packets[packet].value.owners
    owner = owners.value if side is Side.BUSINESS else owners.safety
    if owner.holder.casefold() != name.strip().casefold():
        raise click.ClickException(f'the owner of {packet} on the {side.label} side is "{owner.holder}", not "{name}"')
    gates = [gate for gate in checked.assessments[packet].open if gate.id not in _SIGNATURES]
    reasons = [f"{place.path}:{place.line}: {gate.id}: {text}" for gate in gates for place, text in gate.reasons]
    own = {packet_path(packet), signoffs_path(packet)}
    errors = [str(problem) for problem in checked.errors if problem.place.path in own and problem.rule != "gate-open"]
    owed = [item.words for item in checked.model.summaries[packet].owed if item.kind in _OWED_BEFORE]
    errors += [f"{packet_path(packet)}: owed-at-review: {words}" for words in owed]
    if errors or reasons:
        raise click.ClickException("nothing was signed; settle these first:\n" + "\n".join(errors + reasons))
