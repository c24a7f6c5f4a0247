"""Rules on the FAQ and the guide."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING
from urllib.parse import unquote

from opmodel.load.data_files import RESERVED_ID
from opmodel.model.problem import Place, Problem
from opmodel.model.vocabulary import Section
from opmodel.permalinks.moves import former_ids
from opmodel.rules.rule import Context, site_rule
from opmodel.text.lookalikes import in_quotes
from opmodel.text.nearest import did_you_mean

if TYPE_CHECKING:  # slow to import, so it is imported where text is read
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

MAX_WORDS = 120
_WORD = re.compile(r"\w[\w'’-]*")
_OUTSIDE = ("https://", "http://", "mailto:", "#")
_SCHEMES = {"guide": "guide", "faq": "question", "packet": "packet", "team": "team"}


@site_rule
def answer_length(context: Context) -> Iterator[Problem]:
    """An answer has at most 120 words. A longer one belongs in the guide, with the answer linking to it."""
    for entry in context.model.questions.values():
        shown = " ".join(token.content for token in _tokens(entry.value.answer) if not token.children)
        count = len(_WORD.findall(shown))
        if count > MAX_WORDS:
            message = f'expected at most {MAX_WORDS} words, found {count} in the answer "{entry.value.id}"'
            yield Problem(entry.place("answer"), "answer-length", message)


@site_rule
def answer_html(context: Context) -> Iterator[Problem]:
    """Answers are Markdown without raw HTML; tags would be shown as text. Put code in backticks."""
    for entry in context.model.questions.values():
        html = (token.content.strip() for token in _tokens(entry.value.answer) if token.type.startswith("html"))
        if found := next(html, ""):
            message = f'expected Markdown without HTML, found "{found[:40]}"'
            yield Problem(entry.place("answer"), "answer-html", message)


@site_rule
def answer_link(context: Context) -> Iterator[Problem]:
    """Links in answers lead somewhere: guide:page#section, faq:id, packet:id#section, team:id, or a full address.
    Answers hold no images: they are read in search results and previews as well."""
    for entry in context.model.questions.values():
        for token in _tokens(entry.value.answer):
            message = ""
            if token.type == "link_open":
                message = _broken(context, unquote(str(token.attrGet("href") or "")))
            elif token.type == "image":
                message = f'expected text and links, found the image "{token.attrGet("src")}"'
            if message:
                yield Problem(entry.place("answer"), "answer-link", message)


@lru_cache
def _tokens(markdown: str) -> tuple["Token", ...]:
    """Return all tokens of a Markdown text, inline ones included."""
    return tuple(inner for token in _parser().parse(markdown) for inner in (token, *(token.children or ())))


@cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": True}).enable("table")
    parser.validateLink = bool  # type: ignore[method-assign, assignment]
    return parser


def _broken(context: Context, target: str) -> str:
    if target.startswith(_OUTSIDE):
        return ""
    scheme, _, rest = target.partition(":")
    if scheme not in _SCHEMES or not rest:
        expected = "expected a link such as guide:approval-model, faq:id, packet:id, team:id or https://…"
        return f"{expected}; found {in_quotes(target)}"
    name, _, anchor = rest.partition("#")
    known = context.model.names.get(_SCHEMES[scheme])
    looked_up = rest if scheme == "guide" else name
    if known is not None and looked_up not in known:
        return f"unknown {_SCHEMES[scheme]} {in_quotes(looked_up)}{did_you_mean(looked_up, known)}"
    sections = [section.value for section in Section]
    if scheme == "packet" and anchor and not any(anchor == s or anchor.startswith(f"{s}-") for s in sections):
        return f"unknown packet section {in_quotes(anchor)}{did_you_mean(anchor, sections)}"
    return ""


@site_rule
def related_itself(context: Context) -> Iterator[Problem]:
    """A question does not list itself among the related ones, and lists each only once."""
    for name, entry in context.model.questions.items():
        for position, other in enumerate(entry.value.related.questions):
            if other == name or other in entry.value.related.questions[:position]:
                what = "itself" if other == name else f'"{other}" twice'
                place = entry.place("related", "questions", position)
                yield Problem(place, "related-itself", f'question "{name}" is related to {what}')


@site_rule
def guide_front_matter(context: Context) -> Iterator[Problem]:
    """A guide page says its title, its description (one sentence that no other page has) and the day of its last
    review, in its front matter."""
    seen: dict[str, str] = {}
    for entry in context.model.guide.values():
        page = entry.value
        for key, value in (("title", page.title), ("description", page.description), ("reviewed", page.reviewed)):
            if not value:
                meaning = "a day such as 2026-11-30" if key == "reviewed" else "one sentence"
                message = f"the front matter needs {key}: {meaning}"
                yield Problem(entry.place(key), "guide-front-matter", message)
        if page.description and (first := seen.setdefault(page.description, page.path)) != page.path:
            message = f"the description is the same as that of {first}"
            yield Problem(entry.place("description"), "guide-front-matter", message)


@site_rule
def guide_anchor(context: Context) -> Iterator[Problem]:
    """Every heading below a guide page's title has an anchor of its own, as in ``## Thresholds { #thresholds }``, so
    that its address survives a new wording."""
    for entry in context.model.guide.values():
        counts = Counter(heading.id for heading in entry.value.headings)
        for heading in entry.value.headings:
            if heading.level > 1 and not heading.id:
                message = f'expected an anchor such as {{ #some-words }} after the heading "{heading.title}"'
                yield Problem(Place(entry.document.path, heading.line), "guide-anchor", message)
            elif heading.id and counts[heading.id] > 1:
                message = f'the anchor "{heading.id}" stands twice on this page'
                yield Problem(Place(entry.document.path, heading.line), "guide-anchor", message)


@site_rule
def former_id(context: Context) -> Iterator[Problem]:
    """A former id redirects to one place: it is no present id of its kind, and only one record claims it."""
    for entries, former in former_ids(context.model):
        claimed: dict[str, str] = {}
        for name, ids in former.items():
            for position, old in enumerate(ids):
                first = claimed.setdefault(old, name)
                if old in entries or old == RESERVED_ID or first != name:
                    other = first if first != name else old
                    message = f'the former id "{old}" already leads to "{other}"'
                    yield Problem(entries[name].place("formerly", position), "former-id", message)
