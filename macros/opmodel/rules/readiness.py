"""Rules on gates, sign-offs, the history that proves them, and the code owners who are asked before a change."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from opmodel.files.git import REFETCH
from opmodel.files.packet_files import SIGNOFFS_FOLDER, signoffs_path
from opmodel.load.document import Entry
from opmodel.model.packet import Owner
from opmodel.model.packet_summary import OwedItem
from opmodel.model.problem import Place, Problem, Severity
from opmodel.model.signoff import Signoff, Signoffs
from opmodel.model.vocabulary import Section, Status
from opmodel.readiness.codeowners import UnreadableOwners, committed_block, owners_block, site_prefix
from opmodel.readiness.history import HISTORY_MISSING
from opmodel.readiness.material import is_always_material, optional_fields
from opmodel.readiness.signoffs import altered_records
from opmodel.rules.rule import Context, history_rule, packet_rule, site_rule
from opmodel.text.lookalikes import in_quotes
from opmodel.text.nearest import did_you_mean, nearest
from opmodel.text.words import counted

_SITE = Place("data/site.yml")
"""Where a problem of the whole repository is shown."""
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
        owed = {item.id for item in assessment.owed if item.kind == "gate"}
        unread = context.has_unread_signoffs(name)
        for result in assessment.open:
            if result.id in owed or (unread and result.section is Section.SIGNOFFS):
                continue  # owed-at-review says it, or the mistake in the file of records is reported already
            for place, reason in result.reasons:
                if result.id in _HAS_OWN_RULE and "example" not in reason:
                    continue
                message = f'status "{packet.value.status}" needs the gate {result.id}: {reason}'
                yield Problem(place, "gate-open", message)


@site_rule
def signoff_stray(context: Context) -> Iterator[Problem]:
    """Every file of sign-offs belongs to a packet: data/signoffs/<id>.yml to data/workflows/<id>.yml. Where a packet
    gets another id, the file of its sign-offs is renamed with it."""
    packets = context.model.names.get("packet")
    for name in context.signoffs if packets is not None else ():
        if packets is not None and name not in packets:
            renamed = (other for other, summary in context.model.summaries.items() if name in summary.formerly)
            present = next(renamed, "") or _nearest_unsigned(context, name)
            why = f'if it is "{present}" now' if present else "if it has another id now"
            move = f"git mv {signoffs_path(name)} {signoffs_path(present or '<id>')}"
            message = f'there is no packet "{name}"; {why}, rename this file: {move}'
            yield Problem(context.signoffs[name].place(), "signoff-stray", message)


def _nearest_unsigned(context: Context, name: str) -> str:
    unsigned = [other for other in context.model.summaries if other not in context.signoffs]
    return nearest(name, unsigned) or ""


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


def _records(context: Context) -> Iterator[tuple[Entry[Signoffs], int, Signoff]]:
    for entry in context.signoffs.values():
        for position, signed in enumerate(entry.value.records):
            yield entry, position, signed


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


@site_rule
def history_missing(context: Context) -> Iterator[Problem]:
    """Rules that compare with what was committed need the whole history of version control. Where it is missing, or a
    part of it cannot be read, they find nothing, which does not mean that nothing is wrong. It is a warning, and an
    error with --require-history, which is the default where the variable CI is set."""
    needed = Severity.ERROR if context.history_required else Severity.WARNING
    unchecked = f"not checked: {', '.join(context.history_rules)}, because"
    if missing := context.history.missing or context.history.unanswered:  # the rules above have asked by now
        yield Problem(_SITE, HISTORY_MISSING, f"{unchecked} {missing.reason}; run: {missing.remedy}", needed)
        return
    lost = [f"{path} of commit {version.commit[:12]}" for path, version in context.history.unreadable()]
    records = [each for each in lost if each.startswith(f"{SIGNOFFS_FOLDER}/")]
    if records:
        message = f"{unchecked} the repository lacks {_first_of(records)}; run: {REFETCH}"
        yield Problem(_SITE, HISTORY_MISSING, message, needed)
    if packets := [each for each in lost if each not in records]:
        message = f"left out of the history of packets: the repository lacks {_first_of(packets)}; run: {REFETCH}"
        yield Problem(_SITE, HISTORY_MISSING, message, Severity.WARNING)


def _first_of(names: list[str]) -> str:
    more = f" and {len(names) - 1} more" if len(names) > 1 else ""
    return f"{names[0]}{more}"


@packet_rule
def revised_forgotten(context: Context) -> Iterator[Problem]:
    """A material section changed since a sign-off, and ``revised`` is older than that sign-off. Set it to the day of
    the change, which may be the day of signing: digests show that the change came after it."""
    for name, assessment in context.assessments.items():
        packet = context.packets[name]
        for state in (assessment.business, assessment.it):
            if state.signoff and state.changed and packet.value.revised < state.signoff.date:
                message = (
                    f"expected the day of the change, on or after the sign-off by {state.side.label} on "
                    f"{state.signoff.date}, because {', '.join(state.changed)} changed since; "
                    f"found {packet.value.revised}"
                )
                yield Problem(packet.place("revised"), "revised-forgotten", message)
                break


@site_rule
def always_material(context: Context) -> Iterator[Problem]:
    """Fields listed under ``not_material`` in ``data/site.yml`` exist, and may change without a new signature. Owners,
    access, forbidden, approval and how to stop the agent are always material."""
    site, known = context.model.site, optional_fields()
    for position, name in enumerate(context.model.not_material):
        if site and name not in known:
            why = "" if is_always_material(*name.split(".")[:2]) else did_you_mean(name, known)
            why = why or "; owners, access, forbidden, approval and support.stop are always material"
            message = f"expected a field such as support.channel, found {in_quotes(name)}{why}"
            yield Problem(site.place("not_material", position), "always-material", message)


@site_rule
def owed_at_review(context: Context) -> Iterator[Problem]:
    """A role, row of the matrix, section, rule or gate was added after packets were signed. Their signatures hold; each
    of these packets owes it at its next review. It is a warning, and the portfolio shows which packets still owe.
    Samples are not counted."""
    model = context.model
    kinds: dict[str, Mapping[str, Entry[Any]]] = {"role": model.roles, "row": model.responsibilities}
    owing: dict[OwedItem, list[str]] = {}
    for name, summary in model.summaries.items():
        for item in () if summary.sample_as_of else summary.owed:  # a sample's next review never comes
            owing.setdefault(item, []).append(name)
    for item, names in owing.items():
        records: Mapping[str, Entry[Any]] = kinds.get(item.kind, {})
        place = records[item.id].place() if item.id in records else _SITE
        first = min(model.summaries[name].next_review for name in names)
        more = f" and {len(names) - 3} more" if len(names) > 3 else ""
        message = (
            f"{counted(len(names), 'signed packet')} {'owes' if len(names) == 1 else 'owe'} {item.words} at the next "
            f"review, the first on {first}: {', '.join(sorted(names)[:3])}{more}"
        )
        yield Problem(place, "owed-at-review", message, Severity.WARNING)


@site_rule
def codeowners_stale(context: Context) -> Iterator[Problem]:
    """The code-owner file names the teams of both owners of every packet, as the data has them now. An old one asks
    the wrong people, or nobody, before a packet changes. Make it anew: opmodel codeowners --write."""
    root = context.model.root
    try:
        found = committed_block(root)
    except UnreadableOwners as refused:
        message = f"nobody can tell whether the file is up to date: {refused}"
        yield _codeowners_problem(context, refused.path, 1, message)
        return
    if found is None:
        return
    old, new = found.block.splitlines(), owners_block(context.model, found.host, site_prefix(root)).splitlines()
    missing, left = [line for line in new if line not in old], [line for line in old if line not in new]
    if missing or left or old != new:
        what = f'"{missing[0]}" is missing' if missing else f'"{left[0]}" is left over' if left else "the order changed"
        line = found.line + (old.index(left[0]) if left else 0)
        message = f"the file is out of date: {what}; run: opmodel codeowners --write"
        yield _codeowners_problem(context, found.path, line, message)


def _codeowners_problem(context: Context, path: Path, line: int, message: str) -> Problem:
    place = Place(os.path.relpath(path, context.model.root).replace(os.sep, "/"), line)
    return Problem(place, "codeowners-stale", message, Severity.WARNING)
