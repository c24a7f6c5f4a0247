"""Comments that were probably meant as part of a value: ``channel: Slack #finance-ops`` holds only ``Slack``."""

import json
import re
from typing import Any

from opmodel.source.fault import Fault
from opmodel.source.tree import Mark, Start

_COMMENT = re.compile(r"[ \t]+(#+[^\s#]\S*)")


def comment_lines(text: str) -> dict[int, str]:
    """Return each line, by its number from 0, on which ``#`` stands between white space and a word."""
    if " #" not in text and "\t#" not in text:  # hardly any file goes further than this
        return {}
    return {number: line for number, line in enumerate(text.split("\n")) if "#" in line and _COMMENT.search(line)}


def swallowed(event: Any, parent: Start, lines: dict[int, str]) -> Fault | None:
    """Return a warning when a comment such as ``#finance-ops`` directly follows an unquoted value.

    ``event`` is the value, ``parent`` the start of the list or mapping around it, ``lines`` are the `comment_lines`.
    A comment that begins with ``#`` and a space is left alone.
    """
    rest = lines[event.end_mark.line][event.end_mark.column :]
    comment = _COMMENT.match(rest)
    if comment is None:
        return None
    in_brackets = lines.get(parent.line, "")[parent.column : parent.column + 1] in ("[", "{")
    lost = (re.split(r"[]},]", rest)[0] if in_brackets else rest).rstrip()
    fix = json.dumps(event.value + lost if event.value else lost.strip(), ensure_ascii=False)
    if event.start_mark.line == event.end_mark.line and not in_brackets:  # with its key or dash
        fix = f"{lines[event.end_mark.line][: event.start_mark.column].strip()} {fix}".lstrip()
    found = f'"{event.value}"' if event.value else "nothing"
    begun = f"{comment[1]} begins a comment, so the value is {found}"
    message = f"{begun}; write {fix}, or # and a space where a comment is meant"
    mark = Mark(event.end_mark.line + 1, event.end_mark.column + comment.start(1) + 1)
    return Fault("yaml-comment", message, mark, warning=True)
