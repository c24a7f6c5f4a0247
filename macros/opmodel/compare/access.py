"""Access compared grant by grant: what the agent may use now and could not before."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from opmodel.model.packet import Access
from opmodel.model.vocabulary import DataClass, Vocabulary
from opmodel.readiness.changes import FieldChange, field_changes, plain_data


class AccessDirection(Vocabulary):
    """How a grant changed, in order of importance."""

    ADDED = "added", "Access added", "A grant that was not there."
    WIDENED = "widened", "Access widened", "More operations, or more sensitive data."
    CHANGED = "changed", "Access changed", "Another scope, identity or reason."
    NARROWED = "narrowed", "Access narrowed", "Fewer operations, or less sensitive data."
    REMOVED = "removed", "Access removed", "A grant that is gone."


MORE_ACCESS = (AccessDirection.ADDED, AccessDirection.WIDENED)


@dataclass(frozen=True, kw_only=True)
class AccessChange:
    """One grant that changed, in words, with its fields where it was there before and after."""

    id: str
    direction: AccessDirection
    text: str
    fields: tuple[FieldChange, ...] = ()


def access_changes(before: Sequence[Access], after: Sequence[Access]) -> tuple[AccessChange, ...]:
    """Return every grant that was added, removed or changed, most important first."""
    old, new = {grant.id: grant for grant in before}, {grant.id: grant for grant in after}
    order = list(AccessDirection)
    return tuple(sorted(_changes(old, new), key=lambda change: order.index(change.direction)))


def _changes(old: dict[str, Access], new: dict[str, Access]) -> Iterator[AccessChange]:
    for name, grant in new.items():
        if name not in old:
            yield AccessChange(id=name, direction=AccessDirection.ADDED, text=_grant(grant))
        elif fields := tuple(field_changes(plain_data(old[name]), plain_data(grant))):
            yield AccessChange(id=name, direction=_direction(old[name], grant), text=grant.system, fields=fields)
    for name, grant in old.items():
        if name not in new:
            yield AccessChange(id=name, direction=AccessDirection.REMOVED, text=_grant(grant))


def _grant(grant: Access) -> str:
    operations = ", ".join(operation.value for operation in grant.operations)
    return f"{grant.system}: {operations}; {grant.scope}; {grant.data_class.value} data, as {grant.identity}"


def _direction(old: Access, new: Access) -> AccessDirection:
    classes = list(DataClass)
    was, now = classes.index(old.data_class), classes.index(new.data_class)
    if set(new.operations) - set(old.operations) or now > was:
        return AccessDirection.WIDENED
    if set(old.operations) - set(new.operations) or now < was:
        return AccessDirection.NARROWED
    return AccessDirection.CHANGED
