"""Take the sample packets and teams out of prose: a site that starts without them has nothing to link to.

A sentence with a link to a sample goes, and with it a list item or paragraph of which nothing is left.
"""

import re
import textwrap

_SAMPLE = re.compile(
    r"\]\((?:\.\./)*workflows/(?!index\.md)[^)\s]+\)|\]\((?:packet|team):[^)\s]+\)|\{\{ packet(?:_section)?\("
)
_SENTENCE = re.compile(r"(?<=[.!;])\s+(?=\S)")
_ITEM = re.compile(r"\s*(?:[-*]|\d+\.) ")
_RELATED = re.compile(r"^ +packets: \[[^]]*\]\n", re.M)
WIDTH = 120


def without_samples(text: str) -> str:
    """Return Markdown, or YAML with Markdown in literal blocks, without the sentences that link to a sample."""
    blocks = re.split(r"(\n\s*\n)", _RELATED.sub("", text))
    kept = "".join(block if not _SAMPLE.search(block) else _reduced(block) for block in blocks)
    return re.sub(r"\n(?:[ \t]*\n){2,}", "\n\n", kept).rstrip() + "\n"


def _reduced(block: str) -> str:
    """Return a block of lines without its sample sentences; lines of another indent or kind are left alone."""
    paragraphs: list[list[str]] = []
    for line in block.split("\n"):
        same = paragraphs and _indent(paragraphs[-1][-1]) == _indent(line) and not _ITEM.match(line)
        if same:
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
    return "\n".join(text for lines in paragraphs if (text := _paragraph(lines)) is not None)


def _paragraph(lines: list[str]) -> str | None:
    joined = " ".join(line.strip() for line in lines)
    if not _SAMPLE.search(joined):
        return "\n".join(lines)
    kept = " ".join(sentence for sentence in _SENTENCE.split(joined) if not _SAMPLE.search(sentence))
    if not kept:
        return None
    indent = " " * _indent(lines[0])
    ended = kept[:-1] + "." if kept.endswith(";") else kept
    return textwrap.fill(
        ended, WIDTH, initial_indent=indent, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
