"""``opmodel evidence``: what the test of each failure case covers, and whether its evidence is still valid."""

from datetime import date
from pathlib import Path

import click

from opmodel.commands.options import as_of, echo_missing_history, find_root, known_packet, site


@click.command(name="evidence")
@click.argument("packet")
@site
@as_of
def command(packet: str, root: Path | None, as_of: date) -> None:
    """Show what the tests of a packet cover, and whether their evidence is still valid.

    PACKET is the packet's id. For each failure case stands which sections its test covers, and the digest of what they
    say now. Keep it beside the result of a new test, as it is printed: it then shows for good what was tested.
    """
    from opmodel.readiness.evidence import covered_digest, covered_sections
    from opmodel.rules.check import check

    checked = check(find_root(root), as_of)
    echo_missing_history(checked.problems)
    content = checked.model.packets[known_packet(checked.model, packet)].value
    stale = checked.assessments[packet].stale_evidence
    for case, reason in zip(content.shared.failure_cases, stale, strict=True):
        state = "stale: " + reason if reason else f"{case.result}, {case.date or 'without a day'}"
        click.echo(f"{case.id}  {state}")
        click.echo(f"  covers {', '.join(covered_sections(case))}")
        click.echo(f"  covered: {covered_digest(content, case)}")
