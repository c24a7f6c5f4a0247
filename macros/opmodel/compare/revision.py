"""Read a site as it was in a revision of version control."""

import tempfile
from pathlib import Path

from opmodel.load.loader import Loaded, load
from opmodel.problem import Problem
from opmodel.readiness.history import History

_COMPARED = ("data/workflows/", "data/signoffs/", "data/roles.yml", "data/teams.yml", "data/responsibilities.yml")


def load_commit(history: History, commit: str) -> Loaded:
    """Return the site as it was in ``commit``; one without data has no packets and no problems."""
    with tempfile.TemporaryDirectory(prefix="opmodel-") as folder:
        root = Path(folder)
        there = history.snapshot(commit, ("data",), root)
        loaded = load(root)
        return loaded if there else Loaded(loaded.model, [])


def unreadable(loaded: Loaded) -> list[Problem]:
    """Return the problems that keep what is compared from being read."""
    return sorted(problem for problem in loaded.problems if problem.place.path.startswith(_COMPARED))
