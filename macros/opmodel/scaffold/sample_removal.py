"""Removal of links to sample packets and teams from prose, for a site that starts without them.

A sentence with a link to a sample goes, and with it a list item or paragraph of which nothing is left. In commands and
other code, what every new site has stands in for the sample.
"""

import re
import textwrap

_SAMPLE = re.compile(
    r"\]\((?:\.\./)*workflows/(?!index\.md)[^)\s]+\)|\]\((?:packet|team):[^)\s]+\)|\{\{ packet(?:_section)?\("
)
_SENTENCE = re.compile(r"(?<=[.!;])\s+(?=\S)")
_ITEM = re.compile(r"\s*(?:[-*]|\d+\.) ")
_RELATED = re.compile(r"^ +packets: \[[^]]*\]\n", re.M)
_CODE = re.compile(r"^(?P<indent> *)```.*?^(?P=indent)```$|`[^`\n]+`", re.M | re.S)
_STAND_INS = {
    "amount=4999 po_match=matched vendor_total=7200": "amount=99 agrees=all",
    "invoice-triage": "first-workflow",
    "finance-ops": "operations",
    "customer-care": "operations",
}
"""Samples that code of the guide names, each with what a site without samples has in its place."""
WIDTH = 120


def without_samples(text: str) -> str:
    """Return Markdown, or YAML with Markdown in literal blocks, without sentences that link to a sample."""
    text = _CODE.sub(lambda found: _stand_in(found[0]), text)
    blocks = re.split(r"(\n\s*\n)", _RELATED.sub("", text))
    kept = "".join(block if not _SAMPLE.search(block) else _reduced(block) for block in blocks)
    return re.sub(r"\n(?:[ \t]*\n){2,}", "\n\n", kept).rstrip() + "\n"


def _stand_in(code: str) -> str:
    for sample, instead in _STAND_INS.items():
        code = re.sub(rf"(?<![\w-]){re.escape(sample)}(?![\w-])", instead, code)
    return code


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
