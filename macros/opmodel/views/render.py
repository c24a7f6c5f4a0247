"""Rendering of views with templates. Values are escaped here, once; undefined names are errors."""

from collections.abc import Callable
from functools import cache, partial
from typing import Any

import markupsafe
from jinja2 import Environment, PackageLoader, StrictUndefined, nodes
from jinja2.compiler import CodeGenerator, Frame, MacroRef
from markupsafe import Markup, escape

_escaped: Callable[[str], str] = getattr(markupsafe, "_escape_inner", escape)
"""An inner name of the library: it makes text of text, where the public function wraps each piece as markup."""


def relative_link(address: str, page: str) -> str:
    """Return the link from the page at address ``page`` to ``address``, both relative to the site's root.

    Pages are folders (``faq/who-approves/``), so the site works under any path and from any server.
    """
    path, hash_, anchor = address.partition("#")
    if path == page and hash_:
        return f"#{anchor}"
    up = "../" * page.count("/")
    return f"{up}{path}{hash_}{anchor}" or "./"


def render(template: str, page: str, **values: Any) -> Markup:
    """Render ``templates/<template>`` with ``values`` for the page at address ``page``."""
    url = partial(relative_link, page=page)
    return Markup(html_environment().get_template(template).render(url=url, **values))  # noqa: S704


def _shown(value: object) -> str:
    """Escape a printed value that is not markup."""
    if type(value) is str:
        return _escaped(value)
    return value if isinstance(value, Markup) else escape(value)


@cache
def html_environment() -> Environment:
    """Return the Jinja environment of the HTML templates."""
    return environment(_shown)


marked: Callable[[str], Markup] = partial(str.__new__, Markup)
"""Marks text as safe, faster than `Markup` itself."""


class _Direct(CodeGenerator):
    """A code generator that writes attributes, calls and macros as plain Python, and escapes with one function.

    What a macro returns was escaped within it. It is marked as such only where it is not printed at once: a page is
    made of macros in macros, and to mark what each returns copies the page several times.
    """

    made_here: frozenset[str]
    """The names of the template's macros."""
    imported: frozenset[str]
    """The names of the templates that it takes macros from."""
    printed: nodes.Expr | None = None
    """The expression that is being printed."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802 its name is Jinja's
        """Collect the names of macros. A value with such a name is an error, because it would not be escaped."""
        self.made_here = frozenset(macro.name for macro in node.find_all(nodes.Macro))
        self.imported = frozenset(each.target for each in node.find_all(nodes.Import))
        values = {each.name for each in node.find_all(nodes.Name) if each.ctx in ("store", "param")}
        for name in sorted(values & (self.made_here | self.imported)):
            self.fail(f'"{name}" is the name of a macro and of a value', node.lineno)
        super().visit_Template(node, frame)

    def _of_macro(self, node: nodes.Expr) -> bool:
        """Return whether an expression is the call of a macro."""
        called = node.node if isinstance(node, nodes.Call) else None
        if isinstance(called, nodes.Getattr):
            return isinstance(called.node, nodes.Name) and called.node.name in self.imported
        return isinstance(called, nodes.Name) and called.name in self.made_here

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 its name is Jinja's
        """Write ``value.name``; without such an attribute, that raises AttributeError."""
        self.visit(node.node, frame)
        self.write(f".{node.attr}")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802 as above
        """Write ``function(value, …)`` without Jinja's context, which no function here needs."""
        kept = self._of_macro(node) and node is not self.printed
        self.write("marked(" if kept else "")
        if node.kwargs or node.dyn_args or node.dyn_kwargs or forward_caller:
            super().visit_Call(node, frame, forward_caller=forward_caller)
        else:
            self.visit(node.node, frame)
            self.write("(")
            for argument in node.args:
                self.visit(argument, frame)
                self.write(", ")
            self.write(")")
        self.write(")" if kept else "")

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802 as above
        """Write ``"".join((text, …))``. Templates join addresses and titles, which are text."""
        self.write('"".join((')
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        """Write a macro without default arguments as a plain function."""
        special = macro_ref.accesses_caller or macro_ref.accesses_kwargs or macro_ref.accesses_varargs
        if special or macro_ref.node.defaults:
            super().macro_def(macro_ref, frame)
        else:
            self.write("macro")

    def return_buffer_contents(self, frame: Frame, force_unescaped: bool = False) -> None:  # noqa: ARG002
        """Return the text of a macro, which is escaped."""
        self.writeline(f"return concat({frame.buffer})")

    def write_commons(self) -> None:
        """Define the names that every macro uses."""
        super().write_commons()
        self.writeline("shown, marked = environment.shown, environment.marked")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:  # noqa: ARG002
        self.printed = node
        self.write("" if self._of_macro(node) else "shown(")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:  # noqa: ARG002
        self.write("" if self._of_macro(node) else ")")


class _Printing(Environment):
    """A Jinja environment with the code generator above."""

    code_generator_class = _Direct

    def __init__(self, shown: Callable[[object], str]) -> None:
        super().__init__(
            loader=PackageLoader("opmodel"),
            autoescape=True,
            finalize=shown,  # for constants, which are printed when a template is compiled
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,  # a changed engine is read anew as a whole; to look at files for each page takes long
        )
        self.globals["zip"] = zip
        self.shown = shown
        self.marked = marked


def environment(shown: Callable[[object], str]) -> Environment:
    """Return an environment of the templates; ``shown`` escapes values that are not markup."""
    return _Printing(shown)
