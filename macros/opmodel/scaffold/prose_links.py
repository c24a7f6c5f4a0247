"""Removal of links to packets and teams from prose, for a site that starts without them or no longer has them.

A sentence with a link to one goes, and with it a list item or paragraph of which nothing is left. In commands and
other code, what every new site has stands in for a sample.
"""

import re
import textwrap
from collections.abc import Callable
from typing import NamedTuple

Gone = Callable[[str, str], bool]
"""Says of a kind, ``packet`` or ``team``, and an id whether there is no such record."""
_LINK = re.compile(
    r"\]\((?:\.\./)*(?P<folder>workflow|team)s/(?!index\.md)(?P<page>[\w-]+)[^)\s]*\)"
    r"|\]\((?P<scheme>packet|team):(?P<id>[\w-]+)[^)\s]*\)"
    r"|\{\{ packet(?:_section)?\(\s*[\"'](?P<shown>[\w-]+)"
)
_SENTENCE = re.compile(r"(?<=[.!;])\s+(?=\S)")
_ITEM = re.compile(r"\s*(?:[-*]|\d+\.) ")
_RELATED = re.compile(r"^(?P<indent> +)packets:(?: \[(?P<row>[^]]*)\]\n|\n(?P<rows>(?:(?P=indent) *- .*\n)+))", re.M)
_RELATED_IN_BRACES = re.compile(r"(?<=[{,])(?P<before> *packets: *)\[(?P<row>[^]]*)\]")
_EMPTY_RELATED = re.compile(r"^(?P<indent> *)related: *\n(?!(?P=indent) +\S)", re.M)
_CODE = re.compile(r"^(?P<indent> *)```.*?^(?P=indent)```$|`[^`\n]+`", re.M | re.S)
_BLOCK = re.compile(r"^(?P<indent> *)(?:- )?[\w-]+: [|>].*\n(?P<text>(?:(?:(?P=indent) +.*)?\n)+)", re.M)
_VALUE = re.compile(r"^(?P<key> *(?:- )?[\w-]+: )(?P<quote>[\"']?)(?P<text>[^|>\n].*)(?P=quote)$", re.M)


class StandIns(NamedTuple):
    """What stands in the guide's commands for a sample: a packet of the site, a case of it, and a team."""

    packet: str = "first-workflow"
    case: str = "amount=99 agrees=all"
    team: str = "operations"


NEW_SITE = StandIns()
"""What a new site without samples has."""
_NAMED = {
    ("packet", "invoice-triage", "amount=4999 po_match=matched vendor_total=7200"): "case",
    ("packet", "invoice-triage", "invoice-triage"): "packet",
    ("team", "finance-ops", "finance-ops"): "team",
    ("team", "customer-care", "customer-care"): "team",
}
"""Code of the guide that names a sample (kind, id, code), and which of the `StandIns` takes its place."""
WIDTH = 120


def without_links(text: str, gone: Gone, named: StandIns = NEW_SITE) -> str:
    """Return Markdown without sentences that link to what is gone, with other records ``named`` in commands."""
    text = _CODE.sub(lambda found: _stand_in(found[0], gone, named), _without_related(text, gone))
    if not _names_any(text, gone):
        return text
    blocks = re.split(r"(\n\s*\n)", text)
    kept = "".join(_reduced(block, gone) if _names_any(block, gone) else block for block in blocks)
    return re.sub(r"\n(?:[ \t]*\n){2,}", "\n\n", kept).rstrip() + "\n"


def without_links_in_yaml(text: str, gone: Gone, named: StandIns = NEW_SITE) -> str:
    """Return YAML without sentences that link to what is gone; other values than blocks and single lines stay."""

    def block(found: re.Match[str]) -> str:
        return found[0].removesuffix(found["text"]) + without_links(found["text"], gone, named)

    def value(found: re.Match[str]) -> str:
        kept = _kept(found["text"], gone)
        return f"{found['key']}{found['quote']}{kept}{found['quote']}" if kept else found[0]

    return _BLOCK.sub(block, _VALUE.sub(value, _without_related(text, gone)))


def _without_related(text: str, gone: Gone) -> str:
    """Return YAML whose lists of related packets name none that is gone; an empty list goes with its key.

    Lists in braces stay, be it as empty ones.
    """

    def staying(row: str) -> list[str]:
        return [name for name in (each.strip() for each in row.split(",")) if name and not gone("packet", name)]

    def related(found: re.Match[str]) -> str:
        rows = found["rows"]
        if rows:
            lines = rows.splitlines(keepends=True)
            kept = [line for line in lines if not gone("packet", line.partition("- ")[2].partition("#")[0].strip())]
            return f"{found['indent']}packets:\n{''.join(kept)}" if kept else ""
        names = staying(found["row"])
        if len(names) == found["row"].count(",") + 1:
            return found[0]
        return f"{found['indent']}packets: [{', '.join(names)}]\n" if names else ""

    def in_braces(found: re.Match[str]) -> str:
        names = staying(found["row"])
        same = len(names) == found["row"].count(",") + 1
        return found[0] if same else f"{found['before']}[{', '.join(names)}]"

    changed = _RELATED_IN_BRACES.sub(in_braces, _RELATED.sub(related, text))
    return _EMPTY_RELATED.sub(r"\g<indent>related: {}\n", changed) if changed != text else text


def all_gone(*_: str) -> bool:
    """Say of every record that it is gone."""
    return True


def _names_any(text: str, gone: Gone) -> bool:
    """Return whether text links to what is gone, or shows it; what is written as code does neither."""
    return any(
        gone("team" if "team" in (found["folder"], found["scheme"]) else "packet", name)
        for found in _LINK.finditer(_CODE.sub("", text))
        if (name := found["page"] or found["id"] or found["shown"])
    )


def _stand_in(code: str, gone: Gone, named: StandIns) -> str:
    for (kind, name, sample), which in _NAMED.items():
        if gone(kind, name):
            instead = str(getattr(named, which)).replace("\\", r"\\")
            code = re.sub(rf"(?<![\w-]){re.escape(sample)}(?![\w-])", instead, code)
    return code


def _reduced(block: str, gone: Gone) -> str:
    """Return a block of lines without its sentences on what is gone; lines of another indent or kind are left alone."""
    paragraphs: list[list[str]] = []
    for line in block.split("\n"):
        same = paragraphs and _indent(paragraphs[-1][-1]) == _indent(line) and not _ITEM.match(line)
        if same:
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
    return "\n".join(text for lines in paragraphs if (text := _paragraph(lines, gone)) is not None)


def _paragraph(lines: list[str], gone: Gone) -> str | None:
    joined = " ".join(line.strip() for line in lines)
    if not _names_any(joined, gone):
        return "\n".join(lines)
    kept = _kept(joined, gone)
    if not kept:
        return None
    indent = " " * _indent(lines[0])
    return textwrap.fill(
        kept, WIDTH, initial_indent=indent, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )


def _kept(text: str, gone: Gone) -> str:
    """Return text without its sentences on what is gone."""
    if not _names_any(text, gone):
        return text
    kept = " ".join(sentence for sentence in _SENTENCE.split(text) if not _names_any(sentence, gone))
    return f"{kept[:-1]}." if kept.endswith(";") else kept


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
