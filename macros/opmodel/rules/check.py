"""The check of a site, which the command line and the build share."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from opmodel.cache import PARALLEL_FROM, Cache, Key, LazyMapping, garbage_collection_paused
from opmodel.files.reading import SETTINGS_FILE
from opmodel.load.document import Entry
from opmodel.load.loader import load_site
from opmodel.load.operating_model import OperatingModel
from opmodel.model.faulty_packet import FaultyPacket
from opmodel.model.packet import Packet
from opmodel.model.problem import Problem, Severity
from opmodel.model.signoff import Signoffs
from opmodel.readiness.assessment import Assessment
from opmodel.readiness.history import History
from opmodel.rules.addresses import AddressFindings, addresses_key, check_addresses, permanent_links
from opmodel.rules.catalog import history_rule_ids, rules, rules_of
from opmodel.rules.packet_checker import PacketChecker, PacketFiles, PacketResults
from opmodel.rules.references import unknown_packets
from opmodel.rules.rule import Context, RuleScope

Value = TypeVar("Value")


@dataclass(frozen=True, kw_only=True)
class Checked:
    """The outcome of a check: the model, what was computed of each packet, and all problems in order of place."""

    model: OperatingModel
    assessments: Mapping[str, Assessment]
    """What was computed of each packet, loaded on access; lists use ``model.summaries``."""
    problems: tuple[Problem, ...]
    as_of: date
    history: History
    keys: Mapping[str, Key] = field(default_factory=dict)
    """The cache key of each packet's result."""
    unrecorded_addresses: int = 0
    """The number of published addresses that are not recorded yet."""
    faulty_packets: Mapping[str, FaultyPacket] = field(default_factory=dict)
    """The packets that are published in spite of their errors, by id; see `publication`."""
    checker: PacketChecker | None = None
    """The checker of packets, for `recheck`; None if this was not made by `check`."""

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that fail a check and a build."""
        return tuple(problem for problem in self.problems if problem.severity is Severity.ERROR)

    @property
    def stopping(self) -> tuple[Problem, ...]:
        """The errors that keep the site from being published: all but those of `faulty_packets`."""
        shown = {problem for faulty in self.faulty_packets.values() for problem in faulty.problems}
        return tuple(problem for problem in self.errors if problem not in shown)


def check(
    root: Path,
    as_of: date,
    cache: Cache | None = None,
    *,
    require_history: bool = False,
    history: History | None = None,
    settings: str = SETTINGS_FILE,
) -> Checked:
    """Load a site and run every rule on it. Bad data never raises.

    Args:
        root: The site's folder.
        as_of: The day against which dates are compared.
        cache: Results of earlier checks. They never change the outcome.
        require_history: Whether it is an error if rules that need the history of version control lack it.
        history: The history of ``root``, if a part of it was already read.
        settings: The file of MkDocs' settings, from ``root``.
    """
    with garbage_collection_paused(keep=True):
        checker = PacketChecker(load_site(root, settings), root, as_of, history or History(root))
        return _checked(checker, cache or Cache(), require_history=require_history)


def check_replaced(checked: Checked, cache: Cache, replaced: Mapping[str, PacketFiles]) -> Checked:
    """Return the outcome with other contents in the place of those of some packets' files."""
    checker = checked.checker
    assert checker, "only the outcome of a check can be changed"
    with garbage_collection_paused(keep=True):
        other = PacketChecker(checker.site_files, checker.root, checker.as_of, checker.history, replaced)
        return _checked(other, cache, require_history=False)


def unavailable_packets(checked: Checked) -> tuple[str, ...]:
    """Return the faulty packets of which no version is shown, by id."""
    return tuple(sorted(checked.faulty_packets.keys() - checked.model.summaries.keys()))


def recheck(checked: Checked, names: Iterable[str]) -> Checked:
    """Return the outcome with the packets ``names`` read and checked again.

    Rules on the whole site do not run again, and their problems stay. A packet that can no longer be read
    has no summary.
    """
    checker, model = checked.checker, checked.model
    assert checker, "only the outcome of a check can be updated"
    packets: dict[str, Entry[Packet]] = {}
    signoffs: dict[str, Entry[Signoffs]] = {}
    assessments: dict[str, Assessment] = {}
    summaries, found = dict(model.summaries), set(checked.problems)
    for name in names:
        result = checker.check(name, *checker.read_saved(name))
        content = result.content
        assert content, "a new result has its content"
        paths = {read.document.path for read in (content.packet, content.signoffs) if read}
        found = {problem for problem in found if problem.place.path not in paths}
        found.update(result.problems, unknown_packets(result.packet_references, model.names["packet"]))
        if result.summary and content.packet and content.packet.entry and content.assessment:
            summaries[name] = result.summary
            packets[name], assessments[name] = content.packet.entry, content.assessment
        else:
            summaries.pop(name, None)
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
    """Return a mapping that looks names up in ``own`` first."""
    return LazyMapping([*others, *own], lambda name: own[name] if name in own else others[name])


def _checked(checker: PacketChecker, cache: Cache, *, require_history: bool) -> Checked:
    site, as_of, history = checker.site_files, checker.as_of, checker.history
    results = PacketResults(checker, cache)
    model = replace(
        site.model,
        packets=results.packets,
        signoffs=results.signoffs,
        summaries=results.summaries,
        documents=(*site.model.documents, *results.documents),
    )
    context = Context(
        model=model,
        packets=model.packets,
        signoffs=model.signoffs,
        documents=site.model.documents,
        assessments=results.assessments,
        as_of=as_of,
        history=history,
        packet_references=tuple(each for result in results.by_id.values() for each in result.packet_references),
        rules=frozenset(rules()),
        history_rules=history_rule_ids(),
        history_required=require_history,
    )
    many = len(model.summaries) >= PARALLEL_FROM
    addresses_found = cache.start(
        "links", addresses_key(context), lambda: check_addresses(context), fork=many, kind=AddressFindings
    )
    found = {problem for each in results.by_id.values() for problem in each.problems}.union(site.problems)
    for rule in rules_of(RuleScope.SITE):
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
        unrecorded_addresses=addresses.unrecorded_addresses,
        checker=checker,
    )
