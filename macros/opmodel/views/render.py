"""Print a view with its template. Everything is escaped here, once; undefined names are errors."""

from collections.abc import Callable
from functools import cache, partial
from typing import Any

import markupsafe
from jinja2 import Environment
from markupsafe import Markup, escape

from opmodel.views.templates import environment

_escaped: Callable[[str], str] = getattr(markupsafe, "_escape_inner", escape)
"""An inner name of the library: it makes text of text, where the public function wraps each piece as markup."""


def relative(address: str, page: str) -> str:
    """Return the link from the page at address ``page`` to ``address``, both relative to the site's root.

    Pages are folders (``faq/who-approves/``), so the site works under any path and from any server.
    """
    path, hash_, anchor = address.partition("#")
    if path == page and hash_:
        return f"#{anchor}"
    up = "../" * page.count("/")
    return f"{up}{path}{hash_}{anchor}" or "./"


def render(template: str, page: str, **values: Any) -> Markup:
    """Return the HTML that ``templates/<template>`` makes of ``values`` on the page at address ``page``."""
    url = partial(relative, page=page)
    return Markup(html_environment().get_template(template).render(url=url, page_address=page, **values))  # noqa: S704


def _shown(value: object) -> str:
    """Escape what a template prints, other than markup. Nearly all of it is text."""
    if type(value) is str:
        return _escaped(value)
    return value if isinstance(value, Markup) else escape(value)


@cache
def html_environment() -> Environment:
    """Return what reads the templates of HTML."""
    return environment(_shown)
