"""Renders the macros of pages in a sandbox: the macros of this program and what the site itself declares."""

from dataclasses import replace
from typing import Any

from jinja2 import StrictUndefined, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from opmodel.permalinks.page_macros import MACROS, fault
from opmodel.source.page_macros import HOST_NAMES, PageSyntax, page_parts


class PageEnvironment(ImmutableSandboxedEnvironment):
    """Jinja environment in place of that of the macros plugin.

    Pages are not templates: each expression on a page is compiled by itself, after
    `opmodel.permalinks.page_macros.fault` has checked it.

    Args:
        plugin: The macros plugin, configured; it holds what the site declares.
        syntax: How pages call macros.
    """

    def __init__(self, plugin: Any, syntax: PageSyntax) -> None:
        (v, w), (s, t), (c, d) = syntax.variable, syntax.statement, syntax.comment
        super().__init__(
            variable_start_string=v,
            variable_end_string=w,
            block_start_string=s,
            block_end_string=t,
            comment_start_string=c,
            comment_end_string=d,
            undefined=StrictUndefined,
        )
        own = {**plugin.variables, **plugin.macros}
        self.values = {name: value for name, value in own.items() if name not in HOST_NAMES and name not in MACROS}
        self.values |= {name: value for name, value in plugin.macros.items() if name in MACROS}
        self.globals = {}
        self.filters = {name: made for name, made in plugin.filters.items() if not _of_host(made)}
        names = frozenset(self.values).difference(MACROS)
        self.syntax = replace(syntax, names=names, filters=frozenset(self.filters), complete=True)
        self.expressions = ImmutableSandboxedEnvironment(undefined=StrictUndefined)
        self.expressions.globals, self.expressions.filters = {}, self.filters

    def from_string(self, source: Any, *_: Any, **__: Any) -> Any:
        """Return a page that can be rendered."""
        return _PageText(self, str(source))


class _PageText:
    """The text of one page."""

    def __init__(self, environment: PageEnvironment, text: str) -> None:
        self.environment = environment
        self.text = text

    def render(self, **_: Any) -> str:
        """Return the text with the result of each expression in its place; the values of the host are ignored."""
        parts = []
        for piece in page_parts(self.text, self.environment.syntax):
            said = piece.expression
            if said and (why := fault(said, self.environment.syntax)):
                raise TemplateSyntaxError(why, self.text.count("\n", 0, piece.start) + 1)
            parts.append(self._value(said.inner) if said else piece.text)
        return "".join(parts).removesuffix("\n")  # as Jinja does

    def _value(self, inner: str) -> str:
        template = self.environment.expressions.from_string(f"{{{{{inner.rstrip('-+')}}}}}")
        return template.render(self.environment.values)


def _of_host(made: Any) -> bool:
    return str(getattr(made, "__module__", "")).partition(".")[0] == "mkdocs_macros"


def use_sandbox(plugin: Any, syntax: PageSyntax) -> None:
    """Let the macros plugin render pages in a sandbox. Titles are text: no macro in one is called."""
    plugin._env = PageEnvironment(plugin, syntax)
    plugin.has_j2 = lambda _: False
