"""A site loaded from a revision of version control."""

import tempfile
from pathlib import Path

from opmodel.load.loader import LoadedModel, load_model
from opmodel.model.problem import Problem
from opmodel.readiness.history import History

_COMPARED = ("data/workflows/", "data/signoffs/", "data/roles.yml", "data/teams.yml", "data/responsibilities.yml")


def load_commit(history: History, commit: str) -> tuple[LoadedModel, list[str]]:
    """Return the site as of ``commit``, and the files that were left out. Without ``data/`` there are no problems."""
    with tempfile.TemporaryDirectory(prefix="opmodel-") as folder:
        root = Path(folder).resolve()
        left_out = history.snapshot(commit, "data", root)
        loaded = load_model(root)
        return loaded if (root / "data").is_dir() else LoadedModel(loaded.model, []), left_out


def unreadable(loaded: LoadedModel) -> list[Problem]:
    """Return the problems in files that are compared."""
    return sorted(problem for problem in loaded.problems if problem.place.path.startswith(_COMPARED))
