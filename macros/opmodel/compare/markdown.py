"""A comparison as Markdown for a comment on a pull request. Text from data never becomes markup or a mention."""

import re
from collections.abc import Iterator

from opmodel.compare.report import ReportChapter, ReportTable, chapters
from opmodel.compare.sites import SiteChange

LIMIT = 60_000
"""Most characters of a comment; hosts cut or refuse longer ones."""
_NUMBERED = re.compile(r"^(\d+)([.)])")
_SPECIAL = re.compile(r"[\\`*_\[\]<>|~$]|^[-+#=]")
_MENTION = re.compile(
    r"[@#!%&~$^](?=\w)|\bGH-(?=\d)|:(?=\w+:)|(?<=\w):(?=//)|(?<=\w)\.(?=[A-Za-z])"
    r"|\b(?=[0-9]*[a-f])[0-9a-f]{6}(?=[0-9a-f]{1,34}\b)"
)
"""What GitHub and GitLab link in plain text: people, issues, labels and the like, emoji, addresses and commits."""
_COMMIT = re.compile(r"(.*) \(([0-9a-f]+)\)", re.DOTALL)
_HIDDEN = "\u2060"
"""A word joiner: it shows as nothing and keeps a host from reading a name, number or address as a link."""


def escaped(text: str) -> str:
    """Escape ``text`` for Markdown: no markup, table cell ends, mentions or links."""
    joined = _MENTION.sub(lambda match: f"{match[0]}{_HIDDEN}", " ".join(text.split()))
    return _NUMBERED.sub(r"\1\\\2", _SPECIAL.sub(r"\\\g<0>", joined.replace("&", "&amp;")))


def as_markdown(change: SiteChange, base: str, head: str) -> str:
    """Return the comparison of ``base`` with ``head`` as GitHub Flavored Markdown."""
    title = "## What changes in the packets\n"
    if not change:
        return f"{title}\nNothing: no packet differs between {_revision(base)} and {_revision(head)}.\n"
    lines = [title, f"{_revision(base)} compared with {_revision(head)}, by meaning.", ""]
    found = chapters(change)
    if len(found) > 1:
        lines += [f"- {_name(chapter)}{_summary(chapter)}" for chapter in found]
    return _cut([*lines, *(line for chapter in found for line in _chapter(chapter))])


def _revision(name: str) -> str:
    """Return the name of a revision, with its commit as it is: that a host links to it is of use."""
    found = _COMMIT.fullmatch(name)
    return f"{escaped(found[1])} ({found[2]})" if found else escaped(name)


def _cut(lines: list[str]) -> str:
    """Join lines up to the limit of a comment, with a note if the rest is omitted."""
    kept, size = [], 0
    for line in lines:
        size += len(line) + 1
        if size > LIMIT:
            kept += ["", "…", "", "The rest does not fit into a comment; run `opmodel diff` to read it."]
            break
        kept.append(line)
    opened = sum(line.startswith("<details>") for line in kept) - sum(line == "</details>" for line in kept)
    return "\n".join([*kept, *["", "</details>"] * opened]) + "\n"


def _name(chapter: ReportChapter) -> str:
    return escaped(chapter.title) + (f" (`{chapter.id}`)" if chapter.id else "")


def _summary(chapter: ReportChapter) -> str:
    return f": {escaped(chapter.summary)}" if chapter.summary else ""


def _chapter(chapter: ReportChapter) -> Iterator[str]:
    yield from ("", f"### {_name(chapter)}", "")
    if chapter.summary:
        yield f"**{escaped(chapter.summary)}**"
    for part in chapter.parts:
        yield from _part(part)


def _part(part: ReportTable) -> Iterator[str]:
    yield from ("", f"<details><summary>{part.title}</summary>") if part.aside else ("", f"#### {part.title}")
    if part.lead:
        yield from ("", escaped(part.lead))
    if part.rows:
        yield from ("", *_table(part))
    if part.more:
        yield from ("", f"… and {part.more}.")
    if part.aside:
        yield from ("", "</details>")


def _table(part: ReportTable) -> Iterator[str]:
    yield f"| {' | '.join(part.columns)} |"
    yield f"| {' | '.join('---' for _ in part.columns)} |"
    for row in part.rows:
        yield f"| {' | '.join(escaped(cell) or '–' for cell in row)} |"
