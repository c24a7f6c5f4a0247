"""Rules on gates and sign-offs."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from opmodel.load.document import Entry
from opmodel.model.packet import Owner
from opmodel.model.problem import Place, Problem
from opmodel.model.signoff import Signoff, Signoffs
from opmodel.model.vocabulary import Section, Status
from opmodel.readiness.signoff_history import altered_records
from opmodel.rules.rule import Context, history_rule, packet_rule
from opmodel.text.lookalikes import in_quotes

_NEEDS_ALL = (Status.APPROVED, Status.LIVE)
_HAS_OWN_RULE = ("thresholds-proven", "duties-separated")
"""Gates whose findings are problems of their own in any status; reporting them twice would hide the others."""


@packet_rule
def gate_open(context: Context) -> Iterator[Problem]:
    """A packet is approved or live and a launch gate is open. Close the gate, or set the status back to in-review."""
    for name, assessment in context.assessments.items():
        packet = context.packets[name]
        if packet.value.status not in _NEEDS_ALL:
            continue
        unread = name not in context.signoffs and context.has(f"data/signoffs/{name}.yml")
        for result in assessment.open:
            if unread and result.section is Section.SIGNOFFS:
                continue  # the mistake in the file of records is reported already
            for place, reason in result.reasons:
                if result.id in _HAS_OWN_RULE and "example" not in reason:
                    continue
                message = f'status "{packet.value.status}" needs the gate {result.id}: {reason}'
                yield Problem(place, "gate-open", message)


@packet_rule
def signoff_stray(context: Context) -> Iterator[Problem]:
    """Every file of sign-offs belongs to a packet: data/signoffs/<id>.yml to data/workflows/<id>.yml."""
    for name, entry in context.signoffs.items():
        if not context.has(f"data/workflows/{name}.yml"):
            yield Problem(entry.place(), "signoff-stray", f'there is no packet "{name}"')


@packet_rule
def signoff_role(context: Context) -> Iterator[Problem]:
    """Business is signed for by a role of the business side, IT by a role of the IT side, and a signature that holds
    is that of the packet's owner on that side."""
    for entry, position, signed in _records(context):
        role = context.model.roles.get(signed.role)
        if role and role.value.side is not signed.side:
            message = f'expected a role on the {signed.side.label} side, found "{signed.role}"'
            yield Problem(entry.place("records", position, "role"), "signoff-role", message)
        elif role and (owner := _other_owner(context, entry, signed)):
            found = f"{in_quotes(signed.name)} ({signed.role})"
            message = f"expected {in_quotes(owner.holder)} ({owner.role}), who owns the packet, found {found}"
            yield Problem(entry.place("records", position, "role"), "signoff-role", message)


def _other_owner(context: Context, entry: Entry[Signoffs], signed: Signoff) -> Owner | None:
    """Return the owner who should have given the signature ``signed``, where it holds and another gave it."""
    name = PurePosixPath(entry.document.path).stem
    if name not in context.assessments:
        return None
    assessment, owners = context.assessments[name], context.packets[name].value.owners
    for state, owner in ((assessment.business, owners.value), (assessment.it, owners.safety)):
        same = owner.role == signed.role and owner.holder.casefold() == signed.name.casefold()
        if state.current and state.signoff is signed and not same:
            return owner
    return None


@packet_rule
def signoff_order(context: Context) -> Iterator[Problem]:
    """Records stand in the order of their dates, oldest first, because a new one is always added at the end."""
    for entry, position, signed in _records(context):
        before = entry.value.records[position - 1].date if position else signed.date
        if signed.date < before:
            message = f"expected a day on or after {before}, found {signed.date}"
            yield Problem(entry.place("records", position, "date"), "signoff-order", message)


@history_rule
def signoff_altered(context: Context) -> Iterator[Problem]:
    """Sign-off records are only ever added. A record that was committed once and is now altered, moved or removed is
    an error. It is found in the history of version control; where that is missing, history-missing says so."""
    for change in altered_records(context.model, context.history):
        yield Problem(Place(change.path, change.line), "signoff-altered", change.message)


@packet_rule
def revised_forgotten(context: Context) -> Iterator[Problem]:
    """A material section changed since a sign-off, and ``revised`` is still older than that sign-off. Set it to the
    day of the change, so that older evidence is seen to be older."""
    for name, assessment in context.assessments.items():
        packet = context.packets[name]
        for state in (assessment.business, assessment.it):
            if state.signoff and state.changed and packet.value.revised <= state.signoff.date:
                message = (
                    f"expected a day after the sign-off by {state.side.label} on {state.signoff.date}, because "
                    f"{', '.join(state.changed)} changed since; found {packet.value.revised}"
                )
                yield Problem(packet.place("revised"), "revised-forgotten", message)
                break


def _records(context: Context) -> Iterator[tuple[Entry[Signoffs], int, Signoff]]:
    for entry in context.signoffs.values():
        for position, signed in enumerate(entry.value.records):
            yield entry, position, signed
