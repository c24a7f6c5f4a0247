"""The check of the command line, which returns the last outcome if no file that led to it has changed."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from opmodel.cache import Cache, digest, engine_version
from opmodel.files.reading import SETTINGS_FILE, recorded_looks, unchanged
from opmodel.model.problem import Problem
from opmodel.readiness.history import History

_NAME = "check"


@dataclass(frozen=True, slots=True)
class CheckOutcome:
    """The problems of a site and the number of its packets."""

    problems: tuple[Problem, ...]
    packets: int


def quick_check(
    root: Path, as_of: date, cache: Cache, *, require_history: bool = False, settings: str = SETTINGS_FILE
) -> CheckOutcome:
    """Check the site in ``root`` as of a day, or return the last outcome if its inputs are the same.

    Inputs are the engine, the day, the history, the name of the ``settings``, and every recorded access to the file
    system.
    """
    history = History(root)
    given = (as_of.isoformat(), str(require_history), settings)
    key = digest(engine_version(), history.head, repr(history.obstacle), *given)
    match cache.get(_NAME):
        case (known, dict() as looks, CheckOutcome() as found) if known == key and unchanged(looks):
            return found
    from opmodel.rules.check import check  # only needed without a cached outcome

    with recorded_looks() as taken:
        checked = check(root, as_of, cache, require_history=require_history, history=history, settings=settings)
    found = CheckOutcome(checked.problems, len(checked.model.packets))
    lost = history.missing != history.obstacle or history.unanswered or any(history.unreadable())
    if not lost:  # fetching missing objects changes nothing in the key
        own = str(cache.folder)  # cache files are no inputs
        cache.put(_NAME, (key, {look: each for look, each in taken.items() if not look.path.startswith(own)}, found))
    return found
