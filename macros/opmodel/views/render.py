"""Print a view with its template. Everything is escaped here, once; undefined names are errors."""

from functools import cache, lru_cache, partial
from typing import Any

from jinja2 import Environment
from markupsafe import Markup, escape

from opmodel.views.templates import environment


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
    """Escape what a template prints, other than markup."""
    if value.__class__ is str:
        return _escaped(value)
    return value if isinstance(value, Markup) else escape(value)


_escaped = lru_cache(maxsize=1 << 12)(escape)  # pages of one kind share most of their words


@cache
def html_environment() -> Environment:
    """Return what reads the templates of HTML."""
    return environment(_shown)
