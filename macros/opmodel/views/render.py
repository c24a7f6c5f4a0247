"""Prints views with the Jinja templates. Everything is escaped here, once; unknown names and attributes are errors."""

import re
from collections.abc import Callable
from functools import cache, partial
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, nodes
from jinja2.compiler import CodeGenerator, Frame, MacroRef
from markupsafe import Markup, escape

from opmodel.permalinks.page_form import names_file, with_file

_MUST_BE_ESCAPED = re.compile("[&<>'\"]").search


class _DirectAccess(CodeGenerator):
    """Jinja's code generator with attributes, calls and macros written as Python's own, and with an escape of ours.

    Values of our templates have attributes, never keys in their place, and no function of theirs takes the context.
    With Jinja's own code for these, printing a packet's page and its Markdown takes 4.4 ms of CPU time in place of
    2.5 ms, and a cold build of 1,000 packets a tenth longer (``python benchmarks/measure.py --packets 1000``).
    """

    def write_commons(self) -> None:
        """Let templates escape with the function of their environment: as HTML or as Markdown."""
        super().write_commons()
        self.writeline("escape = environment.escape")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 its name is Jinja's
        """Write ``value.name``; without such an attribute, that raises AttributeError."""
        self.visit(node.node, frame)
        self.write(f".{node.attr}")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802 as above
        """Write ``function(value, …)``, and any call with named arguments as Jinja does."""
        if node.kwargs or node.dyn_args or node.dyn_kwargs or forward_caller:
            super().visit_Call(node, frame, forward_caller=forward_caller)
        else:
            self.visit(node.node, frame)
            self.write("(")
            for argument in node.args:
                self.visit(argument, frame)
                self.write(", ")
            self.write(")")

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        """Write a macro that always gets all of its arguments as the function that it is."""
        special = macro_ref.accesses_caller or macro_ref.accesses_kwargs or macro_ref.accesses_varargs
        if special or macro_ref.node.defaults:
            super().macro_def(macro_ref, frame)
        else:
            self.write("macro")

    def return_buffer_contents(self, frame: Frame, force_unescaped: bool = False) -> None:  # noqa: ARG002 as the macro is called directly
        """Let a macro return markup, as Jinja's own object for it would."""
        super().return_buffer_contents(frame)


class TemplateEnvironment(Environment):
    """The Jinja environment of our templates. ``escape`` makes text of each value, and leaves Markup as it is."""

    code_generator_class = _DirectAccess

    def __init__(self, escape: Callable[[object], str]) -> None:
        super().__init__(
            loader=PackageLoader("opmodel"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,  # a changed engine is read anew as a whole; looking at files for each page takes long
        )
        self.globals["zip"] = zip
        self.escape = escape


def relative_link(address: str, page: str) -> str:
    """Return the link from the page at address ``page`` to ``address``, both relative to the site's root.

    Links are relative, so the site works under any path and from any server. A page whose address names its file
    (``faq/who-approves/index.html``) names the files of other pages too.
    """
    if names_file(page):
        address = with_file(address)
    path, hash_, anchor = address.partition("#")
    if path == page and hash_:
        return f"#{anchor}"
    up = "../" * page.count("/")
    return f"{up}{path}{hash_}{anchor}" or "./"


def render(template: str, page: str, **values: Any) -> Markup:
    """Render ``templates/<template>`` with ``values`` for the page at address ``page``."""
    url = partial(relative_link, page=page)
    return Markup(html_environment().get_template(template).render(url=url, **values))  # noqa: S704


def _escape(value: object) -> str:
    """Escape a value as HTML, unless it is Markup. Most text needs no change, and looking is quicker than escaping."""
    if type(value) is str:
        return escape(value) if _MUST_BE_ESCAPED(value) else value
    return value if isinstance(value, Markup) else escape(value)


@cache
def html_environment() -> TemplateEnvironment:
    """Return the environment of the HTML templates."""
    return TemplateEnvironment(_escape)
