"""``opmodel permalinks``: show and record which published addresses are new, moved or lost."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from opmodel.commands.options import as_of, echo_missing_history, find_root, site

if TYPE_CHECKING:
    from opmodel.permalinks.record import RecordedAddresses


@click.command(name="permalinks")
@click.option(
    "--accept",
    "--write",
    "accepted",
    is_flag=True,
    help="Record the new addresses in data/permalinks.txt.",
)
@site
@as_of
def command(accepted: bool, root: Path | None, as_of: date) -> None:
    """Show which addresses are new, moved or lost since they were last recorded.

    Every address in data/permalinks.txt was published and must lead somewhere for good: to its page or row, or through
    a redirect to what took its place. Nothing is ever taken out of that file. Addresses of rules, gates, commands and
    fields belong to the engine, which keeps them, and are not recorded. The exit code is 1 when an address is lost.
    """
    from opmodel.load.data_files import PERMALINKS_FILE
    from opmodel.permalinks.engine_anchors import engine_addresses
    from opmodel.permalinks.moves import all_moves
    from opmodel.permalinks.published import published_addresses
    from opmodel.permalinks.record import all_records_read, compare_addresses, record_new_addresses
    from opmodel.rules.catalog import rules
    from opmodel.rules.check import check

    folder = find_root(root)
    checked = check(folder, as_of)
    if not all_records_read(checked.model):
        raise click.ClickException("some files cannot be read, so their addresses are not known; see: opmodel check")
    unread = [p for p in checked.problems if p.place.path == PERMALINKS_FILE and p.rule.startswith("file-")]
    if unread:
        raise click.ClickException("\n".join(["nothing was compared or recorded:", *map(str, unread)]))
    model = checked.model
    published, engine_owned = published_addresses(model, rules()), engine_addresses(model, rules())
    ledger = compare_addresses(model, published, all_moves(model), engine_owned)
    click.echo("\n".join(_lines(ledger)), nl=bool(ledger.new or ledger.moved or ledger.lost))
    if accepted and ledger.new:
        record_new_addresses(folder, ledger)
    done = f" (now recorded in {PERMALINKS_FILE})" if accepted and ledger.new else ""
    click.echo(
        f"{len(ledger.recorded)} recorded: {len(ledger.new)} new{done}, {len(ledger.moved)} moved, "
        f"{len(ledger.lost)} lost",
        err=True,
    )
    echo_missing_history(checked.problems)
    if lost := [str(problem) for problem in checked.problems if problem.rule == "permalink-lost"]:
        click.echo("\n".join(lost), err=True)
        raise SystemExit(1)


def _lines(ledger: "RecordedAddresses") -> list[str]:
    return [
        *(f"new    {address}" for address in ledger.new),
        *(f"moved  {old} → {new}" for old, new in ledger.moved),
        *(f"lost   {address}" for address in ledger.lost),
    ]
