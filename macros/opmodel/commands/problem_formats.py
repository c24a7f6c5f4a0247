"""How problems are printed: for people, for GitHub's annotations, for GitLab's Code Quality report, and as JSON."""

import json
from collections import Counter
from collections.abc import Iterable
from hashlib import sha256

from opmodel.model.problem import Problem, Severity


def as_text(problems: Iterable[Problem]) -> str:
    """Return a line per problem: ``path:line:col: message (rule-id)``."""
    return "\n".join(map(str, problems))


def as_github(problems: Iterable[Problem]) -> str:
    """Return a GitHub workflow command per problem, which annotates the changed line."""
    return "\n".join(
        f"::{problem.severity} file={_property(problem.place.path)},line={problem.place.line},"
        f"col={problem.place.column},title={_property(problem.rule)}::{_data(f'{problem.message} ({problem.rule})')}"
        for problem in problems
    )


def as_json(problems: Iterable[Problem]) -> str:
    """Return one JSON document with every problem."""
    rows = [
        {
            "path": problem.place.path,
            "line": problem.place.line,
            "column": problem.place.column,
            "severity": problem.severity.value,
            "rule": problem.rule,
            "message": problem.message,
        }
        for problem in problems
    ]
    errors = sum(row["severity"] == Severity.ERROR for row in rows)
    return json.dumps({"version": 1, "errors": errors, "problems": rows}, ensure_ascii=False, indent=2)


def as_gitlab(problems: Iterable[Problem]) -> str:
    """Return a GitLab Code Quality report, which marks the changed lines of a merge request.

    A fingerprint is the same wherever its line moves to, so that GitLab can tell old findings from new ones.
    """
    seen: Counter[str] = Counter()
    rows = []
    for problem in problems:
        identity = f"{problem.place.path}\0{problem.rule}\0{problem.message}"
        seen[identity] += 1
        rows.append(
            {
                "description": problem.message,
                "check_name": problem.rule,
                "fingerprint": sha256(f"{identity}\0{seen[identity]}".encode()).hexdigest(),
                "severity": "major" if problem.severity is Severity.ERROR else "minor",
                "location": {"path": problem.place.path, "lines": {"begin": problem.place.line}},
            }
        )
    return json.dumps(rows, ensure_ascii=False, indent=2)


def _data(value: str) -> str:
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _data(value).replace(":", "%3A").replace(",", "%2C")


FORMATS = {"text": as_text, "github": as_github, "gitlab": as_gitlab, "json": as_json}
ANNOTATION_FORMATS = ("github", "gitlab")
"""Formats whose reader shows files of a repository, and takes paths from its top folder."""
DOCUMENT_FORMATS = ("gitlab", "json")
"""Formats that are one document, also when there is no problem."""
