"""Rules on systems, the identities that agents have there, and AI models."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta

from opmodel.load.document import Entry
from opmodel.model.packet import Packet
from opmodel.model.problem import Place, Problem, Severity
from opmodel.model.vocabulary import Operation, Outcome
from opmodel.readiness.gates import PLACEHOLDER
from opmodel.rules.rule import Context, packet_rule, site_rule
from opmodel.text.lookalikes import in_quotes
from opmodel.text.words import counted, listed

_NOTICE = timedelta(days=60)
"""How long before its end a model is reported."""
_BY_A_PERSON = (Outcome.APPROVE, Outcome.REVIEW)
"""The outcomes with which a person looks at a case."""


@packet_rule
def grant_data_class(context: Context) -> Iterator[Problem]:
    """A grant opens no data that is more sensitive than data/systems.yml says of its system."""
    for entry in context.packets.values():
        for position, grant in enumerate(entry.value.it.access):
            system = context.model.systems.get(grant.system)
            if system and grant.data_class.sensitivity > system.value.data_class.sensitivity:
                message = (
                    f'the grant opens {grant.data_class.value} data, and "{grant.system}" holds at most '
                    f"{system.value.data_class.value} data; one of the two is wrong"
                )
                yield Problem(entry.place("it", "access", position, "data_class"), "grant-data-class", message)


@packet_rule
def forbidden_granted(context: Context) -> Iterator[Problem]:
    """No grant allows what a forbidden action names by its operations, in its system or, without one, anywhere. Words
    are not compared: an action without operations is never found in a grant."""
    for entry in context.packets.values():
        for action in entry.value.it.forbidden:
            for position, grant in enumerate(entry.value.it.access):
                allowed = [each.value for each in grant.operations if each in action.operations]
                if allowed and action.system in (None, grant.system):
                    message = (
                        f'{action.id} forbids {listed(allowed)} in "{grant.system}", and this grant allows it; '
                        f"take it out of one of the two"
                    )
                    yield Problem(entry.place("it", "access", position, "operations"), "forbidden-granted", message)


@packet_rule
def write_unwatched(context: Context) -> Iterator[Problem]:
    """Where an agent may change something in a system of data/systems.yml, a rule of the approval table has a person
    approve or check cases, and the audit trail records something."""
    for entry in context.packets.values():
        if lacking := listed(list(_lacking(entry.value))):
            for position, grant in enumerate(entry.value.it.access):
                writes = [each.value for each in grant.operations if each is not Operation.READ]
                if writes and grant.system in context.model.systems:
                    message = f'the agent may {listed(writes)} in "{grant.system}", and {lacking}'
                    place = entry.place("it", "access", position, "operations")
                    yield Problem(place, "write-unwatched", message, Severity.WARNING)


def _lacking(packet: Packet) -> Iterator[str]:
    """Yield what a packet lacks of approval and of an audit trail."""
    if not any(rule.outcome in _BY_A_PERSON for rule in packet.shared.approval.rules):
        yield "no rule has a person approve or check (outcome approve or review)"
    if not packet.shared.audit.records:
        yield "nothing is recorded (records of the audit section)"


@site_rule
def shared_identity(context: Context) -> Iterator[Problem]:
    """Where a site lists its systems, no two packets that are not retired use one identity: a log then says which agent
    acted, and one agent can be stopped without the other."""
    if not context.model.systems:
        return
    users: dict[str, list[str]] = defaultdict(list)
    for name, summary in sorted(context.model.summaries.items()):
        for identity in () if summary.retired else summary.identities:
            if not PLACEHOLDER.search(identity):  # what is not written yet names no account
                users[identity].append(name)
    for identity, names in users.items():
        for name in names if len(names) > 1 else ():
            others = listed([other for other in names if other != name])
            message = f"the identity {in_quotes(identity)} is also used by {others}; give each packet one of its own"
            yield Problem(
                _identity_place(context.packets[name], identity), "shared-identity", message, Severity.WARNING
            )


def _identity_place(entry: Entry[Packet], identity: str) -> Place:
    grants = enumerate(entry.value.it.access)
    return entry.place("it", "access", next(at for at, grant in grants if grant.identity == identity), "identity")


@site_rule
def model_ending(context: Context) -> Iterator[Problem]:
    """A model in data/models.yml is neither withdrawn nor will be within 60 days. What runs on it has to move first."""
    for entry in context.model.ai_models.values():
        ends = entry.value.ends
        if ends and ends <= context.as_of + _NOTICE:
            left = (ends - context.as_of).days
            when = f"is withdrawn in {counted(left, 'day')}" if left > 0 else f"was withdrawn on {ends}"
            next_one = (
                f'; its fallback is "{entry.value.fallback}"'
                if entry.value.fallback
                else "; name its successor as fallback"
            )
            message = f'the model "{entry.value.id}" {when}{next_one}'
            yield Problem(entry.place("ends"), "model-ending", message, Severity.WARNING)
