"""The long form of a problem: what its rule means, why it matters, and what right looks like."""

import textwrap
from collections.abc import Sequence

from opmodel.model.problem import Problem
from opmodel.rules.advice import advice
from opmodel.rules.catalog import rules

_WIDTH = 100
_INDENT = " " * 4


def with_explanations(problems: Sequence[Problem]) -> str:
    """Return every problem with its explanation below it; a rule that comes again refers to its first place."""
    meanings, first, parts = rules(), dict[str, Problem](), list[str]()
    for problem in problems:
        again = first.setdefault(problem.rule, problem)
        if again is problem:
            parts.append(f"{problem}\n{_explanation(problem.rule, meanings)}")
        else:
            place = again.place
            parts.append(f"{problem}\n{_INDENT}Explained above, at {place.path}:{place.line}:{place.column}")
    return "\n\n".join(parts)


def _explanation(rule: str, meanings: dict[str, str]) -> str:
    given = advice()[rule]
    return "\n".join(
        [
            _told("The rule", meanings[rule].replace("``", "")),
            _told("Why", given.why),
            f"{_INDENT}For example:",
            textwrap.indent(given.example, _INDENT * 2),
        ]
    )


def _told(name: str, text: str) -> str:
    return textwrap.fill(f"{name}: {text}", _WIDTH, initial_indent=_INDENT, subsequent_indent=_INDENT)
