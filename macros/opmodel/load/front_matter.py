"""Reads the front matter of pages in ``docs/``, and finds values that the host cannot use."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime

import yaml

from opmodel.source.fault import SourceFault
from opmodel.source.reader import parse
from opmodel.source.tree import MapNode, Mark, mark_at
from opmodel.text.lookalikes import has_visible_character, in_quotes

RULE = "page-front-matter"
MEANINGS = {
    RULE: (
        "The front matter of a page stands between two lines of three hyphens, is a mapping, and has values that the "
        "theme can use: a title is text, so put one that looks like a number, day or yes in quotes. A first line "
        "such as Note: would be taken for front matter and left out of the page."
    )
}
_BLOCK = re.compile(r"---[ \t]*\n(.*?\n)(?:\.{3}|---)[ \t]*\n", re.DOTALL)
_KEY = re.compile(r" {0,3}[A-Za-z0-9_-]+:")
_DAY = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])")
_WORDS = ("title", "description", "subtitle")
_LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_THEME_PAGES = frozenset({"404.html", "base.html", "blog-post.html", "blog.html", "main.html", "redirect.html"})


def _text(value: object) -> bool:
    return isinstance(value, str) and has_visible_character(value)


def _day(value: object) -> bool:
    return isinstance(value, date) and not isinstance(value, datetime)


def _texts(value: object) -> bool:
    return isinstance(value, list) and all(map(_text, value))


def _search(value: object) -> bool:
    known: Mapping[object, tuple[type, ...]] = {"exclude": (bool,), "boost": (int, float)}
    return isinstance(value, dict) and all(isinstance(each, known.get(name, ())) for name, each in value.items())


_EXPECTED: Mapping[str, tuple[Callable[[object], bool], str]] = {
    "title": (_text, "text; put it in quotes"),
    "description": (_text, "text; put it in quotes"),
    "template": (_text, "the name of a template"),
    "icon": (_text, "text"),
    "status": (_text, "text"),
    "subtitle": (_text, "text; put it in quotes"),
    "reviewed": (_day, "a day such as 2026-11-30, without quotes"),
    "also_asked": (_texts, "a list of texts"),
    "hide": (lambda value: _text(value) or _texts(value), "a list such as [toc]"),
    "search": (_search, "a mapping such as {exclude: true}"),
    "render_macros": (lambda value: isinstance(value, bool), "true or false"),
    "ignore_macros": (lambda value: not value, "render_macros: false in its place"),
}
"""By key of a page: the test of its value, and what is expected, in words."""


def front_matter(
    text: str, templates: frozenset[str], besides: frozenset[str] = frozenset()
) -> tuple[MapNode | None, int, list[SourceFault]]:
    """Return the front matter with positions in the whole file, the line after which the page begins, and faults.

    Args:
        text: The page.
        templates: The names of the site's own templates.
        besides: Keys whose values other rules look at.
    """
    block = _BLOCK.match(text)
    if not block:
        return None, 0, list(_without_block(text))
    if not block[1].strip():
        return None, text.count("\n", 0, block.end()), []
    node, faults = parse("\n" + block[1])  # an empty line in place of the first ---
    if not any(not fault.warning for fault in faults):
        faults = [*faults, *_unusable(block[1], node, templates, besides)]
    return (node if isinstance(node, MapNode) else None), text.count("\n", 0, block.end()), faults


def _without_block(text: str) -> Iterator[SourceFault]:
    first, _, rest = text.partition("\n")
    if first.rstrip(" \t") == "---" and _KEY.match(rest):
        yield SourceFault(RULE, "the front matter has no end: expected a line of three hyphens after it", Mark())
    elif _KEY.match(first):
        found = in_quotes(first[:40])
        message = f"{found} would be taken for front matter: put --- above and below it, or begin with an empty line"
        yield SourceFault(RULE, message, Mark())


def _unusable(text: str, node: object, templates: frozenset[str], besides: frozenset[str]) -> Iterator[SourceFault]:
    """Yield what the host cannot use, which reads front matter as YAML 1.1."""
    if isinstance(node, MapNode) and all(map(_is_plain_text, node.plain.items())):
        return
    try:
        values = yaml.load(text, _LOADER)  # noqa: S506 one of the safe loaders
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        yield SourceFault(RULE, f"the theme cannot read this: {str(error).splitlines()[0]}", Mark(2))
        return
    if not isinstance(values, dict) or not isinstance(node, MapNode):
        if values is not None:
            yield SourceFault(RULE, "expected a mapping, such as title: Approval model", Mark(2))
        return
    for key, value in values.items():
        if not isinstance(key, str):
            yield SourceFault(
                RULE, f"expected a key that is text, found {in_quotes(str(key))}; put it in quotes", Mark(2)
            )
        elif value is not None and key not in besides and (message := _wrong(key, value, templates)):
            yield SourceFault(RULE, f"{key}: {message}", mark_at(node, (key,)))


def _is_plain_text(item: tuple[str, object]) -> bool:
    """Return whether a key holds words that are text to any reader, and is one that can hold any text; most are."""
    key, value = item
    if key == "reviewed":
        return bool(_DAY.fullmatch(str(value)))
    return key in _WORDS and isinstance(value, str) and value.count(" ") > 1 and value[0].isalpha()


def _wrong(key: str, value: object, templates: frozenset[str]) -> str:
    fits, expected = _EXPECTED.get(key, (None, ""))
    if fits and not fits(value):
        return f"expected {expected}, found {in_quotes(str(value)[:60])}"
    if key == "template" and value not in _THEME_PAGES | templates:
        return f"there is no template {in_quotes(str(value))}; expected main.html or a file of theme.custom_dir"
    return ""
