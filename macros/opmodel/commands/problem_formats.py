"""The forms in which problems are printed: text, GitHub annotations, GitLab Code Quality, SARIF, JUnit and JSON."""

import json
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from urllib.parse import quote
from xml.etree import ElementTree

import opmodel
from opmodel.model.problem import Problem, Severity

if TYPE_CHECKING:
    from opmodel.rules.advice import Advice

if TYPE_CHECKING:
    pass


def as_text(problems: Iterable[Problem]) -> str:
    """Return a line per problem: ``path:line:col: message (rule-id)``."""
    return "\n".join(map(str, problems))


def as_github(problems: Iterable[Problem]) -> str:
    """Return a workflow command for each problem, which GitHub shows as an annotation of the line."""
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
    """Return a GitLab Code Quality report, which GitLab shows in the changed lines of a merge request."""
    rows = [
        {
            "description": problem.message,
            "check_name": problem.rule,
            "fingerprint": fingerprint,
            "severity": "major" if problem.severity is Severity.ERROR else "minor",
            "location": {"path": problem.place.path, "lines": {"begin": problem.place.line}},
        }
        for problem, fingerprint in _with_fingerprints(problems)
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2)


def as_sarif(problems: Iterable[Problem]) -> str:
    """Return a SARIF 2.1.0 log, the OASIS format for findings of static analysis.

    Each rule that found something brings its published text. Columns count Unicode code points, as everywhere here.
    """
    from opmodel.rules.catalog import rules

    found, texts = list(problems), rules()
    ids = list(dict.fromkeys(problem.rule for problem in found))
    driver = {
        "name": "opmodel",
        "semanticVersion": opmodel.__version__,
        "rules": [{"id": rule, "shortDescription": {"text": texts[rule].replace("``", "`")}} for rule in ids],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_sarif_result(*each, ids) for each in _with_fingerprints(found)],
    }
    log = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2)


def _sarif_result(problem: Problem, fingerprint: str, rule_ids: list[str]) -> dict[str, Any]:
    place = problem.place
    physical = {
        "artifactLocation": {"uri": quote(place.path), "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": place.line, "startColumn": place.column},
    }
    return {
        "ruleId": problem.rule,
        "ruleIndex": rule_ids.index(problem.rule),
        "level": problem.severity.value,
        "message": {"text": problem.message},
        "locations": [{"physicalLocation": physical}],
        "partialFingerprints": {"opmodel/v1": fingerprint},
    }


def as_junit(problems: Iterable[Problem]) -> str:
    """Return a JUnit XML report with a test case for each problem; the case of an error fails, a warning passes.

    The format has no standard; this is the subset that its readers share. There is always a first case,
    ``opmodel check``, since some readers refuse a report without any.
    """
    found = list(problems)
    errors = sum(problem.severity is Severity.ERROR for problem in found)
    counts = {"tests": str(len(found) + 1), "failures": str(errors), "errors": "0", "skipped": "0"}
    suites = ElementTree.Element("testsuites", counts)
    suite = ElementTree.SubElement(suites, "testsuite", {"name": "opmodel check", **counts})
    ElementTree.SubElement(suite, "testcase", {"classname": "opmodel", "name": "opmodel check"})
    for problem in found:
        place = problem.place
        attributes = {"classname": place.path, "name": f"{problem.message} ({problem.rule})"}
        case = ElementTree.SubElement(suite, "testcase", {**attributes, "file": place.path, "line": str(place.line)})
        if problem.severity is Severity.ERROR:
            failure = {"type": problem.rule, "message": problem.message}
            ElementTree.SubElement(case, "failure", failure).text = str(problem)
        else:
            ElementTree.SubElement(case, "system-out").text = str(problem)
    ElementTree.indent(suites)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ElementTree.tostring(suites, encoding="unicode")}'


def _with_fingerprints(problems: Iterable[Problem]) -> Iterator[tuple[Problem, str]]:
    """Yield each problem with a hash of its file, rule and message, and of how many equal ones came before it."""
    seen: Counter[str] = Counter()
    for problem in problems:
        identity = f"{problem.place.path}\0{problem.rule}\0{problem.message}"
        seen[identity] += 1
        yield problem, sha256(f"{identity}\0{seen[identity]}".encode()).hexdigest()


def _data(value: str) -> str:
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _data(value).replace(":", "%3A").replace(",", "%2C")


_WIDTH = 100
_INDENT = " " * 4


def with_explanations(problems: Sequence[Problem]) -> str:
    """Return each problem with what its rule means, why, and an example; a repeated rule refers to its first place."""
    from opmodel.rules.advice import advice
    from opmodel.rules.catalog import rules

    known, meanings, first, parts = advice(), rules(), dict[str, Problem](), list[str]()
    for problem in problems:
        again = first.setdefault(problem.rule, problem)
        if again is problem:
            parts.append(f"{problem}\n{_explanation(meanings[problem.rule], known[problem.rule])}")
        else:
            place = again.place
            parts.append(f"{problem}\n{_INDENT}Explained above, at {place.path}:{place.line}:{place.column}")
    return "\n\n".join(parts)


def _explanation(meaning: str, advice: "Advice") -> str:
    told = (f"The rule: {meaning.replace('``', '')}", f"Why: {advice.why}")
    lines = [textwrap.fill(text, _WIDTH, initial_indent=_INDENT, subsequent_indent=_INDENT) for text in told]
    return "\n".join([*lines, f"{_INDENT}For example:", textwrap.indent(advice.example, _INDENT * 2)])


FORMATS = {
    "text": as_text,
    "github": as_github,
    "gitlab": as_gitlab,
    "sarif": as_sarif,
    "junit": as_junit,
    "json": as_json,
}
ANNOTATION_FORMATS = ("github", "gitlab", "sarif", "junit")
"""Formats whose reader shows files of a repository, and takes paths from its top folder."""
DOCUMENT_FORMATS = ("gitlab", "sarif", "junit", "json")
"""Formats that are one document, also when there is no problem."""
