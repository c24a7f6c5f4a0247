"""Parsing of the macro calls on pages of ``docs/``.

A page calls a macro by its name with texts in quotes: ``{{ packet("invoice-triage") }}``. A site may declare macros,
variables and filters of its own in ``mkdocs.yml``; pages use them in the same way. There are no statements, operators,
loops or attributes that begin with an underscore, so nothing on a page can run code or work without end. Text in code
(backticks or a fence) is never read as a macro, unless it says ``{% raw %}`` itself.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from opmodel.text.lookalikes import in_quotes

HOST_NAMES = frozenset(
    "config environment plugin git macros filters filters_builtin navigation files page context now fix_url "
    "macros_info cycler joiner namespace lipsum range dict self loop super caller varargs kwargs".split()
)
"""Names that the macros plugin and Jinja would offer, and pages do not have."""
REFUSED_FILTERS = frozenset(
    "attr map select selectattr reject rejectattr groupby sort sum unique xmlattr format".split()
)
"""Filters of Jinja that reach attributes or call others; no page has them, whatever code the site brings."""
MAX_EXPRESSION = 1000
"""The most characters between ``{{`` and ``}}``."""
_CALL = re.compile(r"""\s*([A-Za-z]\w*)\(\s*((?:"[^"\\]*"|'[^'\\]*')(?:\s*,\s*(?:"[^"\\]*"|'[^'\\]*'))*)?\s*\)\s*""")
"""A macro with texts, which nearly every expression is."""
_TEXTS = re.compile(r"""\"([^"]*)\"|'([^']*)'""")
_CODE = (
    r"(?P<code>^(?P<indent>[ \t>]*)(?P<fence>`{3,}|~{3,})[^\n`]*\n"
    r"(?:(?![ \t>]*+(?P=fence)[`~]*+[^\s`~])[^\n]*\n)*?[ \t>]*(?P=fence)[`~]*[ \t]*$"
    r"|(?<![`\\])(?P<ticks>`++)(?:[^\n]|\n(?!\s*\n)){0,5000}?(?<!`)(?P=ticks)(?!`))"
)


@dataclass(frozen=True, kw_only=True)
class PageSyntax:
    """How pages call macros, and what a site declares beside those of the engine.

    ``complete`` is false where the site brings code of its own that may declare more names.
    """

    enabled: bool = True
    by_default: bool = True
    names: frozenset[str] = frozenset()
    filters: frozenset[str] = frozenset()
    complete: bool = True
    variable: tuple[str, str] = ("{{", "}}")
    statement: tuple[str, str] = ("{%", "%}")
    comment: tuple[str, str] = ("{#", "#}")

    def is_raw(self, text: str) -> bool:
        """Return whether a literal part begins anywhere in a text."""
        return bool(re.search(re.escape(self.statement[0]) + r"[-+]?\s*raw\b", text))

    def tags(self) -> re.Pattern[str]:
        """Return what finds code, literal parts, comments, expressions, and marks that open anything else."""
        (v, w), (s, t), (c, d) = (map(re.escape, pair) for pair in (self.variable, self.statement, self.comment))
        quoted = rf"""(?:"[^"]*+"|'[^']*+'|(?!{v}|{w})[^"'])*+"""
        return re.compile(
            rf"{_CODE}|(?P<raw>{s}[-+]?\s*raw\s*[-+]?{t}(?P<literal>.*?){s}[-+]?\s*endraw\s*[-+]?{t})"
            rf"|(?P<comment>{c}.*?{d})|(?P<expression>{v}[-+]?(?P<inner>{quoted}){w})|(?P<open>{s}[^\n]{{0,200}}?{t}|(?:{v})++|{s}|{c})",
            re.DOTALL | re.MULTILINE,
        )


@dataclass(frozen=True, slots=True)
class PageExpression:
    """What stands between ``{{`` and ``}}``: a call, a variable or a constant; or why it is none of these."""

    inner: str
    name: str = ""
    """The macro or variable; empty for a constant."""
    arguments: tuple[str, ...] | None = None
    """The texts that a macro is called with; None where it is called with anything else, or not called."""
    names: frozenset[str] = field(default_factory=frozenset)
    filters: frozenset[str] = field(default_factory=frozenset)
    fault: str = ""
    whole: bool = False
    """Whether ``inner`` has its own marks."""


@dataclass(frozen=True, slots=True)
class PagePart:
    """A part of a page: text as it is printed, or an expression; ``start`` is its place in the page."""

    start: int
    text: str
    expression: PageExpression | None = None


def page_parts(text: str, syntax: PageSyntax) -> Iterator[PagePart]:
    """Yield the parts of a page one after the other; comments and the marks of literal parts are left out."""
    if any(mark in text for mark, _ in (syntax.variable, syntax.statement, syntax.comment)):
        yield from _pieces(text, syntax, 0)
    elif text:
        yield PagePart(0, text)


def _pieces(text: str, syntax: PageSyntax, start: int) -> Iterator[PagePart]:
    end = 0
    for tag in syntax.tags().finditer(text):
        if tag.start() > end:
            yield PagePart(start + end, text[end : tag.start()])
        end = tag.end()
        at = start + tag.start()
        match tag.lastgroup:
            case "code" if syntax.is_raw(tag[0]):
                yield from _in_code(tag[0], syntax, at)
            case "code":
                yield PagePart(at, tag[0])
            case "raw":
                yield PagePart(start + tag.start("literal"), tag["literal"])
            case "expression":
                yield PagePart(at, tag[0], parse_expression(tag["inner"]))
            case "open":
                what = "a statement" if tag[0].startswith(syntax.statement[0]) else "no end to it"
                why = f"expected a macro such as {{{{ matrix() }}}}, found {tag[0][:60]}, {what}"
                yield PagePart(at, tag[0], PageExpression(tag[0], fault=why, whole=True))
                if tag[0].startswith(syntax.comment[0]) or syntax.is_raw(tag[0]):  # they take all that follows
                    break
    if end < len(text):
        yield PagePart(start + end, text[end:])


def _in_code(text: str, syntax: PageSyntax, start: int) -> Iterator[PagePart]:
    """Yield the parts of code that marks literal parts itself, as the macros plugin asks for."""
    (s, t) = map(re.escape, syntax.statement)
    end = 0
    for raw in re.finditer(rf"{s}[-+]?\s*raw\s*[-+]?{t}(.*?){s}[-+]?\s*endraw\s*[-+]?{t}", text, re.DOTALL):
        yield PagePart(start + end, text[end : raw.start()])
        yield PagePart(start + raw.start(1), raw[1])
        end = raw.end()
    yield PagePart(start + end, text[end:])


@lru_cache(maxsize=1 << 10)  # a page can say the same any number of times
def parse_expression(inner: str) -> PageExpression:
    """Return what an expression of a page says."""
    shape = f"expected a macro such as {{{{ matrix() }}}}, found {in_quotes(' '.join(inner.split())[:60])}"
    if len(inner) > MAX_EXPRESSION:
        return PageExpression(inner, fault=f"{shape}, of more than {MAX_EXPRESSION:,} characters")
    if call := _CALL.fullmatch(inner):
        texts = tuple(one or other for one, other in _TEXTS.findall(call[2] or ""))
        return PageExpression(inner, call[1], texts, frozenset({call[1]}))
    from opmodel.source.page_expressions import names_used  # slow to import, and few pages need it

    found = names_used(inner.rstrip("-+"))
    return PageExpression(inner, *found) if found else PageExpression(inner, fault=shape)
