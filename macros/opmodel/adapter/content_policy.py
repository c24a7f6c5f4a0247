"""The site's Content-Security-Policy: one text for every page, and for the servers that deliver them.

It is computed from the shipped files and never from a page, so that the text of a page cannot allow itself anything.
Scripts are files of the site, and the one inline script that must run before the first paint, named by its hash. Styles
are files only. Pictures may be data, because style sheets hold their small symbols.
"""

import base64
import hashlib

from markupsafe import escape

from opmodel.adapter.theme_files import THEME

INLINE = THEME / "overrides" / "partials" / "javascripts" / "early.html"
_CHARSET = '<meta charset="utf-8">'


def policy(*, offline: bool = False) -> str:
    """Return the policy as a page's meta tag states it.

    An ``offline`` page may be read from a disk, where not every browser takes ``'self'`` for the folder of the copy,
    and asks nothing of any host.
    """
    own = "'self' file:" if offline else "'self'"
    directives = {
        "default-src": own,
        "script-src": f"{own} '{_hash(_inline())}'",
        "style-src": own,
        "img-src": f"{own} data:",
        "connect-src": "'none'" if offline else own,
        "base-uri": own,
        "form-action": own,
        "object-src": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in directives.items())


def policy_header() -> str:
    """Return the policy as a server sends it, which also forbids frames on other sites; a meta tag cannot."""
    return f"{policy()}; frame-ancestors 'none'"


def meta(*, offline: bool = False) -> str:
    """Return the policy as an element of a page's head."""
    return f'<meta http-equiv="Content-Security-Policy" content="{escape(policy(offline=offline))}">'


def with_policy(html: str, *, offline: bool = False) -> str:
    """Return a finished page with the policy in its head, before anything that it governs."""
    return html.replace(_CHARSET, f"{_CHARSET}\n      {meta(offline=offline)}", 1)


def _inline() -> str:
    return INLINE.read_text(encoding="utf-8").removesuffix("\n")  # as the template engine includes it


def _hash(script: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}"
