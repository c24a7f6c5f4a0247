"""``opmodel new``: start a packet, a question, a team, a system or a model."""

import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

import click

from opmodel.commands.new_systems import model, system
from opmodel.commands.options import WordChoice, as_of, find_root, refusals, site, site_model
from opmodel.files.packet_files import packet_path
from opmodel.model.vocabulary import Side
from opmodel.text.lookalikes import in_quotes
from opmodel.text.nearest import did_you_mean


class _PacketFirst(click.Group):
    """A group in which ``new "Invoice triage"`` means ``new packet "Invoice triage"``."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the word packet before a title; a mistyped kind is a usage error, not a title."""
        if args and args[0] not in (*self.commands, "-h", "--help"):
            near = did_you_mean(args[0], self.commands)
            if near and len(args) > 1 and not args[1].startswith("-"):
                raise click.UsageError(f"there is no kind {in_quotes(args[0])}{near}", ctx)
            args = ["packet", *args]
        return super().parse_args(ctx, args)


@click.group(name="new", cls=_PacketFirst)
def command() -> None:
    """Start a packet, a question, a team, a system or an AI model.

    opmodel new "Invoice triage" --team finance-ops is short for opmodel new packet. What is written is complete and
    commented, passes opmodel check, and never takes the place of what is there.
    """


command.add_command(system)
command.add_command(model)
_id = click.option("--id", "name", default=None, help="Id to use instead of one made from the words.")


@command.command(name="packet")
@click.argument("title", required=False)
@click.option("--team", default=None, help="Business team that owns the value; needed where there are several.")
@click.option("--it-team", default=None, help="IT team that owns the safety; by default the one that mostly does.")
@click.option("--from", "candidate", default=None, help="Id of a candidate in data/candidates.yml to start from.")
@_id
@site
@as_of
def packet(root: Path | None, as_of: date, **wanted: str | None) -> None:
    """Start a packet in data/workflows/.

    TITLE is the name of the workflow; with --from it may be left out. Every section is there with a comment that says
    what belongs in it and TBD where words are owed, so that the gate definition-complete stays open until all are
    written. The approval table is small and proven, and every role has a holder.
    """
    from opmodel.scaffold.packet import PacketRequest, new_packet

    folder = find_root(root)
    with refusals():
        name = new_packet(site_model(folder), PacketRequest(**{"title": None, **wanted}), as_of)
    path = folder / "data" / "workflows" / f"{name}.yml"
    click.echo(f"Wrote {os.path.relpath(path)}: {_state(folder, name, as_of)}")
    for line in _noted(folder, wanted["candidate"], name):
        click.echo(line)
    click.echo(f"Next: replace every TBD in it, section by section, then run: opmodel check {os.path.relpath(path)}")


@command.command(name="faq")
@click.argument("question")
@click.option("--topic", default=None, help="Topic that other answers have; by default the last answer's.")
@_id
@site
@as_of
def faq(question: str, topic: str | None, name: str | None, root: Path | None, as_of: date) -> None:
    """Add a question to the end of data/faq.yml.

    QUESTION is the question as people ask it. Every byte that is in the file stays.
    """
    from opmodel.scaffold.entries import new_question

    folder = find_root(root)
    with refusals():
        made, line = new_question(site_model(folder), question, name, topic, as_of)
    click.echo(f"Added the question {made}: {os.path.relpath(folder / 'data' / 'faq.yml')}:{line}")
    click.echo(f"Next: write its short answer and answer; its address will be faq/{made}/")


@command.command(name="team")
@click.argument("title", metavar="NAME")
@click.option(
    "--side", type=WordChoice(side.value for side in Side), required=True, help="The side that the team is on."
)
@click.option("--escalates-to", "above", default=None, help="Team that takes over what this one cannot settle.")
@_id
@site
def team(title: str, side: str, above: str | None, name: str | None, root: Path | None) -> None:
    """Add a team to the end of data/teams.yml.

    NAME is the name of the team. Every byte that is in the file stays.
    """
    from opmodel.scaffold.entries import new_team

    folder = find_root(root)
    with refusals():
        made, line = new_team(site_model(folder), title, name, Side(side), above)
    click.echo(f"Added the team {made}: {os.path.relpath(folder / 'data' / 'teams.yml')}:{line}")
    click.echo("Next: write its purpose, channel and contact.")


def _state(folder: Path, name: str, as_of: date) -> str:
    """Return the result of the check for a new packet, in words."""
    from opmodel.rules.check import check

    checked = check(folder, as_of)
    own = [str(p) for p in checked.errors if p.place.path == packet_path(name)]
    assessment = checked.assessments.get(name)
    if own or assessment is None:
        return "\n".join(["a draft with errors", *own])
    return f"a draft without errors, {assessment.passed} of {len(assessment.gates)} launch gates pass"


def _noted(folder: Path, candidate: str | None, name: str) -> Iterator[str]:
    """Yield what has changed, or has to change, outside a new packet."""
    from opmodel.readiness.codeowners import UnreadableOwners, committed_block
    from opmodel.scaffold.entries import set_candidate_packet

    if candidate:
        done = set_candidate_packet(folder / "data" / "candidates.yml", candidate, name)
        what = f"packet: {name}"
        yield f"The candidate {candidate} now says {what}" if done else f"Add to the candidate {candidate}: {what}"
    with suppress(UnreadableOwners):  # which is a problem of the check
        if committed_block(folder):
            yield "Its owners are to be asked for changes: opmodel codeowners --write"
