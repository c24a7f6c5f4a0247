"""``opmodel decide``: the decision of a packet's approval table on one case."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from opmodel.commands.options import as_of, find_root, known_packet, site

if TYPE_CHECKING:
    from opmodel.approval.decide import Decision


@click.command(name="decide")
@click.argument("packet")
@click.argument("given", nargs=-1, metavar="INPUT=VALUE...")
@site
@as_of
def command(packet: str, given: tuple[str, ...], root: Path | None, as_of: date) -> None:
    """Decide one case: print outcome, approver, time limit, reason and rule.

    PACKET is the packet's id, and each INPUT=VALUE gives one input of its approval table.
    Example: opmodel decide invoice-triage amount=4999 po_match=matched
    """
    from opmodel.approval.case_input import CaseInputError, parse_case
    from opmodel.approval.decide import UndecidedError, decide
    from opmodel.rules.check import check

    checked = check(find_root(root), as_of)
    table = checked.assessments[known_packet(checked.model, packet)].control.table
    if table is None:
        raise click.ClickException(f"the approval table of {packet} has errors; see: opmodel check")
    try:
        decision = decide(table, dict(parse_case(table, given)))
    except CaseInputError as error:
        raise click.UsageError("\n".join(f"{name}: {text}" for name, text in error.problems.items())) from None
    except UndecidedError as error:
        raise click.ClickException(str(error)) from None
    click.echo("\n".join(f"{name:<11}{text}" for name, text in _lines(decision) if text))


def _lines(decision: "Decision") -> list[tuple[str, str]]:
    on_timeout, steps = decision.on_timeout, decision.steps
    approvers = ((" and " if step.all else " or ").join(party.title for party in step.parties) for step in steps)
    return [
        ("outcome", f"{decision.outcome.value}: {decision.outcome.meaning}"),
        ("approver", ", then ".join(approvers)),
        ("checker", decision.checked_by.title if decision.checked_by else ""),
        ("time limit", decision.within.words if decision.within else ""),
        ("no limit", decision.no_limit_reason or ""),
        ("on timeout", f"{on_timeout.value}: {on_timeout.meaning}" if on_timeout else ""),
        ("escalation", "; ".join(" → ".join(party.title for party in chain) for chain in decision.escalation)),
        ("exception", decision.exception or ""),
        ("advised", ", ".join(party.title for party in decision.advised)),
        ("informed", ", ".join(party.title for party in decision.informed)),
        ("reason", decision.reason),
        ("rule", decision.row.id),
    ]
