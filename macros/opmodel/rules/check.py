"""The one check that the command line and the site build share."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from opmodel.load.document import Entry
from opmodel.load.loader import begin
from opmodel.load.operating_model import OperatingModel
from opmodel.memory import FEW, Asked, Key, Memory, paused
from opmodel.model.packet import Packet
from opmodel.model.signoff import Signoffs
from opmodel.problem import Problem, Severity
from opmodel.readiness.assessment import Assessment
from opmodel.readiness.history import History
from opmodel.readiness.standing import Standing
from opmodel.rules.catalog import HISTORICAL, rules, whole_site
from opmodel.rules.judged import Judged
from opmodel.rules.judgement import Bench
from opmodel.rules.links import Linked, linked, linked_by, permanent_links
from opmodel.rules.references import unknown_packets
from opmodel.rules.rule import Context, rule_id

Value = TypeVar("Value")


@dataclass(frozen=True, kw_only=True)
class Checked:
    """A site folder after the check: its model, what was computed, every problem in order of place, and the history."""

    model: OperatingModel
    assessments: Mapping[str, Assessment]
    """What was computed about each packet; fetched when it is asked for, so lists are made from ``standings``."""
    standings: Mapping[str, Standing]
    problems: tuple[Problem, ...]
    as_of: date
    history: History
    keys: Mapping[str, Key] = field(default_factory=dict)
    """The digest of all that each packet's judgement depends on; a judgement that asked the history has none."""
    unrecorded: int = 0
    """How many addresses are published and not recorded yet."""
    bench: Bench | None = None
    """What judges packets, for one that is judged again."""

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that fail a check and a build."""
        return tuple(problem for problem in self.problems if problem.severity is Severity.ERROR)


def check(
    root: Path,
    as_of: date,
    memory: Memory | None = None,
    *,
    require_history: bool = False,
    history: History | None = None,
) -> Checked:
    """Load the site in folder ``root`` and run every rule on it as of a day. Bad data never raises.

    Args:
        root: The site's folder.
        as_of: The day on which dates are judged.
        memory: Judgements of earlier checks; the result is the same without it.
        require_history: Whether it is an error when rules that need the history of version control do not have it.
        history: The history of ``root``, where a part of it was read already.
    """
    with paused(stays=True):
        return _checked(root, as_of, memory or Memory(), history or History(root), require_history=require_history)


def recheck(checked: Checked, names: Iterable[str]) -> Checked:
    """Return a check with the packets ``names`` judged anew from their files, as they stand now.

    Rules that look at the whole site are not run again: what they found stays as it was.
    """
    bench, model = checked.bench, checked.model
    assert bench, "a check that was made by hand has no files to look at"
    packets: dict[str, Entry[Packet]] = {}
    signoffs: dict[str, Entry[Signoffs]] = {}
    assessments: dict[str, Assessment] = {}
    covers, standings, found = dict(model.covers), dict(checked.standings), set(checked.problems)
    for name in names:
        judged = bench.judge(name, *bench.files(name))
        brief = judged.brief
        paths = {document.path for document in judged.documents}
        found = {problem for problem in found if problem.place.path not in paths}
        found.update(judged.problems, unknown_packets(brief.named, model.names["packet"]))
        if judged.packet and judged.packet.entry and judged.assessment:
            packets[name], assessments[name] = judged.packet.entry, judged.assessment
            if brief.cover and brief.standing:
                covers[name], standings[name] = brief.cover, brief.standing
        if judged.signoffs and judged.signoffs.entry:
            signoffs[name] = judged.signoffs.entry
    return replace(
        checked,
        model=replace(
            model,
            packets=_with(packets, model.packets),
            signoffs=_with(signoffs, model.signoffs),
            covers=covers,
        ),
        assessments=_with(assessments, checked.assessments),
        standings=standings,
        problems=tuple(sorted(found)),
    )


def _with(own: Mapping[str, Value], others: Mapping[str, Value]) -> Mapping[str, Value]:
    """Return ``others`` with ``own`` in front of them."""
    return Asked([*others, *own], lambda name: own[name] if name in own else others[name])


def _checked(root: Path, as_of: date, memory: Memory, history: History, *, require_history: bool) -> Checked:
    begun = begin(root)
    bench = Bench(begun, root, as_of, history)
    judged = Judged(bench, memory)
    model = replace(
        begun.model,
        packets=judged.packets,
        signoffs=judged.signoffs,
        covers=judged.covers,
        documents=(*begun.model.documents, *judged.documents),
    )
    context = Context(
        model=model,
        packets=model.packets,
        signoffs=model.signoffs,
        documents=begun.model.documents,
        assessments=judged.assessments,
        as_of=as_of,
        history=history,
        named=tuple(named for brief in judged.briefs.values() for named in brief.named),
        rules=frozenset(rules()),
        historical=tuple(map(rule_id, HISTORICAL)),
        history_required=require_history,
    )
    many = len(model.covers) >= FEW
    looked_at = memory.begun("links", linked_by(context), lambda: linked(context), apart=many, kind=Linked)
    found = {problem for each in judged.briefs.values() for problem in each.problems}.union(begun.problems)
    for rule in whole_site():
        if rule is not permanent_links:
            found.update(rule(context))
    addresses = looked_at()
    found.update(addresses.problems)
    return Checked(
        model=model,
        assessments=judged.assessments,
        standings=judged.standings,
        problems=tuple(sorted(found)),
        as_of=as_of,
        history=history,
        keys=judged.keys,
        unrecorded=addresses.unrecorded,
        bench=bench,
    )
