"""New questions and teams: entries added to files that people wrote, of which every byte stays."""

import os
import re
import textwrap
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from opmodel.files import writing
from opmodel.files.reading import UnreadableFile, read_file
from opmodel.load.operating_model import OperatingModel
from opmodel.model.faq import Question
from opmodel.model.organisation import Team
from opmodel.model.vocabulary import Side
from opmodel.scaffold.rendering import CreationRefused, new_id, render_template, require_valid, yaml_string
from opmodel.source.fault import SourceFault
from opmodel.source.reader import MAX_BYTES, decode, limit_of, parse
from opmodel.source.tree import ListNode, MapNode, Node, ScalarNode, child
from opmodel.text.lookalikes import in_quotes
from opmodel.text.nearest import did_you_mean


def new_question(
    model: OperatingModel, question: str, name: str | None, topic: str | None, today: date
) -> tuple[str, int]:
    """Add a question to ``data/faq.yml`` and return its id and first line. Raises `CreationRefused`."""
    former = {old for entry in model.questions.values() for old in entry.value.formerly}
    made = new_id(name, question, {"index", *former, *(model.names["question"] or ())})
    known = [each for entry in model.questions.values() for each in entry.value.topics]
    if topic and known and topic not in known:
        topics = ", ".join(dict.fromkeys(known))
        raise CreationRefused(
            f"no answer has the topic {in_quotes(topic)}{did_you_mean(topic, known) or f'; expected one of {topics}'}"
        )
    text = render_template(
        "question.yml.jinja",
        id=made,
        question=yaml_string(question),
        topic=topic or (known or ["general"])[-1],
        role=next(iter(model.roles), "workflow-owner"),
        today=today.isoformat(),
    )
    require_valid(Question, text)
    return made, append_entry(model.root / "data" / "faq.yml", "questions", text)


def new_team(model: OperatingModel, title: str, name: str | None, side: Side, above: str | None) -> tuple[str, int]:
    """Add a team to ``data/teams.yml`` and return its id and first line. Raises `CreationRefused`."""
    known = model.names["team"] or frozenset()
    made = new_id(name, title, {"index", *known})
    if above and above not in known:
        raise CreationRefused(f"unknown team {in_quotes(above)}{did_you_mean(above, known)}")
    text = render_template("team.yml.jinja", id=made, name=yaml_string(title), side=side.value, escalates_to=above)
    require_valid(Team, text)
    return made, append_entry(model.root / "data" / "teams.yml", "teams", text)


def append_entry(file: Path, key: str, entry: str) -> int:
    """Add ``entry`` (YAML of one list item) to the end of the list under ``key`` and return its first line.

    Raises `CreationRefused`, with nothing written, if the file has errors or is not a plain list.
    """
    return append_entries(file, key, [entry])


def append_entries(file: Path, key: str, entries: Sequence[str], head: str = "") -> int:
    """Add entries as `append_entry` adds one, all or none. A new file begins with ``head``."""
    old = read_text(file, file.parents[1], limit_of(file)) if os.path.lexists(file) else f"{head}{key}:\n"
    before = _items(old, key)
    if before is None:
        raise CreationRefused(f"{file.name} has errors; mend them first, see: opmodel check")
    end = "\r\n" if "\r\n" in old else "\n"
    gap = end if re.search(r"\n\r?\n[ ]*- ", old) else ""
    kept = old + gap if old.endswith("\n") else old + end + gap
    added = gap.join(textwrap.indent(entry, " " * _indent(old, before)).replace("\n", end) for entry in entries)
    after = _items(kept + added, key) or []
    if _plain(after[: len(before)]) != _plain(before) or len(after) != len(before) + len(entries):
        by_hand = f"add this by hand:\n\n{entries[0]}" if len(entries) == 1 else "move that list to the end of the file"
        raise CreationRefused(f"{file.name} does not end with a plain list under {key}; {by_hand}")
    if len((kept + added).encode()) > limit_of(file):
        raise CreationRefused(f"{file.name} would have more than {limit_of(file):,} bytes; nothing was written")
    writing.write_text(file, kept + added, file.parents[1])
    return kept.count("\n") + 1


def read_entries(file: Path, key: str) -> tuple[str, dict[str, str]]:
    """Return the text before the list under ``key`` in a file of ``data/``, and the text of each entry by its id."""
    return split_entries(read_text(file, file.parents[1], limit_of(file)), key)


def split_entries(text: str, key: str) -> tuple[str, dict[str, str]]:
    """Return the text before the list under ``key``, and the text of each entry by its id.

    Raises `CreationRefused` unless all texts together are the whole one, with an id for each entry.
    """
    items = _items(text, key) or []
    lines = text.splitlines(keepends=True)
    starts = [item.mark.line - 1 for item in items]
    ends = [*starts[1:], len(lines)]
    entries = {
        str(_text(child(item, "id"))): "".join(lines[start:end])
        for item, start, end in zip(items, starts, ends, strict=True)
    }
    if not items or len(entries) != len(items) or starts != sorted(set(starts)):
        raise CreationRefused(f"expected a plain list with ids under {key}; mend it first, see: opmodel check")
    return "".join(lines[: starts[0]]), entries


def set_candidate_packet(file: Path, candidate: str, packet: str) -> bool:
    """Write ``packet: <id>`` below the id of a candidate. Return False if the form of the file does not allow it."""
    old = read_text(file, file.parents[1], limit_of(file))
    lines = old.splitlines(keepends=True)
    found = re.compile(rf"(\s*-?\s*)id:\s*[\"']?{re.escape(candidate)}[\"']?\s*(#.*)?")
    at = next((number for number, line in enumerate(lines) if found.fullmatch(line)), None)
    match = found.fullmatch(lines[at]) if at is not None else None
    if at is None or match is None:
        return False
    end = "\r\n" if lines[at].endswith("\r\n") else "\n"
    new = "".join([*lines[: at + 1], f"{' ' * len(match[1])}packet: {packet}{end}", *lines[at + 1 :]])
    before, after = _items(old, "candidates") or [], _items(new, "candidates") or []
    named = [_text(child(item, "packet")) for item in after if _text(child(item, "id")) == candidate]
    if len(after) != len(before) or named != [packet]:
        return False
    writing.write_text(file, new, file.parents[1])
    return True


def read_text(file: Path, inside: Path, limit: int = MAX_BYTES) -> str:
    """Return the text of a file in the folder ``inside``, with its line ends as they are.

    Raises `CreationRefused` if it has more than ``limit`` bytes, is no UTF-8 text or cannot be read.
    """
    try:
        return read_file(file, inside, limit).decode("utf-8")
    except UnreadableFile as refused:
        raise CreationRefused(f"{file.name}: {refused}; mend it first, see: opmodel check") from None
    except UnicodeDecodeError:
        raise CreationRefused(f"{file.name} is not UTF-8 text; mend it first, see: opmodel check") from None


def _items(text: str, key: str) -> list[Node] | None:
    """Return the list under ``key``, an empty one where the file has none yet, or None where it has errors."""
    try:
        node, faults = parse(decode(text.encode()))
    except SourceFault:
        return None
    if node is None:
        return [] if [fault.rule for fault in faults] == ["file-empty"] else None
    listed = child(node, key)
    if isinstance(listed, ListNode):
        return listed.items
    return [] if isinstance(node, MapNode) and _text(listed) is None else None


def _indent(text: str, items: list[Node]) -> int:
    """Return how far the list's hyphens are indented: as in the file, or two spaces in a new list."""
    if not items:
        return 2
    line = decode(text.encode()).split("\n")[items[-1].mark.line - 1]
    return len(line) - len(line.lstrip(" "))


def _plain(items: list[Node]) -> list[object]:
    return [item.plain for item in items]


def _text(node: Node | None) -> object:
    return node.value if isinstance(node, ScalarNode) else None
