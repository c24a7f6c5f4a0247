"""The one check that the command line and the site build share."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from opmodel.cache import PARALLEL_FROM, Cache, Key, LazyMapping, garbage_collection_paused
from opmodel.load.document import Entry
from opmodel.load.loader import load_site
from opmodel.load.operating_model import OperatingModel
from opmodel.model.packet import Packet
from opmodel.model.problem import Problem, Severity
from opmodel.model.signoff import Signoffs
from opmodel.readiness.assessment import Assessment
from opmodel.readiness.history import History
from opmodel.rules.catalog import historical_rules, rules, rules_of
from opmodel.rules.links import AddressFindings, addresses_key, check_addresses, permanent_links
from opmodel.rules.packet_checker import PacketChecker, PacketResults
from opmodel.rules.references import unknown_packets
from opmodel.rules.rule import Context, Scope

Value = TypeVar("Value")


@dataclass(frozen=True, kw_only=True)
class Checked:
    """A site folder after the check: its model, what was computed, every problem in order of place, and the history."""

    model: OperatingModel
    assessments: Mapping[str, Assessment]
    """What was computed of each packet; loaded when it is asked for, so lists use ``model.summaries``."""
    problems: tuple[Problem, ...]
    as_of: date
    history: History
    keys: Mapping[str, Key] = field(default_factory=dict)
    """The digest of all that each packet's result depends on; a result that asked the history has none."""
    unrecorded: int = 0
    """How many addresses are published and not recorded yet."""
    checker: PacketChecker | None = None
    """What checked the packets, to check one of them again."""

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that fail a check and a build."""
        return tuple(problem for problem in self.problems if problem.severity is Severity.ERROR)


def check(
    root: Path,
    as_of: date,
    cache: Cache | None = None,
    *,
    require_history: bool = False,
    history: History | None = None,
) -> Checked:
    """Load the site in folder ``root`` and run every rule on it as of a day. Bad data never raises.

    Args:
        root: The site's folder.
        as_of: The day on which dates are results.
        cache: Results of earlier checks; the result is the same without it.
        require_history: Whether it is an error when rules that need the history of version control do not have it.
        history: The history of ``root``, where a part of it was read already.
    """
    with garbage_collection_paused(stays=True):
        return _checked(root, as_of, cache or Cache(), history or History(root), require_history=require_history)


def recheck(checked: Checked, names: Iterable[str]) -> Checked:
    """Return a check with the packets ``names`` checked again from their files, as they stand now.

    Rules on the whole site are not run again: what they found stays as it was.
    """
    checker, model = checked.checker, checked.model
    assert checker, "a check that was made by hand has no files to look at"
    packets: dict[str, Entry[Packet]] = {}
    signoffs: dict[str, Entry[Signoffs]] = {}
    assessments: dict[str, Assessment] = {}
    summaries, found = dict(model.summaries), set(checked.problems)
    for name in names:
        result = checker.check(name, *checker.files(name))
        content = result.content
        assert content, "a new result has its content"
        paths = {read.document.path for read in (content.packet, content.signoffs) if read}
        found = {problem for problem in found if problem.place.path not in paths}
        found.update(result.problems, unknown_packets(result.named, model.names["packet"]))
        if result.summary and content.packet and content.packet.entry and content.assessment:
            summaries[name] = result.summary
            packets[name], assessments[name] = content.packet.entry, content.assessment
        if content.signoffs and content.signoffs.entry:
            signoffs[name] = content.signoffs.entry
    return replace(
        checked,
        model=replace(
            model,
            packets=_with(packets, model.packets),
            signoffs=_with(signoffs, model.signoffs),
            summaries=summaries,
        ),
        assessments=_with(assessments, checked.assessments),
        problems=tuple(sorted(found)),
    )


def _with(own: Mapping[str, Value], others: Mapping[str, Value]) -> Mapping[str, Value]:
    """Return ``others`` with ``own`` in front of them."""
    return LazyMapping([*others, *own], lambda name: own[name] if name in own else others[name])


def _checked(root: Path, as_of: date, cache: Cache, history: History, *, require_history: bool) -> Checked:
    begun = load_site(root)
    checker = PacketChecker(begun, root, as_of, history)
    results = PacketResults(checker, cache)
    model = replace(
        begun.model,
        packets=results.packets,
        signoffs=results.signoffs,
        summaries=results.summaries,
        documents=(*begun.model.documents, *results.documents),
    )
    context = Context(
        model=model,
        packets=model.packets,
        signoffs=model.signoffs,
        documents=begun.model.documents,
        assessments=results.assessments,
        as_of=as_of,
        history=history,
        named=tuple(named for result in results.at_hand.values() for named in result.named),
        rules=frozenset(rules()),
        historical=historical_rules(),
        history_required=require_history,
    )
    many = len(model.summaries) >= PARALLEL_FROM
    addresses_found = cache.begun(
        "links", addresses_key(context), lambda: check_addresses(context), apart=many, kind=AddressFindings
    )
    found = {problem for each in results.at_hand.values() for problem in each.problems}.union(begun.problems)
    for rule in rules_of(Scope.SITE):
        if rule is not permanent_links:
            found.update(rule(context))
    addresses = addresses_found()
    found.update(addresses.problems)
    return Checked(
        model=model,
        assessments=results.assessments,
        problems=tuple(sorted(found)),
        as_of=as_of,
        history=history,
        keys=results.keys,
        unrecorded=addresses.unrecorded,
        checker=checker,
    )
