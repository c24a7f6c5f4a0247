"""The one check that the command line and the site build share."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from opmodel.load.loader import begin, completed
from opmodel.load.operating_model import OperatingModel
from opmodel.memory import Key, Memory, paused
from opmodel.problem import Problem, Severity
from opmodel.readiness.assessment import Assessment
from opmodel.readiness.history import History
from opmodel.rules.catalog import rules, whole_site
from opmodel.rules.judgement import Bench, Judgement
from opmodel.rules.rule import Context


@dataclass(frozen=True, kw_only=True)
class Checked:
    """A site folder after the check: its model, what was computed, every problem in order of place, and the history."""

    model: OperatingModel
    assessments: Mapping[str, Assessment]
    problems: tuple[Problem, ...]
    as_of: date
    history: History
    keys: Mapping[str, Key] = field(default_factory=dict)
    """The digest of all that each packet's judgement depends on; a judgement that asked the history has none."""
    bench: Bench | None = None
    """What judges packets, for one that is judged again."""

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that fail a check and a build."""
        return tuple(problem for problem in self.problems if problem.severity is Severity.ERROR)


def check(root: Path, as_of: date, memory: Memory | None = None) -> Checked:
    """Load the site in folder ``root`` and run every rule on it as of a day. Bad data never raises.

    ``memory`` holds judgements of earlier checks; the result is the same without it.
    """
    with paused():
        return _checked(root, as_of, memory or Memory())


def recheck(checked: Checked, names: Iterable[str]) -> Checked:
    """Return a check with the packets ``names`` judged anew from their files, as they stand now.

    Rules that look at the whole site are not run again: what they found stays as it was.
    """
    bench, model = checked.bench, checked.model
    assert bench, "a check that was made by hand has no files to look at"
    packets, signoffs, assessments = dict(model.packets), dict(model.signoffs), dict(checked.assessments)
    found = set(checked.problems)
    for name in names:
        judged = bench.judge(name, *bench.files(name))
        paths = {document.path for document in judged.documents}
        found = {problem for problem in found if problem.place.path not in paths}.union(judged.problems)
        if judged.packet and judged.packet.entry and judged.assessment:
            packets[name], assessments[name] = judged.packet.entry, judged.assessment
        if judged.signoffs and judged.signoffs.entry:
            signoffs[name] = judged.signoffs.entry
    return replace(
        checked,
        model=replace(model, packets=packets, signoffs=signoffs),
        assessments=assessments,
        problems=tuple(sorted(found)),
    )


def _checked(root: Path, as_of: date, memory: Memory) -> Checked:
    begun, history = begin(root), History(root)
    bench = Bench(begun, root, as_of, history)
    judged, keys = _judged(bench, memory)
    model = completed(
        begun.model,
        {name: each.packet for name, each in judged.items() if each.packet},
        {name: each.signoffs for name, each in judged.items() if each.signoffs},
    )
    assessments = {name: each.assessment for name, each in judged.items() if each.assessment}
    context = Context(
        model=model,
        packets=model.packets,
        signoffs=model.signoffs,
        documents=begun.model.documents,
        assessments=assessments,
        as_of=as_of,
        history=history,
        rules=frozenset(rules()),
    )
    found = {problem for each in judged.values() for problem in each.problems}.union(begun.problems)
    for rule in whole_site():
        found.update(rule(context))
    return Checked(
        model=model,
        assessments=assessments,
        problems=tuple(sorted(found)),
        as_of=as_of,
        history=history,
        keys={name: key for name, key in keys.items() if judged[name].lasting},
        bench=bench,
    )


def _judged(bench: Bench, memory: Memory) -> tuple[dict[str, Judgement], dict[str, Key]]:
    """Return the judgement of every packet, and of sign-offs without one, with its key, by id."""
    files = {name: bench.files(name) for name in bench.names}
    keys = {name: bench.key(name, *each) for name, each in files.items()}
    given = {keys[name]: name for name in files}
    found = memory.all("judgements", given, lambda name: bench.judge(name, *files[name]), lambda each: each.lasting)
    for name, each in files.items():
        found[keys[name]].give(*each)
    return {name: found[key] for name, key in keys.items()}, keys
