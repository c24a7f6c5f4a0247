"""Rules on the owners, ids, tests and dates of packets."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from opmodel.approval.bands import compile_bands, overlapping_bands
from opmodel.approval.faults import TableError
from opmodel.load.document import Entry
from opmodel.model.approval import Approval
from opmodel.model.chains import cycles
from opmodel.model.packet import Assignment, Packet, Pain
from opmodel.model.problem import Problem, Severity
from opmodel.model.vocabulary import Outcome, Side, Status, TestResult
from opmodel.readiness.review_dates import grace_end, is_overdue
from opmodel.rules.rule import Context, packet_rule, site_rule
from opmodel.source.tree import ListNode, MapNode, Path, ScalarNode, child, lists_below


@packet_rule
def owner_side(context: Context) -> Iterator[Problem]:
    """The owner for value holds a business role and the owner for safety an IT role. One owner each, never swapped."""
    for packet in context.packets.values():
        owners = packet.value.owners
        for key, owner, side in (("value", owners.value, Side.BUSINESS), ("safety", owners.safety, Side.IT)):
            role = context.model.roles.get(owner.role)
            if role and role.value.side is not side:
                found = f'"{owner.role}" is on the {role.value.side.label} side'
                message = f"the owner for {key} holds a role of the {side.label} side; {found}"
                yield Problem(packet.place("owners", key, "role"), "owner-side", message)


@packet_rule
def team_side(context: Context) -> Iterator[Problem]:
    """A team that holds a role is on the role's side. This covers owners, routes, queues and failure cases."""
    for packet in context.packets.values():
        for path, role, team in _assignments(packet.value):
            sides = context.model.roles.get(role), context.model.teams.get(team)
            if sides[0] and sides[1] and sides[0].value.side is not sides[1].value.side:
                message = (
                    f'expected a team on the {sides[0].value.side.label} side for the role "{role}", '
                    f'found "{team}" on the {sides[1].value.side.label} side'
                )
                yield Problem(packet.place(*path, "team"), "team-side", message)


def _assignments(packet: Packet) -> Iterator[tuple[Path, str, str]]:
    """Yield (path, role, team) wherever a packet says which team holds a role."""
    yield ("owners", "value"), packet.owners.value.role, packet.owners.value.team
    yield ("owners", "safety"), packet.owners.safety.role, packet.owners.safety.team
    for role, holder in packet.owners.others.items():
        yield ("owners", "others", role), role, holder.team
    queue = packet.shared.exceptions
    yield ("shared", "exceptions", "owner"), queue.owner.role, queue.owner.team
    for index, case in enumerate(queue.cases):
        yield _assigned(("shared", "exceptions", "cases", index, "route"), case.route)
    for index, failure in enumerate(packet.shared.failure_cases):
        yield _assigned(("shared", "failure_cases", index, "owner"), failure.owner)


def _assigned(path: Path, to: Assignment) -> tuple[Path, str, str]:
    return path, to.role, to.team


@packet_rule
def role_held(context: Context) -> Iterator[Problem]:
    """Every role of the matrix has exactly one holder in a packet: the two owners, and one entry for each other. A
    packet that was signed before a role was added owes its holder at the next review (owed-at-review), and a retired
    one stays as it was."""
    for name, packet in context.packets.items():
        owners = packet.value.owners
        held = Counter([owners.value.role, owners.safety.role, *owners.others])
        missing = [role for role in context.model.roles if role not in held and role not in _owed_roles(context)]
        if missing and packet.value.status is not Status.RETIRED and not context.has_unread_signoffs(name):
            message = (
                f"nobody holds {_listed(missing)} in this packet; add for each, such as "
                f"{missing[0]}: {{team: <team>, holder: <title of the function>}}"
            )
            yield Problem(packet.place("owners", "others", key=True), "role-held", message)
        for role in (role for role, count in held.items() if count > 1):
            message = f'the role "{role}" has two holders in this packet'
            yield Problem(packet.place("owners", "others", role, key=True), "role-held", message)


def _owed_roles(context: Context) -> set[str]:
    """Return the roles that were added since the packet was signed; owed-at-review reports them."""
    return {item.id for each in context.assessments.values() for item in each.owed if item.kind == "role"}


def _listed(names: list[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


@packet_rule
def duplicate_id(context: Context) -> Iterator[Problem]:
    """Ids are unique within their list, whatever the case of their letters: each is an anchor on the packet's page."""
    for packet in context.packets.values():
        for path, node in lists_below(packet.document.node) if packet.document.node else ():
            yield from _twice(packet, path, node)


def _twice(packet: Entry[Packet], path: Path, node: ListNode) -> Iterator[Problem]:
    seen: dict[str, ScalarNode] = {}
    for position, item in enumerate(node.items):
        found = child(item, "id") if isinstance(item, MapNode) else None
        if not isinstance(found, ScalarNode) or not isinstance(found.value, str):
            continue
        first = seen.setdefault(found.value.lower(), found)
        if first is not found:
            message = f'the id "{found.value}" stands twice; first on line {first.mark.line}'
            yield Problem(packet.place(*path, position, "id"), "duplicate-id", message)


@packet_rule
def evidence_missing(context: Context) -> Iterator[Problem]:
    """A failure case that passed or failed has evidence and the day of the test. A result without either is a claim."""
    for packet, path, case in _failure_cases(context):
        if case.result is TestResult.NOT_RUN:
            continue
        for key in ("evidence", "date"):
            if getattr(case, key) is None:
                message = f'failure case "{case.id}" has the result "{case.result}" and no {key}'
                yield Problem(packet.place(*path, "result"), "evidence-missing", message)


@packet_rule
def evidence_stale(context: Context) -> Iterator[Problem]:
    """What the test of a failure case covers has not changed since: a test of the previous version proves nothing about
    this one. A failure case names the sections that it covers, or its kind does; see opmodel evidence."""
    for name, assessment in context.assessments.items():
        for index, reason in enumerate(assessment.stale_evidence):
            if reason:
                place = context.packets[name].place("shared", "failure_cases", index, "date")
                yield Problem(place, "evidence-stale", reason)


@packet_rule
def date_future(context: Context) -> Iterator[Problem]:
    """Things that have happened carry dates that have passed: tests, reviews, revisions and sign-offs."""
    for packet, path, case in _failure_cases(context):
        yield from _future(context, packet, (*path, "date"), case.date)
    for packet in context.packets.values():
        yield from _future(context, packet, ("revised",), packet.value.revised)
        yield from _future(context, packet, ("shared", "review", "last"), packet.value.shared.review.last)
    for signoffs in context.signoffs.values():
        for position, signed in enumerate(signoffs.value.records):
            yield from _future(context, signoffs, ("records", position, "date"), signed.date)


def _future(context: Context, entry: Entry[Any], path: Path, day: Any) -> Iterator[Problem]:
    if day and day > context.as_of:
        message = f"expected a day up to {context.as_of}, found {day}{_sample(context)}"
        yield Problem(entry.place(*path), "date-future", message)


def _sample(context: Context) -> str:
    """Return what helps where a sample is changed as if it were a packet of one's own."""
    sample = any(packet.value.sample_as_of for packet in context.packets.values())
    return "; this is a sample, judged as on that day: leave out sample_as_of to make it yours" if sample else ""


def _failure_cases(context: Context) -> Iterator[tuple[Entry[Packet], Path, Any]]:
    for packet in context.packets.values():
        for index, case in enumerate(packet.value.shared.failure_cases):
            yield packet, ("shared", "failure_cases", index), case


@packet_rule
def review_order(context: Context) -> Iterator[Problem]:
    """The next review is after the last one."""
    for packet in context.packets.values():
        review = packet.value.shared.review
        if review.last and review.next <= review.last:
            message = f"expected a day after the last review on {review.last}, found {review.next}"
            yield Problem(packet.place("shared", "review", "next"), "review-order", message)


@packet_rule
def review_overdue(context: Context) -> Iterator[Problem]:
    """A live packet's next review has passed: a warning at first, an error once the grace of ``data/site.yml`` has
    passed as well."""
    site = context.model.site
    for packet in context.packets.values():
        day = packet.value.shared.review.next
        if not is_overdue(packet.value.status, day, context.as_of):
            continue
        end = grace_end(day, site.value.review_grace) if site else day
        severity = Severity.WARNING if context.as_of <= end else Severity.ERROR
        message = f"the review of {day} is overdue on {context.as_of}; the grace ends on {end}"
        yield Problem(packet.place("shared", "review", "next"), "review-overdue", message, severity)


@site_rule
def supersedes_status(context: Context) -> Iterator[Problem]:
    """A live packet and the packet that it supersedes are not both live, and no packet supersedes itself, directly or
    in a ring."""
    packets, summaries = context.model.packets, context.model.summaries
    in_rings = {
        name for ring in cycles({name: summary.supersedes for name, summary in summaries.items()}) for name in ring
    }
    for name, summary in summaries.items():
        if name in in_rings:
            message = f'"{name}" supersedes itself in a ring'
            yield Problem(packets[name].place("supersedes"), "supersedes-status", message)
        old = summary.supersedes
        if (
            old is not None
            and old in summaries
            and old != name
            and {summary.status, summaries[old].status} == {Status.LIVE}
        ):
            message = f'"{old}" is superseded by this live packet and is still live itself'
            yield Problem(packets[name].place("supersedes"), "supersedes-status", message)


@packet_rule
def unused_case(context: Context) -> Iterator[Problem]:
    """Each case of the exception queue is named by a rule of the approval table or as one from elsewhere. A warning."""
    for packet in context.packets.values():
        queue = packet.value.shared.exceptions
        refusing = [rule for rule in packet.value.shared.approval.rules if rule.outcome is Outcome.REFUSE]
        named = {rule.exception for rule in refusing}.union(queue.from_elsewhere)
        for number, case in enumerate(queue.cases):
            if case.id not in named and None not in named:  # a refusal without a case may lead to any
                message = (
                    f"no rule of the approval table sends a case to {case.id}; name it as the exception of a rule, "
                    f"or write from_elsewhere: [{case.id}] in the exceptions"
                )
                place = packet.place("shared", "exceptions", "cases", number, "id")
                yield Problem(place, "unused-case", message, Severity.WARNING)


@packet_rule
def volume_bands(context: Context) -> Iterator[Problem]:
    """Bands of a packet's volume have conditions on inputs of its approval table, share no case, and hold no more cases
    than the volume."""
    for packet in context.packets.values():
        pain = packet.value.business.pain
        for path, message in _band_faults(packet.value.shared.approval, pain) if pain.volume_bands else ():
            yield Problem(packet.place("business", "pain", "volume_bands", *path), "volume-bands", message)


def _band_faults(approval: Approval, pain: Pain) -> Iterator[tuple[Path, str]]:
    try:
        table = compile_bands(approval, [band.when for band in pain.volume_bands])
    except TableError as error:
        found = (fault for fault in error.faults if fault.path[0] == "rules" and fault.rule != "unknown-input")
        yield from ((fault.path[1:], fault.message) for fault in found)
        return
    for later, earlier in overlapping_bands(table):
        yield (
            (later.number, "when"),
            f"band {later.number + 1} holds cases that band {earlier.number + 1} holds as well",
        )
    total = sum(band.cases for band in pain.volume_bands)
    if total > pain.volume.cases:
        yield (
            (),
            f"expected at most {pain.volume.cases:,} cases in all bands together, as in the volume; found {total:,}",
        )
