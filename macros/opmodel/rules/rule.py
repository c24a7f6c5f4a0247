"""What a rule is, and what it looks at."""

import inspect
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum
from functools import partial
from typing import NamedTuple

from opmodel.load.document import Document, Entry
from opmodel.load.operating_model import OperatingModel
from opmodel.model.packet import Packet
from opmodel.model.problem import Place, Problem
from opmodel.model.signoff import Signoffs
from opmodel.readiness.assessment import Assessment
from opmodel.readiness.history import History


class NamedPacket(NamedTuple):
    """A packet that another packet's file names, and where."""

    id: str
    place: Place


@dataclass(frozen=True, kw_only=True)
class Context:
    """What rules look at: the model, the packets to check with their assessments and sign-offs, the day, the history.

    A packet rule looks at ``packets``, never at those of the model, so that one packet can be checked by itself.
    ``named`` holds what packets name of other packets, and ``rules`` the ids of all rules. ``historical`` are the ids
    of those that need the history, and ``history_required`` says that a check without it fails.
    """

    model: OperatingModel
    packets: Mapping[str, Entry[Packet]]
    signoffs: Mapping[str, Entry[Signoffs]]
    documents: tuple[Document, ...]
    assessments: Mapping[str, Assessment]
    as_of: date
    history: History
    named: tuple[NamedPacket, ...] = ()
    rules: frozenset[str] = frozenset()
    historical: tuple[str, ...] = ()
    history_required: bool = False

    def has(self, path: str) -> bool:
        """Return whether a file is among those to check, whether it can be read or not."""
        return any(document.path == path for document in self.documents)


Find = Callable[[Context], Iterable[Problem]]


class Scope(Enum):
    """What a rule looks at: one packet with its sign-offs and nothing of other packets, or the whole site."""

    PACKET = "packet"
    SITE = "site"


@dataclass(frozen=True, kw_only=True, eq=False)
class Rule:
    """A function that yields problems, and what it says of itself where it is declared.

    Args:
        find: Yields a problem for each place that breaks the rule.
        scope: What it looks at. Results of packet rules are kept until the packet or the shared data change.
        meanings: Id and published meaning of each rule that its problems name; mostly one.
        needs_history: Whether it finds nothing without the history of version control.
    """

    find: Find
    scope: Scope
    meanings: Mapping[str, str]
    needs_history: bool = False

    def __call__(self, context: Context) -> Iterable[Problem]:
        """Return the problems that the rule finds."""
        return self.find(context)


def packet_rule(find: Find) -> Rule:
    """Declare a rule that looks at one packet. The function's name is the id, its docstring the meaning."""
    return Rule(find=find, scope=Scope.PACKET, meanings={rule_id(find): meaning(find)})


def site_rule(find: Find) -> Rule:
    """Declare a rule that looks at the whole site. The function's name is the id, its docstring the meaning."""
    return Rule(find=find, scope=Scope.SITE, meanings={rule_id(find): meaning(find)})


def history_rule(find: Find) -> Rule:
    """Declare a rule on the whole site that compares with the history of version control."""
    return replace(site_rule(find), needs_history=True)


def packet_rules(meanings: Mapping[str, str]) -> Callable[[Find], Rule]:
    """Declare a function that looks at one packet and finds the problems of several rules."""
    return partial(_rules, Scope.PACKET, meanings)


def site_rules(meanings: Mapping[str, str]) -> Callable[[Find], Rule]:
    """Declare a function that looks at the whole site and finds the problems of several rules."""
    return partial(_rules, Scope.SITE, meanings)


def _rules(scope: Scope, meanings: Mapping[str, str], find: Find) -> Rule:
    return Rule(find=find, scope=scope, meanings=meanings)


@dataclass(frozen=True, kw_only=True)
class RuleGroup:
    """The rules on one subject, as the published list shows them.

    ``meanings`` holds the ids that are found before rules run: while files are read and records are made of them.
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


def rule_id(find: Find) -> str:
    """Return the id of a rule from its function's name: ``raci_accountable`` is ``raci-accountable``."""
    return find.__name__.replace("_", "-")


def meaning(find: Find) -> str:
    """Return the docstring of a rule's function on one line."""
    return " ".join(inspect.cleandoc(find.__doc__ or "").split())
