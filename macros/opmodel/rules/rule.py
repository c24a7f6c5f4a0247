"""Rules, their scopes, and the context that they get."""

import inspect
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum
from functools import partial
from typing import NamedTuple

from opmodel.files.packet_files import signoffs_path
from opmodel.load.document import Document, Entry
from opmodel.load.operating_model import OperatingModel
from opmodel.model.packet import Packet
from opmodel.model.problem import Place, Problem
from opmodel.model.signoff import Signoffs
from opmodel.readiness.assessment import Assessment
from opmodel.readiness.history import History


class PacketReference(NamedTuple):
    """A reference to a packet in the file of another one."""

    id: str
    place: Place


@dataclass(frozen=True, kw_only=True)
class Context:
    """The input of rules.

    Args:
        model: The operating model. For packet rules it has no packets, pages or questions.
        packets: The packets to check: one for packet rules, all for site rules.
        signoffs: Their sign-offs.
        documents: The files to check.
        assessments: What was computed of each packet.
        as_of: The day on which dates are judged: that of the check, or of a sample for rules on that packet.
        history: The history of version control.
        packet_references: All references from packets to packets, for site rules.
        rules: The ids of all rules.
        history_rules: The ids of the rules that need the history.
        history_required: Whether it is an error if there is no history.
    """

    model: OperatingModel
    packets: Mapping[str, Entry[Packet]]
    signoffs: Mapping[str, Entry[Signoffs]]
    documents: tuple[Document, ...]
    assessments: Mapping[str, Assessment]
    as_of: date
    history: History
    packet_references: tuple[PacketReference, ...] = ()
    rules: frozenset[str] = frozenset()
    history_rules: tuple[str, ...] = ()
    history_required: bool = False

    def has_unread_signoffs(self, packet: str) -> bool:
        """Return whether a packet's sign-offs have an error of their own, so that it is unknown what was signed."""
        path = signoffs_path(packet)
        return packet not in self.signoffs and any(document.path == path for document in self.documents)


RuleFunction = Callable[[Context], Iterable[Problem]]


class RuleScope(Enum):
    """What a rule looks at: one packet with its sign-offs and no other packet, or the whole site."""

    PACKET = "packet"
    SITE = "site"


@dataclass(frozen=True, kw_only=True, eq=False)
class Rule:
    """A function that yields problems, with its declaration.

    Args:
        find: Yields a problem for each place that breaks the rule.
        scope: What it looks at. Results of packet rules are cached until the packet or the shared data change.
        meanings: Id and published meaning of each rule whose problems it yields; mostly one.
        needs_history: Whether it depends on the history of version control.
        since: For a packet rule, the version of opmodel that added it, if that is not the first: packets that were
            signed under an older one owe it at their next review.
    """

    find: RuleFunction
    scope: RuleScope
    meanings: Mapping[str, str]
    needs_history: bool = False
    since: str = ""

    def __call__(self, context: Context) -> Iterable[Problem]:
        """Return the problems that the rule finds."""
        return self.find(context)


def packet_rule(find: RuleFunction) -> Rule:
    """Declare a rule on one packet. Its id is the function's name, its meaning the docstring."""
    return Rule(find=find, scope=RuleScope.PACKET, meanings={rule_id(find): meaning(find)})


def site_rule(find: RuleFunction) -> Rule:
    """Declare a rule on the whole site. Its id is the function's name, its meaning the docstring."""
    return Rule(find=find, scope=RuleScope.SITE, meanings={rule_id(find): meaning(find)})


def history_rule(find: RuleFunction) -> Rule:
    """Declare a rule on the whole site that needs the history of version control."""
    return replace(site_rule(find), needs_history=True)


def newer(rule: Rule, since: str) -> Rule:
    """Declare that a rule was added in a version of opmodel, after packets may have been signed."""
    return replace(rule, since=since)


def packet_rules(meanings: Mapping[str, str]) -> Callable[[RuleFunction], Rule]:
    """Declare a function that yields the problems of several rules on one packet."""
    return partial(_rules, RuleScope.PACKET, meanings)


def site_rules(meanings: Mapping[str, str]) -> Callable[[RuleFunction], Rule]:
    """Declare a function that yields the problems of several rules on the whole site."""
    return partial(_rules, RuleScope.SITE, meanings)


def _rules(scope: RuleScope, meanings: Mapping[str, str], find: RuleFunction) -> Rule:
    return Rule(find=find, scope=scope, meanings=meanings)


@dataclass(frozen=True, kw_only=True)
class RuleGroup:
    """The rules on one subject, as the published list shows them.

    Args:
        title: The subject.
        rules: The rules.
        meanings: Ids and meanings of rules that run while files are read and validated.
    """

    title: str
    rules: tuple[Rule, ...] = ()
    meanings: Mapping[str, str] = field(default_factory=dict)

    @property
    def published(self) -> dict[str, str]:
        """Id and meaning of each rule."""
        found = dict(self.meanings)
        for rule in self.rules:
            found.update(rule.meanings)
        return found


def rule_id(find: RuleFunction) -> str:
    """Return the id of a rule from its function's name: ``raci_accountable`` is ``raci-accountable``."""
    return find.__name__.replace("_", "-")


def meaning(find: RuleFunction) -> str:
    """Return the docstring of a rule's function on one line."""
    return " ".join(inspect.cleandoc(find.__doc__ or "").split())
