"""The one check that the command line and the site build share."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from opmodel.load.loader import load
from opmodel.load.operating_model import OperatingModel
from opmodel.problem import Problem, Severity
from opmodel.readiness.assessment import Assessment, assess
from opmodel.readiness.history import History
from opmodel.rules.catalog import SUBJECTS, rules
from opmodel.rules.rule import Check, Context


@dataclass(frozen=True, kw_only=True)
class Checked:
    """A site folder after the check: its model, what was computed, every problem in order of place, and the history."""

    model: OperatingModel
    assessments: Mapping[str, Assessment]
    problems: tuple[Problem, ...]
    as_of: date
    history: History

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that fail a check and a build."""
        return tuple(problem for problem in self.problems if problem.severity is Severity.ERROR)


def check(root: Path, as_of: date) -> Checked:
    """Load the site in folder ``root`` and run every rule on it as of a day. Bad data never raises."""
    loaded = load(root)
    history = History(root)
    assessments = assess(loaded.model, as_of, history)
    context = Context(
        model=loaded.model, assessments=assessments, as_of=as_of, history=history, rules=frozenset(rules())
    )
    found = set(loaded.problems)
    for run in _checks():
        found.update(run(context))
    problems = tuple(sorted(found))
    return Checked(model=loaded.model, assessments=assessments, problems=problems, as_of=as_of, history=history)


def _checks() -> list[Check]:
    finders = [subject.finder for subject in SUBJECTS if subject.finder]
    return finders + [run for subject in SUBJECTS for run in subject.checks]
