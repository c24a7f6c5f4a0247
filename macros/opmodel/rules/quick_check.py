"""The check as the command line runs it: not run again where nothing changed that the last one looked at."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from opmodel.cache import Cache, digest, engine_version
from opmodel.files.reading import recorded_looks, unchanged
from opmodel.model.problem import Problem
from opmodel.readiness.history import History

_NAME = "check"


@dataclass(frozen=True, slots=True)
class CheckOutcome:
    """Every problem of a site, and how many packets were checked."""

    problems: tuple[Problem, ...]
    packets: int


def quick_check(root: Path, as_of: date, cache: Cache, *, require_history: bool = False) -> CheckOutcome:
    """Return what a check of the site in ``root`` finds as of a day.

    The outcome is kept with every look at the file system that led to it, as the reading functions recorded them.
    """
    history = History(root)
    key = digest(engine_version(), as_of.isoformat(), history.head, repr(history.obstacle), str(require_history))
    match cache.recall(_NAME):
        case (known, dict() as looks, CheckOutcome() as found) if known == key and unchanged(looks):
            return found
    from opmodel.rules.check import check  # not at the top: an outcome that was kept needs none of it

    with recorded_looks() as taken:
        checked = check(root, as_of, cache, require_history=require_history, history=history)
    found = CheckOutcome(checked.problems, len(checked.model.packets))
    lost = history.missing != history.obstacle or any(history.unreadable())
    if not lost:  # what the repository lacks can be fetched without a change of anything that the key holds
        own = str(cache.folder)  # the check reads what it kept itself, which is no input
        cache.keep(_NAME, (key, {look: each for look, each in taken.items() if not look.path.startswith(own)}, found))
    return found
