"""What a rule judges, and what the catalogue says of one."""

import inspect
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from opmodel.load.document import Document, Entry
from opmodel.load.operating_model import OperatingModel
from opmodel.model.packet import Packet
from opmodel.model.signoff import Signoffs
from opmodel.problem import Place, Problem
from opmodel.readiness.assessment import Assessment
from opmodel.readiness.history import History


class NamedPacket(NamedTuple):
    """A packet that another packet's file names, and where."""

    id: str
    place: Place


@dataclass(frozen=True, kw_only=True)
class Context:
    """The model, the packets to judge with their assessments and sign-offs, the day, and the history of the files.

    A rule on packets looks at ``packets``, never at those of the model, so that one packet can be judged alone.
    ``named`` holds what packets name of other packets, and ``rules`` the ids of all rules. ``historical`` are the ids
    of those that compare with the history, and ``history_required`` says that a check without one fails.
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
        """Return whether a file is among those to judge, whether it can be read or not."""
        return any(document.path == path for document in self.documents)


Check = Callable[[Context], Iterable[Problem]]


@dataclass(frozen=True, kw_only=True)
class Subject:
    """A group of rules on one subject.

    ``checks`` are functions that are one rule each: the name is the id and the docstring the meaning.
    ``meanings`` holds the ids that ``finder`` (or the loader) finds together.
    """

    title: str
    checks: tuple[Check, ...] = ()
    meanings: Mapping[str, str] | None = None
    finder: Check | None = None

    @property
    def rules(self) -> dict[str, str]:
        """Id and meaning of each rule of this subject."""
        return {**(self.meanings or {}), **{rule_id(check): meaning(check) for check in self.checks}}


def rule_id(check: Check) -> str:
    """Return the id of a rule that is a function: ``raci_accountable`` is ``raci-accountable``."""
    return check.__name__.replace("_", "-")


def meaning(check: Check) -> str:
    """Return a rule's docstring on one line."""
    return " ".join(inspect.cleandoc(check.__doc__ or "").split())
